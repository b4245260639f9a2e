import {isDeepStrictEqual} from "node:util";
import type {CellDescription} from "../describe/index.ts";
import type {Entry, Store} from "../store/index.ts";

/** What a cell's time is known by. */
export type TimedCell = Pick<CellDescription, "name" | "reads">;

/** Seconds that pieces of work are expected to take, from those measured in earlier runs. */
export interface WorkTimes {
  /** Seconds for a number of replicas of a cell (or for the cell, null); null where its table was never measured. */
  readonly seconds: (table: string, cell: TimedCell, replicas: number | null) => number | null;
  /** Whether the cell was measured with the parameters that it reads, in any number of replicas; else its seconds are a guess from cells with others. */
  readonly isMeasured: (table: string, cell: TimedCell) => boolean;
}

/** A time that was measured: for one replica, or for a cell without replicas. */
interface Timed {
  readonly reads: unknown;
  readonly seconds: number;
}

interface Measured {
  readonly ofCells: ReadonlyMap<string, readonly Timed[]>;
  readonly mean: number;
}

const median = (times: readonly Timed[]): number => times.map(({seconds}) => seconds).sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)]!;

function measured(entries: readonly Entry[]): Measured | null {
  const ofCells = new Map<string, Timed[]>();
  for (const {note, seconds, range} of entries) {
    const {cell, reads} = note as {readonly cell?: unknown; readonly reads?: unknown};
    if (typeof cell !== "string") continue;
    const time = {reads, seconds: seconds / (range?.count ?? 1)};
    const known = ofCells.get(cell);
    if (known === undefined) ofCells.set(cell, [time]);
    else known.push(time);
  }
  return ofCells.size === 0 ? null : {ofCells, mean: [...ofCells.values()].reduce((sum, times) => sum + median(times), 0) / ofCells.size};
}

/**
 * What earlier runs say of times: for a cell the median of its own with the
 * parameters that it reads, else of its own with any others, and for a cell
 * never run the mean over its table; by replicas where it has any. What
 * parameters other than replicas do to a time is not known: steps, widths and
 * epochs are the experiment's own affair.
 */
export function workTimes(store: Pick<Store, "entries">): WorkTimes {
  const tables = new Map<string, Measured | null>();
  const known = new WeakMap<TimedCell, {readonly seconds: number; readonly isMeasured: boolean} | null>();
  const timeOf = (table: string, {name, reads}: TimedCell) => {
    if (!tables.has(table)) tables.set(table, measured(store.entries(table)));
    const times = tables.get(table)!;
    if (times === null) return null;
    const own = times.ofCells.get(name) ?? [];
    const same = own.filter((time) => isDeepStrictEqual(time.reads, reads));
    return {seconds: same.length > 0 ? median(same) : own.length > 0 ? median(own) : times.mean, isMeasured: same.length > 0};
  };
  const remembered: typeof timeOf = (table, cell) => {
    if (!known.has(cell)) known.set(cell, timeOf(table, cell));
    return known.get(cell)!;
  };
  return {
    seconds(table, cell, replicas) {
      const time = remembered(table, cell);
      return time === null ? null : time.seconds * (replicas ?? 1);
    },
    isMeasured: (table, cell) => remembered(table, cell)?.isMeasured === true
  };
}

const targetSeconds = 4;
const leastUnknown = 256;

/**
 * Into how many replicas a gap is cut: ranges of about 4 s where times are
 * known, so that little is lost when a run is interrupted and all workers have
 * work; else quarters, unless they are less than 256.
 */
export function usualRangeSize(times: WorkTimes, table: string, cell: CellDescription, gap: number): number {
  const one = times.seconds(table, cell, 1);
  return one === null || one === 0 ? Math.max(leastUnknown, Math.ceil(gap / 4)) : Math.max(1, Math.floor(targetSeconds / one));
}
