/** Matrices (N, N), row-major, that map values on the nodes 2πj/N to derivatives of their trigonometric interpolant there. */
export interface FourierDifferentiation {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** First and second derivative of trigonometric polynomials on an even number N of nodes (Trefethen, Spectral Methods in MATLAB, chapter 3). */
export function fourierDifferentiation(size: number): FourierDifferentiation {
  const first = new Float64Array(size * size);
  const second = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const sign = (i - j) % 2 === 0 ? 1 : -1;
      const half = ((i - j) * Math.PI) / size;
      first[i * size + j] = i === j ? 0 : (sign * Math.cos(half)) / (2 * Math.sin(half));
      second[i * size + j] = i === j ? -(size * size) / 12 - 1 / 6 : -sign / (2 * Math.sin(half) ** 2);
    }
  }
  return { first, second };
}
