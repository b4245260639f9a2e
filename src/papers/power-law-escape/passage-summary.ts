import {passageReference} from "./exact-sgd.ts";
import type {LossPassage} from "./first-passage.ts";
import {meanPassageTime} from "./mean-passage-time.ts";
import type {MeanPassageTime} from "./mean-passage-time.ts";
import type {FirstPassageParameters} from "./parameters.ts";
import {diffusionPassageTimes} from "./radial-references.ts";

/** Mean first-passage times t = η k at one level of the loss with three references. */
export interface PassageSummary extends MeanPassageTime {
  readonly dimension: number;
  readonly lossRatio: number;
  /** The exact mean of SGD's own chain; in one dimension only. */
  readonly exact: number | null;
  readonly gridError: number | null;
  /** The exact mean of the paper's diffusion. */
  readonly decoupledDiffusion: number;
  /** The exact mean of the diffusion with the exact covariance of Gaussian inputs. */
  readonly exactCovarianceDiffusion: number;
}

/** E0.3: measured mean passage times, censored replicas by likelihood, beside their references. */
export function summarizePassages(passages: readonly LossPassage[], parameters: FirstPassageParameters): readonly PassageSummary[] {
  const {stepSize, batchSize, dimensions, lossRatios, gridCells} = parameters;
  return dimensions.flatMap((dimension) => {
    const exact = dimension === 1 ? passageReference({stepSize, batchSize, inputs: {kind: "gaussian"}}, lossRatios, gridCells) : undefined;
    const decoupled = diffusionPassageTimes("decoupled", {stepSize, batchSize, dimension}, lossRatios);
    const covariance = diffusionPassageTimes("exact", {stepSize, batchSize, dimension}, lossRatios);
    return lossRatios.map((lossRatio, i): PassageSummary => {
      const level = passages.filter((passage) => passage.dimension === dimension && passage.lossRatio === lossRatio);
      return {
        dimension,
        lossRatio,
        ...meanPassageTime(level.map(({steps, crossed, divergedAt}) => ({time: steps * stepSize, crossed, divergedAt}))),
        exact: exact === undefined ? null : exact[i]!.steps * stepSize,
        gridError: exact === undefined ? null : exact[i]!.relativeGridError,
        decoupledDiffusion: decoupled[i]!,
        exactCovarianceDiffusion: covariance[i]!
      };
    });
  });
}

/** A point of a reference curve of the mean first-passage time. */
export interface PassageCurvePoint {
  readonly dimension: number;
  readonly law: "paper's diffusion" | "exact-covariance diffusion" | "exact SGD";
  readonly lossRatio: number;
  readonly time: number;
}

const curvePoints = 24;

/** The references on a log-spaced range of loss ratios a little wider than the measured one. */
export function passageCurves({stepSize, batchSize, dimensions, lossRatios, gridCells}: FirstPassageParameters): readonly PassageCurvePoint[] {
  const [lowest, highest] = [Math.min(...lossRatios) ** 0.9, Math.max(...lossRatios) ** 1.1];
  const levels = Array.from({length: curvePoints}, (_, i) => lowest * (highest / lowest) ** (i / (curvePoints - 1)));
  return dimensions.flatMap((dimension) => {
    const point = (law: PassageCurvePoint["law"], times: readonly number[]) => times.map((time, i): PassageCurvePoint => ({dimension, law, lossRatio: levels[i]!, time}));
    const exact = dimension === 1 ? passageReference({stepSize, batchSize, inputs: {kind: "gaussian"}}, levels, gridCells).map(({steps}) => steps * stepSize) : [];
    return [
      ...point("paper's diffusion", diffusionPassageTimes("decoupled", {stepSize, batchSize, dimension}, levels)),
      ...point("exact-covariance diffusion", diffusionPassageTimes("exact", {stepSize, batchSize, dimension}, levels)),
      ...point("exact SGD", exact)
    ];
  });
}
