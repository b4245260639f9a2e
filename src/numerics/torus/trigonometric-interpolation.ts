/**
 * The matrix (points, N), row-major, that evaluates at any points the trigonometric interpolant of values on an even
 * number N of nodes 2πj/N: exact for sines and cosines up to the wave number N/2 − 1.
 */
export function trigonometricInterpolation(size: number, points: ArrayLike<number>): Float64Array {
  const matrix = new Float64Array(points.length * size);
  for (let i = 0; i < points.length; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const half = points[i] / 2 - (Math.PI * j) / size;
      const sine = Math.sin(half);
      matrix[i * size + j] = Math.abs(sine) < 1e-14 ? 1 : (Math.sin(size * half) * Math.cos(half)) / (sine * size);
    }
  }
  return matrix;
}
