import type {CellDescription} from "../describe/index.ts";
import type {Entry, Store} from "../store/index.ts";

/** Seconds that pieces of work are expected to take, from those measured in earlier runs. */
export interface WorkTimes {
  /** Seconds for a number of replicas of a cell (or for the cell, null); null where its table was never measured. */
  readonly seconds: (table: string, cell: string, replicas: number | null) => number | null;
}

interface Measured {
  readonly ofCell: ReadonlyMap<string, number>;
  readonly mean: number;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
const perReplica = ({seconds, range}: Entry): number => seconds / (range?.count ?? 1);

function measured(entries: readonly Entry[]): Measured | null {
  const byCell = new Map<string, number[]>();
  for (const entry of entries) {
    const {cell} = entry.note as {cell?: unknown};
    if (typeof cell === "string") byCell.set(cell, [...(byCell.get(cell) ?? []), perReplica(entry)]);
  }
  if (byCell.size === 0) return null;
  const ofCell = new Map([...byCell].map(([cell, times]) => [cell, median(times)]));
  return {ofCell, mean: [...ofCell.values()].reduce((sum, value) => sum + value, 0) / ofCell.size};
}

/**
 * What earlier runs say of times: for a cell the median of its own, whatever
 * its parameters were, and for a cell never run the mean over its table;
 * by replicas where it has any.
 */
export function workTimes(store: Pick<Store, "entries">): WorkTimes {
  const known = new Map<string, Measured | null>();
  return {
    seconds(table, cell, replicas) {
      if (!known.has(table)) known.set(table, measured(store.entries(table)));
      const times = known.get(table);
      return times == null ? null : (times.ofCell.get(cell) ?? times.mean) * (replicas ?? 1);
    }
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
  const one = times.seconds(table, cell.name, 1);
  const wanted = one === null || one === 0 ? Math.ceil(gap / 4) : Math.floor(targetSeconds / one);
  return Math.max(leastReplicas, wanted);
}
