import {affineAverageSquare, affineMoments, affinePairMoment, affineStationarySquare, gaussianCovarianceTailIndex, gaussianRecursionTailIndex, kestenIndex} from "../../numerics/index.ts";
import type {AffineMoments, TailIndex} from "../../numerics/index.ts";
import {isotropicTailIndex} from "./isotropic-tail-index.ts";
import {gaussianKurtosis, inputsOf, noiseModels, stepMomentsOf} from "./noise-models.ts";
import type {NoiseModel} from "./noise-models.ts";
import type {SideBySideParameters} from "./side-by-side-parameters.ts";

/** What is asked of SGD: four questions at a fixed horizon, three of the long run. */
export const questions = ["mean loss", "variance", "two points", "third cumulant", "stationary variance", "average", "tail index"] as const;

export type Question = (typeof questions)[number];

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

type Problem = Pick<SideBySideParameters, "horizon" | "start" | "oppositeStart" | "averagingHorizon">;

/** The values of the gradient flow, on which every model agrees. */
export function baselineOf(question: Question, {horizon, start, oppositeStart}: Problem): number {
  const contraction = Math.exp(-2 * horizon);
  if (question === "mean loss") return (1 + start ** 2 * contraction) / 2;
  return question === "two points" ? -start * oppositeStart * contraction : 0;
}

/** The answer that central moments at the horizon give. */
export function fromMoments(question: "mean loss" | "variance" | "third cumulant", {square, variance, thirdCumulant}: AffineMoments): number {
  return question === "mean loss" ? (1 + square) / 2 : question === "variance" ? variance : thirdCumulant;
}

/** Steps of the averaged run. */
export const averagedSteps = ({averagingHorizon}: Pick<Problem, "averagingHorizon">, stepSize: number): number => Math.round(averagingHorizon / stepSize);

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
 * The exact value of one answer; undefined where a model has none: the product of two points of a diffusion or
 * recursion with the square root of a variance has no closed form, and additive noise has no power law.
 * @throws RangeError where squares do not contract at this step size.
 */
export function exactAnswer(question: Question, model: NoiseModel | "SGD", {stepSize, kurtosis}: {readonly stepSize: number; readonly kurtosis: number}, problem: Problem): number | undefined {
  const moments = stepMomentsOf(model, {stepSize, kurtosis});
  const steps = Math.round(problem.horizon / stepSize);
  if (question === "two points") return hasPairs(model) ? affinePairMoment(moments, [problem.start, -problem.oppositeStart], steps) : undefined;
  if (question === "stationary variance") return affineStationarySquare(moments);
  if (question === "average") return affineAverageSquare(moments, 0, averagedSteps(problem, stepSize));
  if (question === "tail index") return kurtosis === gaussianKurtosis ? tailIndexOf(model, stepSize) : undefined;
  return fromMoments(question, affineMoments(moments, problem.start, steps));
}

function answersAt(stepSize: number, kurtosis: number, asked: readonly Question[], problem: Problem): readonly Answer[] {
  return asked.flatMap((question) => {
    const of = (model: NoiseModel | "SGD") => exactAnswer(question, model, {stepSize, kurtosis}, problem);
    const sgd = of("SGD");
    if (sgd === undefined) throw new RangeError(`step size: expected one at which SGD on ${inputsOf(kurtosis).kind} inputs has a ${question}, found ${stepSize}`);
    const baseline = baselineOf(question, problem);
    return (["SGD", ...noiseModels] as const).flatMap((model): readonly Answer[] => {
      const value = of(model);
      return value === undefined ? [] : [{question, model, kurtosis, stepSize, value, sgd, baseline, ratio: (value - baseline) / (sgd - baseline), error: Math.abs(value - sgd)}];
    });
  });
}

/**
 * SGD on streaming linear regression with one weight, L = (1 + w²)/2, and what stands in for it, exactly: mean loss,
 * variance, third cumulant and E w(x)w(y) at the horizon T = kη, from two points on either side of the minimum moved by
 * one noise; stationary variance, E w̄² of the average of a run from the minimum, and tail index. Of other inputs than
 * Gaussian ones mean loss and variance.
 * @throws RangeError where SGD has no answer at a step size, which it names.
 */
export function sideBySide({steps, controlKurtoses, ...problem}: Pick<SideBySideParameters, "steps" | "controlKurtoses"> & Problem): readonly Answer[] {
  return steps.flatMap((count) => {
    const stepSize = problem.horizon / count;
    return [...answersAt(stepSize, gaussianKurtosis, questions, problem), ...controlKurtoses.filter((kurtosis) => kurtosis !== gaussianKurtosis).flatMap((kurtosis) => answersAt(stepSize, kurtosis, ["mean loss", "variance"], problem))];
  });
}
