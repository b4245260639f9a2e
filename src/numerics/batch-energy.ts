import gammaln from "@stdlib/math-base-special-gammaln";
import { requireIntegerAtLeast } from "./argument-checks.ts";
import { gaussChi } from "./gauss-chi.ts";
import { gaussLegendre } from "./gaussian-quadrature.ts";
import { requireInputLaw, type InputLaw } from "./input-law.ts";

/** A law on points (or its quadrature): `E f(S) ≈ sum_i weights[i] f(values[i])`, weights adding up to 1. */
export interface DiscreteLaw {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

const PANEL = gaussLegendre(8, 0, 1);

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

/** Composite rule in `u = √S` over twelve standard deviations either side of the mode of `√B u ~ χ_B`. */
function compositeEnergy(batchSize: number, nodes: number): DiscreteLaw {
  const mode = Math.sqrt(batchSize - 1);
  const lower = Math.max(0, mode - 12);
  const panels = Math.ceil(nodes / PANEL.nodes.length);
  const width = (mode + 12 - lower) / panels;
  const [values, weights] = [new Float64Array(panels * PANEL.nodes.length), new Float64Array(panels * PANEL.nodes.length)];
  const logDensity = (x: number) => (batchSize === 1 ? 0 : (batchSize - 1) * Math.log(x)) - (x * x) / 2;
  const top = mode === 0 ? 0 : logDensity(mode);
  for (let i = 0; i < values.length; i += 1) {
    const x = lower + width * (Math.floor(i / PANEL.nodes.length) + PANEL.nodes[i % PANEL.nodes.length]);
    values[i] = (x * x) / batchSize;
    weights[i] = PANEL.weights[i % PANEL.nodes.length] * Math.exp(logDensity(x) - top);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { values, weights: weights.map((weight) => weight / total) };
}

/**
 * Law of the batch energy `S = (1/B) sum_{i<=B} x_i²` of independent inputs of unit variance, the factor by
 * which one batch scales the curvature of linear regression in one dimension: `E S = 1`,
 * `E S² = 1 + (kurtosis - 1)/B`. For three-point inputs it is the exact binomial law. For normal inputs,
 * `√(B S) ~ χ_B`, and up to 64 `nodes` give the Gauss rule that is exact for polynomials in `√S` of degree
 * `2 nodes - 1` (`√S` because the noise of a step is proportional to it). More nodes give composite panels of
 * eight: those resolve a step's law where its noise is narrow against the distance between Gauss nodes, as it is
 * far out in a heavy tail.
 *
 * @throws RangeError for a batch size or node count that is not an integer of at least 1 or 3, or a kurtosis below 1.
 */
export function batchEnergy(inputs: InputLaw, batchSize: number, nodes = 32): DiscreteLaw {
  requireInputLaw("inputs", inputs);
  requireIntegerAtLeast("batchSize", batchSize, 1);
  requireIntegerAtLeast("nodes", nodes, 3);
  if (inputs.kind === "three-point") return threePointEnergy(inputs.kurtosis, batchSize);
  if (nodes > 64) return compositeEnergy(batchSize, nodes);
  const rule = gaussChi(nodes, batchSize);
  return { values: rule.nodes.map((x) => (x * x) / batchSize), weights: rule.weights };
}
