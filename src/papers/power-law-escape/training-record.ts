import {defineExperiment} from "../experiment.ts";
import {noiseAlongTraining} from "./noise-along-training.ts";
import type {TrainingBlock} from "./noise-along-training.ts";
import type {NoiseAlongTrainingParameters} from "./noise-along-training-parameters.ts";
import {imagesOf, noiseTrainingData} from "./noise-training-data.ts";
import type {NoiseTrainingData} from "./noise-training-data.ts";

/** One quantity at one epoch of one of several trainings of a network, in tidy form. */
export interface TrainingRow {
  readonly dataSet: string;
  /** 0 for the first one, which alone has quantities from its Gram matrix. */
  readonly run: number;
  readonly epoch: number;
  /** A name of `NoiseRow` or `GramRow`, or `exact eigenvalue` or `decoupled eigenvalue`. */
  readonly quantity: string;
  /** Rank of an eigenvalue, 1 for the greatest; null for other quantities. */
  readonly rank: number | null;
  readonly value: number;
}

/** A block of trainings and what decides their data set. */
export type TrainingCell = TrainingBlock & NoiseTrainingData;

/** Ten small networks in one tensor take about the time of one. */
const runsOfBlock = 10;

/** Blocks of trainings; the first one alone reads what the Gram matrix needs. */
export function trainingCells(parameters: NoiseAlongTrainingParameters): readonly TrainingCell[] {
  const {teacherInputs, teacherWidths, runs, spectrumEpochs, spectrumSamples, dataSet, ...training} = parameters;
  const data = dataSet === "teacher" ? {dataSet, teacherInputs, teacherWidths} : {dataSet};
  return Array.from({length: Math.ceil(runs / runsOfBlock)}, (_, block) => {
    const first = block * runsOfBlock;
    return {...training, ...data, runs: {first, count: Math.min(runsOfBlock, runs - first)}, gram: first === 0 ? {spectrumEpochs, spectrumSamples} : null};
  });
}

/**
 * E0.4: trains one network several times and returns everything that is recorded along the
 * way as tidy rows; eigenvalues below the rounding of float32 are left out. The trainings of a
 * block depend on each other by the rounding of float32 alone.
 * @throws Error where a training diverged before its last epoch, with the run and the epoch.
 */
export const trainingRecord = /* @__PURE__ */ defineExperiment({
  cells: (parameters: NoiseAlongTrainingParameters) =>
    trainingCells(parameters).map((reads) => ({name: `runs ${reads.runs.first} to ${reads.runs.first + reads.runs.count - 1}`, reads, imageSets: imagesOf(reads)})),

  run(cell: TrainingCell, context): readonly TrainingRow[] {
    const {dataSet, stepSize} = cell;
    const {rows, gramRows, spectra, endings} = noiseAlongTraining(cell, noiseTrainingData(cell, context), context);
    const divergence = endings.find(({reason}) => reason === "diverged");
    if (divergence !== undefined) throw new RangeError(`stepSize: expected a step size at which training is stable, found ${stepSize}: the loss of run ${divergence.run} diverged by epoch ${divergence.epoch}`);
    const tidy = (run: number, epoch: number, quantities: object) => Object.entries(quantities).map(([quantity, value]): TrainingRow => ({dataSet, run, epoch, quantity, rank: null, value}));
    return [
      ...rows.flatMap(({run, epoch, ...quantities}) => tidy(run, epoch, quantities)),
      ...gramRows.flatMap(({epoch, ...quantities}) => tidy(0, epoch, quantities)),
      ...spectra.filter(({resolved}) => resolved).map(({epoch, kind, rank, eigenvalue}): TrainingRow => ({dataSet, run: 0, epoch, quantity: `${kind} eigenvalue`, rank, value: eigenvalue}))
    ];
  }
});
