import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {openProject, openStore, readParameterFile} from "../../src/pipeline/index.ts";
import {checkName} from "../../src/pipeline/names.ts";
import {loaderPath} from "../../src/pipeline/project.ts";
import {bareProject, derivedLoader, filesBelow} from "./small-project.ts";
import {startInProcess} from "./worker-in-process.ts";

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

test("a run refuses words that select no table, whatever is in them, with nothing computed or touched but its own store", async (t) => {
  const small = bareProject(t, {"loaders/first.arrow.ts": derivedLoader("return [{x: 1}];")});
  const before = filesBelow(small.root);
  for (const name of refused) await assert.rejects(small.run([name], {startWorker: startInProcess}), {name: "RangeError", message: `tables: expected a table, a paper or a section of one, found ${JSON.stringify(name.slice(0, 80))}; the tables are first`});
  const made = filesBelow(small.root).filter((path) => !before.includes(path));
  assert.ok(made.every((path) => /^\.cache\/store\/(descriptions|sources)\/[0-9a-f]{64}\.json$/.test(path)), made.join(" "));
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
