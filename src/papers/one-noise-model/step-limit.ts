import {gaussianCovarianceTailIndex, isotropicKestenIndex} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {isotropicTailIndex} from "./isotropic-tail-index.ts";
import type {StepLimitParameters} from "./step-limit-parameters.ts";

/** Whose tail an index is of. */
export type TailLaw = "SGD" | "decoupled diffusion" | "exact-covariance diffusion";

/** One tail index at one step size. */
export interface ScaledIndex {
  readonly dimension: number;
  readonly stepSize: number;
  readonly law: TailLaw;
  /** α; null where there is no stationary law. */
  readonly index: number | null;
  /** α γ h/B, which has a limit as γ → 0. */
  readonly scaled: number | null;
}

type LimitCell = Pick<ScaledIndex, "dimension" | "stepSize">;

/**
 * X3: the tail index α of SGD on fresh Gaussian samples (Kesten's root), of the
 * diffusion with the decoupled noise 2LH of both papers and of the one with the
 * exact covariance 2LH + ∇L∇Lᵀ, on an isotropic bowl with curvature 1 and one
 * sample a step, times γ: the limits as γ → 0 are 1.7956, 2 and 1, in any
 * dimension.
 */
export const stepLimit = /* @__PURE__ */ defineExperiment({
  cells({dimensions, leastStepSize, points}: StepLimitParameters) {
    const stepSizes = Array.from({length: points}, (_, i) => leastStepSize ** (1 - i / (points - 1)));
    return dimensions.flatMap((dimension) => stepSizes.map((stepSize) => ({name: `dimension ${dimension}, step ${stepSize}`, reads: {dimension, stepSize}})));
  },

  run({dimension, stepSize}: LimitCell): readonly ScaledIndex[] {
    const regression = {dimension, curvature: 1, ridge: 0, stepSize, batchSize: 1};
    const indices: Readonly<Record<TailLaw, number | undefined>> = {
      SGD: isotropicKestenIndex(regression).index,
      "decoupled diffusion": isotropicTailIndex(dimension, stepSize),
      "exact-covariance diffusion": gaussianCovarianceTailIndex(regression).index
    };
    return (Object.keys(indices) as TailLaw[]).map((law): ScaledIndex => {
      const index = indices[law];
      const known = index !== undefined && index > 0 && Number.isFinite(index) ? index : null;
      return {dimension, stepSize, law, index: known, scaled: known === null ? null : known * stepSize};
    });
  }
});
