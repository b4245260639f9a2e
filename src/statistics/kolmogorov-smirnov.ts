import { Matrix } from "ml-matrix";
import { requireFiniteEntries, requireIntegerAtLeast, unexpected } from "../numerics/index.ts";

/** A one-sample Kolmogorov–Smirnov test. */
export interface KolmogorovSmirnovResult {
  /** `sup_x |F_n(x) - F(x)|`. */
  readonly statistic: number;
  readonly pValue: number;
  readonly count: number;
}

/** The exact law is used up to this many draws or this many steps `n d`; its cost grows with the cube of `n d`. */
const EXACT = { draws: 140, steps: 60 };

/** `P(D_n < d)` by the matrix power of Marsaglia, Tsang and Wang. */
function exactDistribution(count: number, d: number): number {
  const k = Math.floor(count * d) + 1;
  const size = 2 * k - 1;
  const h = k - count * d;
  const matrix = Matrix.zeros(size, size);
  for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) if (i - j + 1 >= 0) matrix.set(i, j, 1);
  for (let i = 0; i < size; i += 1) {
    matrix.set(i, 0, matrix.get(i, 0) - h ** (i + 1));
    matrix.set(size - 1, i, matrix.get(size - 1, i) - h ** (size - i));
  }
  if (2 * h > 1) matrix.set(size - 1, 0, matrix.get(size - 1, 0) + (2 * h - 1) ** size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) for (let g = 1; g <= i - j + 1; g += 1) matrix.set(i, j, matrix.get(i, j) / g);
  }
  let [power, base, logScale, baseScale] = [Matrix.eye(size), matrix, 0, 0];
  const rescaled = (m: Matrix) => {
    const largest = m.max();
    return { matrix: Matrix.div(m, largest), log: Math.log(largest) };
  };
  for (let n = count; n > 0; n >>= 1) {
    if (n % 2 === 1) {
      const product = rescaled(power.mmul(base));
      power = product.matrix;
      logScale += product.log + baseScale;
    }
    const square = rescaled(base.mmul(base));
    base = square.matrix;
    baseScale = 2 * baseScale + square.log;
  }
  let logFactorial = 0;
  for (let i = 1; i <= count; i += 1) logFactorial += Math.log(i / count);
  return power.get(k - 1, k - 1) * Math.exp(logScale + logFactorial);
}

/** `P(K > x)` of Kolmogorov's limit law. */
function limitTail(x: number): number {
  if (x < 0.2) return 1;
  if (x < 1) {
    let sum = 0;
    for (let k = 1; k <= 9; k += 2) sum += Math.exp((-k * k * Math.PI ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 1; k <= 8; k += 1) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}

/**
 * p-value of a Kolmogorov–Smirnov distance `d` from `count` independent draws: exact up to 140 draws, and
 * up to `n d = 60` for more, while the value is above 1e-7; otherwise Kolmogorov's limit law at `(√n + 0.12 + 0.11/√n) d`.
 *
 * Source: G. Marsaglia, W. W. Tsang, J. Wang, J. Stat. Softw. 8 (2003) 18; M. A. Stephens, J. R. Stat. Soc. B 32
 * (1970) 115.
 *
 * @throws RangeError for a count that is not a positive integer or a distance outside `[0, 1]`.
 */
export function kolmogorovSmirnovPValue(count: number, d: number): number {
  requireIntegerAtLeast("count", count, 1);
  if (!(d >= 0 && d <= 1)) throw unexpected("d", "a number in [0, 1]", d);
  if (2 * count * d <= 1) return 1;
  if (d === 1) return 0;
  const root = Math.sqrt(count);
  const approximate = limitTail((root + 0.12 + 0.11 / root) * d);
  if ((count > EXACT.draws && count * d > EXACT.steps) || approximate < 1e-7) return approximate;
  return Math.min(1, Math.max(0, 1 - exactDistribution(count, d)));
}

/**
 * `sup_x |F_n(x) - F(x)|` of values in increasing order. Not checked: the order.
 *
 * @throws RangeError for a distribution function outside `[0, 1]`.
 */
export function kolmogorovDistance(sorted: Float64Array, cdf: (x: number) => number): number {
  let distance = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    if (!(p >= 0 && p <= 1)) throw unexpected(`cdf(${x})`, "a number in [0, 1]", p);
    distance = Math.max(distance, (i + 1) / sorted.length - p, p - i / sorted.length);
  });
  return distance;
}

/**
 * Tests that independent draws follow a fully specified continuous law. Not valid with parameters fitted to the
 * same draws or with dependent ones.
 *
 * @throws RangeError for no values, a value that is not finite, or a distribution function outside `[0, 1]`.
 */
export function kolmogorovSmirnov(values: ArrayLike<number>, cdf: (x: number) => number): KolmogorovSmirnovResult {
  const sorted = Float64Array.from(requireFiniteEntries("values", values)).sort();
  const statistic = kolmogorovDistance(sorted, cdf);
  return { statistic, pValue: kolmogorovSmirnovPValue(sorted.length, statistic), count: sorted.length };
}
