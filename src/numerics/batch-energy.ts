import gammaln from "@stdlib/math-base-special-gammaln";
import { requireIntegerAtLeast, unexpected } from "./argument-checks.ts";
import { gaussChi } from "./gauss-chi.ts";

/**
 * The law of one input coordinate `x` with unit variance: standard normal, or three-point `{0, ±√kurtosis}`
 * with `P(x ≠ 0) = 1/kurtosis`, so that `E x⁴ = kurtosis` (kurtosis 1 is `±1`).
 */
export type InputLaw = { readonly kind: "gaussian" } | { readonly kind: "three-point"; readonly kurtosis: number };

/** A law on points (or its quadrature): `E f(S) ≈ sum_i weights[i] f(values[i])`, weights adding up to 1. */
export interface DiscreteLaw {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** @throws RangeError unless the law is one of {@link InputLaw} with a kurtosis of at least 1. */
export function requireInputLaw(name: string, inputs: InputLaw): InputLaw {
  if (inputs.kind === "gaussian") return inputs;
  if (inputs.kind !== "three-point") throw unexpected(`${name}.kind`, `"gaussian" or "three-point"`, (inputs as { kind: unknown }).kind);
  if (!(Number.isFinite(inputs.kurtosis) && inputs.kurtosis >= 1)) throw unexpected(`${name}.kurtosis`, "a finite number of at least 1", inputs.kurtosis);
  return inputs;
}

function threePointEnergy(kurtosis: number, batchSize: number): DiscreteLaw {
  const values = Float64Array.from({ length: batchSize + 1 }, (_, count) => (kurtosis * count) / batchSize);
  if (kurtosis === 1) return { values: Float64Array.of(1), weights: Float64Array.of(1) };
  const [present, absent] = [-Math.log(kurtosis), Math.log1p(-1 / kurtosis)];
  const weights = values.map((_, count) => {
    const choices = gammaln(batchSize + 1) - gammaln(count + 1) - gammaln(batchSize - count + 1);
    return Math.exp(choices + count * present + (batchSize - count) * absent);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { values, weights: weights.map((weight) => weight / total) };
}

/**
 * Law of the batch energy `S = (1/B) sum_{i<=B} x_i²` of independent inputs of unit variance, the factor by
 * which one batch scales the curvature of linear regression in one dimension: `E S = 1`,
 * `E S² = 1 + (kurtosis - 1)/B`. For normal inputs, `√(B S) ~ χ_B`, a Gauss rule of `nodes` points that is exact
 * for polynomials in `√S` of degree `2 nodes - 1`, because the noise of a step is proportional to `√S`; for
 * three-point inputs the exact binomial law.
 *
 * @throws RangeError for a batch size or node count that is not an integer of at least 1 or 3, or a kurtosis below 1.
 */
export function batchEnergy(inputs: InputLaw, batchSize: number, nodes = 32): DiscreteLaw {
  requireInputLaw("inputs", inputs);
  requireIntegerAtLeast("batchSize", batchSize, 1);
  requireIntegerAtLeast("nodes", nodes, 3);
  if (inputs.kind === "three-point") return threePointEnergy(inputs.kurtosis, batchSize);
  const rule = gaussChi(nodes, batchSize);
  return { values: rule.nodes.map((x) => (x * x) / batchSize), weights: rule.weights };
}
