import assert from "node:assert/strict";
import {test} from "node:test";
import {usualRangeSize, workTimes} from "../../src/pipeline/run/work-times.ts";
import type {Entry} from "../../src/pipeline/store/index.ts";

const entry = (cell: string | null, reads: unknown, seconds: number, range: Entry["range"] = null): Entry => ({version: 2, table: "decay", key: "", range, object: "", bytes: 0, seconds, note: cell === null ? {content: ""} : {cell, reads}, check: ""});
const timesOf = (...entries: readonly Entry[]) => workTimes({entries: (table) => (table === "decay" ? entries : [])});

test("a cell's time is the median of its own at its parameters, else at any, else the mean of its table, and says which", () => {
  const times = timesOf(entry("a", {steps: 10, rate: 1}, 1), entry("a", {rate: 1, steps: 10}, 3), entry("a", {steps: 10, rate: 1}, 2), entry("a", {steps: 900, rate: 1}, 90), entry("b", {steps: 10}, 8), entry(null, null, 1000));
  const of = (name: string, reads: unknown) => [times.seconds("decay", {name, reads}, null), times.isMeasured("decay", {name, reads})];
  assert.deepEqual(of("a", {rate: 1, steps: 10}), [2, true]);
  assert.deepEqual(of("a", {rate: 1, steps: 900}), [90, true]);
  assert.deepEqual(of("a", {rate: 1, steps: 500}), [2, false]);
  assert.deepEqual(of("b", {steps: 900}), [8, false]);
  assert.deepEqual(of("c", {steps: 10}), [5, false]);
  assert.deepEqual([times.seconds("growth", {name: "a", reads: {}}, null), times.isMeasured("growth", {name: "a", reads: {}})], [null, false]);
});

test("replicas are counted: any number of them is measured by any other, and ranges take about 4 s", () => {
  const times = timesOf(entry("a", {steps: 10}, 2, {first: 0, count: 1000}), entry("a", {steps: 10}, 1, {first: 1000, count: 500}), entry("a", {steps: 90}, 9, {first: 0, count: 1000}));
  assert.equal(times.seconds("decay", {name: "a", reads: {steps: 10}}, 4000), 8);
  assert.equal(times.seconds("decay", {name: "a", reads: {steps: 90}}, 4000), 36);
  const size = (steps: number) => usualRangeSize(times, "decay", {name: "a", reads: {steps}, replicas: 9000} as never, 9000);
  assert.deepEqual([size(10), size(90)], [2000, 444]);
});
