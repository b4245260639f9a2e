import type {LabelledImages} from "../../data-sets/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {noiseAlongTraining} from "./noise-along-training.ts";
import type {NoiseAlongTrainingParameters} from "./noise-along-training-parameters.ts";
import {noiseTrainingData} from "./noise-training-data.ts";

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

/**
 * E0.4: trains one network several times and returns everything that is recorded along the
 * way as tidy rows; eigenvalues below the rounding of float32 are left out.
 * @throws Error where a training diverged before its last epoch, with the run and the epoch.
 */
export function trainingRecord(parameters: NoiseAlongTrainingParameters, images: (dataSet: "digits" | "mnist") => LabelledImages, context: Omit<ExperimentContext, "ensembles">): readonly TrainingRow[] {
  const {dataSet} = parameters;
  const {rows, gramRows, spectra, endings} = noiseAlongTraining(parameters, noiseTrainingData(parameters, images, context), context);
  const divergence = endings.find(({reason}) => reason === "diverged");
  if (divergence !== undefined) throw new RangeError(`stepSize: expected a step size at which training is stable, found ${parameters.stepSize}: the loss of run ${divergence.run} diverged by epoch ${divergence.epoch}`);
  const tidy = (run: number, epoch: number, quantities: object) => Object.entries(quantities).map(([quantity, value]): TrainingRow => ({dataSet, run, epoch, quantity, rank: null, value}));
  return [
    ...rows.flatMap(({run, epoch, ...quantities}) => tidy(run, epoch, quantities)),
    ...gramRows.flatMap(({epoch, ...quantities}) => tidy(0, epoch, quantities)),
    ...spectra.filter(({resolved}) => resolved).map(({epoch, kind, rank, eigenvalue}): TrainingRow => ({dataSet, run: 0, epoch, quantity: `${kind} eigenvalue`, rank, value: eigenvalue}))
  ];
}
