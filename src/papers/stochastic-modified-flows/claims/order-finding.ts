import {digits, inconclusive, judgeValue} from "../../../verdicts/index.ts";
import type {Finding} from "../../../verdicts/index.ts";
import {orderOf} from "../order-of-errors.ts";

/** An exact error at one step size, with what half the grid moves it by where there is a grid. */
interface ExactError {
  readonly points: number;
  readonly standIn: string;
  readonly stepSize: number;
  readonly error: number;
  readonly gridChange?: number;
}

/** Half of ±0.1 for order 2 and ±0.05 for order 1. */
const orderMargins = {equivalent: 0.05, tolerated: 0.15} as const;
const largestGridChange = 0.01;
const leastStepSizes = 4;

/** The rule of every claim on an order, in words. */
export const orderRule = (order: number): string =>
  `Richardson limit of local slopes over at least 4 step sizes; reproduced within ±${digits(order * orderMargins.equivalent)} of ${order}, approximate within ±${digits(order * orderMargins.tolerated)}; inconclusive where half the grid moves an error by more than 1 %; deterministic`;

/** Judges the order of exact errors by the Richardson limit of their local slopes. */
export function judgeOrder(errors: readonly ExactError[], order: number): Finding {
  const counts = {used: errors.length, total: errors.length};
  if (errors.length < leastStepSizes) return inconclusive(`an order needs at least ${leastStepSizes} step sizes, found ${errors.length}`, {...counts, predicted: order});
  const vanished = errors.find(({error}) => !(error > 0));
  if (vanished !== undefined) return inconclusive(`an error of ${vanished.error} at η = ${digits(vanished.stepSize)} has no order`, {...counts, predicted: order});
  const coarsest = errors.reduce((worst, row) => ((row.gridChange ?? 0) / row.error > (worst.gridChange ?? 0) / worst.error ? row : worst));
  const change = (coarsest.gridChange ?? 0) / coarsest.error;
  if (change > largestGridChange) return inconclusive(`the grid is too coarse: half of it moves the error at η = ${digits(coarsest.stepSize)} by ${digits(100 * change)} %, at most 1 % was to be had`, {...counts, predicted: order});
  const {order: estimate, uncertainty, localSlopes} = orderOf(errors);
  const resolution = change > 0 ? `; half the grid moves no error by more than ${digits(100 * change, 2)} %` : "";
  return {
    ...judgeValue({predicted: order, estimate, low: estimate, high: estimate, ...counts}, orderMargins),
    explanation: `local slopes ${localSlopes.map(({slope}) => digits(slope)).join(", ")}, in the limit ${digits(estimate, 4)}, which moves by ${digits(uncertainty, 2)} without the smallest step${resolution}`
  };
}
