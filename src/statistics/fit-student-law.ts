import gammaln from "@stdlib/math-base-special-gammaln";
import { digamma, minimize, requireFiniteEntries, unexpected } from "../numerics/index.ts";
import { sortedQuantile } from "./quantile.ts";
import type { StudentParameters } from "./student-law.ts";

/** A Student law fitted by maximum likelihood. */
export interface StudentFit extends StudentParameters {
  readonly logLikelihood: number;
  readonly count: number;
  /** Whether the degrees of freedom stopped at a bound: at the upper one the values are as good as Gaussian. */
  readonly bound: "none" | "lower" | "upper";
}

/** The degrees of freedom sought. Above the upper bound fewer than 10⁶ values do not tell the law from the Gaussian. */
export const fittedDegreesOfFreedom = { least: 0.2, most: 1000 };

interface LocationAndScale {
  readonly location: number;
  readonly scale: number;
}

/** Location and scale that maximise the likelihood at fixed degrees of freedom, by the expectation-maximisation of Kent, Tyler and Vardi. */
function locationAndScale(values: Float64Array, degreesOfFreedom: number, start: LocationAndScale): LocationAndScale {
  let { location, scale } = start;
  for (let i = 0; i < 1000; i += 1) {
    let [sum, first, second] = [0, 0, 0];
    for (const x of values) {
      const z = (x - location) / scale;
      const weight = (degreesOfFreedom + 1) / (degreesOfFreedom + z * z);
      sum += weight;
      first += weight * z;
      second += weight * z * z;
    }
    const shift = first / sum;
    const growth = Math.sqrt(second / sum - shift * shift);
    location += scale * shift;
    scale *= growth;
    if (Math.abs(shift) < 1e-11 && Math.abs(growth - 1) < 1e-11) break;
  }
  return { location, scale };
}

/** Mean of `log(1 + z²/ν)`. */
function meanLogarithm(values: Float64Array, degreesOfFreedom: number, { location, scale }: LocationAndScale): number {
  let sum = 0;
  for (const x of values) sum += Math.log1p(((x - location) / scale) ** 2 / degreesOfFreedom);
  return sum / values.length;
}

function logLikelihood(count: number, degreesOfFreedom: number, scale: number, meanLog: number): number {
  const half = degreesOfFreedom / 2;
  return count * (gammaln(half + 0.5) - gammaln(half) - Math.log(Math.PI * degreesOfFreedom) / 2 - Math.log(scale) - (half + 0.5) * meanLog);
}

/** Half the spread of the middle half of the values, or of as much more as it takes not to be 0. */
function startScale(sorted: Float64Array): number {
  for (const p of [0.25, 0.1, 0.05]) {
    const spread = sortedQuantile(sorted, 1 - p) - sortedQuantile(sorted, p);
    if (spread > 0) return spread / 2;
  }
  return (sorted[sorted.length - 1] - sorted[0]) / 2;
}

function requireFewTies(sorted: Float64Array): void {
  const share = fittedDegreesOfFreedom.least / (1 + fittedDegreesOfFreedom.least);
  for (let first = 0, next = 0; first < sorted.length; first = next) {
    while (next < sorted.length && sorted[next] === sorted[first]) next += 1;
    const ties = next - first;
    if (ties >= 2 && ties >= share * sorted.length) throw unexpected(`values equal to ${sorted[first]}`, `fewer than ${share.toFixed(3)} of the ${sorted.length}`, ties);
  }
}

/**
 * Maximum likelihood of Student's location–scale law from independent values. Location and scale are maximised out at
 * each `ν` (expectation maximisation with the scale divided by the sum of weights), and `ν` is sought from 0.2 to 1000,
 * next to the best of a grid; it is found to about 1e-7 of itself. It is at a bound where the score there,
 *
 *   `ψ((ν+1)/2) - ψ(ν/2) - mean log(1 + z²/ν)`,
 *
 * points outward; at the upper one no tail heavier than the Gaussian was found. Below `ν = 1` the maximum over location
 * and scale may not be unique; the one reached from the neighbouring larger `ν` is taken.
 *
 * Source: K. L. Lange, R. J. A. Little, J. M. G. Taylor, J. Am. Stat. Assoc. 84 (1989) 881; J. T. Kent, D. E. Tyler,
 * Y. Vardi, Commun. Stat. Simul. 23 (1994) 441.
 *
 * @throws RangeError for fewer than 10 values, one that is not finite, or a sixth or more of them equal, where the
 * likelihood may have no maximum.
 */
export function fitStudentLaw(values: ArrayLike<number>): StudentFit {
  requireFiniteEntries("values", values, 10);
  const sorted = Float64Array.from(values).sort();
  requireFewTies(sorted);
  const count = sorted.length;
  const { least, most } = fittedDegreesOfFreedom;
  let current: LocationAndScale = { location: sortedQuantile(sorted, 0.5), scale: startScale(sorted) };
  const at = (degreesOfFreedom: number) => {
    current = locationAndScale(sorted, degreesOfFreedom, current);
    const meanLog = meanLogarithm(sorted, degreesOfFreedom, current);
    const score = digamma(degreesOfFreedom / 2 + 0.5) - digamma(degreesOfFreedom / 2) - meanLog;
    return { ...current, degreesOfFreedom, score, logLikelihood: logLikelihood(count, degreesOfFreedom, current.scale, meanLog) };
  };
  const last = 12;
  const grid = Array.from({ length: last + 1 }, (_, i) => most * (least / most) ** (i / last));
  const fits = grid.map(at);
  const best = fits.reduce((found, fit, i) => (fit.logLikelihood > fits[found].logLikelihood ? i : found), 0);
  const bound = best === 0 && fits[0].score >= 0 ? "upper" : best === last && fits[last].score <= 0 ? "lower" : "none";
  current = fits[best];
  const loss = (logDegrees: number) => -at(Math.exp(logDegrees)).logLikelihood / count;
  const sought = () => minimize(loss, Math.log(grid[Math.min(last, best + 1)]), Math.log(grid[Math.max(0, best - 1)])).at;
  const { score: _, ...fit } = bound === "none" ? at(Math.exp(sought())) : fits[best];
  return { ...fit, count, bound };
}
