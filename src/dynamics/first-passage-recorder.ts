/** The first step after which each replica's observable stood at or above each level. */
export interface FirstPassages {
  /** For level `l` and replica `r` at `l * replicas + r`: the step, counted from 1; 0 where the level was not reached. */
  readonly steps: Int32Array;
  /** The second observation at that step, NaN where the level was not reached. */
  readonly clocks: Float64Array;
}

/** Collects first passages from an ensemble's observations. */
export interface FirstPassageRecorder {
  /**
   * Takes a chunk of observations, [steps, replicas] in row-major order: the
   * observable, and a clock to read at the crossing. Returns whether any
   * replica has still a level to reach.
   */
  readonly take: (observable: Float32Array, clock: Float32Array | undefined, stepsBefore: number) => boolean;
  readonly passages: FirstPassages;
}

/**
 * Records exact crossing steps of increasing `levels`, each replica on its
 * own. A value that is not a number ends its replica: it reaches nothing more.
 */
export function recordFirstPassages(levels: readonly number[], replicas: number): FirstPassageRecorder {
  const steps = new Int32Array(levels.length * replicas);
  const clocks = new Float64Array(levels.length * replicas).fill(NaN);
  const next = new Uint16Array(replicas);
  let open = levels.length === 0 ? 0 : replicas;
  return {
    passages: {steps, clocks},
    take(observable, clock, stepsBefore) {
      const length = observable.length / replicas;
      for (let replica = 0; replica < replicas; replica++) {
        let level = next[replica]!;
        if (level === levels.length) continue;
        for (let i = 0; i < length && level < levels.length; i++) {
          const value = observable[i * replicas + replica]!;
          if (Number.isNaN(value)) level = levels.length;
          while (level < levels.length && value >= levels[level]!) {
            steps[level * replicas + replica] = stepsBefore + i + 1;
            if (clock !== undefined) clocks[level * replicas + replica] = clock[i * replicas + replica]!;
            level++;
          }
        }
        next[replica] = level;
        if (level === levels.length) open--;
      }
      return open > 0;
    }
  };
}
