import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import {kestenIndex} from "../../numerics/index.ts";
import {highestTailFits, studentCore, tailFits} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ExperimentContext} from "../experiment.ts";
import {homogenizedSgdEquation} from "./homogenized-sgd-equation.ts";
import {isotropicTailIndex} from "./isotropic-tail-index.ts";
import type {TwoReadingsParameters} from "./two-readings-parameters.ts";

/** Which recursion a law is of: hSGD at its time step and at twice it, or SGD itself. */
export type Process = "hSGD" | "hSGD, twice the time step" | "SGD";

/** One stationary law in one dimension, read at its core and at its tail. */
export interface TwoReadings {
  readonly process: Process;
  readonly stepSize: number;
  /** 2φ − 1, from the exponent φ of (1 + x²)^−φ by maximum likelihood over all chains. */
  readonly coreIndex: number;
  readonly coreError: number;
  readonly coreLow: number;
  readonly coreHigh: number;
  /** α of the tail by maximum likelihood over the highest threshold with 200 exceedances; null where its shape is not positive. */
  readonly tailIndex: number | null;
  readonly tailLow: number | null;
  readonly tailHigh: number | null;
  readonly exceedances: number;
  /** The tail index of this process: hSGD's 1 + 2/γ, Kesten's for SGD. */
  readonly exactTailIndex: number;
  /** 1 + 2/γ, what both papers say. */
  readonly predicted: number;
  readonly used: number;
  readonly total: number;
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function readingsOf(positions: Float64Array, total: number): Omit<TwoReadings, "process" | "stepSize" | "exactTailIndex" | "predicted"> {
  const {estimate, standardError, interval} = studentCore(positions);
  const [highest] = highestTailFits(tailFits(positions.map(Math.abs)), 1);
  return {
    coreIndex: 2 * estimate - 1,
    coreError: 2 * standardError,
    coreLow: 2 * interval.low - 1,
    coreHigh: 2 * interval.high - 1,
    tailIndex: highest === undefined ? null : finiteOrNull(highest.tailIndex),
    tailLow: highest === undefined ? null : highest.low,
    tailHigh: highest === undefined ? null : finiteOrNull(highest.high),
    exceedances: highest?.exceedances ?? 0,
    used: positions.length,
    total
  };
}

type ReadingCell = {readonly stepSize: number; readonly chains: number; readonly relaxationTimes: number} & (
  | {readonly process: "SGD"}
  | {readonly process: Exclude<Process, "SGD">; readonly relativeTimeStep: number}
);

/**
 * The tail index of SGD's stationary law.
 * @throws RangeError where SGD has none at a step size, which it names.
 */
function kestenIndexAt(stepSize: number, name: string): number {
  const kesten = kestenIndex({stepSize, batchSize: 1, inputs: {kind: "gaussian"}});
  if (kesten.kind === "not stationary") throw new RangeError(`${name}: expected a step size at which SGD has a stationary law, found ${stepSize}: ${kesten.reason}`);
  return kesten.index;
}

const sgd = linearSgd({samples: streamingSamples({dimension: 1, inputs: {kind: "gaussian"}})});

/** The ends of the chains of one cell. */
async function positionsOf(cell: ReadingCell, {stream, ensembles, progress}: ExperimentContext): Promise<ArrayLike<number>> {
  const {process, stepSize, chains, relaxationTimes} = cell;
  const shared = {key: stream(`${process} step ${stepSize}`, 0).ensembleKey(), replicas: chains};
  if (process === "SGD") return (await ensembles.simulate(sgd, {...shared, parameters: {stepSize, labelNoise: 1}, steps: Math.ceil(relaxationTimes / stepSize)}, {progress})).state.weights!;
  const {relativeTimeStep} = cell;
  return (await ensembles.simulate(homogenizedSgdEquation, {...shared, parameters: {stepSize, timeStep: relativeTimeStep / stepSize}, steps: Math.ceil(relaxationTimes / relativeTimeStep)}, {progress})).state.position!;
}

/**
 * X1 and X3: independent chains of hSGD and of SGD at stationarity in one
 * dimension, L = (1 + x²)/2. The escape paper reads such a law at its core,
 * P ∝ L^−φ, and the heavy-tails paper at its tail, P(|x| > u) ~ u^−α; for one
 * equation α = 2φ − 1. A cell has no replicas, since its row is fitted to all of
 * its chains.
 */
export const twoReadings = /* @__PURE__ */ defineExperiment({
  cells({stepSizes, chains, relaxationTimes, relativeTimeStep}: TwoReadingsParameters) {
    stepSizes.forEach((stepSize, i) => kestenIndexAt(stepSize, `stepSizes[${i}]`));
    return stepSizes.flatMap((stepSize) => {
      const shared = {stepSize, chains, relaxationTimes};
      const cells: readonly ReadingCell[] = [
        {process: "hSGD", ...shared, relativeTimeStep},
        {process: "hSGD, twice the time step", ...shared, relativeTimeStep: 2 * relativeTimeStep},
        {process: "SGD", ...shared}
      ];
      return cells.map((reads) => ({name: `${reads.process}, step ${stepSize}`, reads}));
    });
  },

  async run(cell: ReadingCell, context): Promise<readonly TwoReadings[]> {
    const {process, stepSize, chains} = cell;
    const predicted = isotropicTailIndex(1, stepSize);
    const exactTailIndex = process === "SGD" ? kestenIndexAt(stepSize, "stepSize") : predicted;
    const finite = Float64Array.from(await positionsOf(cell, context)).filter(Number.isFinite);
    return [{process, stepSize, ...readingsOf(finite, chains), exactTailIndex, predicted}];
  }
});
