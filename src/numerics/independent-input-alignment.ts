import { requireEqualLengths, requireFinite, requireFiniteEntries, requirePositive, unexpected } from "./argument-checks.ts";
import { generalizedEigenvalues } from "./generalized-eigenvalues.ts";

/** Residuals `r = w·x` without label noise, of inputs with independent coordinates of mean 0. */
export interface IndependentInputs {
  /** Variances `λ` (d,) of the coordinates. */
  readonly spectrum: readonly number[];
  /** Their fourth moment over the squared second: 3 for normal inputs, 1 for signs. */
  readonly kurtosis: number;
  /** `w` (d,). */
  readonly weights: ArrayLike<number>;
}

interface Checked {
  readonly gradient: readonly number[];
  readonly squaredResidual: number;
}

function check({ spectrum, kurtosis, weights }: IndependentInputs): Checked {
  requireFiniteEntries("weights", weights);
  requireEqualLengths("weights", weights, "spectrum", spectrum);
  if (!(requireFinite("kurtosis", kurtosis) >= 1)) throw unexpected("kurtosis", "a number of at least 1", kurtosis);
  const gradient = spectrum.map((value, i) => requirePositive(() => `spectrum[${i}]`, value) * weights[i]!);
  const squaredResidual = gradient.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  if (!(squaredResidual > 0)) throw unexpected("weights", "at least one that is not zero", 0);
  return { gradient, squaredResidual };
}

/**
 * Directional alignment `g(v) = vᵀΣv/(2L vᵀSv)` of infinitely many samples,
 *
 * `g(v) = 1 + [(v·∇L)² + (κ − 3) Σ_j v_j² (∇L)_j²] / (2L vᵀSv)`, `∇L = Sw`, `2L = wᵀSw`,
 *
 * which for normal inputs is `1 + cos²` of the angle between `v` and `w` in the metric `S`. Ours, by
 * `Σ = 2L S + ∇L∇Lᵀ + (κ − 3) diag((∇L)_j²)` for independent coordinates.
 *
 * @throws RangeError for a spectrum that is not positive, a kurtosis below 1, lengths that differ, or a `v` or `w`
 * that vanishes.
 */
export function independentAlignment(inputs: IndependentInputs, direction: ArrayLike<number>): number {
  const { gradient, squaredResidual } = check(inputs);
  requireFiniteEntries("direction", direction);
  requireEqualLengths("direction", direction, "spectrum", inputs.spectrum);
  const sum = (term: (i: number) => number) => inputs.spectrum.reduce((total, _, i) => total + term(i), 0);
  const norm = sum((i) => inputs.spectrum[i] * direction[i]! ** 2);
  if (!(norm > 0)) throw unexpected("direction", "an entry that is not zero", 0);
  const along = sum((i) => direction[i]! * gradient[i]);
  return 1 + (along ** 2 + (inputs.kurtosis - 3) * sum((i) => (direction[i]! * gradient[i]) ** 2)) / (squaredResidual * norm);
}

/**
 * Infimum and supremum of {@link independentAlignment} over all directions: the extreme generalised eigenvalues of
 * `(Σ, 2L S)`. For normal inputs they are 1 and 2 in two or more dimensions.
 *
 * @throws RangeError as {@link independentAlignment}.
 */
export function independentAlignmentRange(inputs: IndependentInputs): { readonly least: number; readonly greatest: number } {
  const { gradient, squaredResidual } = check(inputs);
  const { spectrum, kurtosis } = inputs;
  const size = spectrum.length;
  const covariance = new Float64Array(size * size);
  const metric = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) covariance[i * size + j] = gradient[i] * gradient[j];
    covariance[i * size + i] += squaredResidual * spectrum[i] + (kurtosis - 3) * gradient[i] ** 2;
    metric[i * size + i] = squaredResidual * spectrum[i];
  }
  const values = generalizedEigenvalues(covariance, metric);
  return { least: values[0], greatest: values[size - 1] };
}
