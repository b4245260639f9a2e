import assert from "node:assert/strict";
import {test} from "node:test";
import type {Row} from "../../../src/pipeline/index.ts";
import {encodeTable, text} from "../../../src/pipeline/index.ts";
import {compareRuns, runTablesReader, runsForPages} from "../../../src/pipeline/runs/index.ts";
import {exampleRun, hash, readerOf, table} from "./example-run.ts";

const verdict = (id: string, outcome: string, estimate: number | null, low: number | null = null, high: number | null = null): Row => ({id, title: `The title of ${id}`, outcome, estimate, low, high, explanation: "any"});

const before = [verdict("tails.same", "reproduced", 1, 0.5, 1.5), verdict("tails.moved", "reproduced", 1, 0.5, 1.5), verdict("tails.wider", "inconclusive", 1, 0.5, 1.5), verdict("tails.lost", "reproduced", 2, 1.5, 2.5), verdict("tails.gone", "reproduced", 1), verdict("a.found", "inconclusive", null)];
const after = [verdict("tails.new", "reproduced", 1), verdict("a.found", "reproduced", 3, 2, 4), verdict("tails.lost", "not reproduced", 2, 1.5, 2.5), verdict("tails.wider", "inconclusive", 1, 0, 2), verdict("tails.moved", "reproduced", 1.25, 0.5, 1.5), verdict("tails.same", "reproduced", 1, 0.5, 1.5)];
const readTable = readerOf({before, after, odd: [{id: 1}], none: []});

const first = exampleRun({tables: {verdicts: table("before"), same: table("same"), changed: table("one"), failed: table("x"), gone: table("y")}});
const second = exampleRun({
  name: "big-step",
  preset: "full",
  parameters: {"heavy-tails": {seed: 8, sections: {tailTrends: {stepSizes: [0.4, 0.55, 0.6], chains: 100}}}, "one-noise-model": {seed: 0, sections: {basins: {depth: 1}}}},
  tables: {changed: table("two"), failed: {error: "it failed"}, same: {...table("same"), object: hash("stamped otherwise")}, added: table("z"), verdicts: table("after")}
});

const lost = {id: "tails.lost", title: "The title of tails.lost", first: {outcome: "reproduced", estimate: 2, low: 1.5, high: 2.5}, second: {outcome: "not reproduced", estimate: 2, low: 1.5, high: 2.5}, changed: "outcome"};
const found = {id: "a.found", title: "The title of a.found", first: {outcome: "inconclusive", estimate: null, low: null, high: null}, second: {outcome: "reproduced", estimate: 3, low: 2, high: 4}, changed: "outcome"};
const moved = {id: "tails.moved", title: "The title of tails.moved", first: {outcome: "reproduced", estimate: 1, low: 0.5, high: 1.5}, second: {outcome: "reproduced", estimate: 1.25, low: 0.5, high: 1.5}, changed: "estimate"};
const wider = {id: "tails.wider", title: "The title of tails.wider", first: {outcome: "inconclusive", estimate: 1, low: 0.5, high: 1.5}, second: {outcome: "inconclusive", estimate: 1, low: 0, high: 2}, changed: "estimate"};
const parameters = [
  {paper: "heavy-tails", path: "seed", first: 7, second: 8},
  {paper: "heavy-tails", path: "tailTrends.stepSizes[1]", first: 0.5, second: 0.55},
  {paper: "heavy-tails", path: "tailTrends.stepSizes[2]", second: 0.6},
  {paper: "one-noise-model", path: "seed", second: 0},
  {paper: "one-noise-model", path: "basins", second: {depth: 1}}
];

test("a comparison names the parameters, tables and claims that differ, changes of outcome first, as plain JSON", () => {
  const comparison = compareRuns(first, second, readTable);
  assert.deepEqual(comparison, {
    first: {name: null, preset: "quick"},
    second: {name: "big-step", preset: "full"},
    parameters,
    tables: ["added", "changed", "failed", "gone", "verdicts"],
    tablesOnlyIn: {first: ["failed", "gone"], second: ["added"]},
    verdicts: [found, lost, moved, wider],
    claimsOnlyIn: {first: ["tails.gone"], second: ["tails.new"]},
    withoutVerdicts: []
  });
  assert.deepEqual(JSON.parse(JSON.stringify(comparison)), comparison);
});

test("neither the order of rows nor that of tables shows in a comparison", () => {
  const turned = (run: typeof first) => ({...run, tables: Object.fromEntries(Object.entries(run.tables).reverse())});
  assert.deepEqual(compareRuns(turned(first), turned(second), readerOf({before: [...before].reverse(), after: [...after].reverse()})), compareRuns(first, second, readTable));
});

