import {checkPreset, openProject} from "./project.ts";
import {runTables} from "./run-tables.ts";
import {openStore} from "./store.ts";

/** Brings one table of the project at `root` up to date and returns its Arrow stream. */
export async function readTable(root: string, table: string): Promise<Uint8Array> {
  const project = openProject(root, {preset: checkPreset(process.env.DRIFTBOOK_PRESET ?? "quick")});
  const {manifest} = await runTables(project, [table]);
  const entry = manifest.tables[table]!;
  if ("error" in entry) throw new Error(entry.error);
  const bytes = openStore(project.storeFolder, (line) => console.error(line)).object(entry.object);
  if (bytes === undefined) throw new Error(`table ${table}: its object left the store while it was read`);
  return bytes;
}
