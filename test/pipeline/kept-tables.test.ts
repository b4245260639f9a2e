import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {encodeTable, openStore, real, writeManifest} from "../../src/pipeline/index.ts";
import type {RunRecord, RunTable} from "../../src/pipeline/index.ts";

const checkout = join(import.meta.dirname, "..", "..");
const stream = (x: number) => encodeTable("escape", {x: real("x")}, [{x}], {});

function keptRun(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-kept-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  const store = openStore(folder, assert.fail);
  const [shown, kept] = [1, 2].map((x) => store.put(stream(x)));
  const record = (name: string | null, tables: Readonly<Record<string, RunTable>>): RunRecord => ({version: 1, name, preset: "quick", parameters: {}, tables, entries: []});
  const entry = (object: string): RunTable => ({object, content: object, csv: object});
  const manifest = join(folder, "manifest.json");
  writeManifest(manifest, {store: folder, run: record(null, {escape: entry(shown!)}), kept: [record("big-step", {escape: entry(kept!), diverged: {error: "the chain diverged"}})]});
  const read = (...options: readonly string[]) => {
    const environment = {...process.env, DRIFTBOOK_MANIFEST: manifest};
    const {status, stdout, stderr} = spawnSync(process.execPath, [join(checkout, "src", "pipeline", "run-loader.mjs"), "docs/data/runs/[run]/[table].arrow.ts", ...options], {cwd: checkout, env: environment});
    return {status, bytes: stdout, words: stderr.toString("utf8").trim()};
  };
  return {read, object: join(folder, "objects", kept!.slice(0, 2), kept!)};
}

test("the loader of kept tables prints the named run's table, byte for byte", (t) => {
  const {status, bytes, words} = keptRun(t).read("--run=big-step", "--table=escape");
  assert.deepEqual([status, words], [0, ""]);
  assert.deepEqual(bytes, Buffer.from(stream(2)));
});

const faults: readonly [string, readonly string[], RegExp][] = [
  ["a run that is not kept", ["--run=gone", "--table=escape"], /run "gone" is not kept; the kept runs are big-step$/],
  ["a path for a run", ["--run=../..", "--table=escape"], /run "\.\.\/\.\." is not kept/],
  ["a table that the run does not have", ["--run=big-step", "--table=constructor"], /table "constructor" is not in run big-step; run the build again$/],
  ["a table that failed in the run", ["--run=big-step", "--table=diverged"], /table diverged of run big-step failed: the chain diverged$/]
];

for (const [name, options, message] of faults) {
  test(`${name} is refused by name and nothing is printed`, (t) => {
    const {status, bytes, words} = keptRun(t).read(...options);
    assert.deepEqual([status, bytes.length], [1, 0]);
    assert.match(words, message);
  });
}

test("a damaged kept table is refused, not printed", (t) => {
  const {read, object} = keptRun(t);
  writeFileSync(object, stream(3));
  const {status, bytes, words} = read("--run=big-step", "--table=escape");
  assert.deepEqual([status, bytes.length], [1, 0]);
  assert.match(words, /table escape of run big-step: its stored object is damaged \(expected [0-9a-f]{12}, found [0-9a-f]{12}\)/);
});
