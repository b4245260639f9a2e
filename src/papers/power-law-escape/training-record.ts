import type {LabelledImages} from "../../data-sets/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {noiseAlongTraining} from "./noise-along-training.ts";
import type {NoiseRow} from "./noise-along-training.ts";
import type {NoiseAlongTrainingParameters} from "./noise-along-training-parameters.ts";
import {noiseTrainingData} from "./noise-training-data.ts";

/** One quantity at one epoch of one training run, in tidy form. */
export interface TrainingRow {
  readonly dataSet: string;
  readonly epoch: number;
  /** A name of {@link NoiseRow}, or `exact eigenvalue` or `decoupled eigenvalue`. */
  readonly quantity: string;
  /** Rank of an eigenvalue, 1 for the greatest; null for other quantities. */
  readonly rank: number | null;
  readonly value: number;
}

/**
 * E0.4: trains one network and returns everything that is recorded along the
 * way as tidy rows; eigenvalues below the rounding of float32 are left out.
 * @throws Error where training diverged before its last epoch, with the epoch.
 */
export function trainingRecord(parameters: NoiseAlongTrainingParameters, images: (dataSet: "digits" | "mnist") => LabelledImages, context: Omit<ExperimentContext, "ensembles">): readonly TrainingRow[] {
  const {dataSet} = parameters;
  const {rows, spectra, ending} = noiseAlongTraining(parameters, noiseTrainingData(parameters, images, context), context);
  if (ending?.reason === "diverged") throw new RangeError(`stepSize: expected a step size at which training is stable, found ${parameters.stepSize}: the loss diverged by epoch ${ending.epoch}`);
  const scalars = rows.flatMap(({epoch, ...quantities}: NoiseRow) => Object.entries(quantities).map(([quantity, value]): TrainingRow => ({dataSet, epoch, quantity, rank: null, value})));
  const eigenvalues = spectra.filter(({resolved}) => resolved).map(({epoch, kind, rank, eigenvalue}): TrainingRow => ({dataSet, epoch, quantity: `${kind} eigenvalue`, rank, value: eigenvalue}));
  return [...scalars, ...eigenvalues];
}
