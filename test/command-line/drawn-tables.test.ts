import assert from "node:assert/strict";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {drawnTables, followDrawnTables} from "../../src/command-line/drawn-tables.ts";
import type {RunEvent} from "../../src/pipeline/index.ts";
import {temporaryFolder} from "../pipeline/small-project.ts";

const front = (tables: readonly string[]): string => `---\nsql:\n${tables.map((table) => `  ${table}: ./data/the-${table}.arrow\n`).join("")}---\n`;
const query = (sql: string): string => `\n\`\`\`js\nfigure({}, {data: sql\`${sql}\`})\n\`\`\`\n`;

test("the tables that pages draw are those of the SQL of all of them, together where a section reads them together", (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "index.md"), "# Home\n");
  writeFileSync(join(folder, "escape.md"), `${front(["rates", "curves", "clocks", "unread"])}# Escape\n\n## Rates\n${query("SELECT * FROM rates")}${query("SELECT * FROM curves")}\n## Clocks\n${query("SELECT * FROM clocks")}`);
  writeFileSync(join(folder, "tails.md"), `${front(["tails", "trends", "curves", "verdicts"])}${query("SELECT * FROM tails JOIN trends USING (x)")}\n## Again\n${query("SELECT * FROM curves, trends")}\n## Verdicts\n${query("FROM verdicts")}`);
  const groups = drawnTables(folder).map((tables) => [...tables].sort().join(" "));
  assert.deepEqual([...groups].sort(), ["the-clocks", "the-curves the-rates the-tails the-trends", "the-unread", "the-verdicts"]);
});

test("of each run it is told once that tables that are drawn together are settled, and never where one failed", () => {
  const told: Readonly<Record<string, string>>[] = [];
  const follow = followDrawnTables(() => [new Set(["rates", "tails", "elsewhere"]), new Set(["clocks"])], (objects) => void told.push(objects));
  const begin = (): void => follow({kind: "begun", tables: ["cells", "rates", "tails", "clocks", "verdicts"], pieces: 0, seconds: null});
  const settle = (table: string, object: string | null): void => follow({kind: "settled", table, outcome: object === null ? "failed" : "computed", object} satisfies RunEvent);
  begin();
  settle("cells", "a");
  settle("tails", "b");
  assert.deepEqual(told, []);
  settle("clocks", "e");
  assert.deepEqual(told.splice(0), [{clocks: "e"}]);
  settle("rates", "c");
  settle("verdicts", "d");
  assert.deepEqual(told.splice(0), [{tails: "b", rates: "c"}]);
  begin();
  for (const [table, object] of [["rates", null], ["tails", "b"], ["clocks", "f"], ["verdicts", "d"]] as const) settle(table, object);
  assert.deepEqual(told, [{clocks: "f"}]);
});
