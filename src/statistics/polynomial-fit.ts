import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { requireEqualLengths, requireFiniteEntries, requireIntegerAtLeast, requirePositive, unexpected } from "../numerics/index.ts";

/** Coefficients of a fitted polynomial, of 1, x, x², …. */
export interface PolynomialFit {
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
}

/** Points with the known standard errors of `y`. */
export interface PolynomialData {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly standardErrors: ArrayLike<number>;
  readonly degree: number;
}

/**
 * Weighted least-squares polynomial `y = Σ cₖ xᵏ`, points weighted by `1/standardErrors²`, which are taken as known.
 *
 * @throws RangeError for fewer points than coefficients, unequal lengths, values that are not finite, standard errors
 * that are not positive, or points that do not determine the polynomial.
 */
export function polynomialFit({ x, y, standardErrors, degree }: PolynomialData): PolynomialFit {
  requireIntegerAtLeast("degree", degree, 0);
  requireFiniteEntries("x", x, degree + 1);
  requireFiniteEntries("y", y);
  requireEqualLengths("y", y, "x", x);
  requireEqualLengths("standardErrors", standardErrors, "x", x);
  const weights = Array.from(standardErrors, (error, i) => 1 / requirePositive(() => `standardErrors[${i}]`, error));
  const rows = new Matrix(Array.from(x, (value, i) => Array.from({ length: degree + 1 }, (_, k) => weights[i] * value ** k)));
  const right = Matrix.columnVector(Array.from(y, (value, i) => weights[i] * value));
  const factor = new CholeskyDecomposition(rows.transpose().mmul(rows));
  if (!factor.isPositiveDefinite()) throw unexpected("x", `at least ${degree + 1} different values`, new Set(Array.from(x)).size);
  const inverse = factor.solve(Matrix.eye(degree + 1));
  return {
    coefficients: inverse.mmul(rows.transpose()).mmul(right).to1DArray(),
    standardErrors: inverse.diagonal().map(Math.sqrt),
  };
}
