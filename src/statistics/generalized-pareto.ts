import { findRoot, minimize, requireFinite, requireFiniteEntries, requirePositive, requireProbability, unexpected } from "../numerics/index.ts";
import { chiSquareQuantile } from "./chi-square.ts";
import type { Interval } from "./interval.ts";

/** The generalised Pareto law with shape `ξ` and scale `β > 0`; a power tail of index `1/ξ` where `ξ > 0`. */
export interface GeneralizedPareto {
  readonly shape: number;
  readonly scale: number;
}

/** A generalised Pareto law fitted by maximum likelihood. */
export interface GeneralizedParetoFit extends GeneralizedPareto {
  readonly logLikelihood: number;
  /** Profile-likelihood interval of the shape. */
  readonly shapeInterval: Interval;
}

/** The shapes that a fit considers: at the lower one the law is uniform, below it the likelihood is unbounded. */
const SHAPES = { least: -1, most: 10 };

/** `P(Y > y) = (1 + ξ y/β)^(-1/ξ)`, for `ξ = 0` `exp(-y/β)`; 1 below 0 and 0 past the end of a law with `ξ < 0`. @throws RangeError for a scale that is not positive. */
export function generalizedParetoSurvival(y: number, { shape, scale }: GeneralizedPareto): number {
  const z = requireFinite("y", y) / requirePositive("scale", scale);
  if (z <= 0) return 1;
  if (requireFinite("shape", shape) === 0) return Math.exp(-z);
  return shape * z <= -1 ? 0 : Math.exp(-Math.log1p(shape * z) / shape);
}

/** Mean of `log(1 + t z)` over relative excesses, `t = e^w - 1`; exact at `z = 1` where `t` is next to -1. */
function meanLogarithm(relative: Float64Array, w: number): number {
  const t = Math.expm1(w);
  let sum = 0;
  for (const z of relative) sum += z === 1 ? w : Math.log1p(t * z);
  return sum / relative.length;
}

/** Grimshaw's likelihood per excess along `shape = mean log(1 + t z)`, `scale = shape/t`, in units of the largest excess. */
function curveLikelihood(relative: Float64Array, w: number, meanExcess: number): number {
  const shape = meanLogarithm(relative, w);
  return -Math.log(w === 0 ? meanExcess : shape / Math.expm1(w)) - shape - 1;
}

/** The part of Grimshaw's curve on which the shape is sought. */
function curveEnds(relative: Float64Array): { readonly low: number; readonly high: number } {
  const excess = (w: number, shape: number) => meanLogarithm(relative, w) - shape;
  const low = excess(-36, SHAPES.least) < 0 ? findRoot((w) => excess(w, SHAPES.least), -36, 0) : -36;
  let high = 2 * SHAPES.most;
  while (high < 640 && excess(high, SHAPES.most) < 0) high *= 2;
  return { low, high };
}

/** `log(largest/β)` that maximises the likelihood at a fixed shape above -1: the only root of an increasing function. */
function bestLogRate(relative: Float64Array, shape: number, start: number): number {
  let [low, high] = [-Infinity, shape < 0 ? -Math.log(-shape) : Infinity];
  let logRate = start < high ? start : high - 1;
  for (let i = 0; i < 200; i += 1) {
    const rate = Math.exp(logRate);
    let [sum, slope] = [0, 0];
    for (const z of relative) {
      const share = (rate * z) / (1 + shape * rate * z);
      sum += share;
      slope += share / (1 + shape * rate * z);
    }
    const value = ((1 + shape) * sum) / relative.length - 1;
    if (value > 0) high = logRate;
    else low = logRate;
    const newton = logRate - (value * relative.length) / ((1 + shape) * slope);
    const next = newton > low && newton < high ? newton : Number.isFinite(low + high) ? (low + high) / 2 : logRate + (value > 0 ? -1 : 1);
    if (Math.abs(next - logRate) < 1e-13 * Math.max(1, Math.abs(next))) return next;
    logRate = next;
  }
  return logRate;
}

