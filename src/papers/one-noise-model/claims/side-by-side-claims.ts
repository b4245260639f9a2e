import {digits, inconclusive, judgeAgreement, judgeBound, judgeSlope, judgeValue, margins} from "../../../verdicts/index.ts";
import type {CellAgreement, Finding, SectionClaim, Verdict} from "../../../verdicts/index.ts";
import {linearRegression, normalQuantile} from "../../../statistics/index.ts";
import {rootCovarianceDefect} from "../root-covariance-defect.ts";
import type {AnswerOrder} from "../side-by-side-orders.ts";
import type {MeasuredAnswer} from "../side-by-side-measured.ts";
import type {Answer, HorizonProblem} from "../side-by-side.ts";
import {claimOf} from "./claim-of.ts";
import {orderVerdicts} from "./side-by-side-order-claims.ts";

const section = "each-dynamics-answers-its-own-question";
/** Cells whose standard error is more than this share of the effect decide nothing. */
const mostRelativeError = 0.2;
const intervalWidth = normalQuantile(0.975);

/** Effects of the step size, estimated and exact. */
function agreement(rows: readonly MeasuredAnswer[], exactOf: (row: MeasuredAnswer) => number | null): Finding {
  const cells = rows.flatMap((row): readonly (CellAgreement & {readonly stepSize: number})[] => {
    const exact = exactOf(row);
    if (exact === null) return [];
    const effect = exact - row.baseline;
    const relativeError = row.standardError / Math.abs(effect);
    return relativeError < mostRelativeError && (row.estimate - row.baseline) / effect > 0 ? [{name: `${row.question}, η = ${digits(row.stepSize)}`, estimate: row.estimate - row.baseline, exact: effect, logStandardError: relativeError, stepSize: row.stepSize}] : [];
  });
  if (cells.length === 0) return inconclusive("no cell has an effect five times its standard error", {used: 0, total: rows.length});
  // Questions at one step size are answered by the same replicas: their errors are taken as one.
  const together = (step: number) => cells.filter(({stepSize}) => stepSize === step).reduce((sum, {logStandardError}) => sum + 1 / logStandardError, 0);
  const shared = [...new Set(cells.map(({stepSize}) => stepSize))].reduce((sum, step) => sum + together(step) ** 2, 0);
  const weight = cells.reduce((sum, {logStandardError}) => sum + logStandardError ** -2, 0);
  return judgeAgreement(cells, {used: cells.length, total: rows.length}, {equivalent: margins.equivalent, pooledStandardError: Math.sqrt(shared) / weight});
}

const agreementRule = "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %; cells with a standard error above 20 % of the effect are left out";
const claimHere = (claim: Omit<SectionClaim, "section">) => claimOf({...claim, section});

function simulationVerdicts(rows: readonly MeasuredAnswer[]): readonly Verdict[] {
  const of = (process: MeasuredAnswer["process"]) => rows.filter((row) => row.process === process);
  return [
    {
      ...claimHere({id: "sgd-answers", title: "SGD has the exact answers", statement: "Mean loss, variance, third cumulant, two-point function, stationary variance and the average's square follow from linear recursions.", source: "moments of w ← w − ηx(xw − ζ); derived here", sourceKind: "derived", quantity: "effect of the step size, measured over exact, pooled over questions and step sizes", rule: agreementRule}),
      ...agreement(of("SGD"), ({sgd}) => sgd)
    },
    {
      ...claimHere({id: "one-equation-in-two-times", title: "Homogenized SGD and the escape diffusion have the same curves", statement: "Simulated in its own time, a unit a step of SGD, homogenized SGD has the moments that the escape diffusion has after t′ = γt.", source: "equations of both papers after t′ = γt; derived here", sourceKind: "derived", quantity: "effect of the step size in mean loss, variance and third cumulant, hSGD simulated over the escape diffusion exactly", rule: agreementRule}),
      ...agreement(of("homogenized SGD"), ({exact}) => exact)
    },
    {
      ...claimHere({id: "covariance-recursion", title: "One step's covariance gives SGD's second moments at every step size", statement: "A recursion with normal noise of noise geometry's exact covariance has SGD's mean loss and variance, without any limit of small steps.", source: "second moments follow from one-step covariance; derived here", sourceKind: "derived", quantity: "effect of the step size in mean loss and variance, the recursion simulated over SGD exactly", rule: agreementRule}),
      ...agreement(of("exact-covariance recursion").filter(({question}) => question === "mean loss" || question === "variance"), ({sgd}) => sgd)
    }
  ];
}

