import type {Cell} from "../../papers/experiment.ts";
import {fits} from "../arrow-table.ts";
import type {Columns} from "../columns.ts";

/**
 * Checks that the rows that cells read of their table's inputs are chosen by values of columns that the inputs have.
 * @param columnsOf the columns of an input, undefined where they are not known
 * @throws RangeError naming the table, the cell, the input and the column
 */
export function checkRows(table: string, cells: readonly Pick<Cell<unknown>, "name" | "rows">[], inputs: readonly string[], columnsOf: (input: string) => Columns | undefined): void {
  for (const {name, rows} of cells) {
    if (rows === undefined) continue;
    const where = `table ${table}, cell ${JSON.stringify(name)}`;
    if (rows.length !== inputs.length) throw new RangeError(`${where}: expected for each of ${inputs.length} inputs the rows that it reads, found ${rows.length}`);
    for (const [i, input] of inputs.entries()) {
      const columns = columnsOf(input);
      if (columns === undefined) continue;
      for (const [column, values] of Object.entries(rows[i] ?? {})) {
        const found = Object.hasOwn(columns, column) ? columns[column] : undefined;
        if (found === undefined) throw new RangeError(`${where}: expected rows of ${input} chosen by its columns ${Object.keys(columns).join(", ")}, found ${JSON.stringify(column)}`);
        for (const value of [values].flat())
          if (!(value === null ? found.nullable : fits(value, found))) throw new RangeError(`${where}: expected rows of ${input} chosen by values of type ${found.type} of its column ${column}, found ${JSON.stringify(value) ?? String(value)}`);
      }
    }
  }
}
