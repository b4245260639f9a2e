import {linearSgd, streamingSamples, withAverage} from "../../dynamics/index.ts";
import {mean, normalQuantile, standardErrorOfMean} from "../../statistics/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {gaussianKurtosis} from "./noise-models.ts";
import type {NoiseModel} from "./noise-models.ts";
import {covarianceRecursionPair, homogenizedPair, modifiedEquationPair, sgdPair} from "./pair-dynamics.ts";
import type {SideBySideParameters} from "./side-by-side-parameters.ts";
import {averagedSteps, baselineOf, exactAnswer} from "./side-by-side.ts";
import type {Question} from "./side-by-side.ts";

/** What was simulated. Homogenized SGD is the decoupled diffusion in another time. */
export type SimulatedProcess = "SGD" | "homogenized SGD" | "exact-covariance recursion" | "modified equation";

/** One answer from a simulation. */
export interface MeasuredAnswer {
  readonly question: Question;
  readonly process: SimulatedProcess;
  readonly stepSize: number;
  readonly estimate: number;
  readonly standardError: number;
  /** (estimate − baseline) over that of SGD exactly, with its 95 % interval. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly baseline: number;
  /** The process's own exact value; null where it has no closed form. */
  readonly exact: number | null;
  /** SGD's exact value. */
  readonly sgd: number;
  readonly used: number;
  readonly total: number;
}

interface Estimate {
  readonly estimate: number;
  readonly standardError: number;
}

const exactModel: Readonly<Record<SimulatedProcess, NoiseModel | "SGD">> = {SGD: "SGD", "homogenized SGD": "decoupled diffusion", "exact-covariance recursion": "exact-covariance recursion", "modified equation": "modified flow"};
/** The equation has the law of the flow at one point only. */
const hasClosedForm = (process: SimulatedProcess, question: Question): boolean => !(process === "modified equation" && question === "two points");
const intervalWidth = normalQuantile(0.975);

const meanOf = (values: Float64Array): Estimate => ({estimate: mean(values), standardError: standardErrorOfMean(values)});

/** Second and third cumulants with the standard errors of their influence functions. */
function cumulantsOf(values: Float64Array): {readonly variance: Estimate; readonly thirdCumulant: Estimate} {
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  const [second, third] = [mean(deviations.map((x) => x * x)), mean(deviations.map((x) => x ** 3))];
  const errorOf = (influence: (x: number) => number) => standardErrorOfMean(deviations.map(influence));
  return {variance: {estimate: second, standardError: errorOf((x) => x * x)}, thirdCumulant: {estimate: third, standardError: errorOf((x) => x ** 3 - 3 * second * x)}};
}

/** Estimates at the horizon from pairs of points, of shape (replicas, 2). */
function estimatesOf(pairs: ArrayLike<number>, replicas: number): Readonly<Partial<Record<Question, Estimate>>> {
  const column = (index: number) => Float64Array.from({length: replicas}, (_, replica) => pairs[2 * replica + index]!);
  const [first, second] = [column(0), column(1)];
  const {variance, thirdCumulant} = cumulantsOf(first);
  return {"mean loss": meanOf(first.map((w) => (1 + w * w) / 2)), variance, "two points": meanOf(first.map((w, i) => w * second[i]!)), "third cumulant": thirdCumulant};
}

/**
 * SGD, homogenized SGD in its own time, the recursion with noise geometry's covariance and the stochastic modified
 * equation from two points under one noise, by ensembles; and runs of SGD from the minimum with the average of their
 * iterates. The diffusions take at least `diffusionSteps` steps of weak order 2 to the horizon.
 */
export async function sideBySideMeasured(parameters: SideBySideParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly MeasuredAnswer[]> {
  const {horizon, start, oppositeStart, measuredSteps, replicas, averagingReplicas, diffusionSteps} = parameters;
  const rows: MeasuredAnswer[] = [];
  const add = (process: SimulatedProcess, stepSize: number, total: number, estimates: Readonly<Partial<Record<Question, Estimate>>>) => {
    for (const [question, {estimate, standardError}] of Object.entries(estimates) as [Question, Estimate][]) {
      const at = {stepSize, kurtosis: gaussianKurtosis};
      const baseline = baselineOf(question, parameters);
      const sgd = exactAnswer(question, "SGD", at, parameters)!;
      const relative = (value: number) => (value - baseline) / (sgd - baseline);
      const ends = [estimate - intervalWidth * standardError, estimate + intervalWidth * standardError].map(relative);
      const exact = hasClosedForm(process, question) ? (exactAnswer(question, exactModel[process], at, parameters) ?? null) : null;
      rows.push({question, process, stepSize, estimate, standardError, ratio: relative(estimate), low: Math.min(...ends), high: Math.max(...ends), baseline, exact, sgd, used: total, total});
    }
  };
  for (const [done, count] of measuredSteps.entries()) {
    const stepSize = horizon / count;
    const bound = {stepSize, starts: [start, -oppositeStart]};
    const common = (process: SimulatedProcess) => ({key: stream(`${process} step ${stepSize}`, 0).ensembleKey(), replicas});
    const fine = Math.max(count, diffusionSteps);
    const runs = {
      SGD: await ensembles.simulate(sgdPair, {...common("SGD"), parameters: bound, steps: count}),
      "exact-covariance recursion": await ensembles.simulate(covarianceRecursionPair, {...common("exact-covariance recursion"), parameters: bound, steps: count}),
      "homogenized SGD": await ensembles.simulate(homogenizedPair, {...common("homogenized SGD"), parameters: {...bound, timeStep: count / fine}, steps: fine}),
      "modified equation": await ensembles.simulate(modifiedEquationPair, {...common("modified equation"), parameters: {...bound, timeStep: horizon / fine}, steps: fine})
    };
    for (const [process, {state}] of Object.entries(runs)) add(process as SimulatedProcess, stepSize, replicas, estimatesOf(state.points!, replicas));
    const averaged = withAverage(linearSgd({samples: streamingSamples({dimension: 1, inputs: {kind: "gaussian"}})}), {of: "weights", iterates: "whole"});
    const {state} = await ensembles.simulate(averaged, {parameters: {stepSize, labelNoise: 1}, key: stream(`averaged SGD step ${stepSize}`, 0).ensembleKey(), replicas: averagingReplicas, steps: averagedSteps(parameters, stepSize)});
    add("SGD", stepSize, averagingReplicas, {"stationary variance": meanOf(Float64Array.from(state.weights!, (w) => w * w)), average: meanOf(Float64Array.from(state.weightsAverage!, (w) => w * w))});
    progress(done + 1, measuredSteps.length);
  }
  return rows;
}
