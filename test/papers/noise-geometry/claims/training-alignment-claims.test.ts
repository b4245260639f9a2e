import assert from "node:assert/strict";
import {test} from "node:test";
import {trainingCertificate, trainingVerdicts} from "../../../../src/papers/noise-geometry/index.ts";
import type {TrainingAlignmentRow, TrainingName} from "../../../../src/papers/noise-geometry/index.ts";
import type {Outcome} from "../../../../src/verdicts/index.ts";

interface Case {
  readonly early?: number;
  readonly late?: number;
  readonly direction?: number;
  readonly scatter?: number;
  readonly seeds?: number;
  readonly endedEarly?: number;
}

/** Seeds with alignments at epochs 0 and 9 that scatter relative to the given ones, some of which end at epoch 0. */
function rowsOf({early = 1, late = 1, direction = 0.8, scatter = 0.01, seeds = 12, endedEarly = 0}: Case = {}): readonly TrainingAlignmentRow[] {
  return Array.from({length: seeds}, (_, seed) => {
    const factor = 1 + scatter * Math.sin(5 * seed);
    const at = (epoch: number, alignment: number): readonly TrainingAlignmentRow[] => [
      {seed, epoch, quantity: "alignment", rank: null, value: alignment * factor},
      {seed, epoch, quantity: "leastAlignment", rank: null, value: 0.5 * alignment},
      {seed, epoch, quantity: "greatestAlignment", rank: null, value: 2 * alignment},
      {seed, epoch, quantity: "directionalAlignment", rank: 1, value: 1},
      {seed, epoch, quantity: "directionalAlignment", rank: 2, value: direction * factor}
    ];
    return [...at(0, early), ...(seed < endedEarly ? [{seed, epoch: 5, quantity: "diverged", rank: null, value: 1}] : at(9, late))];
  }).flat();
}

function check(id: string, outcome: Outcome, rows: Case, name: TrainingName = "dense") {
  const found = trainingVerdicts(name, rowsOf(rows)).find((verdict) => verdict.id === `noise-geometry.${id}.${name}`)!;
  assert.equal(found.outcome, outcome, `${id}: ${found.explanation}`);
  return found;
}

test("the least alignment along training is held against 0.3 by what one more seed may have", () => {
  assert.ok(Math.abs(check("training-bounded", "reproduced", {early: 0.4, late: 1}).estimate! - 0.4) < 0.01);
  check("training-bounded", "not reproduced", {late: 0.2});
  check("training-bounded", "inconclusive", {late: 0.35, scatter: 0.3});
});

test("the last alignment is held against 1 with its signed discrepancy", () => {
  check("training-late", "reproduced", {});
  assert.ok(Math.abs(check("training-late", "approximate", {late: 1.2}).discrepancy! - 0.2) < 0.01);
  assert.ok(check("training-late", "approximate", {late: 0.8}).discrepancy! < 0);
  check("training-late", "not reproduced", {late: 0.5});
});

test("the least of the last directional alignments counts, not the first or the mean", () => {
  assert.ok(Math.abs(check("training-directions", "reproduced", {direction: 0.6}).estimate! - 0.6) < 0.01);
  check("training-directions", "not reproduced", {direction: 0.1});
});

test("fewer than ten seeds that trained to the end are inconclusive, and counted", () => {
  const verdict = check("training-late", "inconclusive", {endedEarly: 3});
  assert.deepEqual([verdict.used, verdict.total, verdict.estimate], [9, 12, null]);
  check("training-bounded", "reproduced", {endedEarly: 2});
  check("training-directions", "inconclusive", {seeds: 9});
});

test("alignment of ten outputs is judged times ten, without directions", () => {
  assert.equal(trainingVerdicts("classes", rowsOf()).length, 2);
  assert.ok(Math.abs(check("training-late", "reproduced", {late: 0.1}, "classes").estimate! - 1) < 0.01);
});

test("one record outside its certificate is enough, rounding is not", () => {
  const rows = rowsOf();
  const certificate = trainingCertificate([rows, rowsOf({seeds: 1})]);
  assert.deepEqual([certificate.outcome, certificate.estimate, certificate.total], ["reproduced", 0, 26]);
  const changed = (quantity: string, value: number) => rows.map((row) => (row.seed === 3 && row.epoch === 9 && row.quantity === quantity ? {...row, value} : row));
  assert.equal(trainingCertificate([changed("alignment", 0.49)]).outcome, "not reproduced");
  assert.equal(trainingCertificate([changed("alignment", 2.1)]).estimate, 1);
  assert.equal(trainingCertificate([changed("alignment", 2 * (1 + 1e-6))]).outcome, "reproduced");
  assert.equal(trainingCertificate([[]]).outcome, "inconclusive");
});
