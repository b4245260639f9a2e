import { requireEqualLengths, requireIntegerAtLeast, requireNonNegative, requirePositive, unexpected } from "./argument-checks.ts";
import { findRoot } from "./find-root.ts";

/**
 * Noise of one batch gradient in the linearised loss `L = wᵀGw/2`: `"aligned"` is `(2L/B) G`; `"gaussian"` is
 * that of normal inputs with covariance `G` and no label noise, `(2L G + ∇L∇Lᵀ)/B`; `"none"` is gradient descent.
 */
export type EscapeNoise = "aligned" | "gaussian" | "none";

/** SGD near a minimum. The components followed are `a_i = λ_i E w_i²`, so that `E L = Σ a_i / 2`. */
export interface EscapeRecursion {
  /** Spectrum `λ` of `G`, sharpest first. */
  readonly eigenvalues: readonly number[];
  /** `η`. */
  readonly stepSize: number;
  /** `B`. */
  readonly batchSize: number;
  readonly noise: EscapeNoise;
}

interface RankOneUpdate {
  readonly diagonal: readonly number[];
  readonly coupling: readonly number[];
}

function requireSpectrum(eigenvalues: readonly number[]): void {
  if (!(eigenvalues.length >= 1)) throw unexpected("eigenvalues.length", "at least 1 value", eigenvalues.length);
  eigenvalues.forEach((value, i) => {
    requirePositive(() => `eigenvalues[${i}]`, value);
    if (i > 0 && value > eigenvalues[i - 1]) throw unexpected(`eigenvalues[${i}]`, `at most eigenvalues[${i - 1}] = ${eigenvalues[i - 1]}, the sharpest first`, value);
  });
}

function requireNoise(noise: EscapeNoise): EscapeNoise {
  if (noise !== "aligned" && noise !== "gaussian" && noise !== "none") throw unexpected("noise", `"aligned", "gaussian" or "none"`, noise);
  return noise;
}

function updateOf({ eigenvalues, stepSize, batchSize, noise }: EscapeRecursion): RankOneUpdate {
  requireSpectrum(eigenvalues);
  requirePositive("stepSize", stepSize);
  requireIntegerAtLeast("batchSize", batchSize, 1);
  requireNoise(noise);
  const square = (value: number) => (stepSize * value) ** 2 / batchSize;
  return {
    diagonal: eigenvalues.map((value) => (1 - stepSize * value) ** 2 + (noise === "gaussian" ? square(value) : 0)),
    coupling: eigenvalues.map((value) => (noise === "none" ? 0 : square(value))),
  };
}

/**
 * `a(t)` for `t = 0 ... steps`, exactly: `a⁺ = [diag(D) + (η²/B) λ² 1ᵀ] a`, `D_i = (1 - ηλ_i)²`, plus
 * `η²λ_i²/B` for Gaussian noise. (One normal sample then gives `a_i` itself the factor `1 - 2ηλ_i + 3η²λ_i²`,
 * by `E x⁴ = 3`.) Without noise `a_i(t) = (1 - ηλ_i)^(2t) a_i(0)`.
 *
 * @throws RangeError for a spectrum that is not positive and sorted, or input that is not positive, named.
 */
export function escapeComponents(recursion: EscapeRecursion, initial: readonly number[], steps: number): readonly (readonly number[])[] {
  const { diagonal, coupling } = updateOf(recursion);
  requireEqualLengths("initial", initial, "eigenvalues", recursion.eigenvalues);
  initial.forEach((value, i) => requireNonNegative(() => `initial[${i}]`, value));
  requireIntegerAtLeast("steps", steps, 0);
  const path = [[...initial]];
  for (let t = 0; t < steps; t += 1) {
    const total = path[t].reduce((sum, value) => sum + value, 0);
    path.push(path[t].map((value, i) => diagonal[i] * value + coupling[i] * total));
  }
  return path;
}

/**
 * Growth rate `ρ` of `E L` in one step: the largest root of `Σ (η²λ_i²/B) / (ρ - D_i) = 1`, or `max D_i`
 * without noise. The loss grows iff `ρ > 1`.
 *
 * @throws RangeError as {@link escapeComponents}.
 */
