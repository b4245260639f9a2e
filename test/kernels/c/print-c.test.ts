import assert from "node:assert/strict";
import {test} from "node:test";

import {printC} from "../../../src/kernels/c/print-c.ts";
import {laneBuilder} from "../../../src/kernels/lane-builder.ts";
import {argument, product, scalar, sum} from "../../../src/kernels/scalar.ts";

function decay(withUnused: boolean): string {
  const builder = laneBuilder(32, 8);
  const time = builder.counter();
  const state = builder.variable("real");
  builder.set([state, builder.load("real", argument(1))]);
  builder.for(time, scalar(0), argument(0), 1, () => {
    const x = builder.read(state);
    builder.set([state, builder.subtract(x, builder.multiply(builder.real(0.1), x))]);
    if (withUnused) builder.squareRoot(builder.load("real", product(time, builder.laneBytes)));
  });
  builder.store(sum(argument(1), builder.laneBytes), builder.read(state));
  return printC(builder.finish());
}

const bodyOf = (text: string) => text.slice(text.indexOf("void run"));

test("a program is printed as it reads", () => {
  assert.equal(
    bodyOf(decay(false)),
    `void run(unsigned char *memory, int32_t arguments) {
  real v0 = {0};
  uint32_t c0 = 0;
  const real n2 = splat_real(0x1.99999ap-4f) /* 0.10000000149011612 */;
  const real n0 = load_real(memory + load32(memory + ((uint32_t)arguments + 4u)));
  v0 = n0;
  for (c0 = 0u; (int32_t)c0 < (int32_t)load32(memory + (uint32_t)arguments); c0 += 1u) {
    const real n1 = v0;
    const real n3 = n2 * n1;
    const real n4 = n1 - n3;
    v0 = n4;
  }
  const real n5 = v0;
  store_word(memory + (load32(memory + ((uint32_t)arguments + 4u)) + 32u), (word)n5);
}
`
  );
});

test("equal programs give equal text", () => {
  assert.equal(decay(false), decay(false));
});

test("what nothing depends on is left out", () => {
  const text = bodyOf(decay(true));
  assert.doesNotMatch(text, /square_root/);
  assert.equal(text.match(/load_real/g)?.length, 1);
});
