import { requireIntegerAtLeast, requirePositive } from "../argument-checks.ts";
import { axisMatrix, axisProduct } from "./axis-product.ts";
import type { AxisMatrix } from "./axis-product.ts";
import { fourierDifferentiation } from "./fourier-differentiation.ts";
import { tabulateSamples } from "./periodic-samples.ts";
import type { TabulatedSamples } from "./periodic-samples.ts";
import type { TorusExpectation } from "./sgd-expectation.ts";
import { torusFunction, torusSupremum } from "./torus-function.ts";
import type { TorusFunction } from "./torus-function.ts";

/**
 * How the points are driven together: not at all; by one common Brownian motion through the square root of each
 * point's variance; or by the covariance of the samples' gradients, as a flow is.
 */
export type CommonNoise = "none" | "square root" | "flow";

/** A time-continuous stand-in of SGD. */
export interface ModifiedEquation extends TorusExpectation {
  readonly noise: CommonNoise;
  /** Whether the drift has the correction of the step, −(η/4) ∇|∇R|². */
  readonly corrected: boolean;
  /** Steps of the time integration; as many as stability and an error of about 10⁻⁷ ask for where absent. */
  readonly timeSteps?: number;
}

const STABLE = 2.5;
const ACCURATE = 1 / 40;

/**
 * Steps of the classical Runge–Kutta method that keep the semi-discrete equation stable, whose eigenvalues lie within
 * m N/2 max|b| along the imaginary axis and (η/2)(m N/2)² max Σ along the real one, and that move a point by at most
 * 1/40 each, which leaves an error of about 10⁻⁷.
 */
function sufficientTimeSteps({ points, size, horizon }: TorusExpectation, drift: Float64Array, variance: Float64Array): number {
  const waveNumber = (points * size) / 2;
  const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const stable = Math.hypot(waveNumber * largest(drift), 0.5 * waveNumber ** 2 * largest(variance)) / STABLE;
  return Math.max(2, Math.ceil(horizon * Math.max(stable, largest(drift) / ACCURATE)));
}

/** η times the covariance of the noises of two points, (N, N). */
function pairCovariance({ size, variance, covariance }: TabulatedSamples, noise: CommonNoise, stepSize: number): Float64Array | undefined {
  if (noise === "none") return undefined;
  if (noise === "flow") return covariance.map((value) => stepSize * value);
  return covariance.map((_, place) => stepSize * Math.sqrt(variance[Math.floor(place / size)] * variance[place % size]));
}

/** Adds K[i_a, i_b] ∂ₐ∂_b u to a tensor, for the axes a < b. */
function addMixed(result: Float64Array, mixed: Float64Array, kernel: Float64Array, size: number, points: number, first: number, second: number): void {
  const after = size ** (points - 1 - second);
  const between = size ** (second - first - 1);
  let place = 0;
  while (place < result.length) {
    for (let i = 0; i < size; i += 1) {
      for (let middle = 0; middle < between; middle += 1) {
        for (let j = 0; j < size; j += 1) {
          const factor = kernel[i * size + j];
          for (const end = place + after; place < end; place += 1) result[place] += factor * mixed[place];
        }
      }
    }
  }
}

/** The generator of one point −b ∂ + (η/2) Σ ∂², a matrix (N, N). */
function onePointGenerator(first: Float64Array, second: Float64Array, drift: Float64Array, variance: Float64Array): AxisMatrix {
  const size = drift.length;
  return axisMatrix(first.map((derivative, place) => -drift[Math.floor(place / size)] * derivative + 0.5 * variance[Math.floor(place / size)] * second[place]), size);
}

