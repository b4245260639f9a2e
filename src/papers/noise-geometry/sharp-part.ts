import {add, element, mul, square} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";

/** Σ_{i≤k} λᵢ wᵢ² */
export function sharpPart(spectrum: Real, weights: Real, count: number): Real {
  const parts = Array.from({length: count}, (_, i) => mul(element(spectrum, i), square(element(weights, i))));
  return parts.reduce((total, part) => add(total, part));
}
