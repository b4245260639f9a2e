import assert from "node:assert/strict";
import {test} from "node:test";

import fc from "fast-check";

import {assemble, instantiate} from "../../../src/kernels/webassembly/index.ts";
import {evaluateLaneProgram} from "../evaluate-lane-program.ts";
import {laneScripts, randomLaneProgram, randomProgramArguments, randomProgramMemory, randomProgramResult} from "../random-lane-program.ts";

for (const bits of [32, 64] as const) {
  test(`random programs in lanes of ${bits} bits do what their evaluation on numbers does`, () => {
    fc.assert(
      fc.property(laneScripts, (script) => {
        const program = randomLaneProgram(bits, 128 / bits, script);
        const expected = randomProgramMemory(bits);
        evaluateLaneProgram(program, expected, randomProgramArguments);
        const memory = new WebAssembly.Memory({initial: 1});
        new Uint8Array(memory.buffer).set(new Uint8Array(randomProgramMemory(bits).buffer));
        instantiate(assemble(program), memory).run(randomProgramArguments);
        assert.deepEqual(randomProgramResult(bits, new DataView(memory.buffer)), randomProgramResult(bits, expected));
      }),
      {numRuns: 400, seed: 20261121}
    );
  });
}
