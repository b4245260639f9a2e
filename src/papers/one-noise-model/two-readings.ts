import {linearSgd, streamingSamples} from "../../dynamics/index.ts";
import {kestenIndex} from "../../numerics/index.ts";
import {highestTailFits, studentCore, tailFits} from "../../statistics/index.ts";
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

/**
 * X1 and X3: independent chains of hSGD and of SGD at stationarity in one
 * dimension, L = (1 + x²)/2. The escape paper reads such a law at its core,
 * P ∝ L^−φ, and the heavy-tails paper at its tail, P(|x| > u) ~ u^−α; for one
 * equation α = 2φ − 1.
 * @throws RangeError where SGD has no stationary law at a step size, which it names.
 */
export async function twoReadings({stepSizes, chains, relaxationTimes, relativeTimeStep}: TwoReadingsParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly TwoReadings[]> {
  const rows: TwoReadings[] = [];
  const sgd = linearSgd({samples: streamingSamples({dimension: 1, inputs: {kind: "gaussian"}})});
  for (const [done, stepSize] of stepSizes.entries()) {
    const kesten = kestenIndex({stepSize, batchSize: 1, inputs: {kind: "gaussian"}});
    if (kesten.kind === "not stationary") throw new RangeError(`stepSizes[${done}]: expected a step size at which SGD has a stationary law, found ${stepSize}: ${kesten.reason}`);
    const predicted = isotropicTailIndex(1, stepSize);
    const keyOf = (process: Process) => stream(`${process} step ${stepSize}`, 0).ensembleKey();
    const diffusion = async (process: Process, relativeStep: number) => {
      const {state} = await ensembles.simulate(homogenizedSgdEquation, {parameters: {stepSize, timeStep: relativeStep / stepSize}, key: keyOf(process), replicas: chains, steps: Math.ceil(relaxationTimes / relativeStep)});
      return {process, positions: state.position!, exactTailIndex: predicted};
    };
    const {state} = await ensembles.simulate(sgd, {parameters: {stepSize, labelNoise: 1}, key: keyOf("SGD"), replicas: chains, steps: Math.ceil(relaxationTimes / stepSize)});
    const laws = [await diffusion("hSGD", relativeTimeStep), await diffusion("hSGD, twice the time step", 2 * relativeTimeStep), {process: "SGD" as const, positions: state.weights!, exactTailIndex: kesten.index}];
    for (const {process, positions, exactTailIndex} of laws) {
      const finite = Float64Array.from(positions).filter(Number.isFinite);
      rows.push({process, stepSize, ...readingsOf(finite, chains), exactTailIndex, predicted});
    }
    progress(done + 1, stepSizes.length);
  }
  return rows;
}
