import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { requireIntegerAtLeast, unexpected } from "./argument-checks.ts";

const rounding = 1e-12;

/**
 * The symmetric positive semidefinite square root of a covariance matrix, (d, d). Eigenvalues below 0 by at most 10⁻¹² of
 * the largest one are taken for 0.
 *
 * @throws RangeError for a matrix that is not square or not symmetric to 10⁻¹² of its largest entry, that has an entry
 * which is not finite, or that is not positive semidefinite, with its least eigenvalue.
 */
export function symmetricSquareRoot(rows: readonly (readonly number[])[]): number[][] {
  const size = requireIntegerAtLeast("covariance.length", rows.length, 1);
  rows.forEach((row, i) => {
    if (row.length !== size) throw unexpected(`covariance[${i}].length`, `${size}, the number of rows`, row.length);
    const column = row.findIndex((value) => !Number.isFinite(value));
    if (column >= 0) throw unexpected(`covariance[${i}][${column}]`, "a finite number", row[column]);
  });
  const largest = Math.max(...rows.flat().map(Math.abs));
  rows.forEach((row, i) =>
    row.forEach((value, j) => {
      if (Math.abs(value - rows[j][i]) > rounding * largest) throw unexpected(`covariance[${i}][${j}]`, `${rows[j][i]}, the entry across the diagonal`, value);
    }),
  );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(rows.map((row) => [...row])), { assumeSymmetric: true });
  const least = Math.min(...realEigenvalues);
  if (least < -rounding * largest) throw unexpected("covariance: least eigenvalue", "at least 0, as of a positive semidefinite matrix", least);
  const roots = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
  return eigenvectorMatrix.mmul(Matrix.diag(roots)).mmul(eigenvectorMatrix.transpose()).to2DArray();
}
