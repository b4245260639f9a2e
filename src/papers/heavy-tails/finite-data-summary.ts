import {homogenizedMeanSquareThreshold, homogenizedTailIndexBounds} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {designName, finiteDataCell, finiteDataDesigns} from "./finite-data-cells.ts";
import type {FiniteDataCell, FiniteDataDesign} from "./finite-data-cells.ts";
import {halfLength} from "./finite-data-ensembles.ts";
import type {FiniteDataParameters} from "./finite-data-parameters.ts";
import {imageSetsOf} from "./finite-data-sets.ts";
import type {DataSetName} from "./finite-data-sets.ts";
import {squaredFeatureNorms} from "./regression-problem.ts";
import {sgdTailIndex} from "./sgd-tail-index.ts";

/** What is known of a cell before anything is simulated: the paper's Table 3, and SGD's own tail. */
export interface FiniteDataSummary {
  readonly dataSet: DataSetName;
  readonly control: boolean;
  /** n, null for a stream. */
  readonly samples: number | null;
  readonly dimension: number;
  /** K, the steps of a chain. */
  readonly steps: number;
  readonly stepSize: number;
  /** γ̃. */
  readonly threshold: number;
  readonly stepRatio: number;
  readonly ridge: number;
  readonly batchSize: number;
  readonly largestEigenvalue: number;
  readonly smallestEigenvalue: number;
  /** tr H/λ₁. */
  readonly effectiveRank: number;
  readonly lowerBound: number;
  readonly upperBound: number;
  /** max γ|a|², null for a stream, where it is unbounded. */
  readonly greatestStep: number | null;
  /** Share of the samples with γ(|a|² + δ) > 2, whose step expands; null for a stream. */
  readonly expandingShare: number | null;
  readonly lyapunovExponent: number;
  /** What SGD itself has; `beyond` is a power law with an index above 12. */
  readonly tail: "power law" | "beyond" | "no power law" | "not stationary";
  /** SGD's own tail index by Kesten's equation, null where there is none. */
  readonly tailIndex: number | null;
  readonly tailIndexLow: number | null;
  readonly tailIndexHigh: number | null;
}

function expansion({set: {samples}, sgd: {stepSize, ridge}}: FiniteDataCell): Pick<FiniteDataSummary, "greatestStep" | "expandingShare"> {
  if (samples === null) return {greatestStep: null, expandingShare: null};
  const squared = squaredFeatureNorms(samples);
  return {greatestStep: stepSize * squared.reduce((most, value) => Math.max(most, value), 0), expandingShare: squared.filter((value) => stepSize * (value + ridge) > 2).length / samples.count};
}

type SummarizedDesign = Pick<FiniteDataParameters, "relaxationTimes" | "growthParticles" | "growthSteps"> & {readonly design: FiniteDataDesign};

/** E2.4: the cells with hSGD's bounds, the check whether any step of SGD expands, and SGD's own tail index; a cell is one data set at one step size. */
export const finiteDataSummary = /* @__PURE__ */ defineExperiment({
  cells: (parameters: FiniteDataParameters) =>
    finiteDataDesigns(parameters).map((design): Cell<SummarizedDesign> => {
      const {relaxationTimes, growthParticles, growthSteps} = parameters;
      return {name: designName(design), reads: {design, relaxationTimes, growthParticles, growthSteps}, imageSets: imageSetsOf(design.source)};
    }),

  run({design, relaxationTimes, growthParticles, growthSteps}: SummarizedDesign, context): readonly FiniteDataSummary[] {
    const cell = finiteDataCell(design, context);
    const {dataSet, control, stepRatio, sgd, set} = cell;
    const {eigenvalues, ridge, stepSize, batchSize} = sgd;
    const {lower, upper} = homogenizedTailIndexBounds(sgd);
    const tail = sgdTailIndex(cell, {particles: growthParticles, steps: growthSteps}, (purpose) => context.stream(`tail index, ${designName(design)}`, 0).generator(purpose));
    return [
      {
        dataSet,
        control,
        samples: set.samples?.count ?? null,
        dimension: eigenvalues.length,
        steps: 2 * halfLength(cell, relaxationTimes),
        stepSize,
        threshold: homogenizedMeanSquareThreshold({eigenvalues, ridge, batchSize}),
        stepRatio,
        ridge,
        batchSize,
        largestEigenvalue: eigenvalues[0]!,
        smallestEigenvalue: eigenvalues.at(-1)!,
        effectiveRank: eigenvalues.reduce((sum, value) => sum + value, 0) / eigenvalues[0]!,
        lowerBound: lower,
        upperBound: upper,
        ...expansion(cell),
        lyapunovExponent: tail.lyapunovExponent,
        tail: tail.kind,
        tailIndex: tail.kind === "power law" ? tail.index : null,
        tailIndexLow: tail.low,
        tailIndexHigh: tail.high
      }
    ];
  }
});
