import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import type {LaneBits} from "../../src/kernels/index.ts";
import {dynamicsArbitrary} from "./random-dynamics.ts";
import type {RandomDynamics} from "./random-dynamics.ts";
import {bitsOf, interpretBlock, runByWebAssembly} from "./run-block.ts";
import type {BlockCall} from "./run-block.ts";

export function callsOf({dynamics, observables, quantity, records, binding, block, run, passageRun}: RandomDynamics, bits: LaneBits): readonly BlockCall[] {
  const shared = {dynamics, bits};
  return [
    {kernel: {...shared, kind: "simulation", observables, samples: "replicas"}, binding, block, run},
    {kernel: {...shared, kind: "simulation", observables, samples: "sums"}, binding, block, run},
    {kernel: {...shared, kind: "passages", quantity, records}, binding, block, run: passageRun}
  ];
}

for (const bits of [32, 64] as const)
  test(`random dynamics give the same bits interpreted and by WebAssembly, ${bits} bits`, () => {
    fc.assert(
      fc.property(dynamicsArbitrary, (random) => {
        for (const call of callsOf(random, bits)) assert.deepEqual(bitsOf(runByWebAssembly(call)), bitsOf(interpretBlock(call)));
      }),
      {seed: 20 + bits, numRuns: 120, endOnFailure: true}
    );
  });
