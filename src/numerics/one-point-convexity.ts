import { requireFinite, requireIntegerAtLeast, unexpected } from "./argument-checks.ts";
import { uniformEdges } from "./grid-edges.ts";
import type { LineObjective } from "./line-objective.ts";
import { minimize } from "./minimize.ts";

/** How convex an objective is about one point, on an interval. */
export interface OnePointConvexity {
  /** `c`: the largest with `F'(v)(v - v*) >= c (v - v*)²`; negative where the gradient leads away from `v*` somewhere. */
  readonly least: number;
  /** `ℓ`: the smallest with `F'(v)(v - v*) <= ℓ (v - v*)²`. */
  readonly greatest: number;
  /** `μ = F''(v*)` */
  readonly curvature: number;
  /** `M`: the smallest with `|F'(v) - F''(v*)(v - v*)| <= ½ M (v - v*)²`. */
  readonly remainder: number;
}

/** Closer to `v*` than this share of the interval, differences of gradients lose their digits. */
const NEAREST = 1e-4;

/** The largest value on a grid, refined between its neighbours. */
function supremum(f: (v: number) => number, points: readonly number[]): number {
  let best = 0;
  for (let i = 1; i < points.length; i += 1) if (f(points[i]) > f(points[best])) best = i;
  const [lower, upper] = [points[Math.max(0, best - 1)], points[Math.min(points.length - 1, best + 1)]];
  return Math.max(f(points[best]), -minimize((v) => -f(v), lower, upper).value);
}

/**
 * Constants of one-point convexity of an objective about its minimiser `v*` on `[lower, upper]`, by a grid and a
 * local search about its extreme points. A neighbourhood of `v*` of 1e-4 of the interval is left out, in which the
 * quotients are within that of their limits `F''(v*)` and `|F'''(v*)|`.
 *
 * @throws RangeError for a minimiser outside the interval or fewer than 10 intervals.
 */
export function onePointConvexity(objective: LineObjective, minimiser: number, lower: number, upper: number, { intervals = 400 } = {}): OnePointConvexity {
  requireIntegerAtLeast("intervals", intervals, 10);
  if (!(requireFinite("minimiser", minimiser) > lower && minimiser < upper)) throw unexpected("minimiser", `a number inside (${lower}, ${upper})`, minimiser);
  const curvature = objective.curvature(minimiser);
  const gap = NEAREST * (upper - lower);
  const slope = (v: number) => (Math.abs(v - minimiser) < gap ? curvature : objective.gradient(v) / (v - minimiser));
  const bend = (v: number) => {
    const away = Math.abs(v - minimiser) < gap ? (v < minimiser ? -gap : gap) : v - minimiser;
    return (2 * Math.abs(objective.gradient(minimiser + away) - curvature * away)) / (away * away);
  };
  const points = [...uniformEdges(intervals, lower, upper)];
  return { least: -supremum((v) => -slope(v), points), greatest: supremum(slope, points), curvature, remainder: supremum(bend, points) };
}
