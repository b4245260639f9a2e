/** C (rows, columns) = A (rows, inner) · B (inner, columns), all row-major, in tiles of 2 × 4 sums; starts are those of B and C. */
function multiply(rows: number, inner: number, columns: number, a: Float64Array, b: Float64Array, bStart: number, c: Float64Array, cStart: number): void {
  const tiled = columns - (columns % 4);
  for (let i = 0; i < rows; i += 2) {
    const upper = i * inner;
    const lower = Math.min(i + 1, rows - 1) * inner;
    const upperRow = cStart + i * columns;
    const lowerRow = cStart + Math.min(i + 1, rows - 1) * columns;
    for (let j = 0; j < tiled; j += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let t0 = 0;
      let t1 = 0;
      let t2 = 0;
      let t3 = 0;
      for (let k = 0, place = bStart + j; k < inner; k += 1, place += columns) {
        const x = a[upper + k];
        const y = a[lower + k];
        const b0 = b[place];
        const b1 = b[place + 1];
        const b2 = b[place + 2];
        const b3 = b[place + 3];
        s0 += x * b0;
        s1 += x * b1;
        s2 += x * b2;
        s3 += x * b3;
        t0 += y * b0;
        t1 += y * b1;
        t2 += y * b2;
        t3 += y * b3;
      }
      c[upperRow + j] = s0;
      c[upperRow + j + 1] = s1;
      c[upperRow + j + 2] = s2;
      c[upperRow + j + 3] = s3;
      c[lowerRow + j] = t0;
      c[lowerRow + j + 1] = t1;
      c[lowerRow + j + 2] = t2;
      c[lowerRow + j + 3] = t3;
    }
    for (let j = tiled; j < columns; j += 1) {
      let s = 0;
      let t = 0;
      for (let k = 0; k < inner; k += 1) {
        s += a[upper + k] * b[bStart + k * columns + j];
        t += a[lower + k] * b[bStart + k * columns + j];
      }
      c[upperRow + j] = s;
      c[lowerRow + j] = t;
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
