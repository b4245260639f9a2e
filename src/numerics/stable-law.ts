import { requireFinite, requirePositive, requireProbability, unexpected } from "./argument-checks.ts";
import { chebyshevTable } from "./chebyshev-table.ts";
import { findRoot } from "./find-root.ts";
import { stableProbabilities, type LogProbabilities } from "./stable-probabilities.ts";

/** Parameters of {@link stableLaw}: `α`, `β`, `γ`, `δ` of Nolan's `S(α, β, γ, δ; 0)`. */
export interface StableParameters {
  /** Index of stability in `(0, 2]`: the tail index below 2, the normal law at 2. */
  readonly stability: number;
  /** In `[-1, 1]`; 1 puts the power tail on the right only. */
  readonly skewness: number;
  /** Above 0. For stability 2 the variance is `2 scale²`. */
  readonly scale: number;
  readonly location: number;
}

/** An α-stable law. */
export interface StableLaw {
  readonly parameters: StableParameters;
  density(x: number): number;
  logDensity(x: number): number;
  cdf(x: number): number;
  survival(x: number): number;
  /** @throws RangeError unless `0 < p < 1`. */
  quantile(p: number): number;
}

/** Returns parameters of a stable law unchanged. @throws RangeError that names the first outside its range. */
export function requireStableParameters(parameters: StableParameters): StableParameters {
  const { stability, skewness, scale, location } = parameters;
  if (!(stability > 0 && stability <= 2)) throw unexpected("stability", "a number in (0, 2]", stability);
  if (!(skewness >= -1 && skewness <= 1)) throw unexpected("skewness", "a number in [-1, 1]", skewness);
  requirePositive("scale", scale);
  requireFinite("location", location);
  return parameters;
}

/** Probability of either tail where the table ends. */
const TABLE_TAIL = 1e-6;

const probabilitiesAt = (stability: number, skewness: number) => (y: number) => stableProbabilities(stability, skewness, Math.sinh(y));

/** Ends in `y = asinh x` of where both tails are above {@link TABLE_TAIL}. */
function tableEnds(at: (y: number) => LogProbabilities): [number, number] {
  const end = (logTail: (y: number) => number, direction: 1 | -1) => {
    let y = 0;
    while (Math.abs(y) < 60 && logTail(y) > Math.log(TABLE_TAIL)) y += direction;
    return findRoot((z) => Math.max(logTail(z), -1e3) - Math.log(TABLE_TAIL), y - direction, y, { tolerance: 1e-2 });
  };
  return [end((y) => at(y).logCdf, -1), end((y) => at(y).logSurvival, 1)];
}

/** The standard law in `y = asinh x`, from a table over its middle. */
function tabulated(stability: number, skewness: number, tolerance: number): (y: number) => LogProbabilities {
  const at = probabilitiesAt(stability, skewness);
  const functions = (y: number) => {
    const { logDensity, logCdf, logSurvival } = at(y);
    return [logDensity, logCdf, logSurvival];
  };
  const table = chebyshevTable(functions, ...tableEnds(at), { tolerance });
  return (y) => {
    if (y < table.lower || y > table.upper) return at(y);
    return { logDensity: table.at(0, y), logCdf: Math.min(0, table.at(1, y)), logSurvival: Math.min(0, table.at(2, y)) };
  };
}

/**
 * The α-stable law `S(α, β, γ, δ; 0)` of Nolan (Zolotarev's M form, continuous in all parameters), with the
 * characteristic function of `(X - δ)/γ`
 * `exp(-|u|^α [1 + iβ tan(πα/2) sign(u) (|u|^(1-α) - 1)])`, at `α = 1` `exp(-|u| [1 + iβ (2/π) sign(u) log|u|])`.
 *
 * Evaluated by Nolan's integrals with relative error below about `1e-12 + 1e-14/|α - 1|` in density and both tails
 * (so that no tail series is needed); with `tabulate`, the default, once, at the first call, into a piecewise Chebyshev
 * table of the logarithms with checked error `tolerance` where both tails exceed 1e-6, and directly beyond.
 * `α` within 1e-8 of 1 is taken as 1.
 *
 * Source: J. P. Nolan, Commun. Stat. Stoch. Models 13 (1997) 759.
 *
 * @throws RangeError for parameters outside their ranges; of its functions for NaN.
 */
export function stableLaw(parameters: StableParameters, { tabulate = true, tolerance = 1e-8 } = {}): StableLaw {
  const { stability, skewness, scale, location } = requireStableParameters(parameters);
  let made: ((y: number) => LogProbabilities) | undefined;
  const at = (y: number) => (made ??= tabulate ? tabulated(stability, skewness, tolerance) : probabilitiesAt(stability, skewness))(y);
  const standard = (x: number) => {
    if (Number.isNaN(x)) throw unexpected("x", "a number", x);
    return Math.asinh((x - location) / scale);
  };
  const logDensity = (x: number) => at(standard(x)).logDensity - Math.log(scale);
  const quantile = (p: number) => {
    const lower = requireProbability("p", p) < 0.5;
    const target = Math.log(lower ? p : 1 - p);
    const excess = (y: number) => (lower ? Math.max(at(y).logCdf, -1e3) - target : target - Math.max(at(y).logSurvival, -1e3));
    let [low, high] = [-1, 1];
    while (excess(low) > 0) low *= 1.5;
    while (excess(high) < 0) high *= 1.5;
    return location + scale * Math.sinh(findRoot(excess, low, high));
  };
  return {
    parameters,
    density: (x) => Math.exp(logDensity(x)),
    logDensity,
    cdf: (x) => Math.exp(at(standard(x)).logCdf),
    survival: (x) => Math.exp(at(standard(x)).logSurvival),
    quantile,
  };
}
