import { requireFiniteEntries, requireNonNegative } from "./argument-checks.ts";
import { wholeSteps } from "./whole-steps.ts";

/** SGD, or what stands in for it in continuous time. */
export type FlowProcess = "SGD" | "gradient flow" | "stochastic modified equation" | "stochastic modified flow";

/** The product of m points that move together under multiplicative noise. */
export interface MultiplicativeFlow {
  readonly process: FlowProcess;
  /** x₁, …, x_m at time 0. */
  readonly points: readonly number[];
  /** s, relative strength of the noise. */
  readonly noise: number;
  /** η */
  readonly stepSize: number;
  /** T = nη */
  readonly horizon: number;
}

/**
 * 𝔼 Z(x₁) ⋯ Z(x_m) at the horizon for the loss ½ z² (1 + sξ), ξ = ±1 with equal probabilities, in closed form. With
 * q of the points negative:
 *
 * - SGD: Πx · (½(1 − η(1+s))^m + ½(1 − η(1−s))^m)^n;
 * - gradient flow: Πx · e^{−mT};
 * - stochastic modified flow, dX = −(1 + η/2) X dt + √η s X dW: Πx · exp((−m(1 + η/2) + ½ηs² m(m−1)) T);
 * - stochastic modified equation, with √Σ = s|X| and a common Brownian motion:
 *   Πx · exp((−m(1 + η/2) + ½ηs² ((m−2q)² − m)) T).
 *
 * Derived here; for two points, x > 0 > y, the last two differ by the factor e^{2ηs²T}.
 *
 * @throws RangeError for no points, or a horizon that is no whole number of steps.
 */
export function multiplicativeFlowMoment({ process, points, noise, stepSize, horizon }: MultiplicativeFlow): number {
  requireFiniteEntries("points", points);
  requireNonNegative("noise", noise);
  const steps = wholeSteps(horizon, stepSize);
  const count = points.length;
  const product = points.reduce((product, point) => product * point, 1);
  if (process === "SGD") return product * (0.5 * (1 - stepSize * (1 + noise)) ** count + 0.5 * (1 - stepSize * (1 - noise)) ** count) ** steps;
  if (process === "gradient flow") return product * Math.exp(-count * horizon);
  const signed = process === "stochastic modified flow" ? count : count - 2 * points.filter((point) => point < 0).length;
  return product * Math.exp((-count * (1 + stepSize / 2) + 0.5 * stepSize * noise ** 2 * (signed ** 2 - count)) * horizon);
}
