import assert from "node:assert/strict";
import {test} from "node:test";
import {decodeTable} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {loader, smallProject} from "./small-project.ts";

const sections = 'import {z} from "zod";\nconst sections = {escape: z.strictObject({rate: z.number(), note: z.string()})};';
const parameters = 'parameters: {paper: "small", sections, section: "escape"},';
const file = '{"seed": 0, "quick": {"escape": {"rate": 0.5, "note": "<script>alert(1)</script> | \'; DROP TABLE a"}}, "full": {}}';

test("tables are computed once, after their inputs, and kept from then on", async (t) => {
  const small = smallProject(t, {
    "loaders/a-total.arrow.ts": loader('return [{x: input("b-double")[0].x + input("c-base")[0].x}];', {inputs: ["b-double", "c-base"]}),
    "loaders/b-double.arrow.ts": loader('return [{x: 2 * input("c-base")[0].x}];', {inputs: ["c-base"]}),
    "loaders/c-base.arrow.ts": loader('for (let i = 1; i <= 3; i++) context.progress(i, 3); return [{x: parameters.rate}];', {head: sections, parameters}),
    "loaders/other.arrow.ts": loader("return [{x: 1}];"),
    "data/parameters/small.jsonc": file
  });
  const events: string[] = [];
  const progress = () => (table: string) => {
    events.push(`${table} starts`);
    return {report: (done: number, total: number) => void events.push(`${table} ${done} / ${total}`), end: (outcome: string) => void events.push(`${table} ${outcome}`)};
  };
  const run = await small.run(["a-total"], {progress});
  assert.deepEqual([run.computed, run.kept, run.failed, run.lines], [["a-total", "b-double", "c-base"], [], [], []]);
  const order = ["c-base starts", "c-base 1 / 3", "c-base 2 / 3", "c-base 3 / 3", "c-base computed", "b-double starts", "b-double computed", "a-total starts", "a-total computed"];
  assert.deepEqual(events, order);

  const {rows, metadata} = decodeTable(manifestTable(run.manifest, "a-total"), "a-total");
  assert.deepEqual(rows, [{x: 1.5}]);
  const object = (table: string) => (run.manifest.tables[table] as {object: string}).object;
  assert.deepEqual([metadata["input:b-double"], metadata["input:c-base"]], [object("b-double"), object("c-base")]);
  const base = decodeTable(manifestTable(run.manifest, "c-base"), "c-base").metadata;
  assert.deepEqual([base.paper, base.experiment, base.seed, base.title], ["small", "escape", "0", "A number"]);
  assert.deepEqual(JSON.parse(base.parameters!), {note: "<script>alert(1)</script> | '; DROP TABLE a", rate: 0.5});
  assert.equal(base.tensorLibrary, undefined);

  const again = await small.run();
  assert.deepEqual([again.computed, again.kept, again.failed], [["other"], ["a-total", "b-double", "c-base"], []]);
  assert.deepEqual(again.manifest.tables["a-total"], run.manifest.tables["a-total"]);
});

test("streams are addressed by seed, experiment, cell and block, and a tensor table says which library computed it", async (t) => {
  const head = `${sections}\nimport {normals} from "../src/tensors/index.ts";`;
  const body = 'const of = (cell, block) => normals(context.stream(cell, block), 0, [1]).dataSync()[0]; return [{x: of("a", 0)}, {x: of("a", 1)}, {x: of("b", 0)}];';
  const files = {
    "loaders/draws.arrow.ts": loader(body, {head, parameters}),
    "loaders/same.arrow.ts": loader(body, {head, parameters, title: "The same"}),
    "data/parameters/small.jsonc": file
  };
  const small = smallProject(t, files);
  const draws = async (names?: readonly string[]) => {
    const {manifest, lines} = await small.run(names, {workers: 1});
    assert.deepEqual(lines, []);
    return {manifest, ...decodeTable(manifestTable(manifest, "draws"), "draws")};
  };
  const first = await draws();
  assert.deepEqual(decodeTable(manifestTable(first.manifest, "same"), "same").rows, first.rows);
  const elsewhere = await smallProject(t, files).run();
  assert.deepEqual(elsewhere.manifest.tables, first.manifest.tables);
  small.write("data/parameters/small.jsonc", file.replace('"seed": 0', '"seed": 1'));
  const other = await draws(["draws"]);
  assert.equal(new Set([...first.rows, ...other.rows].map(({x}) => x)).size, 6);
  assert.deepEqual(Object.keys(JSON.parse(first.metadata.tensorLibrary!)), ["sha256", "source", "tensorflow", "tfjs"]);
});

