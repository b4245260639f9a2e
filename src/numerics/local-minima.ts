import { requireIntegerAtLeast, unexpected } from "./argument-checks.ts";
import { findRoot } from "./find-root.ts";
import { uniformEdges } from "./grid-edges.ts";
import type { LineObjective } from "./line-objective.ts";

/** A local minimum with its basin: the points from which gradient flow leads to it. */
export interface Basin {
  readonly minimiser: number;
  readonly value: number;
  readonly curvature: number;
  /** The local maximum below, or the interval's end. */
  readonly lower: number;
  /** The local maximum above, or the interval's end. */
  readonly upper: number;
}

/**
 * All local minima inside an interval, from left to right, by the sign changes of the gradient on a grid and a root
 * finder between. Not seen: a minimum and a maximum within one of the `intervals` of each other.
 *
 * @throws RangeError for an empty interval, fewer than 2 intervals, or an objective without a local minimum inside.
 */
export function localMinima(objective: LineObjective, lower: number, upper: number, { intervals = 2000 } = {}): readonly Basin[] {
  requireIntegerAtLeast("intervals", intervals, 2);
  const edges = uniformEdges(intervals, lower, upper);
  const slopes = edges.map(objective.gradient);
  const turns: { at: number; isMinimum: boolean }[] = [];
  for (let i = 0; i < intervals; i += 1) {
    if (slopes[i] < 0 !== slopes[i + 1] < 0) turns.push({ at: findRoot(objective.gradient, edges[i], edges[i + 1]), isMinimum: slopes[i] < 0 });
  }
  const minima = turns.flatMap(({ at, isMinimum }, i): Basin[] =>
    isMinimum ? [{ minimiser: at, value: objective.value(at), curvature: objective.curvature(at), lower: turns[i - 1]?.at ?? lower, upper: turns[i + 1]?.at ?? upper }] : [],
  );
  if (minima.length === 0) throw unexpected("objective", `a local minimum inside [${lower}, ${upper}]`, 0);
  return minima;
}

/** The lowest of some minima. */
export function lowestMinimum(minima: readonly Basin[]): Basin {
  return minima.reduce((lowest, minimum) => (minimum.value < lowest.value ? minimum : lowest));
}
