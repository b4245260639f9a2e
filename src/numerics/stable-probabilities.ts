import { findRoot } from "./find-root.ts";
import { gaussLegendre } from "./gaussian-quadrature.ts";
import { integrate } from "./integrate.ts";
import { NEAR_SPECIAL, stableAngle, stableShift, type StableAngle } from "./stable-angle.ts";

/** Logarithms of a law's density, lower and upper probability at one point. */
export interface LogProbabilities {
  readonly logDensity: number;
  readonly logCdf: number;
  readonly logSurvival: number;
}

const PANEL = gaussLegendre(10, 0, 1);
const WIDEST = 1.5;
const NARROWEST = 1e-13;
/** Largest changes of `log g` and, where `e^(-g)` counts, of `g` over a panel. */
const LARGEST_CHANGE = { ofLogarithm: 1, ofExponent: 3 };
const COUNTING = { fromLogarithm: -40, aboveLeast: 45 };
const NEGLIGIBLE = 1e-16;
/** Logit of the angle beyond which a distance to its end leaves the range of doubles. */
const FARTHEST = 650;

/** `∫ e^(c-g) dθ`, `∫ (1 - e^(-g)) dθ` and `∫ g e^(c-g) dθ`, with `c` the least value of `g` where that exceeds 1. */
interface AngleIntegrals {
  readonly decayed: number;
  readonly risen: number;
  readonly weighted: number;
  readonly logFactor: number;
}

/**
 * The integrals over `w = log(s/t)` by Gauss–Legendre panels that follow the changes of `g`, laid
 * from where `g` has risen by 1 above its least value to both sides until what is left is below 1e-16 of the sum.
 */
function angleIntegrals({ length, logExponent, fallsTowards }: StableAngle): AngleIntegrals {
  const falling = fallsTowards === "s" ? -1 : 1;
  const distances = (w: number) => [length / (1 + Math.exp(-w)), length / (1 + Math.exp(w))];
  const at = (w: number) => logExponent(...(distances(w) as [number, number]));
  const least = Math.exp(at(falling * FARTHEST));
  const offset = least > 1 ? least : 0;
  const level = offset === 0 ? 0 : Math.log1p(offset);
  const most = at(-falling * FARTHEST);
  const start = most <= level ? -falling * FARTHEST : findRoot((w) => at(w) - level, -FARTHEST, FARTHEST, { tolerance: 1e-3 });
  let [decayed, risen, weighted] = [0, 0, 0];
  const addPanel = (from: number, to: number) => {
    const width = Math.abs(to - from);
    for (let i = 0; i < PANEL.nodes.length; i += 1) {
      const [s, t] = distances(from + (to - from) * PANEL.nodes[i]);
      const g = Math.exp(logExponent(s, t));
      const measure = (width * PANEL.weights[i] * s * t) / length;
      decayed += measure * Math.exp(offset - g);
      risen -= measure * Math.expm1(-g);
      weighted += g === Infinity ? 0 : measure * g * Math.exp(offset - g);
    }
  };
  const change = (from: number, to: number) => {
    const [low, high] = from < to ? [from, to] : [to, from];
    const counts = high > COUNTING.fromLogarithm && Math.exp(low) - offset < COUNTING.aboveLeast;
    return counts ? Math.max((high - low) / LARGEST_CHANGE.ofLogarithm, (Math.exp(high) - Math.exp(low)) / LARGEST_CHANGE.ofExponent) : 0;
  };
  for (const direction of [falling, -falling]) {
    for (let w = start, logG = at(w), step = WIDEST; Math.abs(w) <= FARTHEST; ) {
      const next = at(w + direction * step);
      const size = change(logG, next);
      if (size > 1 && step > NARROWEST * (1 + Math.abs(w))) {
        step *= Math.max(0.1, 0.9 / size);
        continue;
      }
      addPanel(w, w + direction * step);
      [w, logG, step] = [w + direction * step, next, Math.min(WIDEST, step / Math.max(size, 0.3))];
      const rest = distances(w)[direction < 0 ? 0 : 1];
      const g = Math.exp(logG);
      const remaining = Math.exp(offset - g);
      if (direction === falling) {
        if (g * rest > NEGLIGIBLE * Math.min(risen, weighted)) continue;
        if (g < NEGLIGIBLE) decayed += rest;
        if (g < NEGLIGIBLE || rest <= NEGLIGIBLE * decayed) break;
      } else if (rest * remaining <= NEGLIGIBLE * decayed && (remaining === 0 || rest * g * remaining <= NEGLIGIBLE * weighted)) {
        if (g > COUNTING.aboveLeast) risen += rest;
        if (g > COUNTING.aboveLeast || rest <= NEGLIGIBLE * risen) break;
      }
    }
  }
  return { decayed, risen, weighted, logFactor: -offset };
}