/**
 * 𝔼 f(X_T(x₁), …, X_T(x_m)) for all starting points on a grid, where
 *
 * dX = −(R′ + (η/2) R′R″)(X) dt + noise,  d⟨X(x), X(y)⟩ = η K(X(x), X(y)) dt:
 *
 * - `flow`, the stochastic modified flow: K(x, y) = Cov(∇R̃(x), ∇R̃(y));
 * - `square root`, the stochastic modified equation with a common Brownian motion: K(x, y) = √(Σ(x) Σ(y));
 * - `none`, the gradient flow, K = 0.
 *
 * Without the correction the drift is −R′. The backward Kolmogorov equation ∂ₜu = Σ(−b ∂ₐ + ½ηΣ ∂ₐ²)u +
 * Σ_{a<b} ηK ∂ₐ∂_b u by Fourier differentiation on N nodes an axis and the classical Runge–Kutta method in time. For
 * smooth K the error falls faster than any power of N; √Σ has kinks where Σ is 0, and the error then falls as N⁻². Halve
 * size and time steps to see it.
 *
 * @throws RangeError for what `tabulateSamples` and `torusFunction` refuse, or time steps that are no positive integer.
 * @throws Error where the time steps asked for are too few: an expectation then leaves the range of its statistic.
 */
export function modifiedEquationExpectation(equation: ModifiedEquation): TorusFunction {
  const { samples, statistic, points, size, stepSize, horizon, noise, corrected } = equation;
  requirePositive("stepSize", stepSize);
  requirePositive("horizon", horizon);
  const table = tabulateSamples(samples, size);
  const derivatives = fourierDifferentiation(size);
  const first = axisMatrix(derivatives.first, size);
  const slope = axisProduct(first, table.meanGradient, [size], 0);
  const drift = table.meanGradient.map((gradient, j) => gradient + (corrected ? 0.5 * stepSize * gradient * slope[j] : 0));
  const variance = table.variance.map((value) => (noise === "none" ? 0 : stepSize * value));
  const timeSteps = equation.timeSteps === undefined ? sufficientTimeSteps(equation, drift, variance) : requireIntegerAtLeast("timeSteps", equation.timeSteps, 1);
  const generator = onePointGenerator(derivatives.first, derivatives.second, drift, variance);
  const kernel = pairCovariance(table, noise, stepSize);
  const start = torusFunction(statistic, points, size);
  const shape = new Array<number>(points).fill(size);
  const [moved, slopeOfLater, mixed] = [0, 1, 2].map(() => new Float64Array(start.values.length));

  const apply = (values: Float64Array, result: Float64Array): Float64Array => {
    result.fill(0);
    for (let axis = 0; axis < points; axis += 1) {
      axisProduct(generator, values, shape, axis, moved);
      for (let place = 0; place < result.length; place += 1) result[place] += moved[place];
    }
    if (kernel === undefined) return result;
    for (let later = 1; later < points; later += 1) {
      axisProduct(first, values, shape, later, slopeOfLater);
      for (let earlier = 0; earlier < later; earlier += 1) addMixed(result, axisProduct(first, slopeOfLater, shape, earlier, mixed), kernel, size, points, earlier, later);
    }
    return result;
  };

  const values = rungeKutta(start.values, apply, horizon / timeSteps, timeSteps);
  const found = { ...start, values };
  const [bound, reached] = [torusSupremum(start), torusSupremum(found)];
  if (!(reached <= 1.5 * bound)) throw new Error(`timeSteps: expected a stable integration of a statistic within ±${bound}, found ${reached} after ${timeSteps} steps on ${size} nodes`);
  return found;
}

/** ∂ₜu = L u by the classical method of order 4: for a linear L its stages are the first five terms of exp(hL). */
function rungeKutta(start: Float64Array, apply: (values: Float64Array, result: Float64Array) => Float64Array, step: number, count: number): Float64Array {
  const values = Float64Array.from(start);
  let [term, next] = [new Float64Array(start.length), new Float64Array(start.length)];
  for (let done = 0; done < count; done += 1) {
    term.set(values);
    for (let order = 1; order <= 4; order += 1) {
      apply(term, next);
      for (let place = 0; place < values.length; place += 1) {
        next[place] *= step / order;
        values[place] += next[place];
      }
      [term, next] = [next, term];
    }
  }
  return values;
}
