import { requireFinite, requireNonNegative, requirePositive } from "./argument-checks.ts";
import type { LineObjective } from "./line-objective.ts";
import { minimize } from "./minimize.ts";

/** A parabola with a cosine on it: `f(w) = ½ a w² + b (1 - cos(k w + φ))`. */
export interface RippledBowl {
  /** `a`, curvature of the parabola. */
  readonly curvature: number;
  /** `b`, height of the ripple; 0 leaves the parabola. */
  readonly ripple: number;
  /** `k` */
  readonly waveNumber: number;
  /** `φ` */
  readonly phase: number;
}

function checked({ curvature, ripple, waveNumber, phase }: RippledBowl): RippledBowl {
  return {
    curvature: requirePositive("curvature", curvature),
    ripple: requireNonNegative("ripple", ripple),
    waveNumber: requirePositive("waveNumber", waveNumber),
    phase: requireFinite("phase", phase),
  };
}

/**
 * The rippled bowl, `f`, or with `width > 0` its mean over a Gaussian of that standard deviation,
 *
 * `F(v) = E f(v - width Z) = ½ a (v² + width²) + b (1 - e^(-k² width²/2) cos(k v + φ))`.
 *
 * @throws RangeError for a curvature or wave number that is not positive, or a negative ripple or width.
 */
export function rippledBowl(bowl: RippledBowl, width = 0): LineObjective {
  const { curvature, ripple, waveNumber, phase } = checked(bowl);
  const damping = Math.exp(-((waveNumber * requireNonNegative("width", width)) ** 2) / 2);
  return {
    value: (w) => (curvature * (w * w + width * width)) / 2 + ripple * (1 - damping * Math.cos(waveNumber * w + phase)),
    gradient: (w) => curvature * w + ripple * waveNumber * damping * Math.sin(waveNumber * w + phase),
    curvature: (w) => curvature + ripple * waveNumber * waveNumber * damping * Math.cos(waveNumber * w + phase),
  };
}

/** `-min sin(u)/u = 0.2172…`, at `tan u = u`. */
const LEAST_SINC = -minimize((u) => Math.sin(u) / u, 4, 5).value;

/**
 * One-point convexity of the smoothed rippled bowl at phase 0 about its minimiser 0: the largest `c` with
 * `F'(v) v >= c v²` for all `v`, `c = a - 0.2172 b k² e^(-k² width²/2)`.
 *
 * @throws RangeError as {@link rippledBowl}.
 */
export function rippledBowlConvexity(bowl: Omit<RippledBowl, "phase">, width: number): number {
  const { curvature, ripple, waveNumber } = checked({ ...bowl, phase: 0 });
  return curvature - LEAST_SINC * ripple * waveNumber ** 2 * Math.exp(-((waveNumber * requireNonNegative("width", width)) ** 2) / 2);
}

/**
 * The width of the Gaussian above which {@link rippledBowlConvexity} is positive,
 * `(1/k) √(2 ln(0.2172 b k²/a))`; 0 where the bowl is one-point convex without smoothing.
 *
 * @throws RangeError as {@link rippledBowl}.
 */
export function rippledBowlThreshold(bowl: Omit<RippledBowl, "phase">): number {
  const { curvature, ripple, waveNumber } = checked({ ...bowl, phase: 0 });
  const ratio = (LEAST_SINC * ripple * waveNumber ** 2) / curvature;
  return ratio <= 1 ? 0 : Math.sqrt(2 * Math.log(ratio)) / waveNumber;
}
