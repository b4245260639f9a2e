import assert from "node:assert/strict";
import {test} from "node:test";
import {keptDatasets} from "../../../docs/components/kept-datasets.ts";
import type {KeptRun} from "../../../docs/components/kept-runs.ts";
import type {PlainRow, Rows} from "../../../docs/components/plain-rows.ts";
import {queryOf, recordQuery} from "../../../docs/components/recorded-query.ts";

const run = (tables: readonly string[], missing: readonly string[] = []): KeptRun => ({name: "big-step", place: 0, tables: new Map(tables.map((name) => [name, `./${name}`])), missing: new Set(missing), told: {}});

function query(text: string, kept: () => Rows) {
  const asked: KeptRun[] = [];
  const on = async (of: KeptRun): Promise<Rows> => (asked.push(of), kept());
  const rows = recordQuery(Promise.resolve({toArray: () => [{x: 1}]}), {text, on});
  return {rows, asked};
}

const shown: Readonly<Record<string, readonly PlainRow[]>> = {points: [{x: 1}], curves: [{x: 1}]};

test("a query is remembered with its rows on their way and arrived", async () => {
  const {rows} = query("SELECT * FROM a", () => []);
  assert.equal(queryOf(await rows), queryOf(rows));
  assert.equal(queryOf(rows)!.text, "SELECT * FROM a");
  assert.equal(queryOf(rows.then((table) => table.toArray())), undefined);
});

test("data sets whose rows are others come with the run's name in each row", async () => {
  const points = query("SELECT * FROM a", () => [{x: 2n}, {x: 3}]);
  const curves = query("SELECT * FROM b", () => [{x: 1}]);
  const data = await keptDatasets({points: points.rows, curves: curves.rows}, shown, run(["a"]));
  assert.deepEqual(data, {state: "differs", datasets: {points: [{"kept run": "big-step", x: 2}, {"kept run": "big-step", x: 3}]}});
});

test("a figure of tables that do not differ is the same, and none of its queries is asked", async () => {
  const {rows, asked} = query("SELECT aa, b_a FROM b", () => assert.fail());
  assert.deepEqual(await keptDatasets({points: rows}, shown, run(["a"], ["c"])), {state: "same"});
  assert.deepEqual(asked, []);
});

test("a figure whose rows are equal although a table differs is the same", async () => {
  assert.deepEqual(await keptDatasets({points: query("SELECT x FROM a", () => [{x: 1}]).rows}, shown, run(["a"])), {state: "same"});
});

const refused: readonly [string, () => Readonly<Record<string, unknown>>, KeptRun, object][] = [
  ["rows that no query gave", () => ({points: [{x: 1}]}), run(["a"]), {state: "none"}],
  ["a table that the run does not have", () => ({points: query("SELECT * FROM a JOIN c USING (x)", () => assert.fail()).rows}), run(["a"], ["c"]), {state: "failed", reason: "it has no table c"}],
  ["no rows of what the figure shows", () => ({points: query("SELECT * FROM a WHERE x = ?", () => []).rows}), run(["a"]), {state: "failed", reason: "it has no rows of what is shown here"}],
  ["SQL that fails on the run's columns", () => ({points: query("SELECT * FROM a", () => { throw new Error("Binder Error: x"); }).rows}), run(["a"]), {state: "failed", reason: "Binder Error: x"}]
];

for (const [name, sources, of, expected] of refused) {
  test(`${name}: the figure is told why there is no overlay`, async () => assert.deepEqual(await keptDatasets(sources(), shown, of), expected));
}