function modifiedEquationVerdicts(rows: readonly MeasuredAnswer[], flow: readonly Answer[], {start, oppositeStart, horizon}: HorizonProblem): readonly Verdict[] {
  const found = rows.filter(({process, question}) => process === "modified equation" && question === "two points");
  const counts = {used: found.reduce((sum, {used}) => sum + used, 0), total: found.reduce((sum, {total}) => sum + total, 0)};
  const errors = found.map(({stepSize, estimate, sgd, standardError}) => ({stepSize, error: Math.abs(estimate - sgd), standardError})).filter(({error, standardError}) => error > 3 * standardError);
  const slope = judgeSlope(errors.map(({stepSize, error, standardError}) => ({x: Math.log(stepSize), y: Math.log(error), standardError: standardError / error})), 1, counts, {equivalent: 0.1, tolerated: margins.tolerated});
  const predicted = rootCovarianceDefect({start, oppositeStart, horizon});
  const defects = found.flatMap(({stepSize, estimate, standardError}) => {
    const exact = flow.find((row) => row.model === "modified flow" && row.question === "two points" && Math.abs(row.stepSize - stepSize) < 1e-12);
    return exact === undefined || stepSize > 1 / 8 ? [] : [{stepSize, defect: (estimate - exact.value) / stepSize, error: standardError / stepSize}];
  });
  const judged = (): Finding => {
    if (defects.length < 3) return inconclusive(`a limit needs at least 3 step sizes up to 1/8 that both tables have, found ${defects.length}`, {...counts, predicted});
    const {intercept, interceptStandardError} = linearRegression({x: defects.map(({stepSize}) => stepSize), y: defects.map(({defect}) => defect), standardErrors: defects.map(({error}) => error)});
    const half = intervalWidth * interceptStandardError;
    return {...judgeValue({predicted, estimate: intercept, low: intercept - half, high: intercept + half, ...counts, minimumDetectableEffect: 2.8 * interceptStandardError}, {equivalent: 0.05, tolerated: margins.tolerated}), explanation: `defect over η is ${digits(intercept)} at η = 0 against ${digits(predicted)}`};
  };
  return [
    {
      ...claimHere({id: "order.two-points.modified-equation", title: "The modified equation has SGD's two-point motion to first order only", statement: "With √Σ and one Wiener process for both points, E Y(x)Y(y) is off to order η.", source: "order of the defect of the square root; derived here", sourceKind: "derived", quantity: "slope of log error on log η over the simulated step sizes", rule: "slope by weighted least squares over at least 4 errors above 3 standard errors; its 95 % interval within 10 % of 1: reproduced, within 35 %: approximate"}),
      ...slope
    },
    {
      ...claimHere({id: "modified-equation-defect", title: "What the square root does to two points", statement: "(E Y(x)Y(y) − E X(x)X(y))/η → ∫ e^(−2(T−t)) [√(Σ(x_t)Σ(y_t)) − C(x_t, y_t)] dt with C = 2xy + σ².", source: "leading term of the defect along the gradient flow; derived here", sourceKind: "derived", quantity: "intercept of (simulated equation − exact flow)/η on η, step sizes up to 1/8", rule: "95 % interval within 5 % of the integral: reproduced, within 35 %: approximate"}),
      ...judged()
    }
  ];
}

