import {checkNotEmpty, decodeTable, encodeRows, withMetadata} from "../arrow-table.ts";
import {encodeCsv} from "../csv.ts";
import type {TableDescription} from "../describe/index.ts";
import {sha256} from "../store/index.ts";

/** A whole table as it is published. */
export interface AssembledTable {
  /** Digest of its rows: equal for equal rows of equal columns. */
  readonly content: string;
  /** Its Arrow stream, with the columns' descriptions and its provenance. */
  readonly arrow: Uint8Array;
  readonly csv: Uint8Array;
}

/**
 * Joins the rows of a table's cells in order.
 * @param cells the Arrow streams of the cells, or of their ranges of replicas
 * @throws RangeError for a table without rows
 */
export function assembleTable({name, columns, provenance}: Pick<TableDescription, "name" | "columns" | "provenance">, cells: readonly Uint8Array[], metadata: Readonly<Record<string, string>>): AssembledTable {
  const rows = cells.flatMap((bytes) => decodeTable(bytes, `table ${name}`).rows);
  checkNotEmpty(name, rows);
  const bare = cells.length === 1 ? cells[0]! : encodeRows(name, columns, rows);
  return {content: sha256(bare), arrow: withMetadata(bare, columns, {...provenance, ...metadata}), csv: Buffer.from(encodeCsv(rows))};
}
