import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {decodeTable} from "./arrow-table.ts";
import {encodeCsv} from "./csv.ts";
import type {Manifest} from "./manifest.ts";
import {checkPreset, openProject} from "./project.ts";
import {runTables} from "./run-tables.ts";
import {openStore} from "./store.ts";

/**
 * The verified Arrow stream of a table of a manifest.
 * @throws Error with the table's own error where it has one.
 */
export function manifestTable(manifest: Manifest, table: string): Uint8Array {
  const entry = Object.hasOwn(manifest.tables, table) ? manifest.tables[table] : undefined;
  if (entry === undefined) throw new Error(`table ${JSON.stringify(table)}: expected one of ${Object.keys(manifest.tables).join(", ")}`);
  if ("error" in entry) throw new Error(`table ${table} failed: ${entry.error}`);
  const bytes = openStore(manifest.store, (line) => console.error(line)).object(entry.object);
  if (bytes === undefined) throw new Error(`table ${table}: its object is gone from the store; run again`);
  return bytes;
}

/** Writes the CSV of every table of a manifest beside the store's objects, by rename, where it is not there whole. */
export function writeCsvFiles(manifest: Manifest): void {
  const folder = join(manifest.store, "csv");
  mkdirSync(folder, {recursive: true});
  for (const [table, entry] of Object.entries(manifest.tables)) {
    if ("error" in entry) continue;
    const path = join(folder, `${entry.object}.csv`);
    const csv = encodeCsv(decodeTable(manifestTable(manifest, table), `table ${table}`).rows);
    if (existsSync(path) && readFileSync(path, "utf8") === csv) continue;
    writeFileSync(`${path}.${process.pid}.tmp`, csv);
    renameSync(`${path}.${process.pid}.tmp`, path);
  }
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
