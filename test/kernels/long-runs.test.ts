import assert from "node:assert/strict";
import {test} from "node:test";
import {defineDynamics, ensemblesHere, neg} from "../../src/kernels/index.ts";

test("a run whose samples stand more than 2^30 steps apart ends at its last step", async () => {
  const turning = defineDynamics({name: "turning", parameters: {}, state: {x: []}, start: () => ({x: 1}), step: ({x}) => ({x: neg(x)})});
  const {state, samples, sampleCount} = await ensemblesHere.simulate(turning, {parameters: {}, key: [0, 0], replicas: 1, steps: 2 ** 30 + 2, every: 2 ** 30 + 1, observe: ({x}) => ({x})});
  assert.deepEqual([sampleCount, samples["x"]![0], state["x"]![0]], [1, -1, 1]);
});
