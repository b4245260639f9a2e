import type {PieceName, RunEvent} from "../run/run-event.ts";

/** A table that is being computed. */
export interface TableState {
  readonly table: string;
  readonly experiment: string | null;
  /** Pieces done, finished shares of those at work included, and all that are missing. */
  readonly done: number;
  readonly missing: number;
  /** Pieces that were there. */
  readonly known: number;
  /** Seconds since its first piece was started. */
  readonly elapsed: number;
  /** Seconds of work that are left, over all workers; null where nothing is known. */
  readonly left: number | null;
  /** The process that computes what it waits for, or null. */
  readonly heldBy: number | null;
}

/** What a run has done and has to do, followed event by event. */
export interface ProgressState {
  readonly apply: (event: RunEvent) => void;
  /** Tables with pieces at work, in the order in which they began. */
  readonly running: () => readonly TableState[];
  readonly tableState: (table: string) => TableState | undefined;
  /** Tables settled and all; pieces done and missing of those that are planned; seconds of work left for the tables that are planned, null where unknown. */
  readonly whole: () => {readonly settled: number; readonly tables: number; readonly done: number; readonly missing: number; readonly left: number | null};
}

interface Piece {
  readonly from: number;
  readonly expected: number | null;
  share: number;
}

interface Table {
  readonly experiment: string | null;
  readonly missing: number;
  readonly known: number;
  readonly expected: number | null;
  began: number | null;
  finished: number;
  /** Seconds that finished pieces took. */
  spent: number;
  readonly atWork: Map<string, Piece>;
  heldBy: number | null;
}

const keyOf = ({cell, range}: PieceName): string => JSON.stringify([cell, range]);

/**
 * Follows a run. The work left of a table is what its remaining pieces are
 * expected to take: by the finished ones, else by the part of those at work
 * that is done, else by times measured in earlier runs.
 * @param now monotonic time in ms
 */
export function followProgress(now: () => number): ProgressState {
  const tables = new Map<string, Table>();
  let settled = 0;
  let all = 0;

  const perPiece = ({finished, spent, expected, missing, atWork}: Table): number | null => {
    if (finished > 0) return spent / finished;
    const whole = [...atWork.values()].filter(({share, expected}) => share > (expected === null ? 0.02 : 0.2)).map(({from, share}) => (now() - from) / 1000 / share);
    if (whole.length > 0) return whole.reduce((sum, value) => sum + value, 0) / whole.length;
    return expected === null || missing === 0 ? null : expected / missing;
  };
  const leftOf = (table: Table): number | null => {
    const one = perPiece(table);
    const shares = [...table.atWork.values()].reduce((sum, {from, share, expected}) => sum + Math.max(share, expected === null || expected === 0 ? 0 : Math.min(0.95, (now() - from) / 1000 / expected)), 0);
    return one === null ? null : Math.max(0, one * (table.missing - table.finished - shares));
  };
  const stateOf = (name: string, table: Table): TableState => {
    const {experiment, missing, known, began, finished, atWork, heldBy} = table;
    const shares = [...atWork.values()].reduce((sum, {share}) => sum + share, 0);
    return {table: name, experiment, done: finished + shares, missing, known, elapsed: began === null ? 0 : (now() - began) / 1000, left: leftOf(table), heldBy};
  };

  return {
    apply(event) {
      switch (event.kind) {
        case "begun":
          all = event.tables.length;
          settled = 0;
          tables.clear();
          return;
        case "planned":
          return void tables.set(event.table, {experiment: event.experiment, missing: event.missing, known: event.known, expected: event.seconds, began: null, finished: 0, spent: 0, atWork: new Map(), heldBy: null});
        case "settled":
          settled++;
          return;
        case "done":
          return;
      }
      const table = tables.get(event.table);
      if (table === undefined) return;
      const key = keyOf(event);
      switch (event.kind) {
        case "waiting":
          table.heldBy = event.heldBy;
          return;
        case "started":
          table.began ??= now();
          table.heldBy = null;
          return void table.atWork.set(key, {from: now(), expected: event.seconds, share: 0});
        case "progress": {
          const piece = table.atWork.get(key);
          if (piece !== undefined && event.total > 0) piece.share = Math.min(1, event.done / event.total);
          return;
        }
        case "ended":
          table.heldBy = null;
          table.atWork.delete(key);
          table.finished++;
          if (event.outcome === "computed") table.spent += event.seconds;
      }
    },
    running: () => [...tables].filter(([, {atWork, heldBy}]) => atWork.size > 0 || heldBy !== null).map(([name, table]) => stateOf(name, table)),
    tableState(name) {
      const table = tables.get(name);
      return table && stateOf(name, table);
    },
    whole() {
      const open = [...tables.values()].filter(({missing, finished}) => missing > finished);
      const left = open.map(leftOf);
      const sumOf = (value: (table: Table) => number): number => [...tables.values()].reduce((sum, table) => sum + value(table), 0);
      return {settled, tables: all, done: sumOf(({finished}) => finished), missing: sumOf(({missing}) => missing), left: left.includes(null) ? null : left.reduce<number>((sum, value) => sum + value!, 0)};
    }
  };
}
