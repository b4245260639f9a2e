import {checkNotEmpty, withMetadata} from "../arrow-table.ts";
import type {TableDescription} from "../describe/index.ts";
import {joinStreams} from "../join-streams.ts";
import {sha256} from "../store/index.ts";

/** A whole table as it is published. */
export interface AssembledTable {
  /** Digest of its rows: equal for equal rows of equal columns. */
  readonly content: string;
  /** Its Arrow stream, with the columns' descriptions and its provenance. */
  readonly arrow: Uint8Array;
}

/**
 * Joins the rows of a table's cells in order.
 * @param cells the Arrow streams of the cells, or of their ranges of replicas
 * @throws RangeError for a table without rows
 */
export function assembleTable({name, columns, provenance}: Pick<TableDescription, "name" | "columns" | "provenance">, cells: readonly Uint8Array[], metadata: Readonly<Record<string, string>>): AssembledTable {
  const {bytes, rows} = joinStreams(`table ${name}`, columns, cells);
  checkNotEmpty(name, rows);
  return {content: sha256(bytes), arrow: withMetadata(bytes, columns, {...provenance, ...metadata})};
}
