import { requireFinite, requireNonNegative, requirePositive } from "./argument-checks.ts";
import type { LineObjective } from "./line-objective.ts";

/** One well, `-d exp(-(w - m)²/(2 s²))`. */
export interface GaussianWell {
  /** `m` */
  readonly position: number;
  /** `d` */
  readonly depth: number;
  /** `s` */
  readonly width: number;
}

/**
 * A parabola with Gaussian wells, `f(w) = ½ a w² - Σ_i d_i exp(-(w - m_i)²/(2 s_i²))`, or with `width > 0` its mean
 * over a Gaussian of that standard deviation, in which every well keeps its area and has the squared width
 * `s_i² + width²`: the narrower a well, the more of its depth is lost.
 *
 * @throws RangeError for a curvature, depth or width of a well that is not positive, or a negative `width`.
 */
export function gaussianWells({ curvature, wells }: { readonly curvature: number; readonly wells: readonly GaussianWell[] }, width = 0): LineObjective {
  requirePositive("curvature", curvature);
  requireNonNegative("width", width);
  const smoothed = wells.map(({ position, depth, width: own }, i) => {
    requirePositive(() => `wells[${i}].depth`, depth);
    const wide = Math.hypot(requirePositive(() => `wells[${i}].width`, own), width);
    return { position: requireFinite(() => `wells[${i}].position`, position), depth: (depth * own) / wide, precision: wide ** -2 };
  });
  const over = (w: number, term: (offset: number, precision: number) => number) =>
    smoothed.reduce((sum, { position, depth, precision }) => sum + depth * Math.exp((-precision * (w - position) ** 2) / 2) * term(w - position, precision), 0);
  return {
    value: (w) => (curvature * (w * w + width * width)) / 2 - over(w, () => 1),
    gradient: (w) => curvature * w + over(w, (offset, precision) => precision * offset),
    curvature: (w) => curvature + over(w, (offset, precision) => precision * (1 - precision * offset * offset)),
  };
}
