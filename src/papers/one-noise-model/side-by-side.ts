import {affineAverageSquare, affineMoments, affinePairMoment, affineStationarySquare, gaussianCovarianceTailIndex, gaussianRecursionTailIndex, kestenIndex} from "../../numerics/index.ts";
import type {AffineMoments, TailIndex} from "../../numerics/index.ts";
import {isotropicTailIndex} from "./isotropic-tail-index.ts";
import {gaussianKurtosis, inputsOf, noiseModels, stepMomentsOf} from "./noise-models.ts";
import type {NoiseModel} from "./noise-models.ts";
import type {SideBySideParameters} from "./side-by-side-parameters.ts";

/** What is asked of SGD at a fixed horizon. */
export const horizonQuestions = ["mean loss", "variance", "two points", "third cumulant"] as const;
/** What is asked of SGD's long run, from the minimum. */
export const longRunQuestions = ["stationary variance", "average", "tail index"] as const;

export type HorizonQuestion = (typeof horizonQuestions)[number];
export type LongRunQuestion = (typeof longRunQuestions)[number];
export type Question = HorizonQuestion | LongRunQuestion;

/** The exact answer of SGD or of a model to one question at one step size. */
export interface Answer {
  readonly question: Question;
  readonly model: NoiseModel | "SGD";
  readonly kurtosis: number;
  readonly stepSize: number;
  readonly value: number;
  /** SGD's. */
  readonly sgd: number;
  /** What is left as the step size goes to 0: the value along the gradient flow. */
  readonly baseline: number;
  /** (value − baseline) over that of SGD. */
  readonly ratio: number;
  /** |value − SGD's|. */
  readonly error: number;
}

/** Two points on either side of the minimum and the time that they are followed. */
export type HorizonProblem = Pick<SideBySideParameters, "horizon" | "start" | "oppositeStart">;
export type LongRunProblem = Pick<SideBySideParameters, "averagingHorizon">;

/** A model, or SGD itself, at a step size and kurtosis of the inputs. */
interface Setting {
  readonly stepSize: number;
  readonly kurtosis: number;
}

/** The values of the gradient flow, on which every model agrees; in the long run they are 0. */
export function baselineOf(question: HorizonQuestion, {horizon, start, oppositeStart}: HorizonProblem): number {
  const contraction = Math.exp(-2 * horizon);
  if (question === "mean loss") return (1 + start ** 2 * contraction) / 2;
  return question === "two points" ? -start * oppositeStart * contraction : 0;
}

/** The answer that central moments at the horizon give. */
function fromMoments(question: Exclude<HorizonQuestion, "two points">, {square, variance, thirdCumulant}: AffineMoments): number {
  return question === "mean loss" ? (1 + square) / 2 : question === "variance" ? variance : thirdCumulant;
}

/** Steps of the averaged run. */
export const averagedSteps = ({averagingHorizon}: LongRunProblem, stepSize: number): number => Math.round(averagingHorizon / stepSize);

function tailIndexOf(model: NoiseModel | "SGD", stepSize: number): number | undefined {
  const multiplicative = gaussianKurtosis - 1;
  const regression = {dimension: 1, curvature: 1, ridge: 0, stepSize, batchSize: 1};
  const known = ({index}: TailIndex) => index;
  if (model === "SGD") return known(kestenIndex({stepSize, batchSize: 1, inputs: {kind: "gaussian"}}));
  if (model === "decoupled diffusion") return isotropicTailIndex(1, stepSize);
  if (model === "exact-covariance diffusion") return known(gaussianCovarianceTailIndex(regression));
  if (model === "exact-covariance recursion") return known(gaussianRecursionTailIndex({stepSize, multiplicative}));
  return model === "modified flow" ? 1 + (2 + stepSize) / (stepSize * multiplicative) : undefined;
}

