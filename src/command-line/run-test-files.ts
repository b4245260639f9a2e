import {setMaxListeners} from "node:events";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {availableParallelism, tmpdir} from "node:os";
import {dirname, join, resolve, sep} from "node:path";
import {run} from "node:test";
import {spec} from "node:test/reporters";
import {pathToFileURL} from "node:url";

/** Folders whose tests compute and touch nothing that a process has one of, so that the start of one serves many files. */
const together = ["data-sets", "docs", "dynamics", "engine/native", "kernels", "live", "models", "numerics", "papers", "pipeline/progress", "pipeline/runs", "pipeline/store", "random", "setup", "statistics", "verdicts"].map((folder) => join("test", folder));

/** What a file shares its process with: the other files of its room, or of a folder of it with all below. */
function placeOf(file: string): string {
  const folder = dirname(file);
  if (!together.some((shared) => folder === shared || folder.startsWith(shared + sep))) return file;
  return folder.split(sep).slice(0, 3).join(sep);
}

/** The files of each process, in the order of the first of them. */
function groups(files: readonly string[]): readonly (readonly string[])[] {
  const byPlace = new Map<string, string[]>();
  for (const file of files) byPlace.set(placeOf(file), [...(byPlace.get(placeOf(file)) ?? []), file]);
  return [...byPlace.values()];
}

const folder = mkdtempSync(join(tmpdir(), "driftbook-tests-"));
const entries = groups(process.argv.slice(2)).map((files) => {
  if (files.length === 1) return files[0]!;
  const entry = join(folder, `${placeOf(files[0]!).split(sep).slice(1).join("-")}.test.mjs`);
  writeFileSync(entry, files.map((file) => `import ${JSON.stringify(pathToFileURL(resolve(file)).href)};\n`).join(""));
  return entry;
});
const stopped = new AbortController();

setMaxListeners(0, stopped.signal);
process.once("SIGTERM", () => stopped.abort()).once("exit", () => rmSync(folder, {recursive: true, force: true}));

/** Runs the test files that its arguments name in their order, a process for each or for those of a folder, one for each core at a time; SIGTERM ends them. */
run({files: entries, concurrency: availableParallelism(), signal: stopped.signal})
  .on("test:fail", ({todo}) => {
    if (todo === undefined || todo === false) process.exitCode = 1;
  })
  .compose(new spec())
  .pipe(process.stdout);
