import { requireStableParameters, type StableParameters } from "../numerics/index.ts";
import type { RandomSource } from "./random-source.ts";

/** Nearest `α` to 1 at which the general formula still has half of its digits. */
const NEAR_ONE = 1e-8;

/**
 * One draw from the α-stable law `S(α, β, γ, δ; 0)` by a uniform angle and an exponential variable.
 *
 * Source: J. M. Chambers, C. L. Mallows, B. W. Stuck, J. Am. Stat. Assoc. 71 (1976) 340; shifted by `-β tan(πα/2)` to
 * Nolan's `S0`.
 *
 * @throws RangeError for parameters outside their ranges.
 */
export function drawStable(parameters: StableParameters, random: RandomSource): number {
  const { stability, skewness, scale, location } = requireStableParameters(parameters);
  const angle = Math.PI * (random.uniform() - 0.5);
  const exponential = -Math.log1p(-random.uniform());
  if (Math.abs(stability - 1) < NEAR_ONE) {
    const turned = Math.PI / 2 + skewness * angle;
    const standard = (2 / Math.PI) * (turned * Math.tan(angle) - skewness * Math.log((Math.PI * exponential * Math.cos(angle)) / (2 * turned)));
    return location + scale * standard;
  }
  const tangent = stability === 2 ? 0 : -skewness / Math.tan((Math.PI / 2) * (stability - 1));
  const start = Math.atan(tangent);
  const power = Math.sin(start + stability * angle) / (Math.cos(start) * Math.cos(angle)) ** (1 / stability);
  const standard = power * (Math.cos(start + (stability - 1) * angle) / exponential) ** ((1 - stability) / stability);
  return location + scale * (standard - tangent);
}
