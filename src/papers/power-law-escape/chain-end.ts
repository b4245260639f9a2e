/** Where a chain ends. */
export interface ChainEnd {
  /** θ in units in which L = (1 + θ²)/2; null where the chain diverged. */
  readonly position: number | null;
  /** The step after which the chain was first not finite; null where it never was. */
  readonly divergedAt: number | null;
}

/** The ends of the chains of an ensemble, from their positions and the steps at which they diverged, 0 for none. */
export function chainEnds(positions: ArrayLike<number>, divergedAt: ArrayLike<number>): readonly ChainEnd[] {
  return Array.from(positions, (position, chain): ChainEnd => (divergedAt[chain]! > 0 ? {position: null, divergedAt: divergedAt[chain]!} : {position, divergedAt: null}));
}

/** The positions of the chains that did not diverge. */
export function finitePositions(chains: readonly ChainEnd[]): readonly number[] {
  return chains.flatMap(({position}) => (position === null ? [] : [position]));
}

/** The first step at which a chain diverged; null where none did. */
export function firstDivergence(chains: readonly {readonly divergedAt: number | null}[]): number | null {
  const steps = chains.flatMap(({divergedAt}) => (divergedAt === null ? [] : [divergedAt]));
  return steps.length === 0 ? null : steps.reduce((least, step) => Math.min(least, step));
}
