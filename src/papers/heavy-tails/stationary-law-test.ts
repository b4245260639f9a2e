import {homogenizedStationaryLaw} from "../../numerics/index.ts";
import {kolmogorovSmirnov} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ExperimentContext} from "../experiment.ts";
import {homogenizedLength} from "./homogenized-length.ts";
import type {HomogenizedTailsParameters} from "./homogenized-tails-parameters.ts";
import {oneDimensionalDiffusion} from "./one-dimensional-diffusion.ts";

/** The chains' law in one dimension held against Pearson's type IV. */
export interface StationaryLawRow {
  readonly relativeTimeStep: number;
  /** Whether the time step is half of the one that was asked for. */
  readonly halved: boolean;
  /** Kolmogorov–Smirnov distance to the exact law, whose parameters are known, and its p-value. */
  readonly distance: number;
  readonly pValue: number;
  /** The same distance to the symmetric Student law without the skewness: a control. */
  readonly symmetricDistance: number;
  readonly symmetricPValue: number;
  readonly used: number;
  readonly total: number;
}

const minimumLoss = 0.5;

type Pearson = HomogenizedTailsParameters["pearson"];

/** x of independent chains. */
async function positionsOf({curvature, solution, ridge, stepSize, batchSize, chains, relativeTimeStep, relaxationTimes}: Pearson, {stream, ensembles, progress}: ExperimentContext): Promise<Float64Array> {
  const timeStep = relativeTimeStep / (stepSize * curvature);
  const steps = Math.ceil(homogenizedLength({eigenvalues: [curvature], ridge, stepSize, batchSize}, relaxationTimes, chains) / timeStep);
  const {state, divergedAt} = await ensembles.simulate(
    oneDimensionalDiffusion,
    {
      parameters: {stepSize, batchSize, curvature, solution, ridge, minimumLoss, timeStep},
      key: stream(`Pearson step ${relativeTimeStep}`, 0).ensembleKey(),
      replicas: chains,
      steps
    },
    {progress}
  );
  return Float64Array.from(state.deviation!, (deviation) => deviation + solution).filter((_, chain) => divergedAt[chain] === 0);
}

/** The exact law, and the one with its skewness left out. */
function lawsOf({curvature, solution, ridge, stepSize, batchSize}: Pearson) {
  const sgd = {eigenvalues: [curvature], ridge, stepSize, batchSize};
  const exact = homogenizedStationaryLaw(sgd, {solution: [solution], loss: minimumLoss});
  return {exact, symmetric: homogenizedStationaryLaw(sgd, {solution: [0], loss: minimumLoss})};
}

/**
 * E2.1 in one dimension with ridge: Kolmogorov–Smirnov tests of x of hSGD against its exact stationary law, at a time
 * step and at half of it, each a cell; a cell has no replicas, since its row is a test of all of its chains,
 * whose length follows from their number.
 */
export const stationaryLawTest = /* @__PURE__ */ defineExperiment({
  cells: ({pearson}: HomogenizedTailsParameters) =>
    [false, true].map((halved) => ({name: halved ? "half time step" : "time step", reads: {...pearson, relativeTimeStep: halved ? pearson.relativeTimeStep / 2 : pearson.relativeTimeStep, halved}})),

  async run({halved, ...pearson}: Pearson & Pick<StationaryLawRow, "halved">, context): Promise<readonly StationaryLawRow[]> {
    const {exact, symmetric} = lawsOf(pearson);
    const {relativeTimeStep, solution, chains: total} = pearson;
    const positions = await positionsOf(pearson, context);
    const [test, control] = [kolmogorovSmirnov(positions, exact.cdf), kolmogorovSmirnov(positions.map((x) => x - solution), symmetric.cdf)];
    return [{relativeTimeStep, halved, distance: test.statistic, pValue: test.pValue, symmetricDistance: control.statistic, symmetricPValue: control.pValue, used: positions.length, total}];
  }
});
