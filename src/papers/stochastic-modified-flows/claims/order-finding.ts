import {digits, inconclusive, judgeOrder, orderRule, tooFewStepSizes} from "../../../verdicts/index.ts";
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

const largestGridChange = 0.01;

/** The rule of every claim on the order of exact errors, in words. */
export const exactOrderRule = (order: number): string => `${orderRule(order)}; inconclusive where half the grid moves an error by more than ${100 * largestGridChange} %`;

/** Judges the order of exact errors, which a grid that is too coarse leaves undecided. */
export function judgeExactOrder(errors: readonly ExactError[], order: number): Finding {
  const refused = tooFewStepSizes(errors.length, order);
  if (refused !== undefined) return refused;
  const counts = {used: errors.length, total: errors.length, predicted: order};
  const vanished = errors.find(({error}) => !(error > 0));
  if (vanished !== undefined) return inconclusive(`an error of ${vanished.error} at η = ${digits(vanished.stepSize)} has no order`, counts);
  const coarsest = errors.reduce((worst, row) => ((row.gridChange ?? 0) / row.error > (worst.gridChange ?? 0) / worst.error ? row : worst));
  const change = (coarsest.gridChange ?? 0) / coarsest.error;
  if (change > largestGridChange) return inconclusive(`the grid is too coarse: half of it moves the error at η = ${digits(coarsest.stepSize)} by ${digits(100 * change)} %, at most ${100 * largestGridChange} % was to be had`, counts);
  const {localSlopes, ...limit} = orderOf(errors);
  const judged = judgeOrder({...limit, lastSlope: localSlopes.at(-1)!.slope, stepSizes: errors.length}, order);
  return change > 0 ? {...judged, explanation: `${judged.explanation}; half the grid moves no error by more than ${digits(100 * change, 2)} %`} : judged;
}
