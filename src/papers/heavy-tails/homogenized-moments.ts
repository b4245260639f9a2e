import {homogenizedStationaryLoss, homogenizedTailIndex} from "../../numerics/index.ts";
import {mean, standardErrorOfMean} from "../../statistics/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {homogenizedDiffusion} from "./homogenized-diffusion.ts";
import type {HomogenizedTailsParameters} from "./homogenized-tails-parameters.ts";
import {homogenizedLength} from "./homogenized-tails.ts";

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

type Cell = HomogenizedTailsParameters["moments"]["cells"][number];

const minimumLoss = 0.5;
/** Least index at which the mean loss obeys a central limit theorem. */
const leastIndex = 4;

function lossesOf(deviations: ArrayLike<number>, divergedAt: Int32Array, eigenvalues: readonly number[]): Float64Array {
  const dimension = eigenvalues.length;
  const kept = Array.from(divergedAt.keys()).filter((chain) => divergedAt[chain] === 0);
  return Float64Array.from(kept, (chain) => eigenvalues.reduce((loss, eigenvalue, i) => loss + (eigenvalue * deviations[chain * dimension + i]! ** 2) / 2, minimumLoss));
}

/**
 * E2.1: E L(X∞) of hSGD from chains at a time step and at half of it. A cell beyond γ̃, or whose loss has no variance,
 * is not run.
 */
export async function homogenizedMoments({moments: {cells, chains, relativeTimeStep}, relaxationTimes}: HomogenizedTailsParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly MomentRow[]> {
  const losses = async (cell: Cell, refinement: number): Promise<Float64Array> => {
    const {eigenvalues, solution, ridge, stepSize, batchSize} = cell;
    const timeStep = relativeTimeStep / refinement / (stepSize * Math.max(...eigenvalues));
    const {state, divergedAt} = await ensembles.simulate(homogenizedDiffusion(eigenvalues.length), {
      parameters: {stepSize, batchSize, eigenvalues, solution: eigenvalues.map(() => solution), ridge, minimumLoss, timeStep},
      key: stream(`moments ${cell.name} refinement ${refinement}`, 0).ensembleKey(),
      replicas: chains,
      steps: Math.ceil(homogenizedLength(cell, relaxationTimes, chains) / timeStep)
    });
    return lossesOf(state.deviation!, divergedAt, eigenvalues);
  };
  const rows: MomentRow[] = [];
  for (const [i, cell] of cells.entries()) {
    const stationary = homogenizedStationaryLoss(cell, {solution: cell.eigenvalues.map(() => cell.solution), loss: minimumLoss});
    const tailIndex = homogenizedTailIndex(cell).index ?? null;
    const common = {cell: cell.name, dimension: cell.eigenvalues.length, stepSize: cell.stepSize, stepRatio: stationary.stepRatio, tailIndex, exact: stationary.loss ?? null, total: 2 * chains};
    if (stationary.kind === "infinite" || tailIndex === null || tailIndex <= leastIndex) rows.push({...common, coarse: null, fine: null, extrapolated: null, standardError: null, used: 0});
    else {
      const [coarse, fine] = [await losses(cell, 1), await losses(cell, 2)];
      const [coarseMean, fineMean] = [mean(coarse), mean(fine)];
      const standardError = Math.hypot(2 * standardErrorOfMean(fine), standardErrorOfMean(coarse));
      rows.push({...common, coarse: coarseMean, fine: fineMean, extrapolated: 2 * fineMean - coarseMean, standardError, used: coarse.length + fine.length});
    }
    progress(i + 1, cells.length);
  }
  return rows;
}
