import { Matrix, solve } from "ml-matrix";
import { requireIntegerAtLeast, unexpected } from "./argument-checks.ts";

const coefficients = [64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1];
const largestNorm = 5.371920351148152;

/**
 * e^A of a square matrix, by the Padé approximant of order 13 of A/2ˢ squared s times, where ‖A/2ˢ‖₁ ≤ 5.4. The error is
 * about 10⁻¹⁶ ‖A‖₁ for matrices that are near normal; squaring can lose digits of others.
 *
 * Source: N. J. Higham, The scaling and squaring method for the matrix exponential revisited, SIAM J. Matrix Anal. Appl.
 * 26 (2005) 1179, algorithm 2.3.
 *
 * @throws RangeError for a matrix that is not square or has an entry that is not finite.
 */
export function matrixExponential(rows: readonly (readonly number[])[]): number[][] {
  requireIntegerAtLeast("matrix.length", rows.length, 1);
  rows.forEach((row, i) => {
    if (row.length !== rows.length) throw unexpected(`matrix[${i}].length`, `${rows.length}, the number of rows`, row.length);
    const column = row.findIndex((value) => !Number.isFinite(value));
    if (column >= 0) throw unexpected(`matrix[${i}][${column}]`, "a finite number", row[column]);
  });
  const matrix = new Matrix(rows.map((row) => [...row]));
  const norm = Math.max(...Array.from({ length: matrix.columns }, (_, j) => matrix.getColumn(j).reduce((sum, value) => sum + Math.abs(value), 0)));
  const squarings = Math.max(0, Math.ceil(Math.log2(norm / largestNorm)));
  let result = approximant(Matrix.mul(matrix, 2 ** -squarings));
  for (let i = 0; i < squarings; i += 1) result = result.mmul(result);
  return result.to2DArray();
}

/** r₁₃(A) = (V − U)⁻¹ (V + U) with the odd part U and the even part V of the numerator. */
function approximant(a: Matrix): Matrix {
  const [second, identity] = [a.mmul(a), Matrix.eye(a.rows)];
  const fourth = second.mmul(second);
  const sixth = fourth.mmul(second);
  const sum = (from: number, powers: readonly Matrix[]) => powers.reduce((total, power, i) => total.add(Matrix.mul(power, coefficients[from + 2 * i])), Matrix.zeros(a.rows, a.rows));
  const odd = a.mmul(sixth.mmul(sum(9, [second, fourth, sixth])).add(sum(1, [identity, second, fourth, sixth])));
  const even = sixth.mmul(sum(8, [second, fourth, sixth])).add(sum(0, [identity, second, fourth, sixth]));
  return solve(Matrix.sub(even, odd), Matrix.add(even, odd));
}
