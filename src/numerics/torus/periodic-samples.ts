import { requireFinite, requireNonNegative, unexpected } from "../argument-checks.ts";

/** A loss on the circle with finitely many samples: what SGD draws one gradient of in each step. */
export interface PeriodicSamples {
  /** ∇R̃(z, ξᵢ) for each sample, smooth and 2π-periodic in z. */
  readonly gradients: readonly ((z: number) => number)[];
  /** Probability of each sample; equal where absent. */
  readonly probabilities?: readonly number[];
}

/** Gradients of samples on the nodes 2πj/N. */
export interface TabulatedSamples {
  readonly size: number;
  readonly nodes: Float64Array;
  readonly probabilities: readonly number[];
  /** (samples)(N) */
  readonly gradients: readonly Float64Array[];
  /** (N): R′ = 𝔼 ∇R̃ */
  readonly meanGradient: Float64Array;
  /** (N): Σ = Var ∇R̃ */
  readonly variance: Float64Array;
  /** (N, N): C(x, y) = Cov(∇R̃(x), ∇R̃(y)) */
  readonly covariance: Float64Array;
}

const PERIOD = 2 * Math.PI;

/** Probabilities of the samples, checked. @throws RangeError for no sample, another number of them, or a sum that is not 1. */
export function probabilitiesOf({ gradients, probabilities }: PeriodicSamples): readonly number[] {
  const count = gradients.length;
  if (count === 0) throw unexpected("gradients.length", "at least one sample", count);
  const found = probabilities ?? gradients.map(() => 1 / count);
  if (found.length !== count) throw unexpected("probabilities.length", `${count}, the number of samples`, found.length);
  const total = found.reduce((sum, probability, i) => sum + requireNonNegative(() => `probabilities[${i}]`, probability), 0);
  if (Math.abs(total - 1) > 1e-12) throw unexpected("probabilities", "a sum of 1", total);
  return found;
}

/**
 * Gradients of all samples on N nodes, with their mean, variance and covariance kernel.
 *
 * @throws RangeError for a size that is not even or below 8, no samples, probabilities that are none, a gradient that
 * is not finite at a node or not 2π-periodic.
 */
export function tabulateSamples(samples: PeriodicSamples, size: number): TabulatedSamples {
  if (!Number.isSafeInteger(size) || size < 8 || size % 2 !== 0) throw unexpected("size", "an even number of nodes of at least 8", size);
  const probabilities = probabilitiesOf(samples);
  const nodes = Float64Array.from({ length: size }, (_, j) => (PERIOD * j) / size);
  const gradients = samples.gradients.map((gradient, i) => {
    const values = nodes.map((z) => requireFinite(() => `gradients[${i}](${z})`, gradient(z)));
    const shift = nodes.reduce((largest, z, j) => Math.max(largest, Math.abs(gradient(z + PERIOD) - values[j])), 0);
    if (!(shift <= 1e-9 * (1 + Math.max(...values.map(Math.abs))))) throw unexpected(`gradients[${i}]`, "a 2π-periodic function", `a change of ${shift} over a period`);
    return values;
  });
  const meanGradient = nodes.map((_, j) => probabilities.reduce((sum, probability, i) => sum + probability * gradients[i][j], 0));
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < gradients.length; i += 1) {
    const centred = gradients[i].map((value, j) => value - meanGradient[j]);
    for (let x = 0; x < size; x += 1) for (let y = 0; y < size; y += 1) covariance[x * size + y] += probabilities[i] * centred[x] * centred[y];
  }
  const variance = nodes.map((_, j) => covariance[j * size + j]);
  return { size, nodes, probabilities, gradients, meanGradient, variance, covariance };
}
