import assert from "node:assert/strict";
import {test} from "node:test";
import {durationText} from "../../../src/pipeline/progress/index.ts";

test("a duration is said in the two largest units that matter", () => {
  const said: readonly (readonly [number, string])[] = [
    [0, "0.0 s"],
    [0.04, "0.0 s"],
    [9.94, "9.9 s"],
    [9.95, "10 s"],
    [59.4, "59 s"],
    [59.5, "1 min"],
    [90, "1 min 30 s"],
    [3599.4, "59 min 59 s"],
    [3599.6, "1 h"],
    [3900, "1 h 5 min"],
    [7170, "2 h"],
    [90_000, "25 h"]
  ];
  for (const [seconds, text] of said) assert.equal(durationText(seconds), text);
});