const swapped = ({ logDensity, logCdf, logSurvival }: LogProbabilities): LogProbabilities => ({ logDensity, logCdf: logSurvival, logSurvival: logCdf });

/** `α = 1`, `β = 0`. */
function cauchy(x: number): LogProbabilities {
  return { logDensity: -Math.log(Math.PI) - Math.log1p(x * x), logCdf: Math.log(Math.atan2(1, -x) / Math.PI), logSurvival: Math.log(Math.atan2(1, x) / Math.PI) };
}

/** From here on the law of `α = 1` is taken from its Laplace integral, in which nothing varies as fast as `x`. */
const UNIT_TAIL = 100;

/**
 * `α = 1`, `x > 100`: `π P(X > x) = ∫ e^(-vx - (2β/π) v log v) sin((1 + β) v)/v dv` over `v > 0`, the inversion turned
 * to the imaginary axis; the density has no `1/v`. The lighter tail of `|β| = 1` is 0 in doubles there.
 */
function unitTail(skewness: number, x: number): LogProbabilities {
  if (skewness === -1) return { logDensity: -Infinity, logCdf: 0, logSurvival: -Infinity };
  const b = (2 * skewness) / Math.PI;
  const integral = (power: number) =>
    integrate((u) => {
      const v = u / x;
      const angle = (1 + skewness) * v;
      return Math.exp(-u - b * v * Math.log(v)) * (Math.sin(angle) / angle) * u ** power;
    }, 0, 80, { relativeTolerance: 1e-13 }).value;
  const logSurvival = Math.log(((1 + skewness) / Math.PI) * integral(0)) - Math.log(x);
  return { logDensity: Math.log(((1 + skewness) / Math.PI) * integral(1)) - 2 * Math.log(x), logCdf: Math.log1p(-Math.exp(logSurvival)), logSurvival };
}

/** Nearest distance from `ζ` that is told from it; the law is smooth there. */
const NEAREST = 1e-60;

/**
 * The standard stable law `S(α, β, 1, 0; 0)` at one point, by {@link stableAngle} on the side of `ζ` where `x` lies.
 * Relative error of each probability below about `1e-12 + 1e-14/|α - 1|`, at `α = 1` `1e-12 + 1e-15/|β|`; `α` within 1e-8
 * of 1 is taken as 1, and then `β` within 1e-8 of 0 as 0. Not checked: `0 < α <= 2`, `|β| <= 1`, `x` a number.
 */
export function stableProbabilities(index: number, skewness: number, x: number): LogProbabilities {
  if (!Number.isFinite(x)) return { logDensity: -Infinity, logCdf: x > 0 ? 0 : -Infinity, logSurvival: x > 0 ? -Infinity : 0 };
  const unit = Math.abs(index - 1) < NEAR_SPECIAL;
  if (unit && Math.abs(skewness) < NEAR_SPECIAL) return cauchy(x);
  if (unit && Math.abs(x) > UNIT_TAIL) return x > 0 ? unitTail(skewness, x) : swapped(unitTail(-skewness, -x));
  const shift = stableShift(index, skewness);
  if (unit ? skewness < 0 : x < shift) return swapped(stableProbabilities(index, -skewness, -x));
  const angle = stableAngle(index, skewness, unit ? x : Math.max(x - shift, NEAREST));
  if (angle.length === 0) return { logDensity: -Infinity, logCdf: 0, logSurvival: -Infinity };
  const { decayed, risen, weighted, logFactor } = angleIntegrals(angle);
  const logDecayed = logFactor + Math.log(decayed / Math.PI);
  const [near, far] = index > 1 && !unit ? [logDecayed, risen] : [Math.log(risen / Math.PI), decayed * Math.exp(logFactor)];
  const logCdf = index <= 1 && angle.below === 0 ? logDecayed : Math.log(angle.below + far / Math.PI);
  return { logDensity: Math.log(angle.densityFactor * weighted) + logFactor, logCdf: Math.min(0, logCdf), logSurvival: Math.min(0, near) };
}
