import assert from "node:assert/strict";
import { test } from "node:test";
import { philox4x32, seedReplica } from "../../../src/kernels/generators/index.ts";
import { float32Lanes, float64Lanes } from "../../../src/kernels/number-lanes.ts";

const purpose = 0x64726966;

test("a state of 32-bit words is Philox on (replica, 0, 0, 0x64726966)", () => {
  const key = [0xa4093822, 0x299f31d0] as const;
  for (const replica of [0, 1, 0xffffffff]) {
    assert.deepEqual(seedReplica(float32Lanes, key, replica), philox4x32(float32Lanes, [replica, 0, 0, purpose], key));
  }
});

test("a state of 64-bit words is two such blocks, low words first", () => {
  const key = [0xa4093822, 0x299f31d0] as const;
  for (const replica of [0, 77, 0xffffffff]) {
    const words = [0, 1].flatMap((block) => philox4x32(float32Lanes, [replica, block, 0, purpose], key)).map(BigInt);
    const joined = [0, 2, 4, 6].map((at) => (words[at] as bigint) + ((words[at + 1] as bigint) << 32n));
    assert.deepEqual(seedReplica(float64Lanes, [BigInt(key[0]), BigInt(key[1])], BigInt(replica)), joined);
  }
});

test("the states of one replica never change", () => {
  assert.deepEqual(seedReplica(float32Lanes, [1, 2], 3), [1213629137, 523760010, 3339118898, 383993306]);
  assert.deepEqual(seedReplica(float64Lanes, [1n, 2n], 3n), [2249532115116262097n, 1649238694492039474n, 9297933208497407358n, 16944065693149999906n]);
});

test("one bit of the key or the replica changes half of the state's bits", () => {
  const bits = (state: readonly number[]): string => state.map((word) => word.toString(2).padStart(32, "0")).join("");
  const start = bits(seedReplica(float32Lanes, [0, 0], 0));
  let changed = 0;
  for (let bit = 0; bit < 96; bit++) {
    const input = [0, 1, 2].map((word) => (word === bit >> 5 ? (1 << (bit & 31)) >>> 0 : 0)) as [number, number, number];
    const state = bits(seedReplica(float32Lanes, [input[0], input[1]], input[2]));
    const count = [...state].filter((digit, at) => digit !== start[at]).length;
    // 97 two-sided tests at a joint alpha of 1e-6: 6 standard deviations of 128 fair bits.
    assert.ok(Math.abs(count - 64) < 6 * Math.sqrt(32), `${bit}: ${count}`);
    changed += count;
  }
  assert.ok(Math.abs(changed - 96 * 64) < 6 * Math.sqrt(96 * 32), `${changed}`);
});
