import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {dynamicsArbitrary, operationsOf} from "./random-dynamics.ts";
import type {RandomDynamics} from "./random-dynamics.ts";
import {bitsOf, callsOf, interpretBlock, runByWebAssembly} from "./run-block.ts";

for (const [bits, seed] of [[32, 14], [64, 26]] as const)
  test(`random dynamics that have all operations give the same bits interpreted and by WebAssembly, ${bits} bits`, () => {
    const ran: RandomDynamics[] = [];
    fc.assert(
      fc.property(dynamicsArbitrary, (random) => {
        ran.push(random);
        callsOf(random, bits).forEach((call, i) => assert.deepEqual(bitsOf(runByWebAssembly(call, [1, 2, 4][(random.run.steps + i) % 3])), bitsOf(interpretBlock(call))));
      }),
      {seed, numRuns: 24, endOnFailure: true}
    );
    assert.equal(operationsOf(ran).size, 35);
  });
