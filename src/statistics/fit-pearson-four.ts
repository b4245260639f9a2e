import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { complexPolygamma, digamma, logPearsonFourIntegral, requireFiniteEntries, trigamma, type PearsonFourParameters } from "../numerics/index.ts";
import { fitStudentLaw } from "./fit-student-law.ts";

/** A Pearson IV law fitted by maximum likelihood. */
export interface PearsonFourFit extends PearsonFourParameters {
  readonly logLikelihood: number;
  /** Log-likelihood gained over the best Student law, at least 0. */
  readonly gain: number;
  readonly count: number;
  /** Whether a parameter stopped at a bound, beyond which the laws are those of Gauss or of Pearson's types III and V. */
  readonly bound: "none" | "exponent" | "skewness";
}

/** What is sought: the exponent, and the mode `|skewness| / (2 exponent)` in units of the scale from the location. */
export const fittedPearsonFour = { leastExponent: 0.55, mostExponent: 500, mostShift: 50 };

/** Location, logarithm of the scale, `log(exponent - 1/2)`, `skewness / (2 exponent)`. */
type Point = readonly [number, number, number, number];

const LEAST: Point = [-Infinity, -Infinity, Math.log(fittedPearsonFour.leastExponent - 0.5), -fittedPearsonFour.mostShift];
const MOST: Point = [Infinity, Infinity, Math.log(fittedPearsonFour.mostExponent - 0.5), fittedPearsonFour.mostShift];
const SETTLED = 1e-9;

function parametersOf([location, logScale, logExcess, shift]: Point): PearsonFourParameters {
  const exponent = 0.5 + Math.exp(logExcess);
  return { exponent, skewness: 2 * exponent * shift, location, scale: Math.exp(logScale) };
}

function logLikelihoodOf(values: Float64Array, { exponent, skewness, location, scale }: PearsonFourParameters): number {
  let sum = 0;
  for (const x of values) {
    const z = (x - location) / scale;
    sum -= exponent * Math.log1p(z * z) + skewness * Math.atan(z);
  }
  return sum - values.length * (logPearsonFourIntegral(exponent, skewness) + Math.log(scale));
}

interface Derivatives {
  readonly gradient: readonly number[];
  /** Of minus the log-likelihood. */
  readonly curvature: readonly (readonly number[])[];
}

/** Exact first and second derivatives in the coordinates of a {@link Point}. */
function derivativesAt(values: Float64Array, point: Point): Derivatives {
  const { exponent: m, skewness: v, location, scale } = parametersOf(point);
  let [l, t, e, k, ll, lt, tt, le, te, lk, tk] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const x of values) {
    const z = (x - location) / scale;
    const w = 1 / (1 + z * z);
    const slope = (2 * m * z + v) * w;
    const bend = 2 * m * w - 2 * z * w * slope;
    l += slope;
    t += z * slope - 1;
    e += Math.log(w);
    k -= Math.atan(z);
    ll += bend;
    lt += z * bend + slope;
    tt += z * (slope + z * bend);
    le += 2 * z * w;
    te += 2 * z * z * w;
    lk += w;
    tk += z * w;
  }
  const n = values.length;
  const complex = complexPolygamma({ real: m, imaginary: v / 2 });
  e -= n * (digamma(m - 0.5) + digamma(m) - 2 * complex.digamma.real);
  k -= n * complex.digamma.imaginary;
  const ee = n * (trigamma(m - 0.5) + trigamma(m) - 2 * complex.trigamma.real);
  const ek = n * complex.trigamma.imaginary;
  const kk = (n * complex.trigamma.real) / 2;
  const [excess, shift] = [m - 0.5, point[3]];
  const [byExcess, byShift] = [excess * (e + 2 * shift * k), 2 * m * k];
  const excessExcess = excess * excess * (ee + 4 * shift * ek + 4 * shift * shift * kk) - byExcess;
  const excessShift = 2 * m * excess * (ek + 2 * shift * kk) - 2 * excess * k;
  const [lExcess, tExcess] = [-excess * (le + 2 * shift * lk), -excess * (te + 2 * shift * tk)];
  const [lShift, tShift] = [-2 * m * lk, -2 * m * tk];
  return {
    gradient: [l / scale, t, byExcess, byShift],
    curvature: [
      [ll / (scale * scale), lt / scale, lExcess / scale, lShift / scale],
      [lt / scale, tt, tExcess, tShift],
      [lExcess / scale, tExcess, excessExcess, excessShift],
      [lShift / scale, tShift, excessShift, 4 * m * m * kk],
    ],
  };
}

