import {defineExperiment} from "../experiment.ts";
import {logLossEquation} from "./log-loss-equation.ts";
import {doubleWell, escapeRate} from "./log-loss-predictions.ts";
import type {LogBarrierEscapeParameters} from "./parameters.ts";

/** One replica's passage from the left minimum, −1, to the right one, +1. */
export interface BarrierPassage {
  readonly temperature: number;
  readonly lossRatio: number;
  /** Time step in τ times the curvature of log L at the minimum. */
  readonly relativeTimeStep: number;
  readonly replica: number;
  /** Time t at the passage, or when the replica was censored, in units of one over the well's prefactor; null where it diverged. */
  readonly time: number | null;
  readonly crossed: boolean;
  /** The step after which the replica was first not finite; null where it never was. */
  readonly divergedAt: number | null;
}

interface BarrierCell {
  readonly temperature: number;
  readonly lossRatio: number;
  readonly relativeTimeStep: number;
}

/**
 * −ζ(1/2)/√(2π): a barrier b watched at steps of a Brownian motion of step
 * deviation s is passed like one at b + 0.5826 s watched at all times
 * (Broadie, Glasserman and Kou, Mathematical Finance 7, 1997).
 */
const discreteWatchShift = 0.5826;

/** Barriers at every temperature, and the middle barrier with half the time step. */
function sweep({temperatures, lossRatios, relativeTimeStep}: LogBarrierEscapeParameters): readonly BarrierCell[] {
  const middle = lossRatios[Math.floor((lossRatios.length - 1) / 2)]!;
  return temperatures.flatMap((temperature) => [
    ...lossRatios.map((lossRatio) => ({temperature, lossRatio, relativeTimeStep})),
    {temperature, lossRatio: middle, relativeTimeStep: relativeTimeStep / 2}
  ]);
}

const nameOf = ({temperature, lossRatio, relativeTimeStep}: BarrierCell): string => `temperature ${temperature} ratio ${lossRatio} step ${relativeTimeStep}`;

/**
 * E0.1: replicas of the log-loss equation are followed from one minimum of the
 * double well L = L₀ + (θ² − 1)² to the other, and the time t of each passage
 * is recorded; a replica that has not arrived after the steps that cover
 * `longestInMeans` of the paper's mean times is censored where it stands. The
 * level watched is shifted for being watched at steps only.
 */
export const logBarrierEscape = /* @__PURE__ */ defineExperiment({
  cells: (parameters: LogBarrierEscapeParameters) =>
    sweep(parameters).map((cell) => ({name: nameOf(cell), reads: {...cell, longestInMeans: parameters.longestInMeans}, replicas: parameters.replicas})),

  async run({longestInMeans, ...cell}: BarrierCell & Pick<LogBarrierEscapeParameters, "longestInMeans">, {stream, ensembles, progress, replicas}): Promise<readonly BarrierPassage[]> {
    const {temperature, lossRatio, relativeTimeStep} = cell;
    const well = doubleWell(lossRatio);
    const {minimumLoss} = well;
    const timeStep = (relativeTimeStep * minimumLoss) / well.curvatureAtMinimum;
    const longest = longestInMeans / escapeRate(well, temperature);
    const found = await ensembles.firstPassages(
      logLossEquation,
      {
        parameters: {minimumLoss, temperature, timeStep},
        key: stream(nameOf(cell), 0).ensembleKey(),
        replicas,
        steps: Math.ceil((longest * minimumLoss) / timeStep),
        quantity: ({position}) => ({position}),
        levels: [1 - discreteWatchShift * Math.sqrt(2 * temperature * timeStep)],
        record: ({time}) => ({time})
      },
      {progress}
    );
    return found.reasons.map((reason, i) => {
      const [crossed, diverged] = [reason === "passed", reason === "diverged"];
      const time = (crossed ? found.atPassage.time! : found.atEnd.time!)[i]!;
      return {...cell, replica: replicas.first + i, time: diverged ? null : time, crossed, divergedAt: diverged ? found.ends[i]! : null};
    });
  }
});
