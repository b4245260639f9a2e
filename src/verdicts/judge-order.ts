import {inconclusive, judgeValue} from "./judge-value.ts";
import type {Margins} from "./judge-value.ts";
import type {Finding} from "./verdict.ts";
import {digits} from "./words.ts";

/** The order of errors in the step size, by the Richardson limit of their local slopes. */
export interface MeasuredOrder {
  /** Slope in the limit of small steps. */
  readonly order: number;
  /** How far the limit moves without the smallest step size. */
  readonly uncertainty: number;
  /** Slope between the two smallest step sizes. */
  readonly lastSlope: number;
  readonly stepSizes: number;
  /** 95 % interval of the order where errors are sampled. */
  readonly interval?: {readonly low: number; readonly high: number};
}

const orderMargins: Margins = {equivalent: 0.05, tolerated: 0.15};
const fewestStepSizes = 4;

/** The rule of {@link judgeOrder} in words. */
export const orderRule = (predicted: number, sampled = false): string =>
  `reproduced if the Richardson limit of the local slopes over at least ${fewestStepSizes} step sizes${sampled ? ", with its 95 % interval," : ""} lies within ${100 * orderMargins.equivalent} % of ${predicted}, approximate within ${100 * orderMargins.tolerated} %; inconclusive where leaving out the smallest step size moves it by more than ${100 * orderMargins.equivalent} %${sampled ? "" : "; deterministic"}`;

/** Why an order cannot be had of so few step sizes; nothing for 4 or more. */
export function tooFewStepSizes(stepSizes: number, predicted: number | null): Finding | undefined {
  return stepSizes < fewestStepSizes ? inconclusive(`an order needs at least ${fewestStepSizes} step sizes, found ${stepSizes}`, {used: stepSizes, total: stepSizes, predicted}) : undefined;
}

/**
 * Judges the order of errors: within 5 % of the prediction with its whole interval, reproduced; within 15 %,
 * approximate. Fewer than 4 step sizes are inconclusive, and so is a limit that moves by more than 5 % of the
 * prediction without the smallest step size, since the step sizes are then not small enough to show an order.
 */
export function judgeOrder({order, uncertainty, lastSlope, stepSizes, interval = {low: order, high: order}}: MeasuredOrder, predicted: number): Finding {
  const refused = tooFewStepSizes(stepSizes, predicted);
  if (refused !== undefined) return refused;
  const counts = {used: stepSizes, total: stepSizes, predicted};
  const allowed = orderMargins.equivalent * predicted;
  if (!(uncertainty <= allowed)) return inconclusive(`the limit ${digits(order)} of the local slopes moves by ${digits(uncertainty, 2)} without the smallest step size, where at most ${digits(allowed)} lets it be judged: take smaller step sizes`, counts);
  return {
    ...judgeValue({...counts, estimate: order, ...interval}, orderMargins),
    explanation: `local slopes over ${stepSizes} step sizes end at ${digits(lastSlope)}; their limit ${digits(order, 4)} moves by ${digits(uncertainty, 2)} without the smallest step size`
  };
}
