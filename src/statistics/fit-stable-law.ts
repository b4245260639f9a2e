import { requireFiniteEntries, unexpected, type StableParameters } from "../numerics/index.ts";
import { sortedQuantile } from "./quantile.ts";

/** An α-stable law fitted to the empirical characteristic function. */
export interface StableFit extends StableParameters {
  readonly count: number;
  /** Whether a parameter stopped at the end of its range; at stability 2 the skewness has no meaning and is 0. */
  readonly bound: "none" | "stability" | "skewness";
}

/** Frequencies `0.1, 0.2, …, 1` in units of `1/scale`. */
const FREQUENCIES = Array.from({ length: 10 }, (_, k) => (k + 1) / 10);
const PASSES = 4;

/** Interquartile range of the stable laws with `1 < α <= 2` in units of the scale, to within a tenth. */
const USUAL_QUARTILES = 1.95;

/** `log(-log|φ|)` and `arg φ` of the empirical characteristic function of `(x - location)/scale` at {@link FREQUENCIES}. */
function characteristic(values: Float64Array, location: number, scale: number) {
  const count = FREQUENCIES.length;
  const [real, imaginary] = [new Float64Array(count), new Float64Array(count)];
  for (const x of values) {
    const angle = (FREQUENCIES[0] * (x - location)) / scale;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    let [c, s] = [cosine, sine];
    for (let k = 0; k < count; k += 1) {
      real[k] += c;
      imaginary[k] += s;
      [c, s] = [c * cosine - s * sine, c * sine + s * cosine];
    }
  }
  const modulus = Array.from(real, (c, k) => Math.log(-Math.log(Math.hypot(c, imaginary[k]) / values.length)));
  return { modulus, argument: Array.from(real, (c, k) => Math.atan2(imaginary[k], c)) };
}

/** `tan(πα/2) (u - u^α)`, continuous at `α = 1`. */
function phase(stability: number, u: number): number {
  const beyond = stability - 1;
  if (Math.abs(beyond) < 1e-8) return (2 / Math.PI) * u * Math.log(u);
  return stability === 2 ? 0 : (u * Math.expm1(beyond * Math.log(u))) / Math.tan((Math.PI / 2) * beyond);
}

/** `α` and the factor by which the scale was wrong, from the line `log(-log|φ|) = α log u + α log factor`. */
function fitModulus(modulus: readonly number[]): { stability: number; factor: number; clipped: boolean } {
  const logs = FREQUENCIES.map(Math.log);
  const average = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0) / terms.length;
  const [meanLog, meanModulus] = [average(logs), average(modulus)];
  const slope = average(logs.map((log, k) => (log - meanLog) * (modulus[k] - meanModulus))) / average(logs.map((log) => (log - meanLog) ** 2));
  const stability = Math.min(2, Math.max(0.1, slope));
  return { stability, factor: Math.exp((meanModulus - stability * meanLog) / stability), clipped: stability !== slope };
}

/** The shift and `β` of `arg φ = shift u - β tan(πα/2)(v - v^α)`, `v = factor u`, by least squares with `|β| <= 1`. */
function fitArgument(argument: readonly number[], stability: number, factor: number): { skewness: number; shift: number; clipped: boolean } {
  const phases = FREQUENCIES.map((u) => -phase(stability, factor * u));
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);
  const [uu, up, pp] = [dot(FREQUENCIES, FREQUENCIES), dot(FREQUENCIES, phases), dot(phases, phases)];
  const [ua, pa] = [dot(FREQUENCIES, argument), dot(phases, argument)];
  const free = stability === 2 ? 0 : (uu * pa - up * ua) / (uu * pp - up * up);
  const skewness = Math.min(1, Math.max(-1, free));
  return { skewness, shift: (ua - skewness * up) / uu, clipped: skewness !== free };
}

/**
 * Fits an α-stable law `S(α, β, γ, δ; 0)` to independent values by regression of the empirical characteristic function
 * `φ`: `log(-log|φ(u)|)` on `log u` gives `α` and `γ`, `arg φ(u)` on `u` and `tan(πα/2)(γu - (γu)^α)` gives `δ` and `β`,
 * at `γu = 0.1, 0.2, …, 1`. Median and quartiles standardise the values first, the fit then three times more; there
 * is no last digit to settle on, since far draws make `φ` oscillate in the scale.
 *
 * Not maximum likelihood: it uses the middle of the law more than its tails. Standard errors are the bootstrap's.
 *
 * Source: I. A. Koutrouvelis, J. Am. Stat. Assoc. 75 (1980) 918, with the frequencies and the continuous
 * parametrisation of S. M. Kogon, D. B. Williams, in R. J. Adler et al., A Practical Guide to Heavy Tails (1998) 311.
 *
 * @throws RangeError for fewer than 20 values, one that is not finite, or half of them equal.
 */
export function fitStableLaw(values: ArrayLike<number>): StableFit {
  requireFiniteEntries("values", values, 20);
  const sorted = Float64Array.from(values).sort();
  const quartiles = sortedQuantile(sorted, 0.75) - sortedQuantile(sorted, 0.25);
  if (!(quartiles > 0)) throw unexpected("interquartile range of values", "a number above 0", quartiles);
  let [location, scale] = [sortedQuantile(sorted, 0.5), quartiles / USUAL_QUARTILES];
  let fit = { stability: 2, skewness: 0, clipped: false, skewnessClipped: false };
  for (let pass = 0; pass < PASSES; pass += 1) {
    const { modulus, argument } = characteristic(sorted, location, scale);
    const { factor, ...tail } = fitModulus(modulus);
    const { skewness, shift, clipped } = fitArgument(argument, tail.stability, factor);
    fit = { ...tail, skewness, skewnessClipped: clipped };
    location += scale * shift;
    scale *= factor;
  }
  const { stability, skewness, clipped, skewnessClipped } = fit;
  return { stability, skewness, scale, location, count: sorted.length, bound: clipped ? "stability" : skewnessClipped ? "skewness" : "none" };
}
