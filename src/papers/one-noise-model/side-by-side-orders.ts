import {convergenceOrder} from "../../numerics/index.ts";
import type {NoiseModel} from "./noise-models.ts";
import type {Answer, Question} from "./side-by-side.ts";

/** How fast a model's answer goes to SGD's as the step size falls. */
export interface AnswerOrder {
  readonly question: Question;
  readonly model: NoiseModel;
  readonly kurtosis: number;
  /** Extrapolated to step size 0; null where the answers are the same at every step size. */
  readonly order: number | null;
  /** What leaving out the smallest step size changes. */
  readonly uncertainty: number | null;
  /** Between the two smallest step sizes. */
  readonly lastSlope: number | null;
  /** Largest |value − SGD's| over |SGD's|. */
  readonly largestRelativeError: number;
  readonly stepSizes: number;
}

/** Relative errors below this are rounding. */
const rounding = 1e-10;

/**
 * Orders in the step size of |value − SGD's| of all models and questions but the tail, which is no matter of an order,
 * by local slopes and Richardson's extrapolation.
 * @throws RangeError for fewer than 4 step sizes.
 */
export function answerOrders(answers: readonly Answer[]): readonly AnswerOrder[] {
  const compared = answers.filter(({model, question}) => model !== "SGD" && question !== "tail index");
  const keyOf = ({question, model, kurtosis}: Answer) => `${question} ${model} ${kurtosis}`;
  return [...new Set(compared.map(keyOf))].map((key): AnswerOrder => {
    const rows = compared.filter((answer) => keyOf(answer) === key).sort((a, b) => b.stepSize - a.stepSize);
    const {question, model, kurtosis} = rows[0]!;
    const relative = rows.map(({error, sgd}) => error / Math.abs(sgd));
    const shared = {question, model: model as NoiseModel, kurtosis, largestRelativeError: Math.max(...relative), stepSizes: rows.length};
    if (Math.max(...relative) < rounding) return {...shared, order: null, uncertainty: null, lastSlope: null};
    const {order, uncertainty, localSlopes} = convergenceOrder(rows.map(({stepSize}) => stepSize), rows.map(({error}) => error));
    return {...shared, order, uncertainty, lastSlope: localSlopes.at(-1)!.slope};
  });
}
