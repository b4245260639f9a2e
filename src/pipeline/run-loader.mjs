// Framework's interpreter of a loader: `node run-loader.mjs <loader> [--table=<name>]`
// prints the loader's table as a verified Arrow stream, or any table as CSV for
// the loader [table].csv.ts. Within a build or preview the tables stand in the
// manifest that DRIFTBOOK_MANIFEST names, brought up to date just before;
// without one they are brought up to date here.
import {createHash} from "node:crypto";
import {readFileSync, writeSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const [, , loader = "", ...options] = process.argv;
const asCsv = loader.endsWith(".csv.ts");
const table = asCsv ? (options.find((option) => option.startsWith("--table=")) ?? "").slice("--table=".length) : basename(loader, ".arrow.ts");

function fromManifest(path) {
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  const entry = Object.hasOwn(manifest.tables, table) ? manifest.tables[table] : undefined;
  if (entry === undefined) throw new Error(`table ${JSON.stringify(table)} is not in this run; run the build again`);
  if (entry.error !== undefined) throw new Error(`table ${table} failed: ${entry.error}`);
  const bytes = readFileSync(join(manifest.store, "objects", `${entry.object}.arrow`));
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== entry.object) throw new Error(`table ${table}: its cached object is damaged (expected ${entry.object.slice(0, 12)}, found ${digest.slice(0, 12)}); run the build again`);
  return asCsv ? readFileSync(join(manifest.store, "csv", `${entry.object}.csv`)) : bytes;
}

async function fromScratch() {
  const {register} = await import("tsx/esm/api");
  register();
  const {readTable, readTableAsCsv} = await import("./read-table.ts");
  return asCsv ? Buffer.from(await readTableAsCsv(root, table)) : readTable(root, table);
}

try {
  const manifest = process.env.DRIFTBOOK_MANIFEST;
  const bytes = manifest === undefined ? await fromScratch() : fromManifest(manifest);
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
} catch (error) {
  process.stderr.write(`\nloader ${loader}: ${error.message}\n`);
  process.exitCode = 1;
}
