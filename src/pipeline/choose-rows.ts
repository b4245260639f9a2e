import type {RowConditions} from "../papers/experiment.ts";
import {decodeTable, encodeRows} from "./arrow-table.ts";
import type {Columns, Row} from "./columns.ts";

function meeting(conditions: RowConditions): (row: Row) => boolean {
  const wanted = Object.entries(conditions).map(([column, values]) => [column, new Set([values].flat())] as const);
  return (row) => wanted.every(([column, values]) => values.has(row[column]!));
}

/**
 * The rows of a table that meet conditions, in its order, as a stream that
 * holds them and nothing else: equal rows give equal bytes, whatever rows
 * stood between them.
 * @param bytes the table's stream; @param choices any number of conditions, each of which chooses for itself
 */
export function chooseRows({name, columns}: {readonly name: string; readonly columns: Columns}, bytes: Uint8Array, choices: readonly RowConditions[]): readonly Uint8Array[] {
  const {rows} = decodeTable(bytes, `table ${name}`);
  return choices.map((conditions) => encodeRows(name, columns, rows.filter(meeting(conditions))));
}
