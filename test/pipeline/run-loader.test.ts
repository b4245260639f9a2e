import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {encodeTable, decodeTable, openStore, real, text, writeCsvFiles, writeManifest} from "../../src/pipeline/index.ts";
import type {Manifest} from "../../src/pipeline/index.ts";
import {checkout, loader, smallProject, temporaryFolder} from "./small-project.ts";

const key = "0".repeat(64);
const rows = Array.from({length: 20_000}, (_, i) => ({x: i / 7, law: i % 2 === 0 ? "gaussian" : 'three, "point"'}));
const bytes = encodeTable("escape", {x: real("x"), law: text("law")}, rows, {key});

/** Runs a loader as Framework does and gives its exit code, its output and its words. */
function runLoader(root: string, loaderFile: string, options: readonly string[], manifest?: string) {
  const {DRIFTBOOK_MANIFEST: _, ...environment} = process.env;
  const run = spawnSync(process.execPath, [join(root, "src", "pipeline", "run-loader.mjs"), loaderFile, ...options], {cwd: root, env: manifest === undefined ? environment : {...environment, DRIFTBOOK_MANIFEST: manifest}, maxBuffer: 2 ** 26});
  return {code: run.status, output: run.stdout, words: run.stderr.toString("utf8")};
}

function recorded(t: TestContext) {
  const folder = temporaryFolder(t);
  const {object} = openStore(folder, assert.fail).write("escape", key, bytes, 0);
  const manifest: Manifest = {preset: "quick", store: folder, tables: {escape: {object}, diverged: {error: "the chain diverged"}}};
  writeCsvFiles(manifest);
  const path = join(folder, "manifest.json");
  writeManifest(path, manifest);
  return {folder, object, manifest, run: (loaderFile: string, ...options: string[]) => runLoader(checkout, loaderFile, options, path)};
}

test("a loader of a recorded run prints its verified table and nothing else", (t) => {
  const {run} = recorded(t);
  const {code, output, words} = run("docs/data/escape.arrow.ts");
  assert.deepEqual([code, words], [0, ""]);
  assert.ok(output.equals(bytes));
});

test("the loader of CSV prints any table of the run, rewritten where it was not whole", (t) => {
  const {run, folder, object, manifest} = recorded(t);
  const {code, output, words} = run("docs/data/[table].csv.ts", "--table=escape");
  assert.deepEqual([code, words], [0, ""]);
  const [header, first, second] = output.toString("utf8").split("\r\n");
  assert.deepEqual([header, first, second], ["x,law", "0,gaussian", '0.14285714285714285,"three, ""point"""']);
  const path = join(folder, "csv", `${object}.csv`);
  writeFileSync(path, output.subarray(0, 1000));
  writeCsvFiles(manifest);
  assert.ok(readFileSync(path).equals(output));
});

test("a damaged object is refused by name, not printed", (t) => {
  const {run, folder, object} = recorded(t);
  const damaged = Uint8Array.from(bytes);
  damaged[bytes.length >> 1]! ^= 1;
  writeFileSync(join(folder, "objects", `${object}.arrow`), damaged);
  const {code, output, words} = run("docs/data/escape.arrow.ts");
  assert.deepEqual([code, output.length], [1, 0]);
  assert.match(words, new RegExp(`^\\nloader docs/data/escape\\.arrow\\.ts: table escape: its cached object is damaged \\(expected ${object.slice(0, 12)}, found [0-9a-f]{12}\\); run the build again\\n$`));
});

const refusals: readonly (readonly [name: string, loaderFile: string, options: readonly string[], words: string])[] = [
  ["a table that failed", "docs/data/diverged.arrow.ts", [], "table diverged failed: the chain diverged"],
  ["a table that is not in the run", "docs/data/absent.arrow.ts", [], 'table "absent" is not in this run; run the build again'],
  ["a path for a table", "docs/data/[table].csv.ts", ["--table=../../etc/passwd"], 'table "../../etc/passwd" is not in this run; run the build again'],
  ["a name of every object for a table", "docs/data/[table].csv.ts", ["--table=constructor"], 'table "constructor" is not in this run; run the build again'],
  ["CSV of no table", "docs/data/[table].csv.ts", [], 'table "" is not in this run; run the build again'],
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
  assert.match(refused.words, /table: expected a kebab-case name such as first-passage, found "\.\.\/x"/);
});
