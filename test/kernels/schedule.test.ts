import assert from "node:assert/strict";
import {test} from "node:test";
import {add, defineDynamics, ensemblesHere} from "../../src/kernels/index.ts";
import {regionOf} from "../../src/kernels/region.ts";
import {schedule} from "../../src/kernels/schedule.ts";

const noise = defineDynamics({
  name: "noise",
  parameters: {},
  state: {x: [20], y: []},
  start: ({normal}) => ({x: normal(20), y: normal()}),
  step: ({x, y}, {normal}) => ({x: add(x, normal(20)), y: add(y, normal())})
});

test("a draw that is the state itself stands at the first level", () => {
  const placements = schedule(regionOf("start", Object.values(noise.start)));
  assert.deepEqual([...placements.values()], [{level: 0, inLoop: true}, {level: 1, inLoop: false}]);
});

test("dynamics that start at a draw run", async () => {
  const {state} = await ensemblesHere.simulate(noise, {parameters: {}, key: [1, 2], replicas: 3, steps: 0});
  assert.equal(new Set(state["x"]).size, 60);
  assert.ok(state["x"]!.every((value) => value !== 0 && Math.abs(value) < 7));
});
