import {integrate} from "../../numerics/index.ts";
import type {SideBySideParameters} from "./side-by-side-parameters.ts";

/**
 * The leading term, over η, of E Y(x)Y(y) − E X(x)X(y): the stochastic modified equation with √Σ and one Wiener process
 * against the stochastic modified flow on L = (1 + w²)/2 with Gaussian inputs,
 *
 * ∫₀ᵀ e^{−2(T−t)} [√((2x_t² + 1)(2y_t² + 1)) − (2 x_t y_t + 1)] dt,  x_t = x e^{−t}.
 *
 * Derived here.
 */
export function rootCovarianceDefect({start, oppositeStart, horizon}: Pick<SideBySideParameters, "start" | "oppositeStart" | "horizon">): number {
  return integrate((t) => {
    const [x, y] = [start * Math.exp(-t), -oppositeStart * Math.exp(-t)];
    return Math.exp(-2 * (horizon - t)) * (Math.sqrt((2 * x * x + 1) * (2 * y * y + 1)) - (2 * x * y + 1));
  }, 0, horizon).value;
}
