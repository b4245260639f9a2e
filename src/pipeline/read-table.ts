import {decodeTable} from "./arrow-table.ts";
import {encodeCsv} from "./csv.ts";
import type {Manifest} from "./manifest.ts";
import {checkPreset, openProject} from "./project.ts";
import {runTables} from "./run/index.ts";
import type {RunRecord} from "./runs/index.ts";
import {openStore} from "./store/index.ts";

/**
 * The verified Arrow stream of a table of a run, the one shown unless another is named.
 * @throws Error with the table's own error where it has one.
 */
export function manifestTable(manifest: Manifest, table: string, run: RunRecord = manifest.run): Uint8Array {
  const entry = Object.hasOwn(run.tables, table) ? run.tables[table] : undefined;
  if (entry === undefined) throw new Error(`table ${JSON.stringify(table)}: expected one of ${Object.keys(run.tables).join(", ")}`);
  if ("error" in entry) throw new Error(`table ${table} failed: ${entry.error}`);
  const bytes = openStore(manifest.store, (line) => console.error(line)).object(entry.object);
  if (bytes === undefined) throw new Error(`table ${table}: its object is gone from the store; run again`);
  return bytes;
}

/** Brings one table of the project at `root` up to date and returns its Arrow stream. */
export async function readTable(root: string, table: string): Promise<Uint8Array> {
  const project = openProject(root, {preset: checkPreset(process.env.DRIFTBOOK_PRESET ?? "quick")});
  const {manifest} = await runTables(project, [table]);
  return manifestTable(manifest, table);
}

/** Brings one table up to date and returns it as CSV. */
export async function readTableAsCsv(root: string, table: string): Promise<string> {
  return encodeCsv(decodeTable(await readTable(root, table), `table ${table}`).rows);
}
