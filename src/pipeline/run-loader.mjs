// Framework's interpreter of a loader: `node run-loader.mjs <loader> [--table=<name>]`
// prints the table's verified Arrow stream (or, for a loader of another kind,
// what the loader itself prints). Within a build or preview the tables stand in
// the manifest that DRIFTBOOK_MANIFEST names, brought up to date just before;
// without one they are brought up to date here.
import {createHash} from "node:crypto";
import {readFileSync, writeSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const [, , loader = "", ...options] = process.argv;

function write(bytes) {
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
}

function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

async function main() {
  const table = basename(loader, ".arrow.ts");
  if (!loader.endsWith(".arrow.ts")) {
    const {register} = await import("tsx/esm/api");
    register();
    process.argv = [process.argv[0], loader, ...options];
    await import(new URL(`file://${join(process.cwd(), loader)}`).href);
    return;
  }
  const path = process.env.DRIFTBOOK_MANIFEST;
  if (path === undefined) {
    const {register} = await import("tsx/esm/api");
    register();
    const {readTable} = await import("./read-table.ts");
    return write(await readTable(root, table));
  }
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  const entry = manifest.tables[table];
  if (entry === undefined) return fail(`table ${table}: not in the manifest of this run; run the build again`);
  if (entry.error !== undefined) return fail(`table ${table} failed: ${entry.error}`);
  const bytes = readFileSync(join(manifest.store, "objects", `${entry.object}.arrow`));
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== entry.object) return fail(`table ${table}: its cached object is damaged (expected ${entry.object.slice(0, 12)}, found ${digest.slice(0, 12)}); run the build again`);
  write(bytes);
}

main().catch((error) => fail(`loader ${loader}: ${error.message}`));
