import {convergenceOrder} from "../../../numerics/index.ts";
import {normalQuantile, polynomialFit} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeBand, judgeOrder, judgeValue, margins, orderRule, percent, tooFewStepSizes} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {MeanFieldWeakError} from "../mean-field-weak-errors.ts";
import type {MeanFieldVariant} from "../scalar-mean-field-values.ts";
import {claimOf} from "./claim-of.ts";

const section = "the-error-of-order-two-does-not-grow-with-the-number-of-neurons";
const fluctuationSection = "common-noise-moves-the-whole-measure";
const quantile = normalQuantile(0.975);
const biasShare = 0.05;
const fluctuationMargins = {equivalent: 0.1, tolerated: 0.35};

/** E4.5: order, Lions coefficient and fluctuations of the flow on the tanh network. */
export function meanFieldNetworkVerdicts(rows: readonly MeanFieldWeakError[]): readonly Verdict[] {
  const of = (variant: MeanFieldVariant) => rows.filter((row) => row.variant === variant).sort((a, b) => b.stepSize - a.stepSize);
  const [full, limit] = [of("full flow"), of("mean-field limit")];
  const recalled = {source: "Gess, Kassing and Konarovskyi, as recalled; the equation's correction is derived here", sourceKind: "recalled"} as const;
  const derived = {source: "derived here", sourceKind: "derived"} as const;
  return [
    {
      ...claimOf({
        ...recalled,
        section,
        id: "network-order",
        title: "The flow of tanh neurons has weak order 2",
        statement: "The weak error of the distribution-dependent flow is O(η²) on [0, T].",
        quantity: "local slope d log|error| / d log η of ∫θ²dΓ, of the last two the one whose interval reaches farther from [1.9, 2.4]",
        rule: "95 % intervals of the slopes of the last two intervals: reproduced inside [1.9, 2.4], approximate within 15 % of it; fewer than 4 step sizes, or a time step that adds more than 5 % to an error, are inconclusive"
      }),
      ...lastSlopes(full)
    },
    {
      ...claimOf({
        ...derived,
        section,
        id: "network-lions-coefficient",
        title: "The error without the Lions term is what perturbation says, tanh",
        statement: "The error that leaving out the term adds goes as η times the derivative of the statistic along the missing drift.",
        source: "first-order perturbation of the mean-field limit; derived here",
        quantity: "(error without the term − error with it)/η under common noise, extrapolated to η = 0 by a weighted polynomial of degree 2",
        rule: "95 % interval: reproduced within 3 % of the derivative, approximate within 35 %; fewer than 4 step sizes are inconclusive"
      }),
      ...extrapolated(of("without Lions term").map(({stepSize, beyondFull, beyondFullError}) => ({stepSize, value: beyondFull / stepSize, standardError: beyondFullError / stepSize})), full[0]?.lionsEffect ?? NaN, margins)
    },
    {
      ...claimOf({
        ...derived,
        section,
        id: "network-limit-order",
        title: "The mean-field limit of tanh neurons has order 1",
        statement: "The deterministic mean-field limit has a weak error of order η.",
        quantity: "limit of the local slopes d log|error| / d log η of ∫θ²dΓ",
        rule: orderRule(1)
      }),
      ...firstOrder(limit, ({error}) => Math.abs(error))
    },
    {
      ...claimOf({
        ...derived,
        section: fluctuationSection,
        id: "limit-without-fluctuations",
        title: "SGD's variance around its mean-field limit is of order η",
        statement: "The statistic of SGD has a variance of order η, where the mean-field limit has none.",
        quantity: "limit of the local slopes d log Var / d log η of SGD, exactly",
        rule: orderRule(1)
      }),
      ...firstOrder(limit, ({sgdVariance}) => sgdVariance)
    },
    {
      ...claimOf({
        ...recalled,
        section: fluctuationSection,
        id: "common-noise-variance",
        title: "The flow has SGD's fluctuations",
        statement: "As η → 0 the variance of the statistic under the flow is that under SGD.",
        quantity: "variance under the flow over SGD's exact one, extrapolated to η = 0 by a weighted polynomial of degree 2",
        rule: "95 % interval: reproduced within 10 % of 1, approximate within 35 %; fewer than 4 step sizes are inconclusive"
      }),
      ...extrapolated(full.map(({stepSize, variance, varianceError, sgdVariance}) => ({stepSize, value: variance / sgdVariance, standardError: varianceError / sgdVariance})), 1, fluctuationMargins)
    }
  ];
}

