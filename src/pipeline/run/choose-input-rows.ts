import type {CellDescription, ProjectDescription, TableDescription} from "../describe/index.ts";
import type {Project} from "../project.ts";
import type {Entry, Store} from "../store/index.ts";
import type {Workers} from "../workers/index.ts";
import {rowsRead} from "./input-rows.ts";
import type {ChosenRows, InputRows} from "./input-rows.ts";

/** What the cells of a table read of its inputs, and the index entries of the rows that they choose. */
export interface CellInputs {
  readonly of: (cell: CellDescription) => InputRows;
  readonly entries: readonly Entry[];
}

/** What rows are chosen with. */
export interface ChoosingTools {
  readonly project: Project;
  readonly description: ProjectDescription;
  readonly store: Pick<Store, "findSound">;
  readonly workers: Pick<Workers, "ask">;
  /** Runs a task when there is a place for it. */
  readonly place: <T>(task: () => Promise<T>) => Promise<T>;
}

/** Finds the rows that the cells of a table choose from its inputs, and has those that are not in the store kept there, as objects of their own. */
export async function chooseInputRows(table: TableDescription, whole: InputRows, {project, description, store, workers, place}: ChoosingTools): Promise<CellInputs> {
  const chosen = new Map<string, ChosenRows>();
  const collect = (rows: ChosenRows): string => {
    chosen.set(`${rows.input} ${rows.key}`, rows);
    return "";
  };
  for (const cell of table.cells) rowsRead(cell, table.inputs, whole, collect);
  const found = new Map<string, Entry>();
  const missing = new Map<string, ChosenRows[]>();
  for (const [name, rows] of chosen) {
    const entry = store.findSound(rows.input, rows.key, null);
    if (entry !== undefined) found.set(name, entry);
    else missing.set(rows.input, [...(missing.get(rows.input) ?? []), rows]);
  }
  const choose = async ([input, rows]: readonly [string, readonly ChosenRows[]]): Promise<void> => {
    const {name, columns} = description.tables[input] as TableDescription;
    const reply = await place(() => workers.ask({kind: "rows", project, table: {name, columns}, object: whole.objects[input]!, rows}));
    if (reply.kind !== "rows") throw new Error("its worker gave no rows of its inputs");
    rows.forEach(({key}, i) => found.set(`${input} ${key}`, reply.entries[i]!));
  };
  await Promise.all([...missing].map(choose));
  return {of: (cell) => rowsRead(cell, table.inputs, whole, ({input, key}) => found.get(`${input} ${key}`)!.object), entries: [...found.values()]};
}
