import {bootstrapSlope} from "../../statistics/index.ts";
import type {RandomSource} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {BarrierPassage} from "./log-barrier-escape.ts";
import {groupPassages, isTimed} from "./log-barrier-summary.ts";
import type {TimedPassage} from "./log-barrier-summary.ts";
import type {LogBarrierEscapeParameters} from "./parameters.ts";

/** The slope of log mean escape time on log loss ratio at one temperature. */
export interface BarrierSlope {
  readonly temperature: number;
  /** Barriers with a passage. */
  readonly barriers: number;
  /** Loss ratios of the lowest and the highest of them; null without any. */
  readonly lowestRatio: number | null;
  readonly highestRatio: number | null;
  /** Null for fewer than 4 barriers. */
  readonly slope: number | null;
  readonly standardError: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Replicas that arrived, of all barriers. */
  readonly used: number;
  readonly total: number;
}

export const fewestBarriers = 4;

/** The time of all replicas over their passages. */
function meanTime(replicas: readonly TimedPassage[]): number {
  let [sum, passages] = [0, 0];
  for (const {time, crossed} of replicas) {
    sum += time;
    passages += Number(crossed);
  }
  return sum / Math.max(1, passages);
}

/** The slope over the barriers of one temperature that were simulated with the larger time step, with its 95 % interval by bootstrap over replicas. */
export function barrierSlopeOf(passages: readonly BarrierPassage[], temperature: number, random: RandomSource): BarrierSlope {
  const largest = passages.reduce((most, {relativeTimeStep}) => Math.max(most, relativeTimeStep), 0);
  const chosen = passages.filter(({relativeTimeStep}) => relativeTimeStep === largest);
  const groups = groupPassages(chosen.filter(isTimed)).map((units) => ({x: Math.log(units[0]!.lossRatio), units})).filter(({units}) => units.some(({crossed}) => crossed));
  const ratios = groups.map(({units}) => units[0]!.lossRatio);
  const [lowestRatio, highestRatio] = ratios.length === 0 ? [null, null] : [Math.min(...ratios), Math.max(...ratios)];
  const known = {temperature, barriers: groups.length, lowestRatio, highestRatio, used: chosen.filter(({crossed}) => crossed).length, total: chosen.length};
  if (groups.length < fewestBarriers) return {...known, slope: null, standardError: null, low: null, high: null};
  const {estimate, interval, standardError} = bootstrapSlope({groups, statistic: (units) => Math.log(meanTime(units)), random});
  return {...known, slope: estimate, standardError, low: interval.low, high: interval.high};
}

/** E0.1: the slope over the barriers at each temperature, from the passages at that temperature. */
export const barrierSlopes = /* @__PURE__ */ defineExperiment({
  cells: ({temperatures}: LogBarrierEscapeParameters) => temperatures.map((temperature) => ({name: `temperature ${temperature}`, reads: {temperature}, rows: [{temperature}]})),
  run: ({temperature}: {readonly temperature: number}, {stream}, [passages]: readonly [readonly BarrierPassage[]]): readonly BarrierSlope[] => [
    barrierSlopeOf(passages, temperature, stream("verdicts", 0).generator(`barrier slope ${temperature}`))
  ]
});
