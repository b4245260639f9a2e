import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import {dot} from "../../kernels/index.ts";
import {defineExperiment} from "../experiment.ts";
import {homogenizedDiffusion} from "./homogenized-diffusion.ts";
import type {StreamingTailsParameters} from "./streaming-tails-parameters.ts";

/** The distribution of ‖θ − θ*‖ over chains at one time. */
export interface DivergenceRow {
  readonly process: "SGD" | "hSGD";
  readonly step: number;
  /** Null beyond single precision. */
  readonly median: number | null;
  readonly upperQuartile: number | null;
  readonly upperDecile: number | null;
}

const relativeTimeStep = 0.02;

function quantilesOf(values: ArrayLike<number>): Omit<DivergenceRow, "process" | "step"> {
  const sorted = Float64Array.from(values, (value) => (Number.isNaN(value) ? Infinity : value)).sort();
  const at = (p: number) => {
    const distance = Math.sqrt(sorted[Math.floor(p * (sorted.length - 1))]!);
    return Number.isFinite(distance) ? distance : null;
  };
  return {median: at(0.5), upperQuartile: at(0.75), upperDecile: at(0.9)};
}

type Divergence = Pick<StreamingTailsParameters["divergence"], "dimension" | "stepRatio" | "chains" | "steps" | "samples"> & Pick<DivergenceRow, "process">;

/**
 * E2.2, negative control: SGD and hSGD from the minimum at a step size at which SGD has no stationary law, each a cell.
 * A cell has no replicas, since its rows are quantiles over all of its chains.
 */
export const divergence = /* @__PURE__ */ defineExperiment({
  cells: ({divergence: {dimension, stepRatio, chains, steps, samples}}: StreamingTailsParameters) =>
    (["SGD", "hSGD"] as const).map((process) => ({name: process, reads: {process, dimension, stepRatio, chains, steps, samples}})),

  async run({process, dimension, stepRatio, chains, steps, samples}: Divergence, {stream, ensembles, progress}): Promise<readonly DivergenceRow[]> {
    const eigenvalues = Array.from({length: dimension}, () => 1);
    const stepSize = (2 * stepRatio) / dimension;
    const every = Math.max(1, Math.floor(steps / samples));
    const perStep = Math.ceil(stepSize / relativeTimeStep);
    const shared = {key: stream(`divergence ${process}`, 0).ensembleKey(), replicas: chains, samples: "replicas"} as const;
    const {samples: seen} =
      process === "SGD"
        ? await ensembles.simulate(
            linearSgd({samples: streamingSamples({dimension, inputs: {kind: "gaussian"}})}),
            {...shared, parameters: {stepSize, labelNoise: 1}, steps: every * samples, every, observe: ({weights}) => ({squared: dot(weights, weights)})},
            {progress}
          )
        : await ensembles.simulate(
            homogenizedDiffusion(dimension),
            {
              ...shared,
              parameters: {stepSize, batchSize: 1, eigenvalues, solution: eigenvalues.map(() => 0), ridge: 0, minimumLoss: 0.5, timeStep: 1 / perStep},
              steps: every * samples * perStep,
              every: every * perStep,
              observe: ({deviation}) => ({squared: dot(deviation, deviation)})
            },
            {progress}
          );
    return Array.from({length: samples}, (_, i): DivergenceRow => ({process, step: every * (i + 1), ...quantilesOf(seen.squared!.subarray(i * chains, (i + 1) * chains))}));
  }
});
