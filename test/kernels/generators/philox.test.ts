import assert from "node:assert/strict";
import { test } from "node:test";
import { philox4x32 } from "../../../src/kernels/generators/index.ts";
import type { Block } from "../../../src/kernels/generators/index.ts";
import type { LaneArithmetic } from "../../../src/kernels/lane-arithmetic.ts";
import { float32Lanes, float64Lanes } from "../../../src/kernels/number-lanes.ts";

// Random123 1.14.0, tests/kat_vectors, the lines "philox4x32 10": counter, key, result.
const published = [
  "00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
  "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd",
  "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1",
];

const check = <W>(lanes: LaneArithmetic<number, W, boolean>, line: string): void => {
  const words = line.split(" ").map((hex) => lanes.word(BigInt(`0x${hex}`)));
  const [k0, k1] = words.slice(4, 6) as [W, W];
  assert.deepEqual(philox4x32(lanes, words.slice(0, 4) as unknown as Block<W>, [k0, k1]), words.slice(6));
};

for (const line of published) {
  test(`the published vector of counter ${line.slice(0, 8)}… in lanes of 32 bits`, () => check(float32Lanes, line));
  test(`the published vector of counter ${line.slice(0, 8)}… in lanes of 64 bits`, () => check(float64Lanes, line));
}
