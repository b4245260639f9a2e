import {barrierPassageTime} from "./barrier-references.ts";
import {groupBy} from "./group-by.ts";
import type {BarrierPassage} from "./log-barrier-escape.ts";
import {doubleWell, escapeRate, frozenNoiseRate} from "./log-loss-predictions.ts";
import {meanPassageTime} from "./mean-passage-time.ts";
import type {MeanPassageTime} from "./mean-passage-time.ts";

/** Mean escape times at one barrier: measured, exact, predicted, and the contradicted law's. */
export interface BarrierSummary extends MeanPassageTime {
  readonly temperature: number;
  readonly lossRatio: number;
  readonly relativeTimeStep: number;
  /** Whether this is the check with half the time step. */
  readonly halved: boolean;
  readonly exact: number;
  readonly predicted: number;
  readonly arrhenius: number;
}

/** A passage of a replica that did not diverge. */
export interface TimedPassage extends BarrierPassage {
  readonly time: number;
  readonly divergedAt: null;
}

export const isTimed = (passage: BarrierPassage): passage is TimedPassage => passage.divergedAt === null;

/** The passages of each cell: those of one temperature, loss ratio and time step, in the order of the data. */
export function groupPassages<Passage extends BarrierPassage>(passages: readonly Passage[]): readonly (readonly Passage[])[] {
  return [...groupBy(passages, ({temperature, lossRatio, relativeTimeStep}) => `${temperature} ${lossRatio} ${relativeTimeStep}`).values()];
}

/**
 * Mean escape times per barrier, by the likelihood of exponential times with
 * censoring. `arrhenius` is the law with noise frozen at the minimum,
 * exp((c − 1)/T).
 */
export function summarizeBarriers(passages: readonly BarrierPassage[]): readonly BarrierSummary[] {
  const largestStep = Math.max(...new Set(passages.map(({relativeTimeStep}) => relativeTimeStep)));
  return groupPassages(passages).map((group): BarrierSummary => {
    const {temperature, lossRatio, relativeTimeStep} = group[0]!;
    const well = doubleWell(lossRatio);
    return {
      temperature,
      lossRatio,
      relativeTimeStep,
      halved: relativeTimeStep < largestStep,
      ...meanPassageTime(group),
      exact: barrierPassageTime(lossRatio, temperature),
      predicted: 1 / escapeRate(well, temperature),
      arrhenius: 1 / frozenNoiseRate(well, temperature)
    };
  });
}

/** A point of a law of the mean escape time. */
export interface BarrierCurvePoint {
  readonly temperature: number;
  readonly law: "exact integral" | "paper" | "Arrhenius, frozen noise";
  readonly lossRatio: number;
  readonly time: number;
}

const curvePoints = 40;

/** Mean escape times over a range of loss ratios a little wider than the simulated one, log-spaced. */
export function barrierCurves(temperatures: readonly number[], lossRatios: readonly number[]): readonly BarrierCurvePoint[] {
  const [lowest, highest] = [Math.min(...lossRatios) ** 0.8, Math.max(...lossRatios) ** 1.15];
  return temperatures.flatMap((temperature) =>
    Array.from({length: curvePoints}, (_, i) => lowest * (highest / lowest) ** (i / (curvePoints - 1))).flatMap((lossRatio): BarrierCurvePoint[] => {
      const well = doubleWell(lossRatio);
      return [
        {temperature, law: "exact integral", lossRatio, time: barrierPassageTime(lossRatio, temperature)},
        {temperature, law: "paper", lossRatio, time: 1 / escapeRate(well, temperature)},
        {temperature, law: "Arrhenius, frozen noise", lossRatio, time: 1 / frozenNoiseRate(well, temperature)}
      ];
    })
  );
}