export function escapeGrowthRate(recursion: EscapeRecursion): number {
  const { diagonal, coupling } = updateOf(recursion);
  const largest = Math.max(...diagonal);
  if (recursion.noise === "none") return largest;
  // The unknown is the distance from the largest diagonal entry: near it a difference would lose its digits.
  const gaps = diagonal.map((value) => largest - value);
  const excess = (distance: number) => coupling.reduce((sum, value, i) => sum + value / (distance + gaps[i]), 0) - 1;
  const lower = Math.max(...coupling.map((value, i) => value - gaps[i]));
  const upper = coupling.reduce((sum, value) => sum + value, 0);
  if (excess(upper) >= 0) return largest + upper;
  return largest + (excess(lower) <= 0 ? lower : findRoot(excess, lower, upper, { tolerance: 1e-15 * upper }));
}

function requireSharp(count: number, sharp: number): void {
  requireIntegerAtLeast("sharp", sharp, 1);
  if (sharp >= count) throw unexpected("sharp", `less than the ${count} directions`, sharp);
}

/**
 * Flat-to-sharp ratio `D_k = Σ_{i>k} a_i / Σ_{i<=k} a_i` of components, `k` = `sharp`.
 *
 * @throws RangeError unless `1 <= sharp < components.length`.
 */
export function flatToSharpRatio(components: readonly number[], sharp: number): number {
  requireSharp(components.length, sharp);
  const sum = (part: readonly number[]) => part.reduce((total, value) => total + value, 0);
  return sum(components.slice(sharp)) / sum(components.slice(0, sharp));
}

/**
 * `D_k(∞)`, the flat-to-sharp ratio that every start with a positive component in a sharpest-growing direction
 * tends to: components in the ratio `λ_i² / (ρ - D_i)`. Needs noise: without it only the fastest direction is left.
 *
 * @throws RangeError as {@link escapeComponents}, for gradient descent, or unless `1 <= sharp < d`.
 */
export function limitingFlatToSharpRatio(recursion: EscapeRecursion, sharp: number): number {
  const { diagonal, coupling } = updateOf(recursion);
  if (recursion.noise === "none") throw unexpected("noise", `"aligned" or "gaussian"`, recursion.noise);
  const rate = escapeGrowthRate(recursion);
  return flatToSharpRatio(coupling.map((value, i) => value / (rate - diagonal[i])), sharp);
}

/** Step sizes at which a minimum is said to become unstable. */
export interface InstabilityThresholds {
  /** Where the mean square of SGD starts to grow: exact for the given noise. */
  readonly meanSquare: number;
  /** `2/λ_1`, gradient descent. */
  readonly gradientDescent: number;
  /** `1/‖G‖_F`, the scale of the paper. */
  readonly frobenius: number;
}

/**
 * Instability thresholds of the step size. In the mean square, aligned noise: `Σ ηλ/(B(2 - ηλ)) = 1`; Gaussian
 * noise: `Σ ηλ/(2B - (B + 1)ηλ) = 1`, which for equal eigenvalues is `ηλ = 2B/(d + B + 1)`.
 *
 * @throws RangeError for a spectrum that is not positive and sorted, or a batch size that is not a positive integer.
 */
export function instabilityThresholds({ eigenvalues, batchSize, noise }: Omit<EscapeRecursion, "stepSize">): InstabilityThresholds {
  updateOf({ eigenvalues, batchSize, noise, stepSize: 1 });
  const gradientDescent = 2 / eigenvalues[0];
  const frobenius = 1 / Math.sqrt(eigenvalues.reduce((sum, value) => sum + value * value, 0));
  if (noise === "none") return { meanSquare: gradientDescent, gradientDescent, frobenius };
  const own = noise === "gaussian" ? batchSize + 1 : batchSize;
  const shares = eigenvalues.map((value) => value / eigenvalues[0]);
  // η = 2B z / (own λ_1), so that 1 - z keeps its digits next to the pole z = 1.
  const excess = (z: number) => shares.reduce((sum, share) => sum + (z * share) / (own * (1 - z + z * (1 - share))), -1);
  const lower = (own / (own + eigenvalues.length)) * (1 - 1e-9);
  const upper = Math.min(1 - 1e-16, (own / (own + 1)) * (1 + 1e-12));
  return { meanSquare: ((2 * batchSize) / (own * eigenvalues[0])) * findRoot(excess, lower, upper), gradientDescent, frobenius };
}
