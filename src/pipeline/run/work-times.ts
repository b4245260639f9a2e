import type {CellDescription} from "../describe/index.ts";
import {sortKeys} from "../sort-keys.ts";
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

interface Measured {
  /** Seconds for a replica, or for a cell without replicas, by the cell's name and parameters. */
  readonly ofParameters: ReadonlyMap<string, number>;
  readonly ofCell: ReadonlyMap<string, number>;
  readonly mean: number;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
const perReplica = ({seconds, range}: Entry): number => seconds / (range?.count ?? 1);
const parametersText = ({name, reads}: TimedCell): string => JSON.stringify([name, sortKeys(reads)]);

function mediansBy(entries: readonly Entry[], textOf: (cell: TimedCell) => string): ReadonlyMap<string, number> {
  const times = new Map<string, number[]>();
  for (const entry of entries) {
    const {cell: name, reads} = entry.note as {readonly cell: string; readonly reads: unknown};
    const text = textOf({name, reads});
    const known = times.get(text);
    if (known === undefined) times.set(text, [perReplica(entry)]);
    else known.push(perReplica(entry));
  }
  return new Map([...times].map(([text, values]) => [text, median(values)]));
}

function measured(entries: readonly Entry[]): Measured | null {
  const ofCells = entries.filter(({note}) => typeof note["cell"] === "string");
  if (ofCells.length === 0) return null;
  const ofCell = mediansBy(ofCells, ({name}) => name);
  return {ofParameters: mediansBy(ofCells, parametersText), ofCell, mean: [...ofCell.values()].reduce((sum, value) => sum + value, 0) / ofCell.size};
}

/**
 * What earlier runs say of times: for a cell the median of its own with the
 * parameters that it reads, else of its own with any others, and for a cell
 * never run the mean over its table; by replicas where it has any. What
 * parameters other than replicas do to a time is not known: steps, widths and
 * epochs are the experiment's own affair.
 */
export function workTimes(store: Pick<Store, "entries">): WorkTimes {
  const known = new Map<string, Measured | null>();
  const of = (table: string): Measured | null => {
    if (!known.has(table)) known.set(table, measured(store.entries(table)));
    return known.get(table)!;
  };
  return {
    seconds(table, cell, replicas) {
      const times = of(table);
      return times === null ? null : (times.ofParameters.get(parametersText(cell)) ?? times.ofCell.get(cell.name) ?? times.mean) * (replicas ?? 1);
    },
    isMeasured: (table, cell) => of(table)?.ofParameters.has(parametersText(cell)) ?? false
  };
}

const targetSeconds = 4;
const leastReplicas = 256;

/**
 * Into how many replicas a gap is cut: ranges of about 4 s where times are
 * known, so that little is lost when a run is interrupted and all workers have
 * work; else quarters.
 */
export function usualRangeSize(times: WorkTimes, table: string, cell: CellDescription, gap: number): number {
  const one = times.seconds(table, cell, 1);
  const wanted = one === null || one === 0 ? Math.ceil(gap / 4) : Math.floor(targetSeconds / one);
  return Math.max(leastReplicas, wanted);
}
