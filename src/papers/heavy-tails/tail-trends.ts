import type {HomogenizedSgd} from "../../numerics/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {chainSteps} from "./chain-steps.ts";
import {homogenizedDistances, sgdDistances} from "./distance-chains.ts";
import {homogenizedLength} from "./homogenized-tails.ts";
import {tailReferences} from "./tail-references.ts";
import type {TailReferences} from "./tail-references.ts";
import {tailSample} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";
import type {TailTrendsParameters} from "./tail-trends-parameters.ts";

/** The parameter that varies. */
export type TrendParameter = "step size" | "batch size" | "ridge" | "dimension";

/** SGD and hSGD at one value of the parameter that varies. */
export interface TrendCell extends HomogenizedSgd, TailReferences {
  readonly varied: TrendParameter;
  readonly value: number;
  /** What the prediction is linear in: B/γ for step size and batch size, else the value. */
  readonly regressor: number;
}

/** One order statistic of ‖X − m‖ of one cell's chains. */
export interface TrendPoint extends TailPoint {
  readonly varied: TrendParameter;
  readonly value: number;
  readonly process: "SGD" | "hSGD";
}

const tailShare = 0.006;

/** E2.3: all cells; an isotropic design with H = 1. */
export function trendCells({base, stepSizes, batchSizes, ridges, dimensions}: TailTrendsParameters): readonly TrendCell[] {
  const cell = (varied: TrendParameter, value: number, change: {readonly stepSize: number} & Partial<TailTrendsParameters["base"]>): TrendCell => {
    const {dimension, ...step} = {...base, ...change};
    const sgd = {...step, eigenvalues: Array.from({length: dimension}, () => 1)};
    const regressor = varied === "step size" || varied === "batch size" ? step.batchSize / step.stepSize : value;
    return {varied, value, regressor, ...sgd, ...tailReferences(sgd)};
  };
  return [
    ...stepSizes.map((stepSize) => cell("step size", stepSize, {stepSize})),
    ...batchSizes.values.map((batchSize) => cell("batch size", batchSize, {stepSize: batchSizes.stepSize, batchSize})),
    ...ridges.values.map((ridge) => cell("ridge", ridge, {stepSize: ridges.stepSize, ridge})),
    ...dimensions.values.map((dimension) => cell("dimension", dimension, {stepSize: dimensions.stepSize, dimension}))
  ];
}

const designOf = ({eigenvalues, stepSize, batchSize, ridge}: HomogenizedSgd) => `d ${eigenvalues.length} γ ${stepSize} B ${batchSize} δ ${ridge}`;

/** E2.3: ‖X − m‖ of independent chains of SGD and hSGD in every cell; where SGD diverges only hSGD is run. A design that several parameters share is run once. */
export async function tailTrends(parameters: TailTrendsParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly TrendPoint[]> {
  const {chains, homogenizedChains, relativeTimeStep, relaxationTimes} = parameters;
  const cells = trendCells(parameters);
  const known = new Map<string, readonly TailPoint[]>();
  const points: TrendPoint[] = [];
  for (const [i, cell] of cells.entries()) {
    const {varied, value, stepSize, kesten, lyapunovExponent} = cell;
    for (const process of ["SGD", "hSGD"] as const) {
      if (process === "SGD" && kesten === null) continue;
      const name = `${process} ${designOf(cell)}`;
      const run = {ensembles, key: stream(`trend ${name}`, 0).ensembleKey(), progress: (done: number, total: number) => progress(i + (done / total + Number(process === "hSGD")) / 2, cells.length)};
      const sample = async () => {
        if (process === "SGD") return sgdDistances(cell, {chains, steps: chainSteps({index: {kind: "power law", index: kesten!, lyapunovExponent: lyapunovExponent!}, slowestRate: stepSize, relaxationTimes, chains})}, run);
        const timeStep = relativeTimeStep / stepSize;
        return homogenizedDistances(cell, {chains: homogenizedChains, timeStep, steps: Math.ceil(homogenizedLength(cell, relaxationTimes, homogenizedChains) / timeStep)}, run);
      };
      const tail = known.get(name) ?? tailSample((await sample()).end, tailShare);
      known.set(name, tail);
      for (const point of tail) points.push({varied, value, process, ...point});
    }
  }
  return points;
}