/** Likelihood per excess in units of the largest excess, maximised over the scale. */
function profileOf(relative: Float64Array, start: number): (shape: number) => number {
  let logRate = start;
  return (shape) => {
    if (shape <= SHAPES.least) return 0;
    logRate = bestLogRate(relative, shape, logRate);
    const rate = Math.exp(logRate);
    let sum = 0;
    for (const z of relative) sum += shape === 0 ? rate * z : Math.log1p(shape * rate * z);
    return logRate - ((shape === 0 ? 1 : 1 + 1 / shape) * sum) / relative.length;
  };
}

/** Where the profile likelihood has fallen by half of `cut`, on one side of its maximum; the bound of the shapes if it does not fall so far. */
function profileEnd(profile: (shape: number) => number, best: number, most: number, side: 1 | -1, fall: number, step: number): number {
  const bound = side < 0 ? SHAPES.least : Infinity;
  const above = (shape: number) => profile(shape) - most + fall;
  let [inner, outer] = [best, best];
  for (let stride = step; above(outer) > 0; stride *= 2) {
    if (outer === bound || outer > 1e3) return bound;
    inner = outer;
    outer = side < 0 ? Math.max(bound, outer - stride) : outer + stride;
  }
  return findRoot(above, inner, outer, { tolerance: 1e-11 });
}

/**
 * Maximum likelihood of the generalised Pareto law `P(Y > y) = (1 + ξ y/β)^(-1/ξ)` from independent excesses over a
 * threshold, with the profile-likelihood interval `{ξ : 2 (ℓ_max - max_β ℓ(ξ, β)) <= χ²_1(level)}`.
 *
 * The maximum is sought over the whole of Grimshaw's curve `ξ(θ) = mean log(1 + θ y)`, `θ = ξ/β`, on which every
 * stationary point lies, for `-1 < ξ <= 10`, and at the bound `ξ = -1`; for smaller `ξ` the likelihood is unbounded. It
 * is found to about 1e-7.
 * The interval has its nominal coverage asymptotically, for `ξ > -1/2`; an end that would pass -1 is -1.
 *
 * Source: S. D. Grimshaw, Technometrics 35 (1993) 185; S. Coles, An Introduction to Statistical Modeling of Extreme
 * Values (2001), 4.3.
 *
 * @throws RangeError for fewer than 2 different excesses, one that is not above 0, or a level outside (0, 1).
 */
export function fitGeneralizedPareto(excesses: ArrayLike<number>, { level = 0.95 }: { readonly level?: number } = {}): GeneralizedParetoFit {
  requireFiniteEntries("excesses", excesses, 2);
  requireProbability("level", level);
  let [largest, least] = [0, Infinity];
  for (let i = 0; i < excesses.length; i += 1) {
    const excess = requirePositive(() => `excesses[${i}]`, excesses[i]);
    largest = Math.max(largest, excess);
    least = Math.min(least, excess);
  }
  if (least === largest) throw unexpected("excesses", "at least 2 different values", least);
  const relative = Float64Array.from(excesses, (excess) => excess / largest);
  const count = relative.length;
  const meanExcess = relative.reduce((sum, z) => sum + z, 0) / count;
  const { low, high } = curveEnds(relative);
  const loss = (w: number) => -curveLikelihood(relative, w, meanExcess);
  const steps = 80;
  const at = (i: number) => low + ((high - low) * i) / steps;
  const losses = Array.from({ length: steps + 1 }, (_, i) => loss(at(i)));
  const lowest = losses.indexOf(Math.min(...losses));
  const { at: w, value } = minimize(loss, at(Math.max(0, lowest - 1)), at(Math.min(steps, lowest + 1)), { tolerance: 1e-12 });
  const uniform = value >= 0;
  const shape = uniform ? SHAPES.least : meanLogarithm(relative, w);
  const relativeScale = uniform ? 1 : w === 0 ? meanExcess : shape / Math.expm1(w);
  const most = uniform ? 0 : -value;
  const profile = profileOf(relative, -Math.log(relativeScale));
  const fall = chiSquareQuantile(level, 1) / (2 * count);
  const step = Math.sqrt(2 * fall) * Math.max(1 + shape, 0.1);
  const end = (side: 1 | -1) => profileEnd(profile, shape, most, side, fall, step);
  return {
    shape,
    scale: relativeScale * largest,
    logLikelihood: count * (most - Math.log(largest)),
    shapeInterval: { low: end(-1), high: end(1), level },
  };
}
