// Framework's interpreter of a loader: `node run-loader.mjs <loader> [--run=<name>] [--table=<name>]`
// prints the loader's table as a verified Arrow stream, any table as CSV for the
// loader [table].csv.ts, or a table of a kept run for runs/[run]/[table].arrow.ts.
// Within a build or preview the tables stand in the manifest that
// DRIFTBOOK_MANIFEST names, brought up to date just before; without one they are
// brought up to date here.
import {createHash} from "node:crypto";
import {readFileSync, writeSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const [, , loader = "", ...options] = process.argv;
const asCsv = loader.endsWith(".csv.ts");
const option = (name) => options.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const run = option("run");
const table = option("table") ?? (asCsv ? "" : basename(loader, ".arrow.ts"));

function fromManifest(path) {
  const {store, run: shown, kept} = JSON.parse(readFileSync(path, "utf8"));
  const record = run === undefined ? shown : kept.find(({name}) => name === run);
  if (record === undefined) throw new Error(`run ${JSON.stringify(run)} is not kept; the kept runs are ${kept.map(({name}) => name).join(", ") || "none"}`);
  const entry = Object.hasOwn(record.tables, table) ? record.tables[table] : undefined;
  const [place, named] = run === undefined ? ["this run", `table ${table}`] : [`run ${run}`, `table ${table} of run ${run}`];
  if (entry === undefined) throw new Error(`table ${JSON.stringify(table)} is not in ${place}; run the build again`);
  if (entry.error !== undefined) throw new Error(`${named} failed: ${entry.error}`);
  const wanted = asCsv ? entry.csv : entry.object;
  const bytes = readFileSync(join(store, "objects", wanted.slice(0, 2), wanted));
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== wanted) throw new Error(`${named}: its stored object is damaged (expected ${wanted.slice(0, 12)}, found ${digest.slice(0, 12)}); run the build again`);
  return bytes;
}

async function fromScratch() {
  const {register} = await import("tsx/esm/api");
  register();
  const {readTable, readTableAsCsv} = await import("./read-table.ts");
  return asCsv ? Buffer.from(await readTableAsCsv(root, table)) : readTable(root, table);
}

try {
  const manifest = process.env.DRIFTBOOK_MANIFEST;
  if (manifest === undefined && run !== undefined) throw new Error(`run ${run}: kept runs are read within a build or a preview`);
  const bytes = manifest === undefined ? await fromScratch() : fromManifest(manifest);
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
} catch (error) {
  process.stderr.write(`\nloader ${loader}: ${error.message}\n`);
  process.exitCode = 1;
}
