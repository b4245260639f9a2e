import {defineExperiment} from "../experiment.ts";
import {passageReference} from "./exact-sgd.ts";
import type {FirstPassageParameters} from "./parameters.ts";
import {diffusionPassageTimes} from "./radial-references.ts";
import type {NoiseModel} from "./radial-references.ts";

/** What a mean first-passage time is exact for. */
export type PassageLaw = "paper's diffusion" | "exact-covariance diffusion" | "exact SGD";

/** The exact mean first-passage time t = η k of a law at one level of the loss. */
export interface PassageReferenceRow {
  readonly dimension: number;
  readonly law: PassageLaw;
  readonly lossRatio: number;
  readonly time: number;
  /** Relative change from half as many cells of the grid; null for the diffusions, which have none. */
  readonly gridError: number | null;
}

interface DiffusionCell {
  readonly law: Exclude<PassageLaw, "exact SGD">;
  readonly dimension: number;
  readonly stepSize: number;
  readonly batchSize: number;
  /** Increasing; a time depends on the others' levels in its last digits. */
  readonly lossRatios: readonly number[];
}

interface SgdCell {
  readonly law: "exact SGD";
  readonly stepSize: number;
  readonly batchSize: number;
  readonly lossRatio: number;
  readonly gridCells: number;
}

type ReferenceCell = DiffusionCell | SgdCell;

const noiseOf: Readonly<Record<DiffusionCell["law"], NoiseModel>> = {"paper's diffusion": "decoupled", "exact-covariance diffusion": "exact"};

/** Both diffusions in every dimension, and SGD's own chain in one, at these levels. */
export function referenceCells({stepSize, batchSize, dimensions, gridCells}: FirstPassageParameters, lossRatios: readonly number[]): readonly {readonly name: string; readonly reads: ReferenceCell}[] {
  return dimensions.flatMap((dimension) => [
    ...(["paper's diffusion", "exact-covariance diffusion"] as const).map((law) => ({name: `${law}, dimension ${dimension}`, reads: {law, dimension, stepSize, batchSize, lossRatios}})),
    ...(dimension === 1 ? lossRatios.map((lossRatio) => ({name: `exact SGD, ratio ${lossRatio}`, reads: {law: "exact SGD" as const, stepSize, batchSize, lossRatio, gridCells}})) : [])
  ]);
}

/** The exact times of one cell. */
export function referenceRows(cell: ReferenceCell): readonly PassageReferenceRow[] {
  const {law, stepSize, batchSize} = cell;
  if (law === "exact SGD") return passageReference({stepSize, batchSize, inputs: {kind: "gaussian"}}, [cell.lossRatio], cell.gridCells).map(({lossRatio, steps, relativeGridError}) => ({dimension: 1, law, lossRatio, time: steps * stepSize, gridError: relativeGridError}));
  const {dimension, lossRatios} = cell;
  return diffusionPassageTimes(noiseOf[law], {stepSize, batchSize, dimension}, lossRatios).map((time, i) => ({dimension, law, lossRatio: lossRatios[i]!, time, gridError: null}));
}

/** E0.3: the exact mean first-passage times at the levels that are measured. */
export const passageReferences = /* @__PURE__ */ defineExperiment({
  cells: (parameters: FirstPassageParameters) => referenceCells(parameters, parameters.lossRatios),
  run: referenceRows
});
