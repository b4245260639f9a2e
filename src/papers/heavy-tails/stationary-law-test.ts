import {homogenizedStationaryLaw} from "../../numerics/index.ts";
import {kolmogorovSmirnov} from "../../statistics/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import type {HomogenizedTailsParameters} from "./homogenized-tails-parameters.ts";
import {homogenizedLength} from "./homogenized-tails.ts";
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

/** E2.1 in one dimension with ridge: x of independent chains, at the time step and at half of it. */
async function positionsOf({pearson: {curvature, solution, ridge, stepSize, batchSize, chains, relaxationTimes}}: HomogenizedTailsParameters, relativeTimeStep: number, {stream, ensembles}: ExperimentContext): Promise<Float64Array> {
  const timeStep = relativeTimeStep / (stepSize * curvature);
  const steps = Math.ceil(homogenizedLength({eigenvalues: [curvature], ridge, stepSize, batchSize}, relaxationTimes, chains) / timeStep);
  const {state, divergedAt} = await ensembles.simulate(oneDimensionalDiffusion, {
    parameters: {stepSize, batchSize, curvature, solution, ridge, minimumLoss, timeStep},
    key: stream(`Pearson step ${relativeTimeStep}`, 0).ensembleKey(),
    replicas: chains,
    steps
  });
  return Float64Array.from(state.deviation!, (deviation) => deviation + solution).filter((_, chain) => divergedAt[chain] === 0);
}

/** The exact law, and the one with its skewness left out. */
function lawsOf({pearson: {curvature, solution, ridge, stepSize, batchSize}}: HomogenizedTailsParameters) {
  const sgd = {eigenvalues: [curvature], ridge, stepSize, batchSize};
  const exact = homogenizedStationaryLaw(sgd, {solution: [solution], loss: minimumLoss});
  return {exact, symmetric: homogenizedStationaryLaw(sgd, {solution: [0], loss: minimumLoss})};
}

/** E2.1: Kolmogorov–Smirnov tests of one-dimensional hSGD against its exact stationary law. */
export async function stationaryLawTest(parameters: HomogenizedTailsParameters, context: ExperimentContext): Promise<readonly StationaryLawRow[]> {
  const {exact, symmetric} = lawsOf(parameters);
  const {chains, relativeTimeStep, solution} = parameters.pearson;
  const rows: StationaryLawRow[] = [];
  for (const halved of [false, true]) {
    const step = halved ? relativeTimeStep / 2 : relativeTimeStep;
    const positions = await positionsOf(parameters, step, context);
    const [test, control] = [kolmogorovSmirnov(positions, exact.cdf), kolmogorovSmirnov(positions.map((x) => x - solution), symmetric.cdf)];
    rows.push({relativeTimeStep: step, halved, distance: test.statistic, pValue: test.pValue, symmetricDistance: control.statistic, symmetricPValue: control.pValue, used: positions.length, total: chains});
    context.progress(rows.length, 2);
  }
  return rows;
}
