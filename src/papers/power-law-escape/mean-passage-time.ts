import {censoredExponential} from "../../statistics/index.ts";
import {firstDivergence} from "./chain-end.ts";

/** A mean time of passage with what it rests on. */
export interface MeanPassageTime {
  readonly measured: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Replicas that passed. */
  readonly crossed: number;
  /** All replicas. */
  readonly replicas: number;
  /** Replicas that diverged instead, of which nothing is used. */
  readonly diverged: number;
  /** The first step at which one did; null where none did. */
  readonly firstDivergence: number | null;
}

/**
 * The mean of exponential times with censoring by maximum likelihood, with its
 * 95 % interval: the time of all replicas that did not diverge over the number
 * of passages.
 */
export function meanPassageTime(passages: readonly {readonly time: number | null; readonly crossed: boolean; readonly divergedAt: number | null}[]): MeanPassageTime {
  const used = passages.filter(({divergedAt}) => divergedAt === null);
  const counts = {replicas: passages.length, diverged: passages.length - used.length, firstDivergence: firstDivergence(passages)};
  if (!used.some(({crossed}) => crossed)) return {measured: null, low: null, high: null, crossed: 0, ...counts};
  const {mean, interval, events} = censoredExponential({times: used.map(({time}) => time!), completed: used.map(({crossed}) => crossed)});
  return {measured: mean!, low: interval.low, high: interval.high, crossed: events, ...counts};
}
