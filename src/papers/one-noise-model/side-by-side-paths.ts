import {square} from "../../kernels/index.ts";
import {affineMoments} from "../../numerics/index.ts";
import {normalQuantile} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {gaussianKurtosis, noiseModels, stepMomentsOf} from "./noise-models.ts";
import type {NoiseModel} from "./noise-models.ts";
import {sgdPair} from "./pair-dynamics.ts";
import type {SideBySideParameters} from "./side-by-side-parameters.ts";

/** The mean loss after some steps, of SGD measured or of SGD and a model exactly. */
export interface LossPathPoint {
  readonly model: NoiseModel | "SGD" | "SGD, measured" | "gradient flow";
  readonly stepSize: number;
  readonly time: number;
  readonly meanLoss: number;
  /** 95 % interval; equal ends where exact. */
  readonly low: number;
  readonly high: number;
}

const intervalWidth = normalQuantile(0.975);

type PathCell = Pick<SideBySideParameters, "horizon" | "start" | "replicas"> & {readonly steps: number};

/** The mean loss E (1 + w²)/2 along time t = kη on Gaussian inputs, exactly and of replicas of SGD. */
export const sideBySidePaths = /* @__PURE__ */ defineExperiment({
  cells: ({horizon, start, pathSteps, replicas}: SideBySideParameters) => pathSteps.map((steps) => ({name: `${steps} steps`, reads: {steps, horizon, start, replicas}})),

  async run({steps, horizon, start, replicas}: PathCell, {stream, ensembles, progress}): Promise<readonly LossPathPoint[]> {
    const stepSize = horizon / steps;
    const rows: LossPathPoint[] = [];
    const add = (model: LossPathPoint["model"], step: number, meanLoss: number, halfWidth = 0) => rows.push({model, stepSize, time: step * stepSize, meanLoss, low: meanLoss - halfWidth, high: meanLoss + halfWidth});
    for (let step = 0; step <= steps; step++) {
      for (const model of ["SGD", ...noiseModels] as const) add(model, step, (1 + affineMoments(stepMomentsOf(model, {stepSize, kurtosis: gaussianKurtosis}), start, step).square) / 2);
      add("gradient flow", step, (1 + (start * Math.exp(-step * stepSize)) ** 2) / 2);
    }
    // Of the pair the first point alone is looked at.
    const {sums, counts} = await ensembles.simulate(
      sgdPair,
      {
        parameters: {stepSize, starts: [start, start]},
        key: stream(`paths step ${stepSize}`, 0).ensembleKey(),
        replicas,
        steps,
        observe: ({points}) => ({squares: square(points), fourths: square(square(points))}),
        samples: "sums"
      },
      {progress}
    );
    for (let step = 1; step <= steps; step++) {
      const at = 2 * (step - 1);
      const count = counts[step - 1]!;
      const [second, fourth] = [sums.squares![at]! / count, sums.fourths![at]! / count];
      add("SGD, measured", step, (1 + second) / 2, (intervalWidth * Math.sqrt((fourth - second ** 2) / count)) / 2);
    }
    return rows;
  }
});
