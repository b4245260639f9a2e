import type {ReplicaRange} from "../../papers/experiment.ts";
import {encodingVersion} from "../arrow-table.ts";
import {cellKey, tableKey} from "../describe/index.ts";
import type {CellDescription, InputContents, TableDescription} from "../describe/index.ts";
import type {InputRows} from "./input-rows.ts";
import {sha256} from "../store/index.ts";
import type {Entry, Store} from "../store/index.ts";

/** A cell, or a range of its replicas: what is computed and kept as one. */
export interface Piece {
  readonly table: TableDescription;
  readonly cell: CellDescription;
  readonly key: string;
  readonly range: ReplicaRange | null;
  /** What it reads of its table's inputs. */
  readonly inputs: InputRows;
  /** What the store has of it, or null if it is to be computed. */
  readonly entry: Entry | null;
}

/** Into ranges of how many replicas a gap of a cell is cut. */
export type RangeSize = (cell: CellDescription, gap: ReplicaRange) => number;

const end = ({first, count}: ReplicaRange): number => first + count;

/**
 * Covers the replicas 0 to `total` − 1 with known ranges that lie within them,
 * the longest first at each place, and cuts the gaps into ranges of at most
 * `size` replicas. What is known is never asked for again, however it was cut.
 */
export function coverReplicas(total: number, known: readonly Entry[], size: (gap: ReplicaRange) => number): readonly {readonly range: ReplicaRange; readonly entry: Entry | null}[] {
  const usable = known.filter(({range}) => range !== null && end(range) <= total);
  const pieces: {range: ReplicaRange; entry: Entry | null}[] = [];
  for (let at = 0; at < total; ) {
    const here = usable.filter(({range}) => range!.first === at).sort((a, b) => b.range!.count - a.range!.count)[0];
    if (here !== undefined) {
      pieces.push({range: here.range!, entry: here});
      at = end(here.range!);
      continue;
    }
    const next = Math.min(total, ...usable.map(({range}) => range!.first).filter((first) => first > at));
    const most = Math.max(1, Math.floor(size({first: at, count: next - at})));
    for (; at < next; at += most) pieces.push({range: {first: at, count: Math.min(most, next - at)}, entry: null});
    at = next;
  }
  return pieces;
}

/** The pieces of a table, given what each cell reads of its inputs, with what the store has of each. */
export function piecesOf(table: TableDescription, inputsOf: (cell: CellDescription) => InputRows, store: Pick<Store, "find" | "ranges">, rangeSize: RangeSize): readonly Piece[] {
  return table.cells.flatMap((cell): readonly Piece[] => {
    const inputs = inputsOf(cell);
    const key = cellKey({basis: table.basis, reads: cell.reads, data: cell.data, inputs: inputs.contents});
    if (cell.replicas === null) return [{table, cell, key, range: null, inputs, entry: store.find(table.name, key, null) ?? null}];
    return coverReplicas(cell.replicas, store.ranges(table.name, key), (gap) => rangeSize(cell, gap)).map((piece) => ({table, cell, key, inputs, ...piece}));
  });
}

/** A table that the store has whole. */
export interface KnownTable {
  readonly entry: Entry;
  /** Digest of its rows. */
  readonly content: string;
}

/** The assembled table of that key, verified. */
export function findTable(name: string, key: string, store: Pick<Store, "findSound">): KnownTable | undefined {
  const entry = store.findSound(name, key, null);
  const content = entry?.note.content;
  return entry !== undefined && typeof content === "string" ? {entry, content} : undefined;
}

/** The key of the CSV of rows: SHA-256 of their digest and the version of the encoding. */
export function csvKey(content: string): string {
  return sha256(JSON.stringify(["csv", encodingVersion, content]));
}

/** The key of an assembled table from the objects of its pieces, all of which are there. */
export function assembledKey(table: TableDescription, inputs: InputContents, entries: readonly Entry[]): string {
  return tableKey(table, inputs, entries.map(({object}) => object));
}
