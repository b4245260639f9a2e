import assert from "node:assert/strict";
import {test} from "node:test";
import {reportProgress} from "../../../src/pipeline/index.ts";
import {events} from "./run-events.ts";

const {begun, planned, started, progress, waiting, ended, settled, done} = events;

/** A report on a screen of which the lines are seen, with a clock that the test moves. */
function shown({isTerminal = true, columns = 80, workers = 2} = {}) {
  const clock = {now: 1_000_000};
  const screen: string[] = [];
  const redraws = new Set<() => void>();
  const written: string[] = [];
  const report = reportProgress({
    workers,
    now: () => clock.now,
    repeat(action) {
      redraws.add(action);
      return () => void redraws.delete(action);
    },
    place: {
      isTerminal,
      columns: () => columns,
      write(text) {
        assert.ok(text.endsWith("\n"));
        written.push(text);
        screen.push(...text.slice(0, -1).split("\n"));
      },
      clear: (lines) => void assert.equal(screen.splice(-lines).length, lines)
    }
  });
  return {...report, clock, screen, redraws, written, tick: () => redraws.forEach((action) => action())};
}

test("a terminal shows the tables at work, redrawn in place, above the whole run; lines that stay go above", () => {
  const {report, log, clock, screen, tick, redraws} = shown();
  report(begun("decay", "growth"));
  report(planned("decay", 4, {seconds: 40}));
  report(planned("growth", 1));
  report(started("decay", "a", 10));
  assert.deepEqual(screen, ["  decay  0 / 4 cells  0 %  20 s left", "0 / 2 tables, 0 cells done"]);
  clock.now += 5000;
  report(started("growth", "all"));
  report(progress("decay", "a", 1, 2));
  assert.deepEqual(screen, ["  decay   0 / 4 cells  0 %  18 s left", "  growth  1 cell  0 %", "0 / 2 tables, 0 cells done"], "drawn at most every 100 ms");
  clock.now += 100;
  log("the index entry decay/0 was damaged");
  assert.deepEqual(screen, ["the index entry decay/0 was damaged", "  decay   0 / 4 cells  12 %  18 s left", "  growth  1 cell  0 %", "0 / 2 tables, 0 cells done"]);
  clock.now += 2000;
  report(ended("decay", "a", 8, {backEnds: "native"}));
  report(ended("growth", "all", 2.1));
  report(settled("growth"));
  assert.deepEqual(screen, ["the index entry decay/0 was damaged", "  growth: 1 cell computed in 2.1 s", "1 / 2 tables, 2 cells done, about 12 s left of what is planned"]);
  for (const cell of ["b", "c", "d"]) {
    report(started("decay", cell, 8));
    clock.now += 8000;
    report(ended("decay", cell, 8, {backEnds: cell === "d" ? "WebAssembly" : "native"}));
  }
  report(settled("decay"));
  report(done());
  assert.deepEqual(screen, ["the index entry decay/0 was damaged", "  growth: 1 cell computed in 2.1 s", "  decay: 4 cells computed by WebAssembly; native in 31 s"]);
  assert.equal(redraws.size, 0);
  tick();
  assert.equal(screen.length, 3);
});

test("a cell that says nothing for long is redrawn each second, with the time that is left", () => {
  const {report, clock, screen, tick} = shown();
  report(begun("decay"));
  report(planned("decay", 1, {seconds: 60}));
  report(started("decay", "a", 60));
  clock.now += 30_000;
  tick();
  assert.deepEqual(screen, ["  decay  1 cell  0 %  30 s left", "0 / 1 tables, 0 cells done, about 30 s left of what is planned"]);
});

test("no line is wider than the terminal, however narrow", () => {
  for (const columns of [1, 2, 10, 24, 40]) {
    const {report, screen} = shown({columns});
    report(begun("stationary-exponents"));
    report(planned("stationary-exponents", 12, {seconds: 3}));
    report(started("stationary-exponents", "a"));
    assert.equal(screen.length, 2);
    for (const line of screen) assert.ok(line.length <= Math.max(1, columns - 1), `${columns}: ${line}`);
  }
});

test("of many tables at work eight are shown, and how many more there are", () => {
  const {report, clock, screen} = shown();
  const tables = Array.from({length: 11}, (_, i) => `table-${i}`);
  report(begun(...tables));
  for (const table of tables) {
    report(planned(table, 1));
    clock.now += 100;
    report(started(table, "a"));
  }
  assert.deepEqual(screen.slice(7), ["  table-7   1 cell  0 %", "  and 3 more", "0 / 11 tables, 0 cells done"]);
});

test("without a terminal a table says where it stands at most every two seconds, and how it ended", () => {
  const {report, clock, written, redraws} = shown({isTerminal: false, workers: 1});
  report(begun("decay", "rest", "sum", "bad"));
  report(planned("decay", 1000, {known: 3}));
  for (let cell = 0; cell < 1000; cell++) {
    report(started("decay", cell));
    clock.now += 10;
    report(ended("decay", cell, 0.01));
  }
  report(settled("decay"));
  report(planned("rest", 0, {known: 7}));
  report(settled("rest", "unchanged"));
  report(planned("sum", 0));
  report(settled("sum"));
  report(planned("bad", 2));
  report(started("bad", "a"));
  clock.now += 500;
  report(ended("bad", "a", 0.5, {outcome: "failed"}));
  report(settled("bad", "failed"));
  report(done());
  assert.deepEqual(written, [
    "  decay: 200 / 1000 cells  20 %  8.0 s left\n",
    "  decay: 400 / 1000 cells  40 %  6.0 s left\n",
    "  decay: 600 / 1000 cells  60 %  4.0 s left\n",
    "  decay: 800 / 1000 cells  80 %  2.0 s left\n",
    "  decay: 1000 cells computed, 3 kept in 10 s\n",
    "  sum: put together\n",
    "  bad: failed after 0.5 s\n"
  ]);
  assert.equal(redraws.size, 0);
});

test("waiting for another process is said at once, with its id", () => {
  const lines = shown({isTerminal: false});
  lines.report(begun("decay"));
  lines.report(planned("decay", 1));
  lines.report(waiting("decay", "a", 4711));
  assert.deepEqual(lines.written, ["  decay: waits for process 4711, which computes a cell of it\n"]);
  const terminal = shown();
  terminal.report(begun("decay"));
  terminal.report(planned("decay", 1));
  terminal.report(waiting("decay", "a", 4711));
  assert.equal(terminal.screen[0], "  decay  waits for process 4711, which computes a cell of it");
});

test("a clock that goes back draws nothing wrong, and an interrupted run leaves nothing behind", () => {
  const {report, close, clock, screen, redraws} = shown();
  report(begun("decay"));
  report(planned("decay", 2, {seconds: 4}));
  report(started("decay", "a", 2));
  clock.now -= 3_600_000;
  report(progress("decay", "a", 1, 2));
  assert.match(screen[0]!, /^ {2}decay {2}0 \/ 2 cells {2}0 % {2}2\.0 s left$/);
  close();
  assert.deepEqual([screen, redraws.size], [[], 0]);
});
