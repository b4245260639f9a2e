import assert from "node:assert/strict";
import {test} from "node:test";
import {planLines} from "../../src/command-line/plan-lines.ts";
import {printResult} from "../../src/command-line/print-result.ts";
import type {PlannedPiece, PlannedTable, Reason, RunPlan} from "../../src/pipeline/index.ts";

const because = (kind: Reason["kind"], text: string): Reason => ({kind, text});
const piece = (cell: string, seconds: number | null, ...reasons: readonly Reason[]): PlannedPiece => ({cell, range: null, isCertain: !reasons.some(({kind}) => kind === "input"), reasons, seconds, isMeasured: true});

const table = (name: string, changes: Partial<PlannedTable>): PlannedTable => ({table: name, kind: "experiment", experiment: "heavy-tails.tailTrends", status: "computed", waitsFor: [], pieces: [], known: 0, ...changes});
const plan = (changes: Partial<RunPlan>): RunPlan => ({preset: "quick", tables: [], changes: [], pieces: {certain: 0, perhaps: 0, known: 0}, seconds: {certain: 0, most: 0}, guessed: 0, wall: 0, ...changes});

test("cells of one reason are one line, with their number and time; many reasons are counted", () => {
  const chains = because("parameter", "chains: 400000 → 500000");
  const tables = [
    table("tails-trends", {known: 3, pieces: Array.from({length: 12}, (_, i) => piece(`cell ${i}`, 3.33, chains))}),
    table("tails-fits", {pieces: [1, 2, 3, 4, 5, 6].map((i) => piece(`step size ${i}`, i === 6 ? null : 1, because("module", `src/numerics/part-${i}.ts`)))}),
    table("tails-sums", {kind: "derived", experiment: null, status: "perhaps", waitsFor: ["tails-trends"], pieces: [piece("Sums", 0.01, because("input", "the rows of tails-trends, if they change"))]}),
    table("tails-laws", {waitsFor: ["tails-trends"], pieces: [piece("exact", 2, chains), piece("fitted", 3, because("input", "the rows of tails-trends that it reads, if they change"))]}),
    table("tails-joined", {}),
    table("escape", {status: "unchanged", known: 1200, experiment: "power-law-escape.logBarrierEscape"}),
    table("broken", {status: {error: "TypeError: no\n    at run"}, experiment: null})
  ];
  assert.deepEqual(planLines(plan({tables, changes: [{paper: "heavy-tails", path: "tailTrends.chains", first: 400_000, second: 500_000}], wall: null}), 2), [
    "1 value changed since the last run:",
    "  heavy-tails.tailTrends.chains: 400000 → 500000",
    "",
    "to compute:",
    "  heavy-tails.tailTrends",
    "    12 cells of tails-trends: chains: 400000 → 500000 · about 40 s",
    "    1 cell of tails-fits: src/numerics/part-1.ts · about 1.0 s",
    "    1 cell of tails-fits: src/numerics/part-2.ts · about 1.0 s",
    "    1 cell of tails-fits: src/numerics/part-3.ts · about 1.0 s",
    "    1 cell of tails-fits: src/numerics/part-4.ts · about 1.0 s",
    "    2 cells more of tails-fits, for 2 other reasons · about 1.0 s and what 1 cell never run before takes",
    "    1 cell of tails-laws: chains: 400000 → 500000 · about 2.0 s",
    "    tails-joined: put together again from cells that are kept",
    "",
    "perhaps, if the rows that they read change:",
    "  tables without parameters: tails-sums · less than 0.1 s",
    "  heavy-tails.tailTrends: tails-laws · about 3.0 s",
    "",
    "cannot be computed:",
    "  broken: TypeError: no",
    "    at run",
    "",
    "unchanged: 1 table, 1,203 cells kept",
    "in all: about 50 s and what 1 cell never run before takes"
  ]);
});

test("a cell has at most three reasons in a line, long values are cut, and new ranges of replicas are one reason", () => {
  const reasons = ["a", "b", "c", "d", "e"].map((name) => because("parameter", `${name}: ${"1".repeat(80)}`));
  const ranges = [0, 200].map((first) => ({...piece("all", 1, because("replicas", `replicas ${first}–${first + 199} are new`)), range: {first, count: 200}}));
  const lines = planLines(plan({tables: [table("t", {pieces: [piece("x", null, ...reasons)]}), table("u", {pieces: ranges})], wall: null}), 2);
  assert.equal(lines[4], `    1 cell of t: ${["a", "b", "c"].map((name) => `${name}: ${"1".repeat(56)}…`).join("; ")}; and 2 more reasons · time not known yet`);
  assert.equal(lines[5], "    1 cell of u: new replicas · about 2.0 s");
});

test("what of a time comes from cells with other parameters is said of each table and of all", () => {
  const known = piece("a", 10, because("module", "src/numerics/roots.ts"));
  const guess = {...piece("b", 30, because("module", "src/numerics/roots.ts")), isMeasured: false};
  const unknown = {...piece("c", null, because("module", "src/numerics/roots.ts")), isMeasured: false};
  const tables = [table("t", {pieces: [known, guess]}), table("u", {pieces: [guess]}), table("v", {pieces: [{...guess, seconds: 0.01}]}), table("w", {pieces: [guess, unknown]})];
  const lines = (wall: number | null, ...of: readonly PlannedTable[]) => planLines(plan({tables: of, wall}), 2).filter((line) => /cells? of|in all/.test(line));
  assert.deepEqual(lines(null, ...tables), [
    "    2 cells of t: src/numerics/roots.ts · about 40 s (about 30 s of it by cells with other parameters)",
    "    1 cell of u: src/numerics/roots.ts · about 30 s (by cells with other parameters)",
    "    1 cell of v: src/numerics/roots.ts · less than 0.1 s",
    "    2 cells of w: src/numerics/roots.ts · about 30 s (by cells with other parameters) and what 1 cell never run before takes",
    "in all: about 1 min 40 s (about 1 min 30 s of it by cells with other parameters) and what 1 cell never run before takes"
  ]);
  assert.equal(lines(20, tables[0]!).at(-1), "in all: about 40 s of work, about 20 s on 2 workers (about 30 s of it by cells with other parameters)");
  assert.equal(lines(15, tables[1]!).at(-1), "in all: about 30 s of work, about 15 s on 2 workers (by cells with other parameters)");
  assert.equal(lines(5, table("t", {pieces: [known]})).at(-1), "in all: about 10 s of work, about 5.0 s on 2 workers");
});

test("what is printed for a person moves no cursor, what is printed for a script is the value itself", (t) => {
  let printed = "";
  const write = t.mock.method(process.stdout, "write", (text: string) => Boolean((printed += text)));
  printResult({}, null, ["\u001b[2J\u009b1m \u202ea"]);
  printResult({json: true}, {name: "\u202ea"}, ["not this"]);
  write.mock.restore();
  assert.equal(printed, '\\u{1b}[2J\\u{9b}1m \\u{202e}a\n{\n  "name": "\u202ea"\n}\n');
});
