import { requireFinite, requireIncreasing, requirePositive, unexpected } from "./argument-checks.ts";
import { settledFirstPassage, type FirstPassageTimes } from "./first-passage-sweep.ts";
import { gaussLegendre } from "./gaussian-quadrature.ts";

/** The diffusion `dX = drift(X) dt + sqrt(variance(X)) dW` (Itô) with the passage that is asked for. */
export interface OneDimensionalPassage {
  readonly drift: (x: number) => number;
  /** Variance rate `a(x) > 0`, the square of the coefficient of `dW`. */
  readonly variance: (x: number) => number;
  readonly start: number;
  /** Increasing, all above `start`. */
  readonly targets: readonly number[];
  /** `log s(x) = -∫ 2 drift / variance` in closed form, up to a constant; integrated numerically if absent. */
  readonly logScaleDensity?: (x: number) => number;
  /** Where the process is reflected; without it the lower boundary is -∞ and must be entrance or natural. */
  readonly reflectingAt?: number;
  readonly relativeTolerance?: number;
}

/** Times of a one-dimensional sweep with the error of its lower cut-off. */
export interface OneDimensionalPassageTimes extends FirstPassageTimes {
  readonly lowerCutOff: number;
  /** Estimated relative error of every mean time from the speed measure below the cut-off; 0 at a reflecting end. */
  readonly cutOffError: number;
}

const SEGMENT = gaussLegendre(24, 0, 1);

/**
 * Walks down from the start in segments that grow by a quarter until the speed measure below is a
 * negligible part of the measure passed; the rest is bounded by the local power law of the density. It then looks
 * on to three times that distance, so that the flank of a barrier before another well is not taken for the end.
 */
function lowerCutOff(passage: OneDimensionalPassage, unit: number, tolerance: number): { at: number; error: number } {
  const { drift, variance, start, logScaleDensity } = passage;
  const rate = (x: number) => (2 * requireFinite(() => `drift(${x})`, drift(x))) / requirePositive(() => `variance(${x})`, variance(x));
  let [upper, width, mass, density] = [start, unit / 8, 0, 0];
  let candidate: { at: number; error: number; mass: number } | undefined;
  for (let segment = 0; segment < 400; segment += 1) {
    const lower = upper - width;
    const change = logScaleDensity
      ? logScaleDensity(upper) - logScaleDensity(lower)
      : -width * SEGMENT.nodes.reduce((sum, node, i) => sum + SEGMENT.weights[i] * rate(lower + width * node), 0);
    const speeds = [density + Math.log(2 / variance(upper)), density + change + Math.log(2 / variance(lower))];
    density += change;
    mass += (width * (Math.exp(speeds[0]) + Math.exp(speeds[1]))) / 2;
    if (candidate !== undefined && mass > candidate.mass * (1 + tolerance)) candidate = undefined;
    if (candidate !== undefined && start - lower > 3 * (start - candidate.at) + 3 * unit) return candidate;
    const exponent = (speeds[0] - speeds[1]) / Math.log((start - lower) / (start - upper));
    if (candidate === undefined && segment > 0 && exponent > 1) {
      const error = (Math.exp(speeds[1]) * (start - lower)) / (exponent - 1) / mass;
      if (error <= tolerance) candidate = { at: lower, error, mass };
    }
    upper = lower;
    width *= 1.25;
  }
  throw unexpected("drift, variance", "a lower boundary whose speed measure is finite", `no cut-off down to ${upper}`);
}

function panelEdges(lower: number, start: number, targets: readonly number[], width: number): { edges: number[]; start: number } {
  const below: number[] = [];
  let step = width;
  for (let edge = start - step; edge > lower + step / 2; edge -= step) {
    below.push(edge);
    if (start - edge > 16 * width) step *= 1.25;
  }
  const edges = lower < start ? [lower, ...below.reverse(), start] : [start];
  const index = edges.length - 1;
  for (const target of targets) {
    const from = edges[edges.length - 1];
    const count = Math.max(1, Math.ceil((target - from) / width));
    for (let i = 1; i < count; i += 1) edges.push(from + ((target - from) * i) / count);
    edges.push(target);
  }
  return { edges, start: index };
}

function subdivided(edges: readonly number[], parts: number): number[] {
  const inner = edges.slice(1).flatMap((right, i) => {
    const left = edges[i];
    return Array.from({ length: parts }, (_, k) => (k + 1 === parts ? right : left + ((right - left) * (k + 1)) / parts));
  });
  return [edges[0], ...inner];
}

/**
 * Mean first-passage times from `start` up to every target in one sweep,
 *
 *     E τ = ∫_start^target s(y) ∫_{-∞}^y m(z) dz dy,   s = exp(-∫ 2b/a),   m = 2/(a s),
 *
 * in the time unit of drift and variance rate. Both integrals run on 16-point panels that are halved until
 * the times settle; logarithms are carried, so that barriers beyond `e^700` do not overflow. The lower
 * cut-off is where the remaining speed measure is below a tenth of the tolerance, no further well being assumed
 * beyond three times its distance from the start.
 *
 * Source: S. Karlin, H. M. Taylor, A Second Course in Stochastic Processes (1981), 15.3.
 *
 * @throws RangeError for targets that are not above the start or not increasing, a variance rate that is not
 * positive, or a lower boundary without finite speed measure (then the mean time is infinite).
 * @throws Error when the times do not settle.
 */
export function oneDimensionalFirstPassage(passage: OneDimensionalPassage): OneDimensionalPassageTimes {
  const { start, targets, drift, variance, logScaleDensity, reflectingAt, relativeTolerance = 1e-9 } = passage;
  requirePositive("relativeTolerance", relativeTolerance);
  requireFinite("start", start);
  requireIncreasing("targets", targets);
  if (targets[0] <= start) throw unexpected("targets[0]", `a number above start = ${start}`, targets[0]);
  if (reflectingAt !== undefined && !(Number.isFinite(reflectingAt) && reflectingAt <= start)) {
    throw unexpected("reflectingAt", `a finite number of at most start = ${start}`, reflectingAt);
  }
  const range = targets[targets.length - 1] - start;
  const lower = reflectingAt === undefined ? lowerCutOff(passage, range, relativeTolerance / 10) : { at: reflectingAt, error: 0 };
  const coarse = panelEdges(lower.at, start, targets, range / 8);
  const grid = (halvings: number) => ({ edges: subdivided(coarse.edges, 2 ** halvings), start: coarse.start * 2 ** halvings });
  const problem = {
    variance,
    power: 0,
    regularRate: (x: number) => (2 * drift(x)) / variance(x),
    logDensity: logScaleDensity && ((x: number) => -logScaleDensity(x)),
  };
  return { ...settledFirstPassage(problem, grid, targets, relativeTolerance), lowerCutOff: lower.at, cutOffError: lower.error };
}
