import {studentCore} from "../../statistics/index.ts";
import {finitePositions, firstDivergence} from "./chain-end.ts";
import type {ChainEnd} from "./chain-end.ts";
import {stationarySecondMoment} from "./exact-sgd.ts";
import {groupBy} from "./group-by.ts";
import type {KurtosisChain} from "./kurtosis-control.ts";
import {stationaryExponentOf} from "./log-loss-predictions.ts";
import type {StationaryChain} from "./stationary-exponent.ts";
import type {StationaryReferenceRow} from "./stationary-references.ts";

/** The fitted stationary exponent of one cell with its references. */
export interface ExponentSummary {
  readonly stepSize: number;
  readonly batchSize: number;
  /** B/η, the prediction less 1. */
  readonly batchOverStep: number;
  readonly fitted: number | null;
  readonly standardError: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly used: number;
  readonly total: number;
  /** The first step at which one of the other chains diverged; null where none did. */
  readonly firstDivergence: number | null;
  /** The exponent of the exact stationary law of SGD; null where there is none. */
  readonly exact: number | null;
  readonly gridError: number | null;
  readonly tailIndex: number | null;
  /** The paper's 1 + B/η. */
  readonly predicted: number;
}

type Fit = Pick<ExponentSummary, "fitted" | "standardError" | "low" | "high" | "used" | "total" | "firstDivergence">;

/** The exponent of chains that did not diverge; no fit without a stationary law, or where more than one chain in a hundred diverged. */
function fitExponent(chains: readonly ChainEnd[], isStationary: boolean): Fit {
  const finite = finitePositions(chains);
  const counts = {used: finite.length, total: chains.length, firstDivergence: firstDivergence(chains)};
  if (!isStationary || finite.length < 0.99 * chains.length) return {fitted: null, standardError: null, low: null, high: null, ...counts};
  const {estimate, standardError, interval} = studentCore(finite);
  return {fitted: estimate, standardError, low: interval.low, high: interval.high, ...counts};
}

function summaryOf(ends: readonly ChainEnd[], {stepSize, batchSize, exact, gridError, tailIndex}: StationaryReferenceRow): ExponentSummary {
  return {stepSize, batchSize, batchOverStep: batchSize / stepSize, ...fitExponent(ends, exact !== null), exact, gridError, tailIndex, predicted: stationaryExponentOf(stepSize / batchSize)};
}

/** E0.2: fitted, exact and predicted exponents at the step sizes and batch sizes of the exact laws. */
export function summarizeExponents(chains: readonly StationaryChain[], references: readonly StationaryReferenceRow[]): readonly ExponentSummary[] {
  const keyOf = ({stepSize, batchSize}: Pick<StationaryChain, "stepSize" | "batchSize">) => `${stepSize} ${batchSize}`;
  const groups = groupBy(chains, keyOf);
  return references.map((reference) => summaryOf(groups.get(keyOf(reference))!, reference));
}

/** X2: exponents, second moments and the strength of the multiplicative noise at one kurtosis and step size. */
export interface KurtosisSummary extends ExponentSummary {
  readonly kurtosis: number;
  readonly secondMoment: number | null;
  readonly exactSecondMoment: number | null;
  /** (2 − η/(B E θ²)) B/η − B, which is κ − 1 exactly and 1 under decoupling. */
  readonly multiplicativeNoise: number | null;
  readonly multiplicativeNoiseError: number | null;
}

/**
 * X2: what the kurtosis κ of the inputs does. The exact second moment solves
 * to κ − 1 = (2 − η/(B E θ²)) B/η − B: the coefficient of h²θ² in B times the
 * noise covariance, which the decoupled model sets to 1 whatever the inputs.
 */
export function summarizeKurtosis(chains: readonly KurtosisChain[], references: readonly StationaryReferenceRow[]): readonly KurtosisSummary[] {
  const keyOf = ({kurtosis, stepSize}: Pick<KurtosisChain, "kurtosis" | "stepSize">) => `${kurtosis} ${stepSize}`;
  const groups = groupBy(chains, keyOf);
  return references.map((reference): KurtosisSummary => {
    const {kurtosis, stepSize, batchSize} = reference;
    const ends = groups.get(keyOf(reference))!;
    const summary = summaryOf(ends, reference);
    const squares = summary.fitted === null ? [] : finitePositions(ends).map((position) => position * position);
    const secondMoment = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    const variance = squares.reduce((sum, square) => sum + (square - secondMoment) ** 2, 0) / (squares.length - 1);
    const hasMoment = squares.length > 1;
    return {
      kurtosis,
      ...summary,
      secondMoment: hasMoment ? secondMoment : null,
      exactSecondMoment: stationarySecondMoment(stepSize, batchSize, kurtosis),
      multiplicativeNoise: hasMoment ? (2 - stepSize / (batchSize * secondMoment)) * (batchSize / stepSize) - batchSize : null,
      multiplicativeNoiseError: hasMoment ? Math.sqrt(variance / squares.length) / secondMoment ** 2 : null
    };
  });
}
