import assert from "node:assert/strict";
import {test} from "node:test";
import {networkVerdicts} from "../../../../src/papers/parameter-averaging/index.ts";
import type {NetworkTrainingRow} from "../../../../src/papers/parameter-averaging/index.ts";
import {createStream} from "../../../../src/random/index.ts";
import type {Outcome, Verdict} from "../../../../src/verdicts/index.ts";

type Values = Partial<Record<"trainingLoss" | "testLoss" | "trace", number>>;
type Methods = Partial<Record<NetworkTrainingRow["method"], Values>>;

interface Case {
  readonly methods?: Methods;
  readonly seeds?: number;
  readonly scatter?: number;
  /** Seeds whose large step diverges. */
  readonly diverged?: number;
  /** Loss and trace of the large step at epoch 0, before it ends with its own. */
  readonly start?: Values;
}

const names = ["small step", "large step", "large step, other order", "SAM", "average of all", "average of last half", "average of last quarter"] as const;

/** Ends of all methods, all values 1 unless given, with independent relative scatter over seeds and methods. */
function rowsOf({methods = {}, seeds = 12, scatter = 0.02, diverged = 0, start = {trainingLoss: 4, trace: 1}}: Case = {}): readonly NetworkTrainingRow[] {
  const generator = createStream({seed: 2, experiment: "claims", cell: "networks", block: 0}).generator("scatter");
  return Array.from({length: seeds}, (_, seed) => names.flatMap((method) => {
    const value = (name: keyof Values) => (methods[method]?.[name] ?? 1) * (1 + scatter * generator.normal());
    const row = {seed, method, stepSize: 0.1, accuracy: null, traceError: 0, sharpness: null, leastCurvature: null};
    const end: NetworkTrainingRow = {...row, epoch: 9, diverged: false, trainingLoss: value("trainingLoss"), testLoss: value("testLoss"), trace: value("trace")};
    const first: NetworkTrainingRow = {...row, epoch: 0, diverged: false, trainingLoss: start.trainingLoss!, testLoss: 4, trace: start.trace!};
    const isDiverged = seed < diverged && method === "large step";
    return [first, isDiverged ? {...end, diverged: true, trainingLoss: null, testLoss: null, trace: null} : end];
  })).flat();
}

function check(id: string, outcome: Outcome, given: Case): Verdict {
  const found = networkVerdicts("dense", rowsOf(given)).find((verdict) => verdict.id === `parameter-averaging.networks-${id}.dense`)!;
  assert.equal(found.outcome, outcome, `${id}: ${found.explanation}`);
  return found;
}

const comparisons = [
  ["optimisation", "average of last half", "trainingLoss"],
  ["generalisation", "average of last half", "testLoss"],
  ["small-step", "average of last half", "testLoss"],
  ["flatness", "large step", "trace"],
  ["average-flatness", "average of last half", "trace"],
  ["tail", "average of last half", "testLoss"]
] as const;

for (const [id, method, quantity] of comparisons) {
  test(`${id} has its effect with its sign, either way, and none among equals`, () => {
    assert.ok(Math.abs(check(id, "reproduced", {methods: {[method]: {[quantity]: 0.8}}}).estimate! - 0.8) < 0.03);
    assert.ok(Math.abs(check(id, "not reproduced", {methods: {[method]: {[quantity]: 1.25}}}).estimate! - 1.25) < 0.04);
    check(id, "inconclusive", {});
  });
}

test("sharpness at matched loss is read between the records of the large step", () => {
  const matched = (trace: number) => ({methods: {"large step": {trainingLoss: 0.25, trace}}, scatter: 0.001, start: {trainingLoss: 4, trace: 1}});
  const found = check("matched-flatness", "reproduced", matched(0.16));
  assert.ok(Math.abs(found.estimate! - 0.4) < 0.01, "half of the way in log loss, hence √0.16");
  assert.ok(Math.abs(check("matched-flatness", "not reproduced", matched(4)).estimate! - 2) < 0.05);
});

test("a large step that never reaches the small step's loss has no matched trace", () => {
  const found = check("matched-flatness", "inconclusive", {methods: {"large step": {trainingLoss: 2}}});
  assert.match(found.explanation, /0 of 12 pairs have a ratio \(12 have a value that is not positive or, at matched loss, never reach it\); 6 are needed/);
});

test("averaged SGD is like SAM within ten per cent, approximately within 35", () => {
  check("sam", "reproduced", {methods: {SAM: {testLoss: 1.04}}});
  assert.ok(check("sam", "approximate", {methods: {SAM: {testLoss: 0.85}}}).discrepancy! > 0.1);
  check("sam", "not reproduced", {methods: {SAM: {testLoss: 0.5}}});
  check("sam", "inconclusive", {scatter: 0.5});
});

test("the control fails where a method differs from itself, however little, and decides nothing in scatter", () => {
  check("control", "reproduced", {});
  check("control", "not reproduced", {methods: {"large step, other order": {testLoss: 1.05}}, scatter: 0.01});
  check("control", "inconclusive", {scatter: 0.5});
});

test("diverged runs leave every comparison with them inconclusive, with their number, and others as they were", () => {
  const given = {diverged: 3, methods: {"average of last half": {testLoss: 0.8}}};
  for (const id of ["optimisation", "generalisation", "flatness", "matched-flatness", "control"]) assert.match(check(id, "inconclusive", given).explanation, /^3 of 12 pairs have a run that diverged/);
  assert.deepEqual([check("tail", "reproduced", given).used, check("generalisation", "inconclusive", given).used], [12, 9]);
});

test("too few seeds, or a trace that is negative, are inconclusive", () => {
  for (const id of ["optimisation", "sam", "control"]) check(id, "inconclusive", {seeds: 5, methods: {"average of last half": {trainingLoss: 0.5}}});
  assert.match(check("flatness", "inconclusive", {methods: {"small step": {trace: -1}}}).explanation, /^0 of 12 pairs have a ratio/);
});

test("Holm's correction counts all comparisons of a network: ten seeds reach the level, eight do not", () => {
  const given = {methods: {"average of last half": {testLoss: 0.8}}, scatter: 0.001};
  check("tail", "reproduced", {...given, seeds: 10});
  assert.equal(networkVerdicts("teacher", rowsOf({...given, seeds: 10})).length, 9);
});

test("pairs matter: the same values with seeds permuted lose the effect", () => {
  const paired = rowsOf({seeds: 20, scatter: 0}).map((row) => {
    const scale = Math.exp(Math.sin(5 * row.seed)) * (row.method === "average of last half" ? 0.95 : 1) * (1 + 0.01 * Math.sin(3 * row.seed + row.method.length));
    return {...row, testLoss: row.testLoss! * scale};
  });
  const outcomeOf = (rows: readonly NetworkTrainingRow[]) => networkVerdicts("dense", rows).find(({id}) => id.includes("generalisation"))!.outcome;
  assert.equal(outcomeOf(paired), "reproduced");
  assert.equal(outcomeOf(paired.map((row) => (row.method === "large step" ? {...row, seed: (row.seed + 7) % 20} : row))), "inconclusive");
});
