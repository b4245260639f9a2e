import assert from "node:assert/strict";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {drawnTables, followDrawnTables} from "../../src/command-line/drawn-tables.ts";
import type {RunEvent} from "../../src/pipeline/index.ts";
import {temporaryFolder} from "../pipeline/small-project.ts";

test("the tables that pages draw are those of the SQL of all of them", (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "index.md"), "# Home\n");
  writeFileSync(join(folder, "escape.md"), "---\nsql:\n  rates: ./data/escape-rates.arrow\n---\n");
  writeFileSync(join(folder, "tails.md"), "---\nsql:\n  rates: ./data/escape-rates.arrow\n  tails: ./data/tails.arrow\n---\n");
  assert.deepEqual([...drawnTables(folder)].sort(), ["escape-rates", "tails"]);
});

test("of each run it is told once that all drawn tables of it are settled, and never where one failed", () => {
  const told: Readonly<Record<string, string>>[] = [];
  const follow = followDrawnTables(() => new Set(["rates", "tails", "elsewhere"]), (objects) => void told.push(objects));
  const begin = (): void => follow({kind: "begun", tables: ["cells", "rates", "tails", "verdicts"], pieces: 0, seconds: null});
  const settle = (table: string, object: string | null): void => follow({kind: "settled", table, outcome: object === null ? "failed" : "computed", object} satisfies RunEvent);
  begin();
  settle("cells", "a");
  settle("tails", "b");
  assert.deepEqual(told, []);
  settle("rates", "c");
  settle("verdicts", "d");
  assert.deepEqual(told.splice(0), [{tails: "b", rates: "c"}]);
  begin();
  for (const [table, object] of [["rates", null], ["tails", "b"], ["verdicts", "d"]] as const) settle(table, object);
  assert.deepEqual(told, []);
});
