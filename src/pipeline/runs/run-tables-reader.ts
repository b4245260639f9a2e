import {decodeTable} from "../arrow-table.ts";
import type {Row} from "../columns.ts";
import type {Store} from "../store/index.ts";
import type {RunRecord} from "./run-record.ts";

/** The rows of a table of a run, or undefined where the run has none or they cannot be read. */
export type ReadTable = (run: RunRecord, table: string) => readonly Row[] | undefined;

/** Reads the tables of runs out of a store, verified; each once. */
export function runTablesReader(store: Pick<Store, "object">): ReadTable {
  const read = new Map<string, readonly Row[] | undefined>();
  const rowsOf = (object: string, table: string): readonly Row[] | undefined => {
    const bytes = store.object(object);
    try {
      return bytes === undefined ? undefined : decodeTable(bytes, `table ${table}`).rows;
    } catch {
      return undefined;
    }
  };
  return ({tables}, table) => {
    const found = Object.hasOwn(tables, table) ? tables[table]! : undefined;
    if (found === undefined || "error" in found) return undefined;
    if (!read.has(found.object)) read.set(found.object, rowsOf(found.object, table));
    return read.get(found.object);
  };
}
