import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import {dot} from "../../kernels/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {FirstPassageParameters} from "./parameters.ts";

/** The first passage of one replica over one level of the loss. */
export interface LossPassage {
  readonly dimension: number;
  readonly replica: number;
  /** c = L/L*, the level. */
  readonly lossRatio: number;
  /** Step of the passage, or the last step where it was not reached. */
  readonly steps: number;
  readonly crossed: boolean;
  /** The step after which the loss was first not finite, where that came before the passage; else null. */
  readonly divergedAt: number | null;
}

interface FirstPassageCell extends Pick<FirstPassageParameters, "stepSize" | "batchSize" | "lossRatios" | "maximumSteps"> {
  readonly dimension: number;
}

const nameOf = ({dimension}: Pick<FirstPassageCell, "dimension">): string => `dimension ${dimension}`;

/**
 * E0.3: SGD on linear regression with Gaussian inputs, L = (1 + |θ|²)/2,
 * started at the minimum; the exact step at which each replica first stands at
 * L ≥ c L* is recorded for every c, replica after replica. Replicas that run
 * `maximumSteps` are censored.
 */
export const firstPassage = /* @__PURE__ */ defineExperiment({
  cells: ({dimensions, stepSize, batchSize, lossRatios, maximumSteps, replicas}: FirstPassageParameters) =>
    dimensions.map((dimension) => ({name: nameOf({dimension}), reads: {dimension, stepSize, batchSize, lossRatios, maximumSteps}, replicas})),

  async run({dimension, stepSize, batchSize, lossRatios, maximumSteps}: FirstPassageCell, {stream, ensembles, progress, replicas}): Promise<readonly LossPassage[]> {
    const found = await ensembles.firstPassages(
      linearSgd({samples: streamingSamples({dimension, inputs: {kind: "gaussian"}}), batchSize}),
      {
        parameters: {stepSize, labelNoise: 1},
        key: stream(nameOf({dimension}), 0).ensembleKey(),
        replicas,
        steps: maximumSteps,
        quantity: ({weights}) => ({squaredDistance: dot(weights, weights)}),
        levels: lossRatios.map((lossRatio) => lossRatio - 1)
      },
      {progress}
    );
    return found.reasons.flatMap((reason, i) =>
      lossRatios.map((lossRatio, level): LossPassage => {
        const step = found.passages[level * replicas.count + i]!;
        const crossed = step > 0;
        const end = found.ends[i]!;
        return {dimension, replica: replicas.first + i, lossRatio, steps: crossed ? step : end, crossed, divergedAt: !crossed && reason === "diverged" ? end : null};
      })
    );
  }
});
