import {convergenceOrder} from "../../../numerics/index.ts";
import {digits, inconclusive, judgeBand, judgeBound, judgeOrder, judgeValue, margins, orderRule, percent, tooFewStepSizes} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {ScalarMeanFieldError} from "../scalar-mean-field.ts";
import type {MeanFieldVariant} from "../scalar-mean-field-values.ts";
import {claimOf} from "./claim-of.ts";

const section = "without-the-lions-term-the-flow-is-of-first-order";
const numericalShare = 0.01;

const firstOrderRule = `${orderRule(1)}; inconclusive where the numerical error is above 1 % of an error`;

/** E4.4: the orders of the flow with and without its correction, without sampling. */
export function scalarMeanFieldVerdicts(rows: readonly ScalarMeanFieldError[]): readonly Verdict[] {
  const of = (variant: MeanFieldVariant) => rows.filter((row) => row.variant === variant).sort((a, b) => b.stepSize - a.stepSize);
  const shared = {section, quantity: "limit of the local slopes d log|error| / d log η of 1/(1 + m)"};
  const first = (id: string, title: string, statement: string, variant: MeanFieldVariant): Verdict => ({
    ...claimOf({...shared, id, title, statement, source: "order of the leading term left out; derived here", sourceKind: "derived", rule: firstOrderRule}),
    ...limitingOrder(of(variant))
  });
  return [
    {
      ...claimOf({
        ...shared,
        id: "scalar-mean-field-order",
        title: "The distribution-dependent flow has weak order 2",
        statement: "The weak error of the distribution-dependent flow is O(η²) on [0, T].",
        source: "Gess, Kassing and Konarovskyi, as recalled; the equation's correction is derived here",
        sourceKind: "recalled",
        quantity: "local slope d log|error| / d log η of 1/(1 + m), of the last two the one farther from 2",
        rule: "reproduced if the slopes of the last two intervals lie in [1.9, 2.4], approximate within 15 % of it; deterministic, fewer than 4 step sizes or a numerical error above 1 % of an error are inconclusive"
      }),
      ...lastSlopes(of("full flow"))
    },
    {
      ...claimOf({
        ...shared,
        id: "scalar-lions-term-raises-order",
        title: "The Lions term raises the order",
        statement: "Without the Lions-derivative term errors fall more slowly with the step size.",
        source: "derived here",
        sourceKind: "derived",
        quantity: "local slope of the flow less that without the Lions term, the smaller of the last two intervals",
        rule: "reproduced above 0; deterministic, fewer than 4 step sizes are inconclusive"
      }),
      ...slopesAbove(of("full flow"), of("without Lions term"))
    },
    first("scalar-order-without-lions-term", "Without the Lions term the order is 1", "Without the Lions-derivative term the weak error is of order η.", "without Lions term"),
    first("scalar-order-without-correction", "Without the whole correction the order is 1", "Without the correction of order η in the drift the weak error is of order η.", "without correction"),
    first("scalar-mean-field-limit-order", "The mean-field limit has order 1", "The deterministic mean-field limit has a weak error of order η.", "mean-field limit"),
    {
      ...claimOf({
        ...shared,
        id: "scalar-lions-coefficient",
        title: "The error without the Lions term is what perturbation says",
        statement: "The error that leaving out the term adds goes as η times the derivative of the statistic along the missing drift.",
        source: "first-order perturbation of the mean-field limit; derived here",
        sourceKind: "derived",
        quantity: "(error without the term − error with it)/η, extrapolated to η = 0 from the last two step sizes",
        rule: "reproduced within 3 % of the derivative, approximate within 35 %; deterministic"
      }),
      ...lionsCoefficient(of("full flow"), of("without Lions term"))
    }
  ];
}

function unusable(rows: readonly ScalarMeanFieldError[], predicted: number | null): Finding | undefined {
  const refused = tooFewStepSizes(rows.length, predicted);
  if (refused !== undefined) return refused;
  const counts = {used: rows.length, total: rows.length, predicted};
  const worst = rows.reduce((most, row) => (row.numericalError / Math.abs(row.error) > most.numericalError / Math.abs(most.error) ? row : most));
  const share = worst.numericalError / Math.abs(worst.error);
  if (!(share <= numericalShare)) return inconclusive(`the numerical error at η = ${digits(worst.stepSize)} is ${percent(share)} of the weak error, more than ${percent(numericalShare)}`, counts);
  return undefined;
}

function lastSlopes(rows: readonly ScalarMeanFieldError[]): Finding {
  const refused = unusable(rows, 2);
  if (refused !== undefined) return refused;
  const [before, last] = rows.slice(-2).map(({slope}) => slope!) as [number, number];
  const slope = Math.abs(before - 2) > Math.abs(last - 2) ? before : last;
  const {order, uncertainty} = orderOf(rows);
  return {
    ...judgeBand({estimate: slope, low: slope, high: slope, used: rows.length, total: rows.length}, {lower: 1.9, upper: 2.4, equivalent: 0, tolerated: 0.15}),
    explanation: `the last two local slopes are ${digits(before)} and ${digits(last)}, with the limit ${digits(order)} ± ${digits(uncertainty, 1)}`
  };
}

const orderOf = (rows: readonly ScalarMeanFieldError[]) => convergenceOrder(rows.map(({stepSize}) => stepSize), rows.map(({error}) => Math.abs(error)));

function limitingOrder(rows: readonly ScalarMeanFieldError[]): Finding {
  const refused = unusable(rows, 1);
  if (refused !== undefined) return refused;
  const {localSlopes, ...limit} = orderOf(rows);
  return judgeOrder({...limit, lastSlope: localSlopes.at(-1)!.slope, stepSizes: rows.length}, 1);
}

function slopesAbove(full: readonly ScalarMeanFieldError[], without: readonly ScalarMeanFieldError[]): Finding {
  const refused = unusable(full, 0) ?? unusable(without, 0);
  if (refused !== undefined) return refused;
  const [a, b] = [full.slice(-2), without.slice(-2)];
  const difference = Math.min(...a.map(({slope}, i) => slope! - b[i]!.slope!));
  return {
    ...judgeBound({estimate: difference, low: difference, high: difference, used: full.length, total: full.length}, {side: "above", bound: 0}),
    explanation: `with the term ${a.map(({slope}) => digits(slope!)).join(" and ")}, without it ${b.map(({slope}) => digits(slope!)).join(" and ")}`
  };
}

function lionsCoefficient(full: readonly ScalarMeanFieldError[], without: readonly ScalarMeanFieldError[]): Finding {
  const predicted = full[0]?.lionsEffect ?? null;
  const refused = unusable(full, predicted) ?? unusable(without, predicted);
  if (refused !== undefined) return refused;
  const [coarse, fine] = full.slice(-2).map(({stepSize, error}, i) => ({stepSize, ratio: (without.at(i - 2)!.error - error) / stepSize})) as [Point, Point];
  const estimate = fine.ratio - (fine.stepSize * (coarse.ratio - fine.ratio)) / (coarse.stepSize - fine.stepSize);
  const judged = judgeValue({predicted: full[0]!.lionsEffect, estimate, low: estimate, high: estimate, used: 2, total: full.length}, margins);
  return {...judged, explanation: `${digits(estimate, 4)} against the derivative ${digits(full[0]!.lionsEffect, 4)} (${percent(judged.discrepancy!)})`};
}

interface Point {
  readonly stepSize: number;
  readonly ratio: number;
}
