import type {RowConditions} from "../../papers/experiment.ts";
import {rowsKey} from "../describe/index.ts";
import type {CellDescription, InputContents} from "../describe/index.ts";

/** Rows of inputs: the objects that hold them and the digests of the rows, by the names of the inputs. */
export interface InputRows {
  readonly objects: Readonly<Record<string, string>>;
  readonly contents: InputContents;
}

/** Rows that cells choose from an input of their table. */
export interface ChosenRows {
  readonly input: string;
  readonly conditions: RowConditions;
  readonly key: string;
}

/**
 * What a cell reads of its table's inputs.
 * @param whole the inputs with all of their rows
 * @param digestOf digest of chosen rows, which names the object that holds them too
 */
export function rowsRead(cell: Pick<CellDescription, "rows">, inputs: readonly string[], whole: InputRows, digestOf: (rows: ChosenRows) => string): InputRows {
  if (cell.rows === null) return whole;
  const [objects, contents] = [{...whole.objects}, {...whole.contents}];
  inputs.forEach((input, i) => {
    const conditions = cell.rows![i]!;
    if (conditions === null) {
      delete objects[input];
      delete contents[input];
    } else if (Object.keys(conditions).length > 0) {
      objects[input] = contents[input] = digestOf({input, conditions, key: rowsKey(whole.contents[input]!, conditions)});
    }
  });
  return {objects, contents};
}
