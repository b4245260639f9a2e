import { requireFinite, requireIntegerAtLeast, requirePositive } from "./argument-checks.ts";

/** Two points of a one-dimensional loss with finitely many, equally likely samples. */
export interface PairOfPoints {
  /** ∇R̃(z, ξᵢ) for each sample. */
  readonly gradients: readonly ((z: number) => number)[];
  /** R″, the mean of the samples' curvatures. */
  readonly curvature: (z: number) => number;
  readonly first: number;
  readonly second: number;
  /** T */
  readonly horizon: number;
  /** ∂²f/∂x∂y of the test function at the ends of the gradient flow; 1, that of f = xy, where absent. */
  readonly mixedDerivative?: (x: number, y: number) => number;
  /** Even number of Runge–Kutta steps along the flow; 1000 where absent. */
  readonly steps?: number;
}

interface Moving {
  readonly z: number;
  /** ∫ R″ along the path, so that ∂z_T/∂z_t = exp(−(I_T − I_t)). */
  readonly contraction: number;
}

function pathOf(slope: (z: number) => number, curvature: (z: number) => number, start: number, step: number, count: number): readonly Moving[] {
  const path: Moving[] = [{ z: start, contraction: 0 }];
  for (let i = 0; i < count; i += 1) {
    const { z, contraction } = path[i];
    const k1 = -slope(z);
    const k2 = -slope(z + 0.5 * step * k1);
    const k3 = -slope(z + 0.5 * step * k2);
    const k4 = -slope(z + step * k3);
    const middle = curvature(z + 0.5 * step * k2);
    const end = z + (step / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
    path.push({ z: requireFinite(() => `the gradient flow from ${start}`, end), contraction: contraction + (step / 6) * (curvature(z) + 4 * middle + curvature(end)) });
  }
  return path;
}

/**
 * The leading term, over η, of 𝔼 f(Y(x), Y(y)) − 𝔼 f(X(x), X(y)): what the stochastic modified equation Y, with the
 * square root of the variance and one Brownian motion for both points, gets wrong of the stochastic modified flow X,
 *
 * ∂ₓ∂_y f(x_T, y_T) ∫₀ᵀ (∂x_T/∂x_t)(∂y_T/∂y_t) [√(Σ(x_t) Σ(y_t)) − C(x_t, y_t)] dt
 *
 * along the gradient flow x′ = −R′(x), with C(x, y) the covariance of the samples' gradients at two points. C is at
 * most the square root; the defect is 0 only where both noises stay in perfect positive correlation.
 *
 * Derived here. Runge–Kutta along the flow, Simpson's rule over time.
 *
 * @throws RangeError for no samples, a horizon that is not above 0, or an odd number of steps.
 */
export function squareRootDefect({ gradients, curvature, first, second, horizon, mixedDerivative = () => 1, steps = 1000 }: PairOfPoints): number {
  requireIntegerAtLeast("gradients.length", gradients.length, 1);
  requirePositive("horizon", horizon);
  if (requireIntegerAtLeast("steps", steps, 2) % 2 !== 0) throw new RangeError(`steps: expected an even number, found ${steps}`);
  const step = horizon / steps;
  const mean = (z: number) => gradients.reduce((sum, gradient) => sum + gradient(z), 0) / gradients.length;
  const covariance = (x: number, y: number) => gradients.reduce((sum, gradient) => sum + (gradient(x) - mean(x)) * (gradient(y) - mean(y)), 0) / gradients.length;
  const [firstPath, secondPath] = [first, second].map((start) => pathOf(mean, curvature, requireFinite("starting point", start), step, steps));
  const [firstEnd, secondEnd] = [firstPath[steps], secondPath[steps]];
  let integral = 0;
  for (let i = 0; i <= steps; i += 1) {
    const [x, y] = [firstPath[i], secondPath[i]];
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    const transported = Math.exp(x.contraction - firstEnd.contraction + y.contraction - secondEnd.contraction);
    integral += weight * transported * (Math.sqrt(covariance(x.z, x.z) * covariance(y.z, y.z)) - covariance(x.z, y.z));
  }
  return mixedDerivative(firstEnd.z, secondEnd.z) * (step / 3) * integral;
}