const faults: Readonly<Record<string, readonly [source: string, error: RegExp]>> = {
  throws: [loader('throw new Error("the chain diverged");', {head: sections, parameters}), /^Error: the chain diverged\n[^]*throws\.arrow\.ts[^]*\n {4}parameters: \{"note":"<script>.*","rate":0\.5\}, seed 0$/],
  "exits-zero": [loader("process.exit(0);"), /^its process ended with code 0 before it gave a table\n {4}parameters: none$/],
  "exits-one": [loader("process.exit(1);"), /^its process ended with code 1 before it gave a table/],
  killed: [loader('process.kill(process.pid, "SIGKILL"); return new Promise(() => {});'), /^its process was killed by SIGKILL/],
  "returns-nan": [loader("return [{x: 1}, {x: 0 / 0}];"), /^table returns-nan, row 1, column x: expected a finite number, found NaN\n/],
  "returns-nothing": [loader(""), /^table returns-nothing: expected rows, found undefined\n/],
  "ends-while-imported": [loader("return [{x: 1}];", {head: "process.exit(0);"}), /^its process ended with code 0 before it gave a table$/],
  "throws-while-imported": [loader("return [{x: 1}];", {head: 'throw new RangeError("no such law");'}), /^no such law$/],
  "no-table": ["export default {};", /^TypeError: loader no-table: expected a default export made by defineTable\n/],
  "wrong-syntax": ["export default {", /wrong-syntax\.arrow\.ts/],
  "no-parameters": [loader("return [{x: 1}];", {head: sections, parameters: parameters.replace("small", "absent")}), /^absent: expected a parameter file .*absent\.jsonc, found none$/],
  "bad-paper": [loader("return [{x: 1}];", {head: sections, parameters: parameters.replace("small", "../../x")}), /^paper: expected a kebab-case name such as first-passage, found "\.\.\/\.\.\/x"$/],
  "bad-parameters": [loader("return [{x: 1}];", {head: sections, parameters: parameters.replace("small", "wrong")}), /^wrong\.jsonc:1:34 quick\.escape\.rate: expected a number, found "0\.5" \(text\)$/],
  "undeclared-input": [loader('return [{x: input("prints")[0].x}];'), /^Error: table undeclared-input: its input prints is not declared or not in the store/],
  dependent: [loader('return [{x: input("throws")[0].x}];', {inputs: ["prints", "throws"]}), /^its input throws failed$/],
  "dependent-of-dependent": [loader("return [{x: 1}];", {inputs: ["dependent"]}), /^its input dependent failed$/]
};

test("a loader that fails in any way is named with its cause; every other table is computed", async (t) => {
  const small = smallProject(t, {
    ...Object.fromEntries(Object.entries(faults).map(([name, [source]]) => [`loaders/${name}.arrow.ts`, source])),
    "loaders/prints.arrow.ts": loader('console.log("a line"); process.stdout.write("half a line"); return [{x: 3}];'),
    "loaders/sound.arrow.ts": loader('return [{x: input("prints")[0].x}];', {inputs: ["prints"]}),
    "data/parameters/small.jsonc": file,
    "data/parameters/wrong.jsonc": file.replace("0.5", '"0.5"')
  });
  const {manifest, computed, failed, lines} = await small.run();
  assert.deepEqual(computed, ["prints", "sound"]);
  assert.deepEqual(failed, Object.keys(faults).sort());
  for (const [name, [, expected]] of Object.entries(faults)) {
    const {error} = manifest.tables[name] as {error: string};
    assert.match(error, expected, name);
    assert.ok(lines.some((line) => line.startsWith("table ") && line.slice(0, line.indexOf(" failed: ")).includes(name) && line.endsWith(error)), name);
  }
  assert.deepEqual(decodeTable(manifestTable(manifest, "sound"), "sound").rows, [{x: 3}]);
  assert.throws(() => manifestTable(manifest, "killed"), /^Error: table killed failed: its process was killed by SIGKILL/);
  assert.throws(() => manifestTable(manifest, "constructor"), /^Error: table "constructor": expected one of /);

  const again = await small.run(["sound"]);
  assert.deepEqual([again.computed, again.kept, again.failed], [[], ["prints", "sound"], []]);
});

test("a circle of inputs and a table that does not exist are refused by name, with nothing computed", async (t) => {
  const small = smallProject(t, {
    "loaders/a.arrow.ts": loader("return [{x: 1}];", {inputs: ["b"]}),
    "loaders/b.arrow.ts": loader("return [{x: 1}];", {inputs: ["a"]}),
    "loaders/c.arrow.ts": loader("return [{x: 1}];", {inputs: ["missing"]}),
    "loaders/d.arrow.ts": loader("return [{x: 1}];", {inputs: ["d"]})
  });
  await assert.rejects(small.run(["a"]), {name: "RangeError", message: "tables: a → b → a is a circle of inputs"});
  await assert.rejects(small.run(["d"]), {name: "RangeError", message: "tables: d → d is a circle of inputs"});
  await assert.rejects(small.run(["c"]), {name: "RangeError", message: 'c: expected a table, found "missing"; the tables are a, b, c, d'});
  await assert.rejects(small.run(["escape"]), {name: "RangeError", message: 'tables: expected a table, found "escape"; the tables are a, b, c, d'});
});

test("parameters that change while a table waits are refused, not kept under the old key", async (t) => {
  const small = smallProject(t, {
    "loaders/first.arrow.ts": loader("return [{x: 1}];"),
    "loaders/second.arrow.ts": loader("return [{x: parameters.rate}];", {inputs: ["first"], head: sections, parameters}),
    "data/parameters/small.jsonc": file
  });
  const progress = () => () => ({report: () => {}, end: () => small.write("data/parameters/small.jsonc", file.replace("0.5", "0.25"))});
  const {manifest, failed} = await small.run(undefined, {progress});
  assert.deepEqual(failed, ["second"]);
  assert.match((manifest.tables.second as {error: string}).error, /^table second: its parameters, code or data changed during the run; run again\n/);
  const again = await small.run();
  assert.deepEqual([again.computed, again.kept], [["second"], ["first"]]);
  assert.deepEqual(decodeTable(manifestTable(again.manifest, "second"), "second").rows, [{x: 0.25}]);
});

test("a worker that cannot be started fails its table, not the run", async (t) => {
  const small = smallProject(t, {"loaders/a.arrow.ts": loader("return [{x: 1}];")});
  const described = [{name: "a", inputs: [], provenance: {table: "a"}}];
  let started = 0;
  const startWorker = () => {
    if (++started > 1) throw new Error("spawn EAGAIN");
    return {alive: () => false, stop: () => {}, ask: () => Promise.resolve({kind: "described" as const, tables: described})};
  };
  const {failed, lines} = await small.run(undefined, {startWorker});
  assert.deepEqual([failed, lines], [["a"], ["table a failed: spawn EAGAIN\n    parameters: none"]]);
});
