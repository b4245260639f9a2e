import gammaln from "@stdlib/math-base-special-gammaln";
import { requireIntegerAtLeast, requirePositive } from "./argument-checks.ts";
import { batchEnergy } from "./batch-energy.ts";
import { requireInputLaw, type InputLaw } from "./input-law.ts";
import { findRoot } from "./find-root.ts";
import { gaussLegendre } from "./gaussian-quadrature.ts";

/** One-dimensional linear regression by SGD: step size `η` (times the curvature `h`), batch size `B`, input law. */
export interface RegressionStep {
  /** `η h`. */
  readonly stepSize: number;
  readonly batchSize: number;
  readonly inputs: InputLaw;
}

/** The tail index, or why there is none. */
export type KestenIndex =
  | { readonly kind: "power law"; readonly index: number }
  /** No factor expands: the stationary law has all moments, the index is infinite. */
  | { readonly kind: "no power law"; readonly index: number; readonly reason: string }
  /** `E log|1 - ηS| >= 0`: there is no stationary law. */
  | { readonly kind: "not stationary"; readonly index: undefined; readonly reason: string };

interface LogLaw {
  readonly logFactors: Float64Array;
  readonly logWeights: Float64Array;
}

const PANEL = gaussLegendre(16, 0, 1);

/** Panels `[length / 2^(k+1), length / 2^k]` that shrink towards 0. */
function gradedPanels(length: number): number[][] {
  return Array.from({ length: 60 }, (_, k) => [length * 2 ** (-k - 1), length * 2 ** -k]);
}

function evenPanels(from: number, to: number, width: number): number[][] {
  const count = Math.ceil((to - from) / width);
  return Array.from({ length: count }, (_, i) => [from + ((to - from) * i) / count, from + ((to - from) * (i + 1)) / count]);
}

/**
 * `log|1 - ηS|` with log weights for `u = √S`, `√B u ~ χ_B`. The variable is the distance `δ = u - 1/√η` from
 * the zero of the factor `-η δ (2/√η + δ)`; Gauss–Legendre panels are graded towards it and elsewhere no wider
 * than an eighth of the law's width.
 */
function gaussianFactors(stepSize: number, batchSize: number): LogLaw {
  const zero = 1 / Math.sqrt(stepSize);
  const width = 1 / (8 * Math.sqrt(batchSize));
  const graded = Math.min(zero, 4 * width);
  const reach = 4 * zero + 1 + 40 / Math.sqrt(batchSize);
  const panels = [
    ...gradedPanels(graded).flatMap(([near, far]) => [[-far, -near], [near, far]]),
    ...evenPanels(-zero, -graded, width),
    ...evenPanels(graded, reach, width),
  ];
  const points = panels.flatMap(([from, to]) => Array.from(PANEL.nodes, (node, i) => [from + (to - from) * node, (to - from) * PANEL.weights[i]]));
  const constant = Math.LN2 + (batchSize / 2) * Math.log(batchSize / 2) - gammaln(batchSize / 2);
  const logDensity = (u: number) => constant + (batchSize === 1 ? 0 : (batchSize - 1) * Math.log(u)) - (batchSize * u * u) / 2;
  return {
    logFactors: Float64Array.from(points, ([distance]) => Math.log(stepSize * Math.abs(distance) * (2 * zero + distance))),
    logWeights: Float64Array.from(points, ([distance, weight]) => Math.log(weight) + logDensity(zero + distance)),
  };
}

function factorLaw({ stepSize, batchSize, inputs }: RegressionStep): LogLaw {
  if (inputs.kind === "gaussian") return gaussianFactors(stepSize, batchSize);
  const { values, weights } = batchEnergy(inputs, batchSize);
  return { logFactors: values.map((s) => Math.log(Math.abs(1 - stepSize * s))), logWeights: weights.map(Math.log) };
}

/** `log E|1 - ηS|^power`, `power > 0`, by a sum that cannot overflow. */
function logMoment({ logFactors, logWeights }: LogLaw, power: number): number {
  let largest = -Infinity;
  for (let i = 0; i < logFactors.length; i += 1) largest = Math.max(largest, logWeights[i] + power * logFactors[i]);
  let sum = 0;
  for (let i = 0; i < logFactors.length; i += 1) sum += Math.exp(logWeights[i] + power * logFactors[i] - largest);
  return largest + Math.log(sum);
}

/**
 * Tail index of SGD on linear regression in one dimension, `θ' = (1 - ηS) θ + noise`: the root `α > 0` of
 * `E|1 - ηS|^α = 1` with the batch energy `S` of {@link batchEnergy}; then `P(|θ| > t) ~ t^(-α)`. For normal
 * inputs `α η / B → 1.7956` as `η → 0`.
 *
 * Assumes fresh inputs at every step and label noise that does not vanish. Three-point inputs whose largest
 * factor is at most 1 give no power law.
 *
 * Source: H. Kesten, Acta Math. 131 (1973) 207.
 *
 * @throws RangeError for a step size that is not positive, a batch size that is not a positive integer, or a
 * kurtosis below 1.
 */
export function kestenIndex(step: RegressionStep): KestenIndex {
  requirePositive("stepSize", step.stepSize);
  requireIntegerAtLeast("batchSize", step.batchSize, 1);
  requireInputLaw("inputs", step.inputs);
  const law = factorLaw(step);
  let expansion = -Infinity;
  let growth = 0;
  law.logFactors.forEach((factor, i) => {
    const weight = Math.exp(law.logWeights[i]);
    if (weight === 0) return;
    expansion = Math.max(expansion, factor);
    growth += weight * factor;
  });
  if (growth >= -1e-12) {
    return { kind: "not stationary", index: undefined, reason: `E log|1 - ηS| = ${growth.toPrecision(4)} is not negative: the iterates diverge` };
  }
  if (step.inputs.kind === "three-point" && expansion <= 1e-15) {
    return { kind: "no power law", index: Infinity, reason: `no factor expands: max |1 - ηS| = ${Math.exp(expansion).toPrecision(4)}` };
  }
  let upper = step.batchSize / step.stepSize;
  while (logMoment(law, upper) <= 0) upper *= 2;
  let lower = upper / 2;
  while (logMoment(law, lower) >= 0) lower /= 2;
  return { kind: "power law", index: findRoot((power) => logMoment(law, power), lower, upper) };
}
