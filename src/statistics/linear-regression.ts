import { requireEqualLengths, requireFiniteEntries, requirePositive, requireProbability, unexpected } from "../numerics/index.ts";
import { symmetricInterval, type Interval } from "./interval.ts";
import { normalQuantile } from "./normal.ts";
import { studentTQuantile } from "./student-t.ts";

/** A fitted line `y = intercept + slope x`. */
export interface LinearFit {
  readonly slope: number;
  readonly intercept: number;
  readonly slopeStandardError: number;
  readonly interceptStandardError: number;
  readonly slopeInterval: Interval;
  /** Sum of squared residuals, each divided by its variance if standard errors were given. */
  readonly chiSquare: number;
  /** Points less 2. */
  readonly degreesOfFreedom: number;
}

/** Points of a line with, if known, the standard error of each `y`. */
export interface RegressionData {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly standardErrors?: ArrayLike<number>;
  /** Default 0.95. */
  readonly level?: number;
}

/**
 * Least-squares line. Without `standardErrors` all points count the same, the noise is estimated from the
 * residuals and the slope's interval is Student's; with them points are weighted by `1/standardErrors²`, which are
 * taken as known, and the interval is normal.
 *
 * @throws RangeError for fewer than 3 points (2 with standard errors), unequal lengths, values that are not finite,
 * standard errors that are not positive, or `x` without spread.
 */
export function linearRegression({ x, y, standardErrors, level = 0.95 }: RegressionData): LinearFit {
  requireFiniteEntries("x", x, standardErrors === undefined ? 3 : 2);
  requireFiniteEntries("y", y);
  requireEqualLengths("y", y, "x", x);
  requireProbability("level", level);
  if (standardErrors !== undefined) requireEqualLengths("standardErrors", standardErrors, "x", x);
  const weights = Array.from(x, (_, i) => (standardErrors === undefined ? 1 : requirePositive(() => `standardErrors[${i}]`, standardErrors[i]) ** -2));
  const sum = (f: (i: number) => number) => weights.reduce((total, weight, i) => total + weight * f(i), 0);
  const total = sum(() => 1);
  const [meanX, meanY] = [sum((i) => x[i]) / total, sum((i) => y[i]) / total];
  const spread = sum((i) => (x[i] - meanX) ** 2);
  if (!(spread > 0)) throw unexpected("x", "at least two different values", x[0]);
  const slope = sum((i) => (x[i] - meanX) * (y[i] - meanY)) / spread;
  const intercept = meanY - slope * meanX;
  const chiSquare = sum((i) => (y[i] - intercept - slope * x[i]) ** 2);
  const degreesOfFreedom = x.length - 2;
  const noise = standardErrors === undefined ? chiSquare / degreesOfFreedom : 1;
  const slopeStandardError = Math.sqrt(noise / spread);
  const interceptStandardError = Math.sqrt(noise * (1 / total + meanX ** 2 / spread));
  const p = (1 + level) / 2;
  const quantile = standardErrors === undefined ? studentTQuantile(p, degreesOfFreedom) : normalQuantile(p);
  const slopeInterval = symmetricInterval(slope, slopeStandardError, quantile, level);
  return { slope, intercept, slopeStandardError, interceptStandardError, slopeInterval, chiSquare, degreesOfFreedom };
}
