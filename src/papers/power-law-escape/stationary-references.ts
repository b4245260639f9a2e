import {defineExperiment} from "../experiment.ts";
import {stationaryReference} from "./exact-sgd.ts";
import type {RegressionSgd, StationaryReference} from "./exact-sgd.ts";
import type {KurtosisControlParameters, StationaryExponentParameters} from "./parameters.ts";

/** What the exact stationary law of SGD says at one step size, batch size and kurtosis of the inputs. */
export interface StationaryReferenceRow extends Pick<StationaryReference, "tailIndex"> {
  readonly stepSize: number;
  readonly batchSize: number;
  /** κ of the inputs: 3 where they are Gaussian. */
  readonly kurtosis: number;
  /** The exponent of the exact stationary law of SGD; null where there is none. */
  readonly exact: number | null;
  readonly gridError: number | null;
}

interface ReferenceCell extends RegressionSgd {
  readonly gridCells: number;
}

function referenceRow({gridCells, ...sgd}: ReferenceCell): readonly StationaryReferenceRow[] {
  const {stepSize, batchSize, inputs} = sgd;
  const reference = stationaryReference(sgd, gridCells);
  const known = "reason" in reference ? {exact: null, gridError: null, tailIndex: null} : {exact: reference.exponent, gridError: reference.gridError, tailIndex: reference.tailIndex};
  return [{stepSize, batchSize, kurtosis: inputs.kind === "gaussian" ? 3 : inputs.kurtosis, ...known}];
}

/** E0.2: the exact stationary laws of SGD over step sizes and batch sizes. */
export const stationaryReferences = /* @__PURE__ */ defineExperiment({
  cells: ({stepSizes, batchSizes, inputs, gridCells}: StationaryExponentParameters) =>
    stepSizes.flatMap((stepSize) => batchSizes.map((batchSize) => ({name: `step ${stepSize} batch ${batchSize}`, reads: {stepSize, batchSize, inputs, gridCells}}))),
  run: referenceRow
});

/** X2: the exact stationary laws of SGD on three-point inputs over their kurtosis and step sizes. */
export const kurtosisReferences = /* @__PURE__ */ defineExperiment({
  cells: ({stepSizes, batchSize, kurtoses, gridCells}: KurtosisControlParameters) =>
    kurtoses.flatMap((kurtosis) => stepSizes.map((stepSize) => ({name: `kurtosis ${kurtosis} step ${stepSize}`, reads: {stepSize, batchSize, inputs: {kind: "three-point" as const, kurtosis}, gridCells}}))),
  run: referenceRow
});
