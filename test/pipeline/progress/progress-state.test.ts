import assert from "node:assert/strict";
import {test} from "node:test";
import {followProgress} from "../../../src/pipeline/progress/index.ts";
import {events} from "./run-events.ts";

const {begun, planned, started, progress, waiting, ended, settled} = events;

function followed() {
  const clock = {now: 1_000_000};
  const state = followProgress(() => clock.now);
  return {clock, state, apply: (...all: readonly Parameters<typeof state.apply>[0][]) => all.forEach(state.apply)};
}

test("work left is by what finished cells took, before the first by the part that is done, before that by earlier runs", () => {
  const {clock, state, apply} = followed();
  const left = () => state.tableState("decay")!.left;
  apply(begun("decay"), planned("decay", 4));
  assert.equal(left(), null);
  apply(planned("decay", 4, {seconds: 20}));
  assert.equal(left(), 20);
  apply(started("decay", 1));
  clock.now += 3000;
  apply(progress("decay", 1, 1, 2));
  assert.equal(left(), 6 * 3.5);
  apply(ended("decay", 1, 8));
  assert.equal(left(), 8 * 3);
  apply(started("decay", 2, 8));
  clock.now += 4000;
  assert.equal(left(), 8 * 2.5, "a cell that reports nothing counts by the time it was expected to take");
  clock.now += 1_000_000;
  assert.equal(left(), 8 * (3 - 0.95), "and never as finished");
});

test("shares of cells at work count, cells computed elsewhere take no time of this run", () => {
  const {clock, state, apply} = followed();
  apply(begun("decay", "growth"), planned("decay", 3, {known: 2, seconds: 9}), planned("growth", 0, {known: 1, seconds: 0}));
  apply(started("decay", 1), started("decay", 2), progress("decay", 1, 1, 4), progress("decay", 2, 3, 2));
  clock.now += 2000;
  const {done, missing, known, elapsed} = state.tableState("decay")!;
  assert.deepEqual([done, missing, known, elapsed], [1.25, 3, 2, 2]);
  apply(ended("decay", 1, 2), ended("decay", 2, 60, {outcome: "computed elsewhere"}), settled("growth", "unchanged"));
  assert.deepEqual(state.whole(), {settled: 1, tables: 2, done: 2, missing: 3, left: 1});
  assert.deepEqual(state.running(), []);
});

test("a table that waits for another process says for which, until its work begins or is there", () => {
  const {state, apply} = followed();
  const holders = () => state.running().map(({table, heldBy}) => [table, heldBy]);
  apply(begun("decay"), planned("decay", 2), waiting("decay", 1, 4711));
  assert.deepEqual(holders(), [["decay", 4711]]);
  apply(ended("decay", 1, 3, {outcome: "computed elsewhere"}));
  assert.deepEqual(holders(), []);
  apply(started("decay", 2));
  assert.deepEqual(holders(), [["decay", null]]);
});

test("what is not known of one table is not known of the whole; a new run begins anew", () => {
  const {state, apply} = followed();
  apply(begun("a", "b"), planned("a", 1, {seconds: 5}), planned("b", 1));
  assert.equal(state.whole().left, null);
  apply(started("b", 1), ended("b", 1, 2, {outcome: "failed"}), settled("b", "failed"));
  assert.deepEqual(state.whole(), {settled: 1, tables: 2, done: 1, missing: 2, left: 5});
  apply(begun("c"));
  assert.deepEqual(state.whole(), {settled: 0, tables: 1, done: 0, missing: 0, left: 0});
  apply(started("nowhere", 1), progress("nowhere", 1, 0, 0));
  assert.deepEqual(state.running(), []);
});
