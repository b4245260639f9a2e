import { wholeSteps } from "../whole-steps.ts";
import { axisMatrix, axisProduct } from "./axis-product.ts";
import { tabulateSamples } from "./periodic-samples.ts";
import type { PeriodicSamples } from "./periodic-samples.ts";
import { torusFunction } from "./torus-function.ts";
import type { TorusFunction } from "./torus-function.ts";
import { trigonometricInterpolation } from "./trigonometric-interpolation.ts";

/** What is expected after a time, of which motion of how many points. */
export interface TorusExpectation {
  readonly samples: PeriodicSamples;
  /** f(z₁, …, z_m) of the m points at the horizon, 2π-periodic in each. */
  readonly statistic: (z: readonly number[]) => number;
  /** m */
  readonly points: number;
  /** N, nodes on each axis: even, at least 8. */
  readonly size: number;
  /** η */
  readonly stepSize: number;
  /** T = nη */
  readonly horizon: number;
}

/**
 * 𝔼 f(Z_n(x₁), …, Z_n(x_m)) of SGD with a common sample for all points, Z ← Z − η ∇R̃(Z, ξ), for all starting points
 * on a grid: the n-th power of
 *
 * P f (x₁, …, x_m) = Σᵢ pᵢ f(x₁ − η ∇R̃(x₁, ξᵢ), …, x_m − η ∇R̃(x_m, ξᵢ)),
 *
 * with f between nodes by trigonometric interpolation. There is no error but that of the interpolation, which falls
 * faster than any power of N for smooth gradients; halve N to see it.
 *
 * @throws RangeError for a horizon that is no whole number of steps, or what `tabulateSamples` and `torusFunction` refuse.
 */
export function sgdExpectation({ samples, statistic, points, size, stepSize, horizon }: TorusExpectation): TorusFunction {
  const steps = wholeSteps(horizon, stepSize);
  const { nodes, probabilities, gradients } = tabulateSamples(samples, size);
  const maps = gradients.map((gradient) => axisMatrix(trigonometricInterpolation(size, nodes.map((z, j) => z - stepSize * gradient[j])), size));
  const start = torusFunction(statistic, points, size);
  const shape = new Array<number>(points).fill(size);
  let values = start.values;
  for (let step = 0; step < steps; step += 1) {
    const next = new Float64Array(values.length);
    for (let i = 0; i < maps.length; i += 1) {
      let moved = values;
      for (let axis = 0; axis < points; axis += 1) moved = axisProduct(maps[i], moved, shape, axis);
      for (let place = 0; place < next.length; place += 1) next[place] += probabilities[i] * moved[place];
    }
    values = next;
  }
  return { ...start, values };
}
