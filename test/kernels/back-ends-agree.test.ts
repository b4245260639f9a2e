import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {dynamicsArbitrary} from "./random-dynamics.ts";
import {bitsOf, callsOf, interpretBlock, runByWebAssembly} from "./run-block.ts";

for (const bits of [32, 64] as const)
  test(`random dynamics give the same bits interpreted and by WebAssembly, ${bits} bits`, () => {
    fc.assert(
      fc.property(dynamicsArbitrary, (random) => {
        for (const call of callsOf(random, bits)) assert.deepEqual(bitsOf(runByWebAssembly(call)), bitsOf(interpretBlock(call)));
      }),
      {seed: 20 + bits, numRuns: 120, endOnFailure: true}
    );
  });
