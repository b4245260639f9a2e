import assert from "node:assert/strict";
import {test} from "node:test";
import {add, defineDynamics, mul, sub, traceObservables} from "../../src/kernels/index.ts";
import type {Dynamics} from "../../src/kernels/index.ts";
import {bitsOf, interpretBlock, runByWebAssembly} from "./run-block.ts";
import type {BlockCall} from "./run-block.ts";

const dynamics = defineDynamics({
  name: "refilled",
  parameters: {},
  tables: {data: 1},
  state: {x: []},
  start: ({normal, tables: {data}}) => ({x: add(normal(), data.value(data.drawRowWithoutReplacement(), 0))}),
  step: ({x}, {normal, tables: {data}}) => ({x: add(x, sub(data.value(data.drawRowWithoutReplacement(), 0), mul(0.25, normal())))})
});

const {x} = traceObservables(dynamics, (state) => ({x: state.x}));

for (const bits of [32, 64] as const)
  test(`a lane that starts a new replica leaves the passes of the lanes beside it as they were, ${bits} bits`, () => {
    const values = Float64Array.of(-0.5, 0.75, -1, 1.5, 0.25);
    const call: BlockCall = {
      kernel: {kind: "passages", dynamics: dynamics as unknown as Dynamics, bits, quantity: x!, records: {x: x!}},
      binding: {parameters: {}, tables: {data: {rows: values.length, columns: 1, values}}, key: [1, 2]},
      block: {first: 0, count: 40},
      run: {levels: [0.5, 1.6], steps: 23}
    };
    const plain = interpretBlock(call);
    assert.ok(new Set("ends" in plain ? plain.ends : []).size > 4, "lanes are refilled at different steps");
    assert.deepEqual(bitsOf(runByWebAssembly(call)), bitsOf(plain));
  });
