import {linearRegressionSgd, recordFirstPassages, runEnsemble, squaredDistance} from "../../dynamics/index.ts";
import {tf} from "../../tensors/index.ts";
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
}

const chunkSteps = 64;

/**
 * E0.3: SGD on linear regression with Gaussian inputs, L = (1 + |θ|²)/2,
 * started at the minimum; the exact step at which each replica first stands at
 * L ≥ c L* is recorded for every c. Replicas that run `maximumSteps` are
 * censored.
 */
export function firstPassage(parameters: FirstPassageParameters, {stream, progress}: ExperimentContext): readonly LossPassage[] {
  const {stepSize, batchSize, dimensions, lossRatios, replicas, maximumSteps} = parameters;
  return dimensions.flatMap((dimension, index) => {
    const recorder = recordFirstPassages(lossRatios.map((lossRatio) => lossRatio - 1), replicas);
    const dynamics = linearRegressionSgd({dimension, batchSize, stepSize, inputs: {kind: "gaussian"}, replicas, stream: stream(`dimension ${dimension}`, 0)});
    const state = runEnsemble(dynamics, {
      steps: maximumSteps,
      chunkSteps,
      observe: (weights) => [squaredDistance(weights)],
      receive: ([distance], before) => recorder.take(distance!, undefined, before),
      progress: (done, total) => progress(index + done / total, dimensions.length)
    });
    tf.dispose([...state]);
    const {steps} = recorder.passages;
    return lossRatios.flatMap((lossRatio, level) =>
      Array.from({length: replicas}, (_, replica): LossPassage => {
        const step = steps[level * replicas + replica]!;
        return {dimension, lossRatio, replica, steps: step > 0 ? step : maximumSteps, crossed: step > 0};
      })
    );
  });
}