/** Whether a product of two points is known in closed form: the noise is a sum of terms linear in the point. */
const hasPairs = (model: NoiseModel | "SGD"): boolean => model === "SGD" || model === "frozen-noise recursion" || model === "modified flow";

/**
 * The exact answer to a question at the horizon; undefined where a model has none: the product of two points of a
 * diffusion or recursion with the square root of a variance has no closed form.
 */
export function horizonAnswer(question: HorizonQuestion, model: NoiseModel | "SGD", setting: Setting, {horizon, start, oppositeStart}: HorizonProblem): number | undefined {
  const moments = stepMomentsOf(model, setting);
  const steps = Math.round(horizon / setting.stepSize);
  if (question === "two points") return hasPairs(model) ? affinePairMoment(moments, [start, -oppositeStart], steps) : undefined;
  return fromMoments(question, affineMoments(moments, start, steps));
}

/**
 * The exact answer to a question of the long run; undefined where a model has none: additive noise has no power law.
 * @throws RangeError where squares do not contract at this step size.
 */
export function longRunAnswer(question: LongRunQuestion, model: NoiseModel | "SGD", setting: Setting, problem: LongRunProblem): number | undefined {
  if (question === "tail index") return setting.kurtosis === gaussianKurtosis ? tailIndexOf(model, setting.stepSize) : undefined;
  const moments = stepMomentsOf(model, setting);
  return question === "stationary variance" ? affineStationarySquare(moments) : affineAverageSquare(moments, 0, averagedSteps(problem, setting.stepSize));
}

/** The answers of SGD and of all models that have one, to a question in a setting. */
function answersTo(question: Question, {stepSize, kurtosis}: Setting, baseline: number, of: (model: NoiseModel | "SGD") => number | undefined): readonly Answer[] {
  const sgd = of("SGD");
  if (sgd === undefined) throw new RangeError(`step size: expected one at which SGD on ${inputsOf(kurtosis).kind} inputs has a ${question}, found ${stepSize}`);
  return (["SGD", ...noiseModels] as const).flatMap((model): readonly Answer[] => {
    const value = of(model);
    return value === undefined ? [] : [{question, model, kurtosis, stepSize, value, sgd, baseline, ratio: (value - baseline) / (sgd - baseline), error: Math.abs(value - sgd)}];
  });
}

/**
 * SGD on streaming linear regression with one weight, L = (1 + w²)/2, and what stands in for it, exactly: mean loss,
 * variance, third cumulant and E w(x)w(y) at the horizon T = kη, from two points on either side of the minimum moved by
 * one noise; stationary variance, E w̄² of the average of a run from the minimum, and tail index. Of other inputs than
 * Gaussian ones mean loss and variance.
 * @throws RangeError where SGD has no answer at a step size, which it names.
 */
export function sideBySide({steps, controlKurtoses, ...problem}: Pick<SideBySideParameters, "steps" | "controlKurtoses"> & HorizonProblem & LongRunProblem): readonly Answer[] {
  const atHorizon = (question: HorizonQuestion, setting: Setting) => answersTo(question, setting, baselineOf(question, problem), (model) => horizonAnswer(question, model, setting, problem));
  const inLongRun = (question: LongRunQuestion, setting: Setting) => answersTo(question, setting, 0, (model) => longRunAnswer(question, model, setting, problem));
  return steps.flatMap((count) => {
    const stepSize = problem.horizon / count;
    const gaussian = {stepSize, kurtosis: gaussianKurtosis};
    const controls = controlKurtoses.filter((kurtosis) => kurtosis !== gaussianKurtosis);
    return [
      ...horizonQuestions.flatMap((question) => atHorizon(question, gaussian)),
      ...longRunQuestions.flatMap((question) => inLongRun(question, gaussian)),
      ...controls.flatMap((kurtosis) => (["mean loss", "variance"] as const).flatMap((question) => atHorizon(question, {stepSize, kurtosis})))
    ];
  });
}
