import assert from "node:assert/strict";
import {test} from "node:test";
import {compareRuns, diffLines} from "../../../src/pipeline/runs/index.ts";
import type {RunComparison} from "../../../src/pipeline/runs/index.ts";
import {exampleRun, readerOf, table} from "./example-run.ts";

const said = (outcome: "reproduced" | "not reproduced" | "inconclusive", estimate: number | null, low: number | null = null, high: number | null = null) => ({outcome, estimate, low, high});

const comparison: RunComparison = {
  first: {name: "latest-quick", preset: "quick"},
  second: {name: "big-step", preset: "quick"},
  parameters: [
    {paper: "heavy-tails", path: "tailTrends.stepSizes[1]", first: 0.5, second: 0.55},
    {paper: "power-law-escape", path: "clocks.dataSet", first: "digits", second: null},
    {paper: "power-law-escape", path: "clocks.batchSizes[3]", second: 64}
  ],
  tables: ["tails-trends", "verdicts", "old-table"],
  tablesOnlyIn: {first: ["old-table"], second: []},
  verdicts: [
    {id: "heavy-tails.trend", title: "t", first: said("reproduced", 1.23456, 1.1, 1.3), second: said("not reproduced", 2, 1.5, 2.5), changed: "outcome"},
    {id: "a.b", title: "t", first: said("inconclusive", null), second: said("reproduced", 1e-7), changed: "outcome"},
    {id: "heavy-tails.small", title: "t", first: said("reproduced", 1.23456789), second: said("reproduced", 1.23456788), changed: "estimate"}
  ],
  claimsOnlyIn: {first: [], second: ["heavy-tails.new"]},
  withoutVerdicts: []
};

test("a comparison is printed in parts, aligned, changes of outcome before those of estimates", () => {
  assert.deepEqual(diffLines(comparison), [
    "  first   latest-quick  quick",
    "  second  big-step      quick",
    "",
    "3 parameters differ:",
    "  heavy-tails       tailTrends.stepSizes[1]  0.5       →  0.55",
    '  power-law-escape  clocks.dataSet           "digits"  →  null',
    "  power-law-escape  clocks.batchSizes[3]     nothing   →  64",
    "",
    "2 verdicts changed:",
    "  heavy-tails.trend  reproduced    →  not reproduced  1.235 [1.1, 1.3] → 2 [1.5, 2.5]",
    "  a.b                inconclusive  →  reproduced      none → 1e-7",
    "",
    "1 estimate changed, with the same verdict:",
    "  heavy-tails.small  reproduced  1.23456789  →  1.23456788",
    "",
    "1 claim in one run alone:",
    "  heavy-tails.new  only in big-step",
    "",
    "3 tables differ:",
    "  tails-trends",
    "  verdicts",
    "  old-table     only in latest-quick"
  ]);
});

test("two runs that are the same say so", () => {
  const run = exampleRun({tables: {verdicts: table("before")}});
  assert.deepEqual(diffLines(compareRuns(run, {...run, name: "again"}, readerOf({}))), ["  first   a run without a name  quick", "  second  again                 quick", "", "Nothing differs."]);
});

test("a run whose verdicts cannot be read is named", () => {
  const run = exampleRun({name: "a-run", tables: {verdicts: table("before")}});
  assert.deepEqual(diffLines(compareRuns(run, {...run, name: "broken", tables: {verdicts: {error: "no"}}}, readerOf({before: []}))).slice(3), ["Verdicts could not be compared:", "  broken  has no verdicts that can be read", "", "1 table differs:", "  verdicts  only in a-run"]);
});

test("estimates that differ in their last bit are told apart, and those alike in every digit shown stay short", () => {
  const line = (first: number, second: number): string => diffLines({...comparison, verdicts: [{id: "a", title: "t", first: said("reproduced", first), second: said("reproduced", second), changed: "estimate"}]}).find((line) => line.startsWith("  a "))!;
  assert.equal(line(0.1 + 0.2, 0.3), "  a  reproduced  0.30000000000000004  →  0.3");
  assert.equal(line(1 / 3, 2 / 3), "  a  reproduced  0.3333  →  0.6667");
});

test("hostile and long text keeps to its line and its 60 characters", () => {
  const hostile = "\u001b[2J\u009b31m\r\n\u202e\u2028</b>";
  const lines = diffLines({...comparison, parameters: [{paper: "heavy-tails", path: hostile, first: hostile, second: "x".repeat(300)}, {paper: "heavy-tails", path: "p".repeat(300), first: "😀".repeat(300), second: [..."y".repeat(300)]}]});
  const [one, two] = lines.slice(4, 6) as [string, string];
  for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  assert.ok(one.includes("\\u{1b}[2J\\u{9b}31m\\u{d}\\u{a}\\u{202e}\\u{2028}</b>"));
  assert.ok(one.endsWith(`→  "${"x".repeat(58)}…`), one);
  assert.ok(two.includes(`  ${"p".repeat(59)}…  "${"😀".repeat(58)}…  →  ["y","y",`), two);
  assert.doesNotMatch(two, /\p{Cs}/u);
});