/** The long run at the smallest and the largest measured step size, and what averaging gains. */
function longRunVerdicts(rows: readonly MeasuredAnswer[], answers: readonly Answer[]): readonly Verdict[] {
  const sgd = rows.filter(({process}) => process === "SGD");
  const steps = [...new Set(sgd.map(({stepSize}) => stepSize))].sort((a, b) => a - b);
  const parts = [
    {question: "stationary variance", model: "decoupled diffusion", id: "stationary-variance", title: "Stationary variance of the decoupled diffusion", statement: "Var w = ησ²/(2 − ηh), of the decoupled diffusion, of the frozen law and, for Gaussian inputs, of the modified flow alike.", source: "stationary moments of the three; derived here"},
    {question: "average", model: "frozen-noise recursion", id: "average", title: "Error of the average by the noise at the minimum", statement: "E w̄² of n iterates is that of noise with the law at the minimum, σ²/(h²n) up to the start.", source: "quadratic smoothed objective: no bias, variance σ²/(μ_F² n); derived here"}
  ] as const;
  const values = parts.flatMap(({question, model, id, ...words}) =>
    [steps[0]!, steps.at(-1)!].map((stepSize): Verdict => {
      const measured = sgd.find((row) => row.question === question && row.stepSize === stepSize)!;
      const claim = claimHere({...words, id: `${id}.step-${stepSize}`, title: `${words.title}, step ${digits(stepSize)}`, sourceKind: "derived", quantity: `SGD's ${question}, measured, over the model's`, rule: "95 % interval: reproduced within 3 % of 1, approximate within 35 %"});
      const predicted = answers.find((row) => row.question === question && row.model === model && Math.abs(row.stepSize - stepSize) < 1e-12)?.value;
      if (predicted === undefined) return {...claim, ...inconclusive(`η = ${digits(stepSize)} is not among the exact step sizes`, {used: 0, total: measured.total})};
      const [estimate, half] = [measured.estimate / predicted, (intervalWidth * measured.standardError) / predicted];
      return {...claim, ...judgeValue({predicted: 1, estimate, low: estimate - half, high: estimate + half, used: measured.used, total: measured.total, minimumDetectableEffect: (2.8 * half) / intervalWidth}, margins), explanation: `ratio ${digits(estimate)} at η = ${digits(stepSize)}, exactly ${digits(measured.sgd / predicted)}`};
    })
  );
  const gains = steps.map((stepSize) => {
    const [last, average] = (["stationary variance", "average"] as const).map((question) => sgd.find((row) => row.question === question && row.stepSize === stepSize)!) as [MeasuredAnswer, MeasuredAnswer];
    const ratio = average.estimate / last.estimate;
    const error = ratio * Math.hypot(average.standardError / average.estimate, last.standardError / last.estimate);
    return {stepSize, ratio, low: ratio - intervalWidth * error, high: ratio + intervalWidth * error, total: last.total};
  });
  const worst = gains.reduce((most, gain) => (gain.high > most.high ? gain : most));
  const wins: Verdict = {
    ...claimHere({id: "average-is-closer", title: "The average is closer to the minimum than the last iterate", statement: "Averaging takes SGD from a distance of order √η to a purely statistical error; on a bowl the smoothed minimum is the minimum.", source: "Nitanda et al.; for a quadratic objective as derived here", sourceKind: "derived", quantity: "E w̄² over E w² of the last iterate, at the step size where it is largest", rule: "reproduced if the 95 % interval lies below 1"}),
    ...judgeBound({estimate: worst.ratio, low: worst.low, high: worst.high, used: worst.total, total: worst.total}, {side: "below", bound: 1}),
    explanation: `the ratio is ${gains.map(({ratio, stepSize}) => `${digits(ratio, 2)} (η = ${digits(stepSize)})`).join(", ")}`
  };
  return [...values, wins];
}

function skewnessVerdict(answers: readonly Answer[]): Verdict {
  const rows = answers.filter(({question, model}) => question === "third cumulant" && model === "modified flow");
  const {ratio, stepSize} = rows.reduce((least, row) => (row.stepSize < least.stepSize ? row : least));
  return {
    ...claimHere({id: "skewness-of-the-flow", title: "The modified flow has SGD's skewness at small steps", statement: "Its third cumulant tends to SGD's, relative to itself; the theorem does not say so, since both are of order η².", source: "what a diffusion would need to have the law of SGD's fluctuations beyond their variance; derived here", sourceKind: "derived", quantity: "third cumulant of the flow over SGD's at the smallest step size", rule: "reproduced within 3 % of 1, approximate within 35 %; deterministic"}),
    ...judgeValue({predicted: 1, estimate: ratio, low: ratio, high: ratio, used: 1, total: rows.length}, margins),
    explanation: `${digits(ratio)} of SGD's third cumulant at η = ${digits(stepSize)}: a diffusion has none of the skewness of single gradients`
  };
}

/** The five dynamics on one problem: orders, agreement of simulations, two points, the long run. */
export function sideBySideVerdicts({answers, orders, measured, parameters}: {readonly answers: readonly Answer[]; readonly orders: readonly AnswerOrder[]; readonly measured: readonly MeasuredAnswer[]; readonly parameters: HorizonProblem}): readonly Verdict[] {
  return [...simulationVerdicts(measured), ...orderVerdicts(orders, section), ...modifiedEquationVerdicts(measured, answers, parameters), skewnessVerdict(answers), ...longRunVerdicts(measured, answers)];
}
