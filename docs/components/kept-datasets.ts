import type {KeptRun} from "./kept-runs.js";
import {plainRows} from "./plain-rows.js";
import type {PlainRow} from "./plain-rows.js";
import {queryOf} from "./recorded-query.js";

/** Data sets of a figure, by name. */
export type Datasets = Readonly<Record<string, readonly PlainRow[]>>;

/** What a figure has of a kept run: other rows than its own, the same, nothing that could be asked for, or why there is none. */
export type KeptData =
  | {readonly state: "differs"; readonly datasets: Datasets}
  | {readonly state: "same"}
  | {readonly state: "none"}
  | {readonly state: "failed"; readonly reason: string};

/** The column that names the run of a row. */
export const runColumn = "kept run";

/**
 * Asks the queries of a figure of a kept run, if any of them reads a table that differs, and gives the data sets whose
 * rows are others. What goes wrong is returned, since the figure's own data are drawn in any case.
 *
 * @param sources where the figure's data sets came from. @param shown the rows that they gave.
 */
export async function keptDatasets(sources: Readonly<Record<string, unknown>>, shown: Datasets, run: KeptRun): Promise<KeptData> {
  const queries = Object.entries(sources).flatMap(([name, source]) => {
    const query = queryOf(source);
    return query === undefined ? [] : [{name, query}];
  });
  if (queries.length === 0) return {state: "none"};
  const missing = [...run.missing].filter((table) => queries.some(({query}) => reads(query.text, table)));
  if (missing.length > 0) return {state: "failed", reason: `it has no table ${missing.join(", ")}`};
  if (!queries.some(({query}) => [...run.tables.keys()].some((table) => reads(query.text, table)))) return {state: "same"};
  try {
    const rows = await Promise.all(queries.map(async ({name, query}) => [name, plainRows(await query.on(run), `${name} of ${run.name}`, {mayBeEmpty: true})] as const));
    const other = rows.filter(([name, kept]) => JSON.stringify(kept) !== JSON.stringify(shown[name]));
    if (other.length === 0) return {state: "same"};
    if (rows.every(([, kept]) => kept.length === 0)) return {state: "failed", reason: "it has no rows of what is shown here"};
    return {state: "differs", datasets: Object.fromEntries(other.map(([name, kept]) => [name, kept.map((row) => ({[runColumn]: run.name, ...row}))]))};
  } catch (error) {
    return {state: "failed", reason: error instanceof Error ? error.message : String(error)};
  }
}

function reads(text: string, table: string): boolean {
  return new RegExp(`\\b${table}\\b`).test(text);
}
