import { requireEqualLengths, requireFinite, requireIntegerAtLeast, unexpected } from "./argument-checks.ts";

/** A sample whose loss has an affine gradient: `∇R̃(z) = H z - c`, with a symmetric `H` of shape (d, d) and `c` of shape (d). */
export interface AffineSample {
  readonly hessian: readonly (readonly number[])[];
  readonly shift: readonly number[];
}

/** Pairs of linear regression: `N` rows of `d` features `a`, and `N` labels `b`. */
export interface RegressionPairs {
  readonly features: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/**
 * The samples of least squares, `R̃ = (a·z - b)²/2`: `H = a aᵀ`, `c = b a`.
 *
 * @throws RangeError for no pairs, no features, rows of different lengths or a number that is not finite, named.
 */
export function leastSquaresSamples({ features, labels }: RegressionPairs): readonly AffineSample[] {
  requireIntegerAtLeast("features.length", features.length, 1);
  requireEqualLengths("labels", labels, "features", features);
  const dimension = requireIntegerAtLeast("features[0].length", features[0].length, 1);
  return features.map((row, i) => {
    if (row.length !== dimension) throw unexpected(`features[${i}].length`, `${dimension}, the length of features[0]`, row.length);
    row.forEach((value, j) => requireFinite(() => `features[${i}][${j}]`, value));
    const label = requireFinite(() => `labels[${i}]`, labels[i]);
    return { hessian: row.map((a) => row.map((b) => a * b)), shift: row.map((a) => a * label) };
  });
}

/**
 * The dimension `d` of samples.
 *
 * @throws RangeError for no samples (`N` of 0), a Hessian that is not (d, d) or not symmetric, a shift that is not (d), or
 * a number that is not finite, named.
 */
export function requireAffineSamples(samples: readonly AffineSample[]): number {
  requireIntegerAtLeast("samples.length", samples.length, 1);
  const dimension = requireIntegerAtLeast("samples[0].shift.length", samples[0].shift.length, 1);
  samples.forEach(({ hessian, shift }, n) => {
    if (shift.length !== dimension) throw unexpected(`samples[${n}].shift.length`, `${dimension}`, shift.length);
    if (hessian.length !== dimension) throw unexpected(`samples[${n}].hessian.length`, `${dimension}`, hessian.length);
    shift.forEach((value, i) => requireFinite(() => `samples[${n}].shift[${i}]`, value));
    hessian.forEach((row, i) => {
      if (row.length !== dimension) throw unexpected(`samples[${n}].hessian[${i}].length`, `${dimension}`, row.length);
      row.forEach((value, j) => {
        requireFinite(() => `samples[${n}].hessian[${i}][${j}]`, value);
        if (value !== hessian[j][i]) throw unexpected(`samples[${n}].hessian[${i}][${j}]`, `${hessian[j][i]}, the entry across the diagonal`, value);
      });
    });
  });
  return dimension;
}
