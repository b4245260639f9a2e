import assert from "node:assert/strict";
import { test } from "node:test";
import { nextWord, xoshiro128plusplus, xoshiro256plusplus } from "../../../src/kernels/generators/index.ts";
import type { XoshiroState } from "../../../src/kernels/generators/index.ts";
import { float32Lanes, float64Lanes } from "../../../src/kernels/number-lanes.ts";

// Ten outputs of the authors' C programs from the state (1, 2, 3, 4), as in the tests of Rust's rand_xoshiro
// (src/xoshiro128plusplus.rs and src/xoshiro256plusplus.rs).
const published32 = [
  641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011, 621204420,
];
const published64 = [
  41943041n, 58720359n, 3588806011781223n, 3591011842654386n, 9228616714210784205n, 9973669472204895162n,
  14011001112246962877n, 12406186145184390807n, 15849039046786891736n, 10450023813501588000n,
];

const outputs = <W>(next: (state: XoshiroState<W>) => { output: W; state: XoshiroState<W> }, start: XoshiroState<W>) => {
  let state = start;
  return Array.from({ length: 10 }, () => {
    const step = next(state);
    state = step.state;
    return step.output;
  });
};

test("xoshiro128++ gives the published words", () => {
  assert.deepEqual(outputs((state) => xoshiro128plusplus(float32Lanes, state), [1, 2, 3, 4]), published32);
  assert.deepEqual(outputs((state) => nextWord(float32Lanes, state), [1, 2, 3, 4]), published32);
});

test("xoshiro128++ gives the published word after 102,400 steps", () => {
  // PHP, ext/random/tests/02_engine/user_xoshiro128plusplus.phpt: fa3c872c, little-endian.
  let state: XoshiroState<number> = [1, 2, 3, 4];
  for (let step = 0; step < 102_400; step++) state = xoshiro128plusplus(float32Lanes, state).state;
  assert.equal(xoshiro128plusplus(float32Lanes, state).output, 0x2c873cfa);
});

test("xoshiro256++ gives the published words", () => {
  assert.deepEqual(outputs((state) => xoshiro256plusplus(float64Lanes, state), [1n, 2n, 3n, 4n]), published64);
  assert.deepEqual(outputs((state) => nextWord(float64Lanes, state), [1n, 2n, 3n, 4n]), published64);
});

test("a generator refuses lanes of the other width", () => {
  assert.throws(() => xoshiro128plusplus(float64Lanes, [1n, 2n, 3n, 4n]), {
    name: "RangeError",
    message: "xoshiro128++: expected lanes of 32 bits, found 64",
  });
  assert.throws(() => xoshiro256plusplus(float32Lanes, [1, 2, 3, 4]), {
    name: "RangeError",
    message: "xoshiro256++: expected lanes of 64 bits, found 32",
  });
});
