import {homogenizedMeanSquareThreshold, homogenizedTailIndex, homogenizedTailIndexBounds, isotropicKestenIndex, planarKestenIndex} from "../../numerics/index.ts";
import type {HomogenizedSgd, TailIndex} from "../../numerics/index.ts";
import {chainSteps} from "./chain-steps.ts";
import type {StreamingTailsParameters} from "./streaming-tails-parameters.ts";

/** Kesten's index of SGD on fresh Gaussian inputs: of any isotropic design and of two dimensions; null for others. */
export function sgdKestenIndex({eigenvalues, ...step}: HomogenizedSgd): TailIndex | null {
  const [first, second] = eigenvalues;
  if (eigenvalues.every((value) => value === first)) return isotropicKestenIndex({dimension: eigenvalues.length, curvature: first!, ...step});
  return eigenvalues.length === 2 ? planarKestenIndex({eigenvalues: [first!, second!], ...step}) : null;
}

/** What hSGD says of one design, and what is true of SGD. */
export interface TailReferences {
  /** η_* and η^*: what the paper's theory says of the tail index. */
  readonly lowerBound: number;
  readonly upperBound: number;
  /** The exact index of hSGD. */
  readonly homogenized: number;
  /** Kesten's index of SGD; null where SGD has no stationary law or the index is not known. */
  readonly kesten: number | null;
  /** SGD's Lyapunov exponent per step, not negative where it diverges; null where it is not known. */
  readonly lyapunovExponent: number | null;
}

/** References of one design. @throws RangeError where hSGD has no stationary law, with the step size. */
export function tailReferences(sgd: HomogenizedSgd): TailReferences {
  const homogenized = homogenizedTailIndex(sgd);
  if (homogenized.kind !== "power law") throw new RangeError(`stepSize: expected one at which hSGD has a tail index, found ${sgd.stepSize}: ${homogenized.reason}`);
  const {lower, upper} = homogenizedTailIndexBounds(sgd);
  const kesten = sgdKestenIndex(sgd);
  return {lowerBound: lower, upperBound: upper, homogenized: homogenized.index, kesten: kesten?.index ?? null, lyapunovExponent: kesten?.lyapunovExponent ?? null};
}

/** SGD on one streaming Gaussian design, with its references and its part in the simulation. */
export interface StreamingCell extends TailReferences {
  readonly cell: string;
  /** Whether all eigenvalues are 1. */
  readonly isotropic: boolean;
  readonly dimension: number;
  readonly batchSize: number;
  /** γ/γ̃. */
  readonly stepRatio: number;
  readonly stepSize: number;
  /** Steps of a chain and number of chains; null where it is not simulated. */
  readonly steps: number | null;
  readonly chains: number | null;
  /** Why it is not simulated; empty where it is. */
  readonly note: string;
}

const notSimulated = (note: string) => ({steps: null, chains: null, note});

function simulationOf(sgd: HomogenizedSgd, {kesten, lyapunovExponent}: TailReferences, {relaxationTimes, mostSteps, measured, ...work}: StreamingTailsParameters): Pick<StreamingCell, "steps" | "chains" | "note"> {
  if (kesten === null) return notSimulated("SGD diverges");
  if (kesten > measured.greatest) return notSimulated(`too light to measure: the index is above ${measured.greatest}`);
  if (kesten < measured.least) return notSimulated(`too heavy for single precision: the index is below ${measured.least}`);
  const index = {kind: "power law", index: kesten, lyapunovExponent: lyapunovExponent!} as const;
  const steps = chainSteps({index, slowestRate: sgd.stepSize * Math.min(...sgd.eigenvalues), relaxationTimes, chains: work.mostChains});
  return steps > mostSteps ? notSimulated(`needs ${steps} steps, more than ${mostSteps}`) : {steps, chains: chainsOf(sgd, steps, work), note: ""};
}

/** As many chains as the work allows. */
function chainsOf({eigenvalues, batchSize}: HomogenizedSgd, steps: number, {coordinateSteps, mostChains}: Pick<StreamingTailsParameters, "coordinateSteps" | "mostChains">): number {
  return Math.min(mostChains, Math.max(1000, Math.floor(coordinateSteps / (steps * batchSize * (eigenvalues.length + 1)))));
}

/** The design of a cell: that of its name among the anisotropic ones, or the identity. */
export function eigenvaluesOf({cell, isotropic, dimension}: Pick<StreamingCell, "cell" | "isotropic" | "dimension">, {spectra}: StreamingTailsParameters): readonly number[] {
  return isotropic ? Array.from({length: dimension}, () => 1) : spectra.find(({name}) => name === cell)!.eigenvalues;
}

/** E2.2: all designs: isotropic ones over batch size, dimension and step ratio, then those of other spectra. */
export function streamingCells(parameters: StreamingTailsParameters): readonly StreamingCell[] {
  const {dimensions, stepRatios, batchSizes, spectra} = parameters;
  const designOf = (eigenvalues: readonly number[], stepRatio: number, batchSize: number): HomogenizedSgd => ({eigenvalues, ridge: 0, batchSize, stepSize: stepRatio * homogenizedMeanSquareThreshold({eigenvalues, ridge: 0, batchSize})});
  const isotropic = batchSizes.flatMap((batchSize) =>
    dimensions.flatMap((dimension) =>
      stepRatios.map((stepRatio): StreamingCell => {
        const sgd = designOf(Array.from({length: dimension}, () => 1), stepRatio, batchSize);
        const references = tailReferences(sgd);
        return {cell: `d ${dimension}, ratio ${stepRatio}, B ${batchSize}`, isotropic: true, dimension, batchSize, stepRatio, stepSize: sgd.stepSize, ...references, ...simulationOf(sgd, references, parameters)};
      })
    )
  );
  const others = spectra.map(({name, eigenvalues, stepRatio, batchSize, steps}): StreamingCell => {
    const sgd = designOf(eigenvalues, stepRatio, batchSize);
    return {cell: name, isotropic: false, dimension: eigenvalues.length, batchSize, stepRatio, stepSize: sgd.stepSize, ...tailReferences(sgd), steps, chains: chainsOf(sgd, steps, parameters), note: ""};
  });
  return [...isotropic, ...others];
}
