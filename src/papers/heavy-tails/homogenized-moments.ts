import {homogenizedStationaryLoss, homogenizedTailIndex} from "../../numerics/index.ts";
import {mean, standardErrorOfMean} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ExperimentContext} from "../experiment.ts";
import {homogenizedDiffusion} from "./homogenized-diffusion.ts";
import {homogenizedLength} from "./homogenized-length.ts";
import type {HomogenizedTailsParameters} from "./homogenized-tails-parameters.ts";

/** The mean loss of hSGD on one quadratic. */
export interface MomentRow {
  readonly cell: string;
  readonly dimension: number;
  readonly stepSize: number;
  /** γ/γ̃. */
  readonly stepRatio: number;
  /** Exact tail index; above 4 the loss has a variance. Null where there is no stationary law. */
  readonly tailIndex: number | null;
  /** L(x_ridge)/(1 − γ/γ̃); null beyond γ̃. */
  readonly exact: number | null;
  /** Mean over the chains at the time step and at half of it. */
  readonly coarse: number | null;
  readonly fine: number | null;
  /** 2 fine − coarse, with its standard error. */
  readonly extrapolated: number | null;
  readonly standardError: number | null;
  readonly used: number;
  readonly total: number;
}

type Quadratic = HomogenizedTailsParameters["moments"]["cells"][number];

const minimumLoss = 0.5;
/** Least index at which the mean loss obeys a central limit theorem. */
const leastIndex = 4;

function lossesOf(deviations: ArrayLike<number>, divergedAt: Int32Array, eigenvalues: readonly number[]): Float64Array {
  const dimension = eigenvalues.length;
  const kept = Array.from(divergedAt.keys()).filter((chain) => divergedAt[chain] === 0);
  return Float64Array.from(kept, (chain) => eigenvalues.reduce((loss, eigenvalue, i) => loss + (eigenvalue * deviations[chain * dimension + i]! ** 2) / 2, minimumLoss));
}

/** One quadratic, and how its chains are run. */
interface MomentChains {
  readonly quadratic: Quadratic;
  readonly chains: number;
  readonly relativeTimeStep: number;
  readonly relaxationTimes: number;
}

async function lossesAt(refinement: number, {quadratic, chains, relativeTimeStep, relaxationTimes}: MomentChains, {stream, ensembles, progress}: ExperimentContext): Promise<Float64Array> {
  const {name, eigenvalues, solution, ridge, stepSize, batchSize} = quadratic;
  const timeStep = relativeTimeStep / refinement / (stepSize * Math.max(...eigenvalues));
  const {state, divergedAt} = await ensembles.simulate(
    homogenizedDiffusion(eigenvalues.length),
    {
      parameters: {stepSize, batchSize, eigenvalues, solution: eigenvalues.map(() => solution), ridge, minimumLoss, timeStep},
      key: stream(`moments ${name} refinement ${refinement}`, 0).ensembleKey(),
      replicas: chains,
      steps: Math.ceil(homogenizedLength(quadratic, relaxationTimes, chains) / timeStep)
    },
    {progress}
  );
  return lossesOf(state.deviation!, divergedAt, eigenvalues);
}

/**
 * E2.1: E L(X∞) of hSGD from chains at a time step and at half of it. A quadratic beyond γ̃, or whose loss has no
 * variance, is not run. A cell is one quadratic; it has no replicas, since its row is a mean over all of its chains, whose last
 * bits would depend on how they are cut, and their length follows from their number.
 */
export const homogenizedMoments = /* @__PURE__ */ defineExperiment({
  cells: ({moments: {cells, chains, relativeTimeStep}, relaxationTimes}: HomogenizedTailsParameters) => cells.map((quadratic) => ({name: quadratic.name, reads: {quadratic, chains, relativeTimeStep, relaxationTimes}})),

  async run(reads: MomentChains, context): Promise<readonly MomentRow[]> {
    const {quadratic, chains} = reads;
    const {name, eigenvalues, solution, stepSize} = quadratic;
    const stationary = homogenizedStationaryLoss(quadratic, {solution: eigenvalues.map(() => solution), loss: minimumLoss});
    const tailIndex = homogenizedTailIndex(quadratic).index ?? null;
    const common = {cell: name, dimension: eigenvalues.length, stepSize, stepRatio: stationary.stepRatio, tailIndex, exact: stationary.loss ?? null, total: 2 * chains};
    if (stationary.kind === "infinite" || tailIndex === null || tailIndex <= leastIndex) return [{...common, coarse: null, fine: null, extrapolated: null, standardError: null, used: 0}];
    const progress = (half: number) => (done: number, total: number) => context.progress((half + done / total) / 2, 1);
    const coarse = await lossesAt(1, reads, {...context, progress: progress(0)});
    const fine = await lossesAt(2, reads, {...context, progress: progress(1)});
    const [coarseMean, fineMean] = [mean(coarse), mean(fine)];
    const standardError = Math.hypot(2 * standardErrorOfMean(fine), standardErrorOfMean(coarse));
    return [{...common, coarse: coarseMean, fine: fineMean, extrapolated: 2 * fineMean - coarseMean, standardError, used: coarse.length + fine.length}];
  }
});
