import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {decodeTable, encodeTable, openStore, real, text, writeManifest} from "../../src/pipeline/index.ts";
import type {Manifest} from "../../src/pipeline/index.ts";
import {encodeCsv} from "../../src/pipeline/csv.ts";
import {checkout, loader, smallProject, temporaryFolder} from "./small-project.ts";

const rows = Array.from({length: 20_000}, (_, i) => ({x: i / 7, law: i % 2 === 0 ? "gaussian" : 'three, "point"'}));
const columns = {x: real("x"), law: text("law")};
const bytes = encodeTable("escape", columns, rows, {title: "Escape"});
const earlier = encodeTable("escape", columns, rows.slice(0, 9), {title: "Escape"});

/** Runs a loader as Framework does and gives its exit code, its output and its words. */
function runLoader(root: string, loaderFile: string, options: readonly string[], manifest?: string) {
  const {DRIFTBOOK_MANIFEST: _, ...environment} = process.env;
  const run = spawnSync(process.execPath, [join(root, "src", "pipeline", "run-loader.mjs"), loaderFile, ...options], {cwd: root, env: manifest === undefined ? environment : {...environment, DRIFTBOOK_MANIFEST: manifest}, maxBuffer: 2 ** 26});
  return {code: run.status, output: run.stdout, words: run.stderr.toString("utf8")};
}

function recorded(t: TestContext) {
  const folder = temporaryFolder(t);
  const store = openStore(folder, assert.fail);
  const table = (stream: Uint8Array) => ({object: store.put(stream), content: "0".repeat(64), csv: store.put(Buffer.from(encodeCsv(decodeTable(stream, "escape").rows)))});
  const shown = table(bytes);
  const common = {version: 1, preset: "quick", parameters: {}, entries: []} as const;
  const manifest: Manifest = {
    store: folder,
    run: {...common, name: null, tables: {escape: shown, diverged: {error: "the chain diverged"}}},
    kept: [{...common, name: "before", tables: {escape: table(earlier), diverged: {error: "the lane was lost"}}}]
  };
  const path = join(folder, "manifest.json");
  writeManifest(path, manifest);
  return {folder, ...shown, run: (loaderFile: string, ...options: string[]) => runLoader(checkout, loaderFile, options, path)};
}

test("a loader of a recorded run prints its verified table and nothing else", (t) => {
  const {run} = recorded(t);
  const {code, output, words} = run("docs/data/escape.arrow.ts");
  assert.deepEqual([code, words], [0, ""]);
  assert.ok(output.equals(bytes));
});

test("the loader of kept runs prints a table of the run that it names", (t) => {
  const {code, output, words} = recorded(t).run("docs/data/runs/[run]/[table].arrow.ts", "--run=before", "--table=escape");
  assert.deepEqual([code, words], [0, ""]);
  assert.ok(output.equals(earlier));
});

test("the loader of CSV prints any table of the run", (t) => {
  const {code, output, words} = recorded(t).run("docs/data/[table].csv.ts", "--table=escape");
  assert.deepEqual([code, words], [0, ""]);
  const [header, first, second, ...others] = output.toString("utf8").split("\r\n");
  assert.deepEqual([header, first, second, others.length], ["x,law", "0,gaussian", '0.14285714285714285,"three, ""point"""', 19_999]);
});

test("a damaged object is refused by name, not printed", (t) => {
  const {run, folder, object} = recorded(t);
  const damaged = Uint8Array.from(bytes);
  damaged[bytes.length >> 1]! ^= 1;
  writeFileSync(join(folder, "objects", object.slice(0, 2), object), damaged);
  const {code, output, words} = run("docs/data/escape.arrow.ts");
  assert.deepEqual([code, output.length], [1, 0]);
  assert.match(words, new RegExp(`^\\nloader docs/data/escape\\.arrow\\.ts: table escape: its stored object is damaged \\(expected ${object.slice(0, 12)}, found [0-9a-f]{12}\\); run the build again\\n$`));
});

const refusals: readonly (readonly [name: string, loaderFile: string, options: readonly string[], words: string])[] = [
  ["a table that failed", "docs/data/diverged.arrow.ts", [], "table diverged failed: the chain diverged"],
  ["a table that is not in the run", "docs/data/absent.arrow.ts", [], 'table "absent" is not in this run; run the build again'],
  ["a path for a table", "docs/data/[table].csv.ts", ["--table=../../etc/passwd"], 'table "../../etc/passwd" is not in this run; run the build again'],
  ["a name of every object for a table", "docs/data/[table].csv.ts", ["--table=constructor"], 'table "constructor" is not in this run; run the build again'],
  ["CSV of no table", "docs/data/[table].csv.ts", [], 'table "" is not in this run; run the build again'],
  ["a run that is not kept", "docs/data/runs/[run]/[table].arrow.ts", ["--run=after", "--table=escape"], 'run "after" is not kept; the kept runs are before'],
  ["a table that a kept run has not", "docs/data/runs/[run]/[table].arrow.ts", ["--run=before", "--table=absent"], 'table "absent" is not in run before; run the build again'],
  ["a table that failed in a kept run", "docs/data/runs/[run]/[table].arrow.ts", ["--run=before", "--table=diverged"], "table diverged of run before failed: the lane was lost"],
  ["CSV of a table that failed", "docs/data/[table].csv.ts", ["--table=diverged"], "table diverged failed: the chain diverged"]
];

for (const [name, loaderFile, options, expected] of refusals)
  test(`${name} is refused with nothing printed`, (t) => {
    const {code, output, words} = recorded(t).run(loaderFile, ...options);
    assert.deepEqual([code, output.length, words], [1, 0, `\nloader ${loaderFile}: ${expected}\n`]);
  });

test("without a recorded run, a table is brought up to date; what its loader prints is no part of it", (t) => {
  const small = smallProject(t, {"loaders/talks.arrow.ts": loader('console.log("epoch 1"); return [{x: 0.5}];')});
  const arrow = runLoader(small.root, "docs/data/talks.arrow.ts", []);
  assert.equal(arrow.code, 0, arrow.words);
  assert.deepEqual(decodeTable(arrow.output, "talks").rows, [{x: 0.5}]);
  const csv = runLoader(small.root, "docs/data/[table].csv.ts", ["--table=talks"]);
  assert.equal(csv.output.toString("utf8"), "x\r\n0.5\r\n");
  const refused = runLoader(small.root, "docs/data/[table].csv.ts", ["--table=../x"]);
  assert.deepEqual([refused.code, refused.output.length], [1, 0]);
  assert.match(refused.words, /: tables: expected a table, a paper or a section of one, by a name such as .*, found "\.\.\/x"\n$/);
});