/** What the time step adds, for certain, to an error, as a share of it. */
const certainBias = ({timeStepBias, timeStepBiasError, error}: MeanFieldWeakError): number => Math.max(0, Math.abs(timeStepBias ?? 0) - 2 * (timeStepBiasError ?? 0)) / Math.abs(error);

function lastSlopes(rows: readonly MeanFieldWeakError[]): Finding {
  const refused = tooFewStepSizes(rows.length, 2);
  if (refused !== undefined) return refused;
  const used = rows.reduce((sum, {pairs}) => sum + pairs, 0);
  const biased = rows.find((row) => certainBias(row) > biasShare);
  if (biased !== undefined) return inconclusive(`at η = ${digits(biased.stepSize)} the time step adds ${percent(certainBias(biased))} to the error or more, where ${percent(biasShare)} is allowed`, {used, total: used});
  const slopes = rows.slice(-2).map((fine, i) => {
    const coarse = rows.at(i - 3)!;
    const width = Math.log(coarse.stepSize / fine.stepSize);
    const slope = Math.log(Math.abs(coarse.error / fine.error)) / width;
    const half = (quantile * Math.hypot(coarse.standardError / coarse.error, fine.standardError / fine.error)) / width;
    return {estimate: slope, low: slope - half, high: slope + half, outside: Math.max(1.9 - (slope - half), slope + half - 2.4)};
  });
  const {outside: _, ...worst} = slopes.reduce((most, slope) => (slope.outside > most.outside ? slope : most));
  return {
    ...judgeBand({...worst, used, total: used}, {lower: 1.9, upper: 2.4, equivalent: 0, tolerated: 0.15}),
    explanation: `the last two local slopes are ${slopes.map(({estimate, low, high}) => `${digits(estimate)} [${digits(low)}, ${digits(high)}]`).join(" and ")}`
  };
}

function firstOrder(rows: readonly MeanFieldWeakError[], valueOf: (row: MeanFieldWeakError) => number): Finding {
  const refused = tooFewStepSizes(rows.length, 1);
  if (refused !== undefined) return refused;
  const {localSlopes, ...limit} = convergenceOrder(rows.map(({stepSize}) => stepSize), rows.map(valueOf));
  return judgeOrder({...limit, lastSlope: localSlopes.at(-1)!.slope, stepSizes: rows.length}, 1);
}

interface Extrapolated {
  readonly stepSize: number;
  readonly value: number;
  readonly standardError: number;
}

function extrapolated(points: readonly Extrapolated[], predicted: number, limits: {readonly equivalent: number; readonly tolerated: number}): Finding {
  const refused = tooFewStepSizes(points.length, predicted);
  if (refused !== undefined) return refused;
  const {coefficients, standardErrors} = polynomialFit({x: points.map(({stepSize}) => stepSize), y: points.map(({value}) => value), standardErrors: points.map(({standardError}) => standardError), degree: 2});
  const [estimate, error] = [coefficients[0]!, standardErrors[0]!];
  const judged = judgeValue({predicted, estimate, low: estimate - quantile * error, high: estimate + quantile * error, used: points.length, total: points.length}, limits);
  const last = points.at(-1)!;
  return {...judged, explanation: `extrapolated ${digits(estimate)} ± ${digits(quantile * error, 2)} against ${digits(predicted)} (${percent(judged.discrepancy!)}); at η = ${digits(last.stepSize)} it is ${digits(last.value)}`};
}
