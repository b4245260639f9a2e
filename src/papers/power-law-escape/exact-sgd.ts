import {batchEnergy, kestenIndex, markovKernel, meanExitTime, sinhEdges, stationaryLaw, uniformEdges} from "../../numerics/index.ts";
import type {InputLaw, TransitionLaw} from "../../numerics/index.ts";
import {studentCoreExponent} from "../../statistics/index.ts";

/** One-dimensional SGD on linear regression, L = (1 + θ²)/2, inputs of variance 1. */
export interface RegressionSgd {
  readonly stepSize: number;
  readonly batchSize: number;
  readonly inputs: InputLaw;
}

/**
 * One step of SGD given the batch energy S = (1/B) Σ x²: θ′ is normal with
 * mean θ (1 − η S) and variance η² S / B. The law of S is replaced by `nodes`
 * Gauss nodes for Gaussian inputs; for three-point inputs it is exact.
 */
export function sgdTransition({stepSize, batchSize, inputs}: RegressionSgd, nodes: number): TransitionLaw {
  const {values, weights} = batchEnergy(inputs, batchSize, nodes);
  return (position) =>
    Array.from(values, (energy, i) => ({weight: weights[i]!, mean: position * (1 - stepSize * energy), standardDeviation: stepSize * Math.sqrt(energy / batchSize)}));
}

/** What the exact stationary law of SGD says. */
export interface StationaryReference {
  /** The exponent φ of (1 + θ²)^−φ that has the same mean of log(1 + θ²): what a fit converges to. */
  readonly exponent: number;
  /** Difference to the value on half as many cells. */
  readonly gridError: number;
  /** Kesten's tail index α of P(|θ| > u) ~ u^−α; null where there is no power law. */
  readonly tailIndex: number | null;
}

const widestDeviation = 34;

/**
 * The stationary law of one-dimensional SGD by its transfer operator on a
 * sinh-spaced grid of `gridCells` cells over |θ|, Richardson-extrapolated from
 * half as many. Returns the reason instead where SGD has no stationary law.
 */
export function stationaryReference(sgd: RegressionSgd, gridCells: number): StationaryReference | {readonly reason: string} {
  const tail = kestenIndex(sgd);
  if (tail.kind === "not stationary") return {reason: tail.reason};
  const scale = Math.sqrt(sgd.stepSize / (2 * sgd.batchSize));
  const decades = tail.kind === "power law" ? Math.exp(widestDeviation / tail.index) : 1;
  const upper = scale * Math.min(1e6, Math.max(20, 3 * decades));
  const nodes = sgd.stepSize >= 0.5 && sgd.batchSize <= 2 ? 200 : 32;
  const transition = sgdTransition(sgd, nodes);
  const meanLog = (cells: number) => stationaryLaw(markovKernel({edges: sinhEdges(cells, upper, 2 * scale), transition, ends: "lumped", reflected: true})).expectation((x) => Math.log1p(x * x));
  const [coarse, fine] = [meanLog(Math.round(gridCells / 2)), meanLog(gridCells)];
  const exponent = studentCoreExponent((4 * fine - coarse) / 3);
  return {exponent, gridError: Math.abs(studentCoreExponent(fine) - studentCoreExponent(coarse)), tailIndex: tail.kind === "power law" ? tail.index : null};
}

/**
 * E θ² of one-dimensional SGD at stationarity,
 * η / (B (2 − η (1 + (κ − 1)/B))) for inputs of kurtosis κ, from
 * E θ² = E (1 − ηS)² E θ² + η²/B; null where it is infinite.
 */
export function stationarySecondMoment(stepSize: number, batchSize: number, kurtosis: number): number | null {
  const contraction = 2 - stepSize * (1 + (kurtosis - 1) / batchSize);
  return contraction > 0 ? stepSize / (batchSize * contraction) : null;
}

/** Mean number of steps that SGD takes from the minimum to a loss of at least c L*, and its grid error. */
export interface PassageReference {
  readonly lossRatio: number;
  readonly steps: number;
  readonly relativeGridError: number;
}

/**
 * Exact mean first-passage times of one-dimensional SGD: (I − K) T = 1 with K
 * the one-step kernel restricted to θ² < c − 1, on `gridCells` cells,
 * Richardson-extrapolated from half as many.
 */
export function passageReference(sgd: RegressionSgd, lossRatios: readonly number[], gridCells: number): readonly PassageReference[] {
  const transition = sgdTransition(sgd, 32);
  return lossRatios.map((lossRatio) => {
    const radius = Math.sqrt(lossRatio - 1);
    const steps = (cells: number) => meanExitTime(markovKernel({edges: uniformEdges(cells, 0, radius), transition, ends: "absorbing", reflected: true})).from(0);
    const [coarse, fine] = [steps(Math.round(gridCells / 2)), steps(gridCells)];
    return {lossRatio, steps: (4 * fine - coarse) / 3, relativeGridError: Math.abs(fine / coarse - 1)};
  });
}
