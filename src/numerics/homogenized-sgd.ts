import { requireEqualLengths, requireFiniteEntries, requireNonNegative, requirePositive, unexpected } from "./argument-checks.ts";

/**
 * Homogenized SGD on ridge regression, unit time one step:
 * `dX = -γ(∇L(X) + δX) dt + γ √((2/B) L(X) H) dW`, `L(x) = L(m) + (x - m)ᵀH(x - m)/2`, in the eigenbasis of `H`.
 */
export interface HomogenizedSgd {
  /** Spectrum `λ` of `H`, in any order, with repetitions. */
  readonly eigenvalues: readonly number[];
  /** `δ`. */
  readonly ridge: number;
  /** `γ`. */
  readonly stepSize: number;
  /** `B`. */
  readonly batchSize: number;
}

/** `L` and its least-squares solution `m`, coordinates in the order of the eigenvalues. */
export interface LeastSquaresFit {
  readonly solution: readonly number[];
  /** `L(m)`. */
  readonly loss: number;
}

/** `E L(X∞)`, or why it is infinite; `stepRatio` is the step size over its mean-square threshold. */
export type StationaryLoss =
  | { readonly kind: "finite"; readonly loss: number; readonly stepRatio: number }
  | { readonly kind: "infinite"; readonly loss: undefined; readonly stepRatio: number; readonly reason: string };

/** What is known of the tail index without solving for it. */
export interface TailIndexBounds {
  readonly lower: number;
  readonly upper: number;
  /** Whether `lower` is above 0; otherwise not even a stationary law follows from it. */
  readonly informative: boolean;
  /** The curvature `uᵀHu` at which the lower bound is attained. */
  readonly attainedAt: number;
}

/** @throws RangeError that names what is not positive and finite (the ridge may be 0). */
export function requireHomogenizedSgd(sgd: HomogenizedSgd): HomogenizedSgd {
  if (!(sgd.eigenvalues.length >= 1)) throw unexpected("eigenvalues.length", "at least 1 value", sgd.eigenvalues.length);
  sgd.eigenvalues.forEach((value, i) => requirePositive(() => `eigenvalues[${i}]`, value));
  requireNonNegative("ridge", sgd.ridge);
  requirePositive("stepSize", sgd.stepSize);
  requirePositive("batchSize", sgd.batchSize);
  return sgd;
}

/**
 * Step size `γ̃ = 2B / Σ λ²/(λ + δ)` from which on hSGD has no stationary second moment.
 *
 * @throws RangeError for input that is not positive and finite.
 */
export function homogenizedMeanSquareThreshold({ eigenvalues, ridge, batchSize }: Omit<HomogenizedSgd, "stepSize">): number {
  requireHomogenizedSgd({ eigenvalues, ridge, batchSize, stepSize: 1 });
  return (2 * batchSize) / eigenvalues.reduce((sum, value) => sum + (value * value) / (value + ridge), 0);
}

function requireFit({ solution, loss }: LeastSquaresFit, { eigenvalues }: HomogenizedSgd): void {
  requireFiniteEntries("fit.solution", solution);
  requireEqualLengths("fit.solution", solution, "eigenvalues", eigenvalues);
  requireNonNegative("fit.loss", loss);
}

/**
 * Ridge solution `λᵢmᵢ/(λᵢ + δ)`, the mean of the stationary law.
 *
 * @throws RangeError for input that is not finite, or of different lengths.
 */
export function ridgeSolution(sgd: HomogenizedSgd, fit: LeastSquaresFit): readonly number[] {
  requireHomogenizedSgd(sgd);
  requireFit(fit, sgd);
  return fit.solution.map((m, i) => (sgd.eigenvalues[i] * m) / (sgd.eigenvalues[i] + sgd.ridge));
}

/**
 * `E L(X∞) = L(x_ridge) / (1 - γ/γ̃)`. The stationary covariance is `γ λᵢ E L / (B (λᵢ + δ))` on the diagonal;
 * with the mean that closes the equation. Beyond `γ̃` the second moment is infinite.
 *
 * @throws RangeError for input that is not positive and finite, or of different lengths.
 */
export function homogenizedStationaryLoss(sgd: HomogenizedSgd, fit: LeastSquaresFit): StationaryLoss {
  const mean = ridgeSolution(sgd, fit);
  const atMean = mean.reduce((sum, x, i) => sum + (sgd.eigenvalues[i] * (x - fit.solution[i]) ** 2) / 2, fit.loss);
  const stepRatio = sgd.stepSize / homogenizedMeanSquareThreshold(sgd);
  if (stepRatio < 1) return { kind: "finite", loss: atMean / (1 - stepRatio), stepRatio };
  return { kind: "infinite", loss: undefined, stepRatio, reason: `the step size is ${stepRatio.toPrecision(4)} of the mean-square threshold: the second moment is infinite` };
}

/**
 * Bounds on the tail index of hSGD by moments; they are this project's derivation, not quoted from the paper.
 *
 * Lower: with `u = y/‖y‖`, `s = uᵀHu`, `y = x - m`, the generator gives far out
 * `‖y‖^(-p) A‖y‖^p = p[-γ(s + δ) + γ²s(tr H + (p - 2)s)/(2B)]`, negative for all `u` iff `p` is below
 * `min over s in [λ_d, λ_1] of 2 + 2B(s + δ)/(γs²) - tr H/s`, a parabola in `1/s`, so that the minimum is exact.
 * Where `γ tr H <= 2B` it lies at `λ_1` and is `upper - (tr H/λ_1 - 1)`: the gap is effective rank minus one.
 *
 * Upper: `|y_1|^p` diverges for `p > 1 + 2B(λ_1 + δ)/(γλ_1²)`, since `L >= λ_1 y_1²/2`; the other coordinates
 * give larger bounds.
 *
 * @throws RangeError for input that is not positive and finite.
 */
export function homogenizedTailIndexBounds(sgd: HomogenizedSgd): TailIndexBounds {
  const { eigenvalues, ridge, stepSize, batchSize } = requireHomogenizedSgd(sgd);
  const [smallest, largest] = [Math.min(...eigenvalues), Math.max(...eigenvalues)];
  const trace = eigenvalues.reduce((sum, value) => sum + value, 0);
  const noise = (2 * batchSize) / stepSize;
  const slope = noise - trace;
  const vertex = slope >= 0 ? 0 : ridge === 0 ? Infinity : -slope / (2 * noise * ridge);
  const inverse = Math.min(Math.max(vertex, 1 / largest), 1 / smallest);
  const lower = 2 + slope * inverse + noise * ridge * inverse * inverse;
  const upper = 1 + (noise * (largest + ridge)) / (largest * largest);
  return { lower, upper, informative: lower > 0, attainedAt: 1 / inverse };
}
