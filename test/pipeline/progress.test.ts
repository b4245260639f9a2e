import assert from "node:assert/strict";
import {test} from "node:test";
import {progressLines} from "../../src/pipeline/progress.ts";

function watched(width = 5) {
  const lines: string[] = [];
  const clock = {now: 1_000_000};
  const table = progressLines(width, {now: () => clock.now, write: (line) => void lines.push(line)})("decay");
  return {lines, clock, table};
}

test("a line says done / total, the share, and the time left in proportion", () => {
  const {lines, clock, table} = watched(8);
  clock.now += 4000;
  table.report(1, 3);
  clock.now += 20_000;
  table.report(2, 3);
  assert.deepEqual(lines, ["  decay     1 / 3  33 %  8.0 s left", "  decay     2 / 3  66 %  12 s left"]);
});

test("there is at most one line every two seconds, none at the start and none at the end", () => {
  const {lines, clock, table} = watched();
  for (let done = 0; done <= 1000; done++) {
    table.report(done, 1000);
    clock.now += 10;
  }
  assert.deepEqual(lines.map((line) => line.split("  ")[2]), ["200 / 1000", "400 / 1000", "600 / 1000", "800 / 1000"]);
});

test("the end is always said, with the whole time", () => {
  const {lines, clock, table} = watched();
  clock.now += 40;
  table.end("computed");
  clock.now += 9909;
  table.end("failed");
  clock.now += 1;
  table.end("failed");
  assert.deepEqual(lines, ["  decay  computed in 0.0 s", "  decay  failed in 9.9 s", "  decay  failed in 10 s"]);
});

test("a clock that goes back writes no line", () => {
  const {lines, clock, table} = watched();
  clock.now -= 3_600_000;
  table.report(1, 2);
  assert.deepEqual(lines, []);
});
