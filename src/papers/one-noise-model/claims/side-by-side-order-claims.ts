import {digits, inconclusive, judgeOrder, orderRule} from "../../../verdicts/index.ts";
import type {SectionClaim, Verdict} from "../../../verdicts/index.ts";
import type {NoiseModel} from "../noise-models.ts";
import type {AnswerOrder} from "../side-by-side-orders.ts";
import type {Question} from "../side-by-side.ts";
import {claimOf} from "./claim-of.ts";

interface OrderClaim extends Pick<SectionClaim, "id" | "title" | "statement" | "source" | "sourceKind"> {
  readonly question: Question;
  readonly model: NoiseModel;
  readonly kurtosis: number;
  readonly predicted: number;
}

const ours = {sourceKind: "derived", kurtosis: 3} as const;
const theorem = {source: "Gess, Kassing and Konarovskyi, weak error of n-point motions, as recalled", sourceKind: "recalled", model: "modified flow", predicted: 2, kurtosis: 3} as const;

const claims: readonly OrderClaim[] = [
  {
    ...ours,
    id: "order.mean-loss.decoupled",
    question: "mean loss",
    model: "decoupled diffusion",
    predicted: 2,
    title: "The diffusion of escape and heavy tails has SGD's mean loss to second order",
    statement: "For Gaussian inputs the noise that decoupling drops, η|∇L|² in E|w|², is what the drift correction −(η/4)∇|∇L|² would take away: E L is right to order η² with neither.",
    source: "moment equations with Σ = 2LH against 2LH + ∇L∇Lᵀ; derived here"
  },
  {
    ...ours,
    id: "order.mean-loss.decoupled-kurtosis-2",
    question: "mean loss",
    model: "decoupled diffusion",
    kurtosis: 2,
    predicted: 1,
    title: "At kurtosis 2, where its noise is exact, the same diffusion has the mean loss to first order only",
    statement: "Without the drift correction the right noise leaves an error η(κ − 3)T x² e^(−2T)/2 of E L at κ = 2.",
    source: "moment equations with inputs of kurtosis κ; derived here"
  },
  {
    ...ours,
    id: "order.mean-loss.exact-covariance",
    question: "mean loss",
    model: "exact-covariance diffusion",
    predicted: 1,
    title: "The exact covariance alone makes the diffusion's mean loss worse",
    statement: "With 2LH + ∇L∇Lᵀ in place of 2LH and the same drift, E L is off to first order.",
    source: "moment equations; derived here"
  },
  {
    ...theorem,
    id: "order.mean-loss.modified-flow",
    question: "mean loss",
    title: "The modified flow has SGD's mean loss to second order",
    statement: "|E L(Z) − E L(X)| = O(η²) on a fixed horizon; at one point flow and modified equation have one law."
  },
  {
    ...ours,
    id: "order.mean-loss.frozen",
    question: "mean loss",
    model: "frozen-noise recursion",
    predicted: 1,
    title: "Noise of one frozen law has the mean loss to first order only",
    statement: "Parameter averaging's smoothed objective wants noise of one law; away from the minimum SGD has more.",
    source: "moment recursion with the noise at the minimum; derived here"
  },
  {
    ...ours,
    id: "order.variance.decoupled",
    question: "variance",
    model: "decoupled diffusion",
    predicted: 1,
    title: "Decoupled noise has a wrong variance at leading order",
    statement: "Var w at the horizon, itself of order η, is off to order η: its relative error does not vanish with the step size.",
    source: "integral of the noise along the gradient flow, w² + 1 against 2w² + 1; derived here"
  },
  {
    ...ours,
    id: "order.variance.exact-covariance",
    question: "variance",
    model: "exact-covariance diffusion",
    predicted: 2,
    title: "Noise geometry's covariance repairs the variance",
    statement: "With the exact covariance Var w is off to order η² only.",
    source: "integral of the noise along the gradient flow; derived here"
  },
  {...theorem, id: "order.variance.modified-flow", question: "variance", title: "The modified flow has SGD's variance to second order", statement: "Var w, of order η, is off to order η²."},
  {...theorem, id: "order.two-points.modified-flow", question: "two points", title: "The modified flow has SGD's two-point motion to second order", statement: "|E Z(x)Z(y) − E X(x)X(y)| = O(η²) for points on either side of the minimum."},
  {
    ...theorem,
    id: "order.third-cumulant.modified-flow",
    question: "third cumulant",
    title: "The modified flow has SGD's third cumulant to second order",
    statement: "E(w − E w)³ is off to order η², which is the order that it has itself: the theorem does not promise the law's skewness."
  },
  {
    ...ours,
    id: "order.average.frozen",
    question: "average",
    model: "frozen-noise recursion",
    predicted: 2,
    title: "One frozen law will do for the average of a long run",
    statement: "E w̄² of a run from the minimum, of order η over its length, is off to order η² with the noise at the minimum.",
    source: "moment recursion; variance σ²/(μ_F² n) of the average of n iterates as derived here"
  },
  {
    ...ours,
    id: "order.stationary-variance.decoupled",
    question: "stationary variance",
    model: "decoupled diffusion",
    predicted: 2,
    title: "The stationary variance of the decoupled diffusion is right at leading order",
    statement: "ησ²/(2 − ηh) against SGD's ησ²/(2 − κηh): of order η, off to order η².",
    source: "stationary moments; derived here"
  }
];

/** Orders in the step size by Richardson's extrapolation, each against the derived or promised one. */
export function orderVerdicts(orders: readonly AnswerOrder[], section: string): readonly Verdict[] {
  return claims.map(({question, model, kurtosis, predicted, ...words}) => {
    const found = orders.find((row) => row.question === question && row.model === model && row.kurtosis === kurtosis);
    const used = found?.stepSizes ?? 0;
    const claim = claimOf({
      ...words,
      section,
      quantity: `order in η of the error of the ${question} of the ${model}, κ = ${kurtosis}, extrapolated to η = 0`,
      rule: orderRule(predicted)
    });
    if (found === undefined) return {...claim, ...inconclusive(`κ = ${kurtosis} is not among the inputs that are compared`, {used, total: used, predicted})};
    const {order, uncertainty, lastSlope} = found;
    if (order === null) return {...claim, ...inconclusive(`the largest relative error is ${digits(found.largestRelativeError)}: an error of no size has no order`, {used, total: used, predicted})};
    return {...claim, ...judgeOrder({order, uncertainty: uncertainty!, lastSlope: lastSlope!, stepSizes: used}, predicted)};
  });
}
