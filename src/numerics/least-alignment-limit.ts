import erfc from "@stdlib/math-base-special-erfc";
import { unexpected } from "./argument-checks.ts";
import { findRoot } from "./find-root.ts";
import { minimize } from "./minimize.ts";

/** `√π q exp(q²) erfc(q)`, which tends to 1. */
function scaledTail(q: number): number {
  if (q < 5) return Math.sqrt(Math.PI) * q * Math.exp(q * q) * erfc(q);
  let [sum, term] = [1, 1];
  for (let k = 1; k <= 24; k += 1) {
    term *= -(2 * k - 1) / (2 * q * q);
    sum += term;
  }
  return sum;
}

/** `E tτ/(1 + tτ)` for `τ = z² - level`, `z ~ N(0, 1)`, at `t = share/level`. */
function shareBelow(level: number, share: number): number {
  const rest = 1 - share;
  return 1 - scaledTail(Math.sqrt((rest * level) / (2 * share))) / rest;
}

/**
 * The infimum over all directions of the directional alignment `g(v) = vᵀΣv/(2L vᵀGv)` of normal inputs without
 * label noise, in the limit of many samples n and dimensions d at a fixed `samplesPerDimension` = n/d.
 *
 * Outside the direction of `w`, `g` is the pencil of `Σ ω_i x_i x_iᵀ` and `Σ x_i x_iᵀ` with weights `ω_i = z_i²`
 * independent of `x_i`. A level λ lies below its spectrum iff 0 lies below that of `Σ (ω_i - λ) x_i x_iᵀ`, by Silverstein
 * and Choi's criterion iff `max E tτ/(1 + tτ) > d/n` over `0 < t < 1/λ`, `τ = ω - λ`; the infimum is where both are
 * equal. For many samples it is `1 - √(8d/n)`. Ours.
 *
 * Source of the criterion: J. W. Silverstein, S. Choi, Analysis of the limiting spectral distribution of large
 * dimensional random matrices, J. Multivariate Analysis 54 (1995).
 *
 * @returns 0 up to 1.001 samples per dimension; it is below 1e-6 there.
 * @throws RangeError for a ratio that is not positive or exceeds 1e8.
 */
export function leastAlignmentLimit(samplesPerDimension: number): number {
  if (!(samplesPerDimension > 0 && samplesPerDimension <= 1e8)) throw unexpected("samplesPerDimension", "a number above 0 and at most 1e8", samplesPerDimension);
  if (samplesPerDimension <= 1.001) return 0;
  const excess = (level: number) => -minimize((share) => -shareBelow(level, share), 1e-12, 1 - 1e-12).value - 1 / samplesPerDimension;
  return findRoot(excess, 1e-9, 1 - 0.5 / Math.sqrt(samplesPerDimension));
}
