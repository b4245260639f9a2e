import {homogenizedMeanSquareThreshold} from "../../numerics/index.ts";
import type {HomogenizedSgd} from "../../numerics/index.ts";
import {chainSteps} from "./chain-steps.ts";
import type {StreamingTailsParameters} from "./streaming-tails-parameters.ts";
import type {KestenReference} from "./tail-references.ts";

/** A step of SGD on one streaming Gaussian design, with all that decides whether and how long it is simulated. */
export interface StreamingDesign {
  /** Name of the design and step. */
  readonly cell: string;
  /** Whether it is one of the isotropic designs, all of whose eigenvalues are 1. */
  readonly isotropic: boolean;
  readonly eigenvalues: readonly number[];
  /** γ/γ̃. */
  readonly stepRatio: number;
  readonly batchSize: number;
  readonly work: Pick<StreamingTailsParameters, "coordinateSteps" | "mostChains">;
  /** Steps of a chain, or what they follow from. */
  readonly length: number | Pick<StreamingTailsParameters, "relaxationTimes" | "mostSteps" | "measured">;
}

/** Steps of a chain and number of chains, null where the design is not simulated, and why it is not. */
export interface StreamingChains {
  readonly steps: number | null;
  readonly chains: number | null;
  /** Empty where it is simulated. */
  readonly note: string;
}

/** E2.2: all designs: isotropic ones over batch size, dimension and step ratio, then those of other spectra. */
export function streamingDesigns({dimensions, stepRatios, batchSizes, spectra, coordinateSteps, mostChains, relaxationTimes, mostSteps, measured}: StreamingTailsParameters): readonly StreamingDesign[] {
  const work = {coordinateSteps, mostChains};
  const length = {relaxationTimes, mostSteps, measured};
  const isotropic = batchSizes.flatMap((batchSize) =>
    dimensions.flatMap((dimension) =>
      stepRatios.map((stepRatio): StreamingDesign => ({cell: `d ${dimension}, ratio ${stepRatio}, B ${batchSize}`, isotropic: true, eigenvalues: Array.from({length: dimension}, () => 1), stepRatio, batchSize, work, length}))
    )
  );
  return [...isotropic, ...spectra.map(({name, eigenvalues, stepRatio, batchSize, steps}): StreamingDesign => ({cell: name, isotropic: false, eigenvalues, stepRatio, batchSize, work, length: steps}))];
}

/** The step of SGD of a design. */
export function designStep({eigenvalues, stepRatio, batchSize}: Pick<StreamingDesign, "eigenvalues" | "stepRatio" | "batchSize">): HomogenizedSgd {
  return {eigenvalues, ridge: 0, batchSize, stepSize: stepRatio * homogenizedMeanSquareThreshold({eigenvalues, ridge: 0, batchSize})};
}

const notSimulated = (note: string): StreamingChains => ({steps: null, chains: null, note});

/** As many chains as the work allows. */
function simulated(steps: number, {eigenvalues, batchSize, work: {coordinateSteps, mostChains}}: StreamingDesign): StreamingChains {
  const affordable = Math.floor(coordinateSteps / (steps * batchSize * (eigenvalues.length + 1)));
  return {steps, chains: Math.min(mostChains, Math.max(1000, affordable)), note: ""};
}

/**
 * How many chains are run and for how many steps. Where the steps are not given they follow from SGD's own tail index,
 * for which `reference` is asked then only.
 */
export function chainsOn(design: StreamingDesign, reference: () => KestenReference): StreamingChains {
  const {eigenvalues, work, length} = design;
  if (typeof length === "number") return simulated(length, design);
  const {relaxationTimes, mostSteps, measured} = length;
  const {kesten, lyapunovExponent} = reference();
  if (kesten === null) return notSimulated("SGD diverges");
  if (kesten > measured.greatest) return notSimulated(`too light to measure: the index is above ${measured.greatest}`);
  if (kesten < measured.least) return notSimulated(`too heavy for single precision: the index is below ${measured.least}`);
  const index = {kind: "power law", index: kesten, lyapunovExponent: lyapunovExponent!} as const;
  const steps = chainSteps({index, slowestRate: designStep(design).stepSize * Math.min(...eigenvalues), relaxationTimes, draws: work.mostChains});
  return steps > mostSteps ? notSimulated(`needs ${steps} steps, more than ${mostSteps}`) : simulated(steps, design);
}
