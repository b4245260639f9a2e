import { requireIntegerAtLeast, requirePositive, unexpected } from "./argument-checks.ts";
import { requireNetwork, requireParticles } from "./mean-field-network.ts";
import type { MeanFieldNetwork } from "./mean-field-network.ts";

/** SGD on a mean-field network from given particles, one sample a step for all neurons. */
export interface MeanFieldSgd {
  readonly network: MeanFieldNetwork;
  /** (M) */
  readonly particles: ArrayLike<number>;
  /** `η`. */
  readonly stepSize: number;
  readonly steps: number;
  /** A function of one neuron, whose mean over neurons is the statistic. */
  readonly statistic: (parameter: number) => number;
}

/** Exact mean and variance of a statistic. */
export interface ExactMoments {
  readonly mean: number;
  readonly variance: number;
}

const mostPaths = 2 ** 24;

/**
 * Exact `E ∫s dΓ_n` and its variance for SGD `θ_k' = θ_k + ηV(θ_k, Γ, ξ)`, by all `Nⁿ` equally likely sequences of
 * samples, visited depth first: memory of order `n M`, time of order `Nⁿ M`.
 *
 * @throws RangeError for bad input, or more than 2^24 sequences.
 * @throws Error when a path is not finite at the end, which names the step size.
 */
export function meanFieldTree({ network, particles, stepSize, steps, statistic }: MeanFieldSgd): ExactMoments {
  const { unit, data } = requireNetwork(network);
  const count = requireParticles(particles).length;
  requirePositive("stepSize", stepSize);
  requireIntegerAtLeast("steps", steps, 1);
  if (data.length ** steps > mostPaths) throw unexpected("steps", `at most ${mostPaths} sequences of ${data.length} samples`, steps);
  const levels = Array.from({ length: steps + 1 }, () => new Float64Array(count));
  levels[0].set(Array.from(particles));
  const chosen = new Int32Array(steps);
  const advance = (depth: number) => {
    const { input, label } = data[chosen[depth]];
    const [from, to] = [levels[depth], levels[depth + 1]];
    let output = 0;
    for (let k = 0; k < count; k += 1) output += unit.value(from[k], input);
    const factor = -stepSize * (output / count - label);
    for (let k = 0; k < count; k += 1) to[k] = from[k] + factor * unit.slope(from[k], input);
  };
  const valueOf = (end: Float64Array) => {
    let sum = 0;
    for (let k = 0; k < count; k += 1) sum += statistic(end[k]);
    return sum / count;
  };
  let [paths, mean, squares] = [0, 0, 0];
  for (let depth = 0; depth >= 0; ) {
    for (; depth < steps; depth += 1) advance(depth);
    const value = valueOf(levels[steps]);
    if (!Number.isFinite(value)) throw new Error(`meanFieldTree: expected every path to stay finite, found ${value} at step size ${stepSize}`);
    paths += 1;
    const difference = value - mean;
    mean += difference / paths;
    squares += difference * (value - mean);
    for (depth = steps - 1; depth >= 0 && chosen[depth] === data.length - 1; depth -= 1) chosen[depth] = 0;
    if (depth >= 0) chosen[depth] += 1;
  }
  return { mean, variance: squares / paths };
}
