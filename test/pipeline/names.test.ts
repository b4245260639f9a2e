import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {buildSite} from "../../src/command-line/build-site.ts";
import {diffRuns} from "../../src/command-line/diff-runs.ts";
import {forgetRun} from "../../src/command-line/forget-run.ts";
import {planTables} from "../../src/command-line/plan-tables.ts";
import {updateTables} from "../../src/command-line/update-tables.ts";
import {openProject, openRun, openSession, openStore, readParameterFile} from "../../src/pipeline/index.ts";
import {checkName} from "../../src/pipeline/names.ts";
import {loaderPath} from "../../src/pipeline/project.ts";
import {bareProject} from "./small-project.ts";

const refused: readonly string[] = ["../x", "x/../y", "/etc/passwd", "%2e%2e", "..", ".", "", "a\u0000b", "first passage", "First-passage", "first_passage", "-a", "a-", "a--b", "1a", "a\n", "é", 'a"; DROP TABLE b', "<script>", "a\\b", "C:", "x".repeat(81), "x".repeat(300)];

for (const name of refused)
  test(`${JSON.stringify(name.slice(0, 20))} (${name.length} characters) names no table, paper or loader`, () => {
    const project = openProject(join("no", "such", "folder"));
    const message = {name: "RangeError", message: name.length > 80 ? `table: expected a name of at most 80 characters, found ${name.length}: "${name.slice(0, 40)}"…` : `table: expected a kebab-case name such as first-passage, found ${JSON.stringify(name)}`};
    assert.throws(() => checkName(name, "table"), message);
    assert.throws(() => loaderPath(project, name), message);
    assert.throws(() => readParameterFile(project, name), {...message, message: message.message.replace("table", "paper")});
  });

test("a kebab-case name of up to 80 characters is taken as it is", () => {
  for (const name of ["a", "first-passage", "e0-1", "x".repeat(80)]) assert.equal(checkName(name, "table"), name);
});

test("runs, plans and commands refuse words that can name no table or run before a file is read or written", async () => {
  const root = join("no", "such", "folder");
  const untouched = new Proxy({}, {get: (_, operation) => () => assert.fail(`${String(operation)} was called`)}) as never;
  const startWorker = () => assert.fail("a worker was started");
  const session = openSession(openProject(root), {startWorker, openStore: (folder, warn) => openStore(folder, warn, {files: untouched})});
  for (const name of [...refused, "heavy-tails.", ".lawFits", "heavy-tails.law.Fits", "heavy-tails.../x", "heavy-tails.law-Fits", `heavy-tails.${"x".repeat(81)}`]) {
    const found = name.length > 80 ? `${name.length} characters: "${name.slice(0, 80)}"…` : JSON.stringify(name);
    const message = {name: "RangeError", message: `tables: expected a table, a paper or a section of one, by a name such as first-passage, heavy-tails or heavy-tails.lawFits, found ${found}`};
    await assert.rejects(session.run(["first", name]), message);
    await assert.rejects(session.plan([name]), message);
    await assert.rejects(planTables(root, [name], {preset: "quick"}), message);
    await assert.rejects(updateTables(root, [name], {preset: "quick"}), message);
    const ofRun = /^RangeError: run: expected a (kebab-case )?name (such as|of at most)/;
    await assert.rejects(updateTables(root, [], {preset: "quick", name}), ofRun);
    await assert.rejects(buildSite(root, {preset: "quick", name}), ofRun);
    await assert.rejects(diffRuns(root, ["latest", name], {preset: "quick"}), ofRun);
    await assert.rejects(forgetRun(root, name), ofRun);
    assert.throws(() => openRun(openStore(root, () => {}, {files: untouched}), name), ofRun);
  }
  assert.equal(existsSync("no"), false);
});

test("a loader whose file cannot name a table is refused by its file name", async (t) => {
  const small = bareProject(t, {"loaders/First passage.arrow.ts": ""});
  const startWorker = () => assert.fail("a worker was started");
  await assert.rejects(small.run(undefined, {startWorker}), {name: "RangeError", message: 'loader First passage.arrow.ts: expected a kebab-case name such as first-passage, found "First passage"'});
});

test("the store refuses a bad name before it touches a file", () => {
  const files = new Proxy({}, {get: (_, operation) => () => assert.fail(`${String(operation)} was called`)}) as never;
  const store = openStore("store", () => {}, {files});
  for (const name of refused) assert.throws(() => store.read(name, "0".repeat(64), null), /^RangeError: table: expected a/);
  for (const digest of ["../x", "/etc/passwd", "", "0".repeat(63), "constructor"]) assert.equal(store.object(digest), undefined);
});
