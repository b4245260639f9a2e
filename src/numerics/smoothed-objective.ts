import { requireIntegerAtLeast, requireNonNegative, requirePositive, unexpected } from "./argument-checks.ts";
import { gaussHermite } from "./gaussian-quadrature.ts";
import type { LineObjective } from "./line-objective.ts";

/** What is smoothed, how far and how well. */
export interface Smoothing {
  readonly objective: LineObjective;
  /** `ησ`, standard deviation of one step's noise; 0 leaves the objective as it is. */
  readonly width: number;
  /** Nodes of the Gauss–Hermite rule, default 201. */
  readonly nodes?: number;
}

/** A smoothed objective that knows the error of its quadrature. */
export interface SmoothedObjective extends LineObjective {
  /** By how much value, gradient or curvature at `v` changes most when the nodes are doubled. */
  readonly error: (v: number) => number;
}

/** Nodes of less weight cannot change a sum of order 1 in double precision. */
const LEAST_WEIGHT = 1e-20;

function mean(f: (w: number) => number, width: number, count: number): (v: number) => number {
  if (width === 0) return f;
  const { nodes, weights } = gaussHermite(count);
  const kept = Array.from(nodes, (node, i) => ({ shift: width * node, weight: weights[i] })).filter(({ weight }) => weight > LEAST_WEIGHT);
  return (v) => {
    let sum = 0;
    for (const { shift, weight } of kept) sum += weight * f(v - shift);
    return sum;
  };
}

/**
 * The objective as SGD's noise smooths it,
 *
 * `F(v) = E f(v - η ε)`, `ε ~ N(0, σ²)`, `width = ησ`,
 *
 * with gradient and curvature, by Gauss–Hermite quadrature of the objective's own derivatives. It is the
 * objective whose gradient the points `v = w - η f'(w)` of noisy gradient descent follow in the mean.
 *
 * @throws RangeError for a negative width, fewer than one node, or an `error` asked for where it is not finite.
 */
export function smoothedObjective({ objective, width, nodes = 201 }: Smoothing): SmoothedObjective {
  requireNonNegative("width", width);
  requireIntegerAtLeast("nodes", nodes, 1);
  const at = (count: number) => (["value", "gradient", "curvature"] as const).map((part) => mean(objective[part], width, count));
  const [value, gradient, curvature] = at(nodes);
  let finer: readonly ((v: number) => number)[] | undefined;
  const error = (v: number) => {
    finer ??= at(2 * nodes);
    const largest = Math.max(...[value, gradient, curvature].map((f, i) => Math.abs(f(v) - finer![i](v))));
    if (!Number.isFinite(largest)) throw unexpected(`smoothed objective at ${v}`, "finite values", largest);
    return largest;
  };
  return { value, gradient, curvature, error };
}

/**
 * The same, refused where doubling the nodes shows that they are too few.
 *
 * @throws RangeError that names the point of `points` with the largest error if that is above `tolerance`.
 */
export function accurateSmoothedObjective(smoothing: Smoothing, points: ArrayLike<number>, tolerance: number): SmoothedObjective {
  requirePositive("tolerance", tolerance);
  const smoothed = smoothedObjective(smoothing);
  for (let i = 0; i < points.length; i += 1) {
    const error = smoothed.error(points[i]);
    if (error > tolerance) throw unexpected("nodes", `enough for an error of ${tolerance}; at ${points[i]} twice as many change the result by ${error}`, smoothing.nodes ?? 201);
  }
  return smoothed;
}
