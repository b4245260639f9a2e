import assert from "node:assert/strict";
import {readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {decodeTable} from "../../src/pipeline/index.ts";
import type {RunEvent} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {bareProject, derivedLoader, experimentLoader, smallProject} from "./small-project.ts";
import type {TalkedRun} from "./small-project.ts";
import {startInProcess} from "./worker-in-process.ts";

const sections = 'import {z} from "zod";\nconst sections = {escape: z.strictObject({rate: z.number(), note: z.string()})};';
const parameters = 'parameters: {paper: "small", sections, section: "escape"},';
const file = '{"seed": 0, "quick": {"escape": {"rate": 0.5, "note": "<script>alert(1)</script> | \'; DROP TABLE a"}}, "full": {}}';
const here = {startWorker: startInProcess};

const table = ({manifest}: Pick<TalkedRun, "manifest">, name: string) => decodeTable(manifestTable(manifest, name), name);
const recorded = ({manifest}: Pick<TalkedRun, "manifest">, name: string) => manifest.run.tables[name] as {readonly object: string; readonly content: string; readonly csv: string};

test("tables are computed once, after their inputs, and kept from then on", async (t) => {
  const small = bareProject(t, {
    "loaders/a-total.arrow.ts": derivedLoader('return [{x: input("b-double")[0].x + input("c-base")[0].x}];', {inputs: ["b-double", "c-base"]}),
    "loaders/b-double.arrow.ts": derivedLoader('return [{x: 2 * input("c-base")[0].x}];', {inputs: ["c-base"]}),
    "loaders/c-base.arrow.ts": experimentLoader('[{name: "base", reads: {rate: parameters.rate}}]', "for (let i = 1; i <= 3; i++) context.progress(i, 3); return [{x: reads.rate}];", {head: sections, parameters}),
    "loaders/other.arrow.ts": derivedLoader("return [{x: 1}];"),
    "data/parameters/small.jsonc": file
  });
  const run = await small.run(["a-total"], here);
  assert.deepEqual([run.computed, run.kept, run.failed, run.lines, run.pieces], [["a-total", "b-double", "c-base"], [], [], [], {computed: 1, known: 0}]);
  const said = (event: RunEvent): readonly string[] => {
    if (event.kind === "progress") return [`${event.table} ${event.done} / ${event.total}`];
    if (event.kind === "settled" || event.kind === "ended") return [`${event.table} ${event.kind} ${event.outcome}`];
    return event.kind === "started" ? [`${event.table} starts`] : [];
  };
  const order = ["c-base starts", "c-base 1 / 3", "c-base 2 / 3", "c-base 3 / 3", "c-base ended computed", "c-base settled computed", "b-double starts", "b-double ended computed", "b-double settled computed", "a-total starts", "a-total ended computed", "a-total settled computed"];
  assert.deepEqual(run.events.flatMap(said), order);

  const {rows, metadata} = table(run, "a-total");
  assert.deepEqual(rows, [{x: 1.5}]);
  assert.deepEqual([metadata["input:b-double"], metadata["input:c-base"]], [recorded(run, "b-double").content, recorded(run, "c-base").content]);
  const base = table(run, "c-base").metadata;
  assert.deepEqual([base.paper, base.experiment, base.seed, base.title, base.tensorLibrary], ["small", "escape", "0", "Numbers", undefined]);
  assert.deepEqual(JSON.parse(base.parameters!), {note: "<script>alert(1)</script> | '; DROP TABLE a", rate: 0.5});
  assert.deepEqual(run.manifest.run.parameters, {small: {seed: 0, sections: {escape: JSON.parse(base.parameters!)}}});

  const again = await small.run(undefined, here);
  assert.deepEqual([again.computed, again.kept, again.failed, again.cells], [["other"], ["a-total", "b-double", "c-base"], [], ["other Numbers"]]);
  assert.deepEqual(again.manifest.run.tables["a-total"], run.manifest.run.tables["a-total"]);
  const {version, name, preset, entries} = again.manifest.run;
  assert.deepEqual([version, name, preset, entries.length], [1, null, "quick", 12]);
});

test("rows of cells stand in the order of the cells; a cell without rows adds none, a table without any is refused", async (t) => {
  const cells = "[3, 0, 2].map((count) => ({name: `count ${count}`, reads: {count}}))";
  const small = bareProject(t, {
    "loaders/counts.arrow.ts": experimentLoader(cells, "return Array.from({length: reads.count}, (_, i) => ({x: 10 * reads.count + i}));"),
    "loaders/none.arrow.ts": experimentLoader(cells, "return [];")
  });
  const run = await small.run(undefined, here);
  assert.deepEqual(table(run, "counts").rows.map(({x}) => x), [30, 31, 32, 20, 21]);
  assert.deepEqual([run.failed, run.manifest.run.tables.none], [["none"], {error: "table none: expected at least one row, found none"}]);
});

test("what cells are refused for names the table, the cell and the value", async (t) => {
  const cases: Readonly<Record<string, readonly [cells: string, error: string]>> = {
    none: ["[]", "table none: expected at least one cell, found none"],
    twice: ['[{name: "a", reads: 1}, {name: "a", reads: 2}]', 'table twice: expected cells with different names, found "a" twice'],
    date: ['[{name: "a", reads: {when: new Date(0)}}]', 'table date, cell "a": expected parameters that are plain JSON, found {"when":"1970-01-01T00:00:00.000Z"}'],
    infinite: ['[{name: "a", reads: [Infinity]}]', 'table infinite, cell "a": expected parameters that are plain JSON, found [null]'],
    negative: ['[{name: "a", reads: {x: -0}}]', 'table negative, cell "a": expected parameters that are plain JSON, found {"x":0}'],
    replicas: ['[{name: "a", reads: 1, replicas: 0.5}]', 'table replicas, cell "a": expected a number of replicas above 0, found 0.5']
  };
  const small = bareProject(t, Object.fromEntries(Object.entries(cases).map(([name, [cells]]) => [`loaders/${name}.arrow.ts`, experimentLoader(cells, "return [{x: 1}];")])));
  const {manifest, failed} = await small.run(undefined, here);
  assert.deepEqual(failed, Object.keys(cases).sort());
  for (const [name, [, error]] of Object.entries(cases)) assert.deepEqual(manifest.run.tables[name], {error});
});

test("cells are declared anew for every other value, also for -0 after 0, by a process that described them before", async (t) => {
  const small = bareProject(t, {"data/parameters/small.jsonc": file.replace("0.5", "0"), "loaders/rates.arrow.ts": experimentLoader('[{name: "a", reads: {rate: parameters.rate}}]', "return [{x: reads.rate}];", {head: sections, parameters})});
  assert.deepEqual((await small.run(undefined, here)).failed, []);
  writeFileSync(join(small.root, "data/parameters/small.jsonc"), file.replace("0.5", "-0"));
  assert.deepEqual((await small.run(undefined, here)).manifest.run.tables.rates, {error: 'table rates, cell "a": expected parameters that are plain JSON, found {"rate":0}'});
  writeFileSync(join(small.root, "data/parameters/small.jsonc"), file.replace("0.5", "1"));
  assert.deepEqual(table(await small.run(undefined, here), "rates").rows, [{x: 1}]);
});

const none = "\n    parameters: none";
const cell = (body: string, parts = {}) => experimentLoader('[{name: "one", reads: {rate: 0.5}}, {name: "two", reads: {rate: 2}}]', `if (reads.rate === 2) return [{x: 2}]; ${body}`, parts);

const faults: Readonly<Record<string, readonly [source: string, error: RegExp]>> = {
  throws: [derivedLoader('throw new Error("the chain diverged");', {head: sections, parameters}), /^Error: the chain diverged\n[^]*throws\.arrow\.ts[^]*\n {4}parameters: \{"rate":0\.5,"note":"<script>.*"\}$/],
  "cell-throws": [cell('throw new Error("the chain diverged");', {head: sections, parameters}), /^cell "one": Error: the chain diverged\n[^]*cell-throws\.arrow\.ts[^]*\n {4}parameters: \{"rate":0\.5\}, seed 0$/],
  "exits-zero": [derivedLoader("process.exit(0);"), new RegExp(`^its process ended with code 0 before it was done${none}$`)],
  "cell-exits-one": [cell("process.exit(1);"), /^cell "one": its process ended with code 1 before it was done\n {4}parameters: none, seed 0$/],
  "rejects-alone": [cell('void Promise.reject(new Error("nobody waits")); await new Promise(() => {});'), /^cell "one": its process ended with code 1 before it was done\n/],
  killed: [cell('process.kill(process.pid, "SIGKILL"); return new Promise(() => {});'), /^cell "one": its process was killed by SIGKILL, as the system does when memory runs out\n/],
  "returns-nan": [derivedLoader("return [{x: 1}, {x: 0 / 0}];"), /^table returns-nan, row 1, column x: expected a finite number, found NaN\n/],
  "returns-nothing": [derivedLoader(""), /^table returns-nothing: expected rows, found undefined\n/],
  "ends-while-computed": [derivedLoader("return [{x: 1}];", {inputs: ["killed"]}), /^its input killed failed$/],
  "throws-while-imported": [derivedLoader("return [{x: 1}];", {head: 'throw new RangeError("no such law");'}), /^no such law$/],
  "no-table": ["export default {};", /^TypeError: loader no-table: expected a default export made by defineTable or defineExperimentTable\n/],
  "wrong-syntax": ["export default {", /wrong-syntax\.arrow\.ts/],
  "no-parameters": [derivedLoader("return [{x: 1}];", {head: sections, parameters: parameters.replace("small", "absent")}), /^absent: expected a parameter file .*absent\.jsonc, found none$/],
  "bad-paper": [derivedLoader("return [{x: 1}];", {head: sections, parameters: parameters.replace("small", "../../x")}), /^paper: expected a kebab-case name such as first-passage, found "\.\.\/\.\.\/x"$/],
  "bad-parameters": [derivedLoader("return [{x: 1}];", {head: sections, parameters: parameters.replace("small", "wrong")}), /^wrong\.jsonc:1:34 quick\.escape\.rate: expected a number, found "0\.5" \(text\)$/],
  "undeclared-input": [derivedLoader('return [{x: input("prints")[0].x}];'), /^Error: table undeclared-input: its input prints is not declared or not in the store/],
  dependent: [derivedLoader('return [{x: input("throws")[0].x}];', {inputs: ["prints", "throws"]}), /^its input throws failed$/],
  "dependent-of-dependent": [derivedLoader("return [{x: 1}];", {inputs: ["dependent"]}), /^its input dependent failed$/]
};

test("a loader or a cell that fails in any way is named with its cause; every other one is computed and kept", async (t) => {
  const small = bareProject(t, {
    ...Object.fromEntries(Object.entries(faults).map(([name, [source]]) => [`loaders/${name}.arrow.ts`, source])),
    "loaders/prints.arrow.ts": derivedLoader('console.log("a line"); process.stdout.write("half a line"); return [{x: 3}];'),
    "loaders/sound.arrow.ts": derivedLoader('return [{x: input("prints")[0].x}];', {inputs: ["prints"]}),
    "data/parameters/small.jsonc": file,
    "data/parameters/wrong.jsonc": file.replace("0.5", '"0.5"')
  });
  const run = await small.run();
  const {manifest, computed, failed, lines, cells} = run;
  assert.deepEqual(computed, ["prints", "sound"]);
  assert.deepEqual(failed, Object.keys(faults).sort());
  for (const [name, [, expected]] of Object.entries(faults)) {
    const {error} = manifest.run.tables[name] as {error: string};
    assert.match(error, expected, name);
    assert.ok(lines.some((line) => line.startsWith("table ") && line.slice(0, line.indexOf(" failed: ")).includes(name) && line.endsWith(error)), name);
  }
  const others = ["cell-exits-one", "cell-throws", "killed", "rejects-alone"].map((name) => `${name} two`);
  assert.deepEqual(cells.filter((name) => name.endsWith(" two")), others);
  assert.deepEqual(table(run, "sound").rows, [{x: 3}]);
  assert.throws(() => manifestTable(manifest, "killed"), /^Error: table killed failed: cell "one": its process was killed by SIGKILL/);
  assert.throws(() => manifestTable(manifest, "constructor"), /^Error: table "constructor": expected one of /);
  assert.deepEqual(readdirSync(join(small.project.storeFolder, "claims")), []);

  const again = await small.run(["sound"]);
  assert.deepEqual([again.computed, again.kept], [[], ["prints", "sound"]]);
});

test("a loader that ends the process that describes it fails the run by name of what ended", async (t) => {
  const small = bareProject(t, {"loaders/ends.arrow.ts": derivedLoader("return [{x: 1}];", {head: "process.exit(0);"}), "loaders/sound.arrow.ts": derivedLoader("return [{x: 1}];")});
  const run = await small.run();
  assert.deepEqual([run.computed, run.failed], [["sound"], ["ends"]]);
  assert.match((run.manifest.run.tables.ends as {error: string}).error, /^its process ended with code 0 /);
});

test("a circle of inputs and a table that does not exist are refused by name, with nothing computed", async (t) => {
  const small = bareProject(t, {
    "loaders/a.arrow.ts": derivedLoader("return [{x: 1}];", {inputs: ["b"]}),
    "loaders/b.arrow.ts": derivedLoader("return [{x: 1}];", {inputs: ["a"]}),
    "loaders/c.arrow.ts": derivedLoader("return [{x: 1}];", {inputs: ["missing"]}),
    "loaders/d.arrow.ts": derivedLoader("return [{x: 1}];", {inputs: ["d"]})
  });
  const refused = (word: string, message: string) => assert.rejects(small.run([word], here), {name: "RangeError", message});
  await refused("a", "tables: a → b → a is a circle of inputs");
  await refused("d", "tables: d → d is a circle of inputs");
  await refused("c", 'c: expected a table, found "missing"; the tables are a, b, c, d');
  await refused("escape", 'tables: expected a table, a paper or a section of one, found "escape"; the tables are a, b, c, d');
  await refused("../x", 'tables: expected a table, a paper or a section of one, by a name such as first-passage, heavy-tails or heavy-tails.lawFits, found "../x"');
  assert.deepEqual(readdirSync(join(small.project.storeFolder, "running")), []);
});

test("streams are addressed by seed, experiment, cell and block, and a tensor table says which library computed it", async (t) => {
  const head = `import {normals} from "../src/tensors/index.ts";\n${sections}`;
  const body = 'const of = (cell, block) => normals(context.stream(cell, block), 0, [1]).dataSync()[0]; return [{x: of("a", 0)}, {x: of("a", 1)}, {x: of("b", 0)}];';
  const draws = (title: string) => experimentLoader('[{name: "one", reads: {}}]', body, {head, parameters, title});
  const small = smallProject(t, {"loaders/draws.arrow.ts": draws("Draws"), "loaders/same.arrow.ts": draws("The same"), "data/parameters/small.jsonc": file});
  const first = await small.run(undefined, {workers: 1});
  assert.deepEqual(first.lines, []);
  assert.deepEqual(table(first, "same").rows, table(first, "draws").rows);
  assert.equal(recorded(first, "same").content, recorded(first, "draws").content);
  small.write("data/parameters/small.jsonc", file.replace('"seed": 0', '"seed": 1'));
  const other = await small.run(["draws"], {workers: 1});
  assert.equal(new Set([...table(first, "draws").rows, ...table(other, "draws").rows].map(({x}) => x)).size, 6);
  assert.deepEqual(Object.keys(JSON.parse(table(first, "draws").metadata.tensorLibrary!)), ["sha256", "source", "tensorflow", "tfjs"]);
});
