import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";

/** A stochastic recursion of all replicas of a block at once, as native tensors. */
export interface Dynamics {
  /** The state of the block before the first step: one or more tensors, replicas first. */
  readonly initial: () => readonly Tensor[];
  /** The random tensors of `steps` steps of chunk `chunk`, each of shape [steps, …]. */
  readonly draw: (chunk: number, steps: number) => readonly Tensor[];
  /** The state one step later, given the random tensors of that step. */
  readonly step: (state: readonly Tensor[], draws: readonly Tensor[]) => readonly Tensor[];
}

/** How long an ensemble runs and what is read from it. */
export interface EnsembleRun {
  readonly steps: number;
  /** Steps drawn and observed together; part of the random scheme, so that changing it changes the numbers. */
  readonly chunkSteps: number;
  /** Quantities read after every step, each of shape [replicas]. */
  readonly observe?: (state: readonly Tensor[]) => readonly Tensor[];
  /**
   * Receives each chunk's observations, in row-major order [steps, replicas],
   * with the number of steps before it. Returning false ends the run.
   */
  readonly receive?: (observations: readonly Float32Array[], stepsBefore: number) => boolean;
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Runs all replicas of a block for `steps` steps, or until `receive` ends the
 * run, and returns the final state. The caller disposes it; nothing else
 * stays allocated.
 */
export function runEnsemble(dynamics: Dynamics, {steps, chunkSteps, observe, receive, progress}: EnsembleRun): readonly Tensor[] {
  let state: readonly Tensor[] = tf.tidy(() => dynamics.initial().map((tensor) => tf.keep(tensor)));
  for (let before = 0, chunk = 0; before < steps; before += chunkSteps, chunk++) {
    const length = Math.min(chunkSteps, steps - before);
    const previous = state;
    const seen: Float32Array[] = [];
    state = tf.tidy(() => {
      const draws = dynamics.draw(chunk, length).map((tensor) => tf.unstack(tensor));
      let inner = previous;
      const observations: Tensor[][] = [];
      for (let i = 0; i < length; i++) {
        inner = tf.tidy(() => [...dynamics.step(inner, draws.map((draw) => draw[i]!))]);
        if (observe !== undefined) observations.push(tf.tidy(() => [...observe(inner)]));
      }
      const quantities = observations[0]?.length ?? 0;
      for (let quantity = 0; quantity < quantities; quantity++)
        seen.push(tf.stack(observations.map((observation) => observation[quantity]!)).dataSync() as Float32Array);
      return inner.map((tensor) => tf.keep(tensor));
    });
    tf.dispose(previous as Tensor[]);
    progress?.(before + length, steps);
    if (receive?.(seen, before) === false) break;
  }
  return state;
}