test("runs of equal rows do not differ, whatever their provenance, and no table of them is read", () => {
  const stamped = exampleRun({tables: {verdicts: {...table("before"), object: hash("other"), csv: hash("other csv")}}});
  const {parameters, tables, verdicts, claimsOnlyIn, withoutVerdicts} = compareRuns(exampleRun({tables: {verdicts: table("before")}}), stamped, () => assert.fail("a table was read"));
  assert.deepEqual([parameters, tables, verdicts, claimsOnlyIn, withoutVerdicts], [[], [], [], {first: [], second: []}, []]);
});

for (const [name, verdicts] of [["failed", {error: "it failed"}], ["is gone from the store", table("pruned")], ["is no table of verdicts", table("odd")]] as const)
  test(`no claim is said to have come or gone where a run's table of verdicts ${name}`, () => {
    const other = exampleRun({tables: {verdicts}});
    const comparison = compareRuns(exampleRun({tables: {verdicts: table("before")}}), other, readTable);
    assert.deepEqual([comparison.verdicts, comparison.claimsOnlyIn, comparison.withoutVerdicts], [[], {first: [], second: []}, ["second"]]);
    assert.deepEqual(comparison.tables, ["verdicts"]);
    assert.deepEqual(compareRuns(other, other, () => undefined).withoutVerdicts, "error" in verdicts ? ["first", "second"] : []);
  });

test("a table of verdicts without rows loses all claims", () => {
  const {claimsOnlyIn, withoutVerdicts} = compareRuns(exampleRun({tables: {verdicts: table("before")}}), exampleRun({tables: {verdicts: table("none")}}), readTable);
  assert.deepEqual([claimsOnlyIn.first.length, claimsOnlyIn.second, withoutVerdicts], [before.length, [], []]);
});

test("two tables that failed do not differ", () => {
  const [one, two] = ["why", "why not"].map((error) => exampleRun({tables: {failed: {error}}}));
  assert.deepEqual(compareRuns(one!, two!, readTable).tables, []);
});

test("the pages are told of each kept run, sorted by name, what differs from the shown one", () => {
  const same = exampleRun({name: "a-run", tables: first.tables});
  assert.deepEqual(runsForPages(first, [second, same], readTable), {
    shown: {name: null, preset: "quick"},
    kept: [
      {name: "a-run", preset: "quick", parameters: [], tables: [], missingTables: [], verdicts: []},
      {name: "big-step", preset: "full", parameters, tables: ["added", "changed", "verdicts"], missingTables: ["failed", "gone"], verdicts: [found, lost, moved, wider]}
    ]
  });
});

test("the shown run is not compared with the one kept under its name", () => {
  assert.deepEqual(runsForPages({...first, name: "big-step"}, [second], readTable).kept, []);
});

test("hostile names and long values reach the pages whole, as text", () => {
  const hostile = (value: string) => exampleRun({name: "hostile", parameters: {"heavy-tails": {seed: 7, sections: {"</script><b>": {"'; DROP TABLE x --": value}}}}});
  const [run] = runsForPages({...hostile("x".repeat(300)), name: null}, [hostile("<script>")], readTable).kept;
  assert.deepEqual(run!.parameters, [{paper: "heavy-tails", path: `"</script><b>"."'; DROP TABLE x --"`, first: "x".repeat(300), second: "<script>"}]);
});

test("tables of runs are read out of the store, each once; one that is gone, foreign or failed has no rows", () => {
  const columns = {name: text("Name")};
  const arrow = encodeTable("names", columns, [{name: "<b>"}], {});
  const objects = new Map([
    [hash("object good"), arrow],
    [hash("object foreign"), new TextEncoder().encode("no Arrow")]
  ]);
  const asked: string[] = [];
  const read = runTablesReader({object: (digest) => (asked.push(digest), objects.get(digest))});
  const run = exampleRun({tables: {good: table("good"), again: table("good"), foreign: table("foreign"), gone: table("gone"), failed: {error: "it failed"}}});
  assert.deepEqual(["good", "again", "good", "foreign", "gone", "failed", "never", "constructor"].map((name) => read(run, name)), [[{name: "<b>"}], [{name: "<b>"}], [{name: "<b>"}], undefined, undefined, undefined, undefined, undefined]);
  assert.deepEqual(asked, ["good", "foreign", "gone"].map((name) => hash(`object ${name}`)));
});
