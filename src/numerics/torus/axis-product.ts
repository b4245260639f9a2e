/** C (rows, columns) = A (rows, inner) · B (inner, columns), all row-major; offsets are of B and C. */
function multiply(rows: number, inner: number, columns: number, a: Float64Array, b: Float64Array, bStart: number, c: Float64Array, cStart: number): void {
  for (let i = 0; i < rows; i += 1) {
    const at = cStart + i * columns;
    for (let j = at; j < at + columns; j += 1) c[j] = 0;
    let k = 0;
    for (; k + 3 < inner; k += 4) {
      const [a0, a1, a2, a3] = [a[i * inner + k], a[i * inner + k + 1], a[i * inner + k + 2], a[i * inner + k + 3]];
      const [b0, b1, b2, b3] = [bStart + k * columns, bStart + (k + 1) * columns, bStart + (k + 2) * columns, bStart + (k + 3) * columns];
      for (let j = 0; j < columns; j += 1) c[at + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
    }
    for (; k < inner; k += 1) {
      const factor = a[i * inner + k];
      for (let j = 0; j < columns; j += 1) c[at + j] += factor * b[bStart + k * columns + j];
    }
  }
}

/** A matrix (rows, N) with its transpose, to be applied along any axis of a tensor. */
export interface AxisMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly matrix: Float64Array;
  readonly transpose: Float64Array;
}

/** Takes a row-major matrix with the given number of columns. */
export function axisMatrix(matrix: Float64Array, columns: number): AxisMatrix {
  const rows = matrix.length / columns;
  const transpose = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i += 1) for (let j = 0; j < columns; j += 1) transpose[j * rows + i] = matrix[i * columns + j];
  return { rows, columns, matrix, transpose };
}

/** The sum over n of A[m, n] F[…, n, …] along one axis of a row-major tensor with the given lengths of its axes. */
export function axisProduct({ rows, columns, matrix, transpose }: AxisMatrix, tensor: Float64Array, shape: readonly number[], axis: number, result = new Float64Array((tensor.length / columns) * rows)): Float64Array {
  const after = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  const before = tensor.length / (columns * after);
  if (after === 1) multiply(before, columns, rows, tensor, transpose, 0, result, 0);
  else for (let b = 0; b < before; b += 1) multiply(rows, columns, after, matrix, tensor, b * columns * after, result, b * rows * after);
  return result;
}
