/** sup |Fₙ(x) − F(x)| of values and a continuous distribution function (Kolmogorov's distance). */
export function distanceOfDistributions(values: ArrayLike<number>, distribution: (x: number) => number): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  return sorted.reduce((greatest, x, i) => Math.max(greatest, distribution(x) - i / n, (i + 1) / n - distribution(x)), 0);
}
