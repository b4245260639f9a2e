import assert from "node:assert/strict";
import {test} from "node:test";

import {printC} from "../../../src/kernels/c/print-c.ts";
import {laneBuilder} from "../../../src/kernels/lane-builder.ts";
import {scalar} from "../../../src/kernels/scalar.ts";
import {compileC, vectorWidths} from "./compile-c.ts";

// The least vectors of a processor with fused multiply-adds: wider than 16 bytes on x86, all of arm64.
const fused = vectorWidths().filter(({bytes}) => process.arch === "arm64" || bytes === 32);

/** x² − (x² rounded), which is 0 unless the square is fused with the subtraction, for x = 1 + 2^−12 in lanes of 32 bits. */
function residual(flags: readonly string[], bytes: number): Float32Array {
  const builder = laneBuilder(32, bytes / 4);
  const x = builder.load("real", scalar(0));
  const rounded = builder.load("real", scalar(64));
  builder.store(scalar(128), builder.subtract(builder.multiply(x, x), rounded));
  const numbers = new Float32Array(48).fill(1 + 2 ** -12, 0, 16).fill((1 + 2 ** -12) ** 2, 16, 32);
  compileC(printC(builder.finish()), flags)(new Uint8Array(numbers.buffer), 0);
  return numbers.subarray(32, 32 + bytes / 4);
}

test(`a product is rounded before it is added where the processor could fuse them (${fused.length === 0 ? "it cannot here" : "it can here"})`, () => {
  for (const {bytes, flags} of fused) {
    assert.deepEqual(residual(flags, bytes), new Float32Array(bytes / 4));
    assert.deepEqual(residual([...flags, "-ffp-contract=fast"], bytes), new Float32Array(bytes / 4).fill(2 ** -24), "the control: contraction shows");
  }
});
