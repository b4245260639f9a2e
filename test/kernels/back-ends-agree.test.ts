import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {dynamicsArbitrary} from "./random-dynamics.ts";
import {bitsOf, callsOf, interpretBlock, runByWebAssembly} from "./run-block.ts";

for (const bits of [32, 64] as const)
  test(`random dynamics give the same bits interpreted and by WebAssembly, ${bits} bits`, () => {
    fc.assert(
      fc.property(dynamicsArbitrary, (random) => {
        callsOf(random, bits).forEach((call, i) => assert.deepEqual(bitsOf(runByWebAssembly(call, [1, 2, 4][(random.run.steps + i) % 3])), bitsOf(interpretBlock(call))));
      }),
      {seed: 20 + bits, numRuns: 60, endOnFailure: true}
    );
  });
