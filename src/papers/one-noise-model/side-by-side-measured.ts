import {linearSgd, streamingSamples, withAverage} from "../../dynamics/index.ts";
import {mean, normalQuantile, standardErrorOfMean} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ExperimentContext} from "../experiment.ts";
import {gaussianKurtosis} from "./noise-models.ts";
import type {NoiseModel} from "./noise-models.ts";
import {covarianceRecursionPair, homogenizedPair, modifiedEquationPair, sgdPair} from "./pair-dynamics.ts";
import type {SideBySideParameters} from "./side-by-side-parameters.ts";
import {averagedSteps, baselineOf, horizonAnswer, longRunAnswer} from "./side-by-side.ts";
import type {HorizonQuestion, Question} from "./side-by-side.ts";

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
function estimatesOf(pairs: ArrayLike<number>, replicas: number): Readonly<Record<HorizonQuestion, Estimate>> {
  const column = (index: number) => Float64Array.from({length: replicas}, (_, replica) => pairs[2 * replica + index]!);
  const [first, second] = [column(0), column(1)];
  const {variance, thirdCumulant} = cumulantsOf(first);
  return {"mean loss": meanOf(first.map((w) => (1 + w * w) / 2)), variance, "two points": meanOf(first.map((w, i) => w * second[i]!)), "third cumulant": thirdCumulant};
}

interface PairCell extends Pick<SideBySideParameters, "horizon" | "start" | "oppositeStart" | "replicas"> {
  readonly process: SimulatedProcess;
  /** Steps of SGD to the horizon. */
  readonly steps: number;
  /** Time steps to the horizon, of a diffusion more than those of SGD. */
  readonly timeSteps: number;
}

interface AverageCell extends Pick<SideBySideParameters, "horizon" | "averagingHorizon" | "averagingReplicas"> {
  readonly process: "averaged SGD";
  readonly steps: number;
}

/** Estimates of a process beside the exact answers; `ask` gives those of any model, and the gradient flow's. */
function answersOf<Q extends Question>(process: SimulatedProcess, stepSize: number, total: number, estimates: Readonly<Partial<Record<Q, Estimate>>>, ask: (question: Q) => {readonly baseline: number; readonly of: (model: NoiseModel | "SGD") => number | undefined}): readonly MeasuredAnswer[] {
  return (Object.entries(estimates) as [Q, Estimate][]).map(([question, {estimate, standardError}]) => {
    const {baseline, of} = ask(question);
    const sgd = of("SGD")!;
    const relative = (value: number) => (value - baseline) / (sgd - baseline);
    const ends = [estimate - intervalWidth * standardError, estimate + intervalWidth * standardError].map(relative);
    const exact = hasClosedForm(process, question) ? (of(exactModel[process]) ?? null) : null;
    return {question, process, stepSize, estimate, standardError, ratio: relative(estimate), low: Math.min(...ends), high: Math.max(...ends), baseline, exact, sgd, used: total, total};
  });
}

async function pairAnswers(cell: PairCell, {stream, ensembles, progress}: ExperimentContext): Promise<readonly MeasuredAnswer[]> {
  const {process, horizon, start, oppositeStart, steps, timeSteps, replicas} = cell;
  const stepSize = horizon / steps;
  const bound = {stepSize, starts: [start, -oppositeStart]};
  const request = {key: stream(`${process} step ${stepSize}`, 0).ensembleKey(), replicas, steps: timeSteps};
  const simulations = {
    SGD: () => ensembles.simulate(sgdPair, {...request, parameters: bound}, {progress}),
    "exact-covariance recursion": () => ensembles.simulate(covarianceRecursionPair, {...request, parameters: bound}, {progress}),
    "homogenized SGD": () => ensembles.simulate(homogenizedPair, {...request, parameters: {...bound, timeStep: steps / timeSteps}}, {progress}),
    "modified equation": () => ensembles.simulate(modifiedEquationPair, {...request, parameters: {...bound, timeStep: horizon / timeSteps}}, {progress})
  };
  const {state} = await simulations[process]();
  const setting = {stepSize, kurtosis: gaussianKurtosis};
  return answersOf(process, stepSize, replicas, estimatesOf(state.points!, replicas), (question) => ({baseline: baselineOf(question, cell), of: (model) => horizonAnswer(question, model, setting, cell)}));
}

async function averageAnswers(cell: AverageCell, {stream, ensembles, progress}: ExperimentContext): Promise<readonly MeasuredAnswer[]> {
  const {horizon, steps, averagingReplicas: replicas} = cell;
  const stepSize = horizon / steps;
  const averaged = withAverage(linearSgd({samples: streamingSamples({dimension: 1, inputs: {kind: "gaussian"}})}), {of: "weights", iterates: "whole"});
  const {state} = await ensembles.simulate(averaged, {parameters: {stepSize, labelNoise: 1}, key: stream(`averaged SGD step ${stepSize}`, 0).ensembleKey(), replicas, steps: averagedSteps(cell, stepSize)}, {progress});
  const squares = (weights: ArrayLike<number>) => meanOf(Float64Array.from(weights, (w) => w * w));
  const setting = {stepSize, kurtosis: gaussianKurtosis};
  const estimates = {"stationary variance": squares(state.weights!), average: squares(state.weightsAverage!)};
  return answersOf("SGD", stepSize, replicas, estimates, (question) => ({baseline: 0, of: (model) => longRunAnswer(question, model, setting, cell)}));
}

/**
 * SGD, homogenized SGD in its own time, the recursion with noise geometry's covariance and the stochastic modified
 * equation from two points under one noise, by ensembles; and runs of SGD from the minimum with the average of their
 * iterates. The diffusions take at least `diffusionSteps` steps of weak order 2 to the horizon. A cell has no replicas,
 * since its rows are means over all of them, whose last bits would depend on how they are cut.
 */
export const sideBySideMeasured = /* @__PURE__ */ defineExperiment({
  cells({horizon, start, oppositeStart, measuredSteps, replicas, averagingHorizon, averagingReplicas, diffusionSteps}: SideBySideParameters) {
    const cells = measuredSteps.flatMap((steps): readonly (PairCell | AverageCell)[] => {
      const pair = (process: SimulatedProcess, timeSteps: number): PairCell => ({process, steps, timeSteps, horizon, start, oppositeStart, replicas});
      const fine = Math.max(steps, diffusionSteps);
      return [
        pair("SGD", steps),
        pair("exact-covariance recursion", steps),
        pair("homogenized SGD", fine),
        pair("modified equation", fine),
        {process: "averaged SGD", steps, horizon, averagingHorizon, averagingReplicas}
      ];
    });
    return cells.map((reads) => ({name: `${reads.process}, ${reads.steps} steps`, reads}));
  },

  run: (cell: PairCell | AverageCell, context): Promise<readonly MeasuredAnswer[]> => (cell.process === "averaged SGD" ? averageAnswers(cell, context) : pairAnswers(cell, context))
});
