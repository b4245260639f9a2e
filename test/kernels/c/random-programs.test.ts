import assert from "node:assert/strict";
import {test} from "node:test";

import fc from "fast-check";

import {printC} from "../../../src/kernels/c/print-c.ts";
import {evaluateLaneProgram} from "../evaluate-lane-program.ts";
import {laneScripts, randomLaneProgram, randomProgramArguments, randomProgramMemory, randomProgramResult} from "../random-lane-program.ts";
import {compileC, vectorWidths} from "./compile-c.ts";

const widths = vectorWidths();
const present = `of the present ${widths.map(({bytes}) => bytes).join(", ")}`;

for (const bits of [32, 64] as const) {
  for (const {bytes, flags} of widths) {
    test(`random programs in lanes of ${bits} bits do in vectors of ${bytes} bytes (${present}) what their evaluation on numbers does`, () => {
      fc.assert(
        fc.property(laneScripts, (script) => {
          const program = randomLaneProgram(bits, (8 * bytes) / bits, script);
          const [expected, found] = [randomProgramMemory(bits), randomProgramMemory(bits)];
          evaluateLaneProgram(program, expected, randomProgramArguments);
          compileC(printC(program), flags)(new Uint8Array(found.buffer), randomProgramArguments);
          assert.deepEqual(randomProgramResult(bits, found), randomProgramResult(bits, expected));
        }),
        {numRuns: 16, seed: 20261121 + bytes}
      );
    });
  }
}