/** The step of Newton's method with its curvature raised by `damping` times its diagonal; undefined where that is not positive definite. */
function dampedStep({ gradient, curvature }: Derivatives, free: readonly number[], damping: number): readonly number[] | undefined {
  const matrix = new Matrix(free.map((i) => free.map((j) => curvature[i][j] + (i === j ? damping * (Math.abs(curvature[i][i]) + 1e-12) : 0))));
  const factor = new CholeskyDecomposition(matrix);
  if (!factor.isPositiveDefinite()) return undefined;
  const solution = factor.solve(Matrix.columnVector(free.map((i) => gradient[i]))).to1DArray();
  const step = [0, 0, 0, 0];
  free.forEach((i, row) => (step[i] = solution[row]));
  return step.every(Number.isFinite) ? step : undefined;
}

/** Climbs from a point until a step promises less than 1e-9 of log-likelihood. */
function climb(values: Float64Array, start: Point): { readonly point: Point; readonly logLikelihood: number } {
  let [point, logLikelihood, damping] = [start, logLikelihoodOf(values, parametersOf(start)), 1e-3];
  for (let i = 0; i < 500; i += 1) {
    const derivatives = derivativesAt(values, point);
    const free = [0, 1, 2, 3].filter((j) => !((point[j] <= LEAST[j] && derivatives.gradient[j] < 0) || (point[j] >= MOST[j] && derivatives.gradient[j] > 0)));
    for (;;) {
      const step = dampedStep(derivatives, free, damping);
      const promised = step === undefined ? Infinity : step.reduce((sum, change, j) => sum + change * derivatives.gradient[j], 0);
      if (promised < SETTLED || damping > 1e12) return { point, logLikelihood };
      const limited = step?.map((change, j) => (j === 0 ? change : Math.min(1, Math.max(-1, change))));
      const next = limited?.map((change, j) => Math.min(MOST[j], Math.max(LEAST[j], point[j] + change))) as Point | undefined;
      const found = next === undefined ? -Infinity : logLikelihoodOf(values, parametersOf(next));
      if (next !== undefined && found > logLikelihood) {
        [point, logLikelihood, damping] = [next, found, Math.max(damping / 10, 1e-10)];
        break;
      }
      damping *= 5;
    }
  }
  return { point, logLikelihood };
}

/**
 * Maximum likelihood of the four parameters of a Pearson IV law from independent values, by Newton's method with exact
 * derivatives, damped where it does not climb, from the best Student law (skewness 0). The likelihood may have other
 * maxima; the one uphill from Student's is taken, so that the gain over Student's law is not negative.
 *
 * @throws RangeError for fewer than 10 values, one that is not finite, or a sixth or more of them equal.
 */
export function fitPearsonFour(values: ArrayLike<number>): PearsonFourFit {
  requireFiniteEntries("values", values, 10);
  const student = fitStudentLaw(values);
  const data = Float64Array.from(values, (x) => (x - student.location) / student.scale);
  const degreesOfFreedom = Math.min(2 * fittedPearsonFour.mostExponent - 1, student.degreesOfFreedom);
  const start: Point = [0, Math.log(degreesOfFreedom) / 2, Math.max(LEAST[2], Math.log(degreesOfFreedom / 2)), 0];
  const { point, logLikelihood } = climb(data, start);
  const { exponent, skewness, location, scale } = parametersOf(point);
  const total = logLikelihood - data.length * Math.log(student.scale);
  return {
    exponent,
    skewness,
    location: student.location + student.scale * location,
    scale: student.scale * scale,
    logLikelihood: total,
    gain: Math.max(0, total - student.logLikelihood),
    count: data.length,
    bound: point[2] === LEAST[2] || point[2] === MOST[2] ? "exponent" : Math.abs(point[3]) === fittedPearsonFour.mostShift ? "skewness" : "none",
  };
}
