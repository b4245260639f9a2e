import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import {dot} from "../../kernels/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import type {FirstPassageParameters} from "./parameters.ts";

/** The first passage of one replica over one level of the loss. */
export interface LossPassage {
  readonly dimension: number;
  /** c = L/L*, the level. */
  readonly lossRatio: number;
  readonly replica: number;
  /** Step of the passage, or the last step where it was not reached. */
  readonly steps: number;
  readonly crossed: boolean;
  /** The step after which the loss was first not finite, where that came before the passage; else null. */
  readonly divergedAt: number | null;
}

/**
 * E0.3: SGD on linear regression with Gaussian inputs, L = (1 + |θ|²)/2,
 * started at the minimum; the exact step at which each replica first stands at
 * L ≥ c L* is recorded for every c. Replicas that run `maximumSteps` are
 * censored.
 */
export async function firstPassage(parameters: FirstPassageParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly LossPassage[]> {
  const {stepSize, batchSize, dimensions, lossRatios, replicas, maximumSteps} = parameters;
  const passages: LossPassage[] = [];
  for (const [index, dimension] of dimensions.entries()) {
    const found = await ensembles.firstPassages(
      linearSgd({samples: streamingSamples({dimension, inputs: {kind: "gaussian"}}), batchSize}),
      {
        parameters: {stepSize, labelNoise: 1},
        key: stream(`dimension ${dimension}`, 0).ensembleKey(),
        replicas,
        steps: maximumSteps,
        quantity: ({weights}) => ({squaredDistance: dot(weights, weights)}),
        levels: lossRatios.map((lossRatio) => lossRatio - 1)
      },
      {progress: (done, total) => progress(index + done / total, dimensions.length)}
    );
    for (const [level, lossRatio] of lossRatios.entries())
      for (const [replica, reason] of found.reasons.entries()) {
        const step = found.passages[level * replicas + replica]!;
        const crossed = step > 0;
        const end = found.ends[replica]!;
        passages.push({dimension, lossRatio, replica, steps: crossed ? step : end, crossed, divergedAt: !crossed && reason === "diverged" ? end : null});
      }
  }
  return passages;
}
