import {tf} from "../tensors/index.ts";
import {disposeParameters} from "./network.ts";
import type {NetworkParameters} from "./network.ts";

/** The running mean of parameters along a training. */
export interface ParameterAverage {
  /** Takes one more iterate in; it stays the caller's. */
  readonly add: (parameters: NetworkParameters) => void;
  /** How many iterates are in. */
  readonly count: () => number;
  /** A copy of the mean, which the caller disposes of. @throws {RangeError} if no iterate is in. */
  readonly mean: () => NetworkParameters;
  readonly dispose: () => void;
}

/**
 * The mean θ̄_k = θ̄_{k−1} + (θ_k − θ̄_{k−1})/k of iterates as they come, in the memory of one set of parameters, also
 * of stacked replicas. Averaging is over weights, not over outputs: a network with batch normalisation would need its
 * statistics anew for the mean (Izmailov et al., *Averaging weights leads to wider optima*, UAI 2018); there is none
 * here.
 */
export function parameterAverage(): ParameterAverage {
  let current: NetworkParameters | undefined;
  let count = 0;
  return {
    add: (parameters) => {
      count++;
      const before = current;
      current = tf.tidy(() => parameters.map((layer, i) => layer.map((tensor, j) => {
        if (before === undefined) return tf.clone(tensor);
        const mean = before[i]![j]!;
        return tf.add(mean, tf.div(tf.sub(tensor, mean), count));
      })) as never) as NetworkParameters;
      if (before !== undefined) disposeParameters(before);
    },
    count: () => count,
    mean: () => {
      if (current === undefined) throw new RangeError("parameter average: expected at least one iterate, found none");
      return current.map((layer) => layer.map((tensor) => tf.clone(tensor)));
    },
    dispose: () => {
      if (current !== undefined) disposeParameters(current);
      current = undefined;
      count = 0;
    },
  };
}

/**
 * The mean over all iterates of several averages, each weighted by how many it holds: the mean of a tail is that of the
 * segments of a training since its start. The caller disposes of it.
 *
 * @throws {RangeError} if none holds an iterate
 */
export function combinedAverage(averages: readonly ParameterAverage[]): NetworkParameters {
  const filled = averages.filter((average) => average.count() > 0);
  const total = filled.reduce((sum, average) => sum + average.count(), 0);
  if (total === 0) throw new RangeError("parameter average: expected at least one iterate, found none");
  const means = filled.map((average) => average.mean());
  const combined = tf.tidy(() => means[0]!.map((layer, i) => layer.map((_, j) =>
    tf.addN(means.map((mean, k) => tf.mul(mean[i]![j]!, filled[k]!.count() / total))))) as never) as NetworkParameters;
  means.forEach(disposeParameters);
  return combined;
}
