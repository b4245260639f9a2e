import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { createStream } from "../../src/random/index.ts";
import type { StreamAddress } from "../../src/random/index.ts";

const address: StreamAddress = { seed: 0, experiment: "escape-rate", cell: "a", block: 0 };

const golden: readonly (readonly [StreamAddress, number, string, readonly [number, number]])[] = [
  [address, 0, "", [-755273816, 1186212960]],
  [{ seed: 7, experiment: "escape-rate", cell: "η=0.1", block: 3 }, 12, "noise", [69555505, -1839980848]],
  [{ seed: 2 ** 53 - 1, experiment: "", cell: "", block: 0 }, 0, "", [-1455687581, -1036011749]],
];

test("the keys of a few addresses never change", () => {
  for (const [at, step, purpose, key] of golden) assert.deepEqual(createStream(at).key(step, purpose), key);
});

test("a key is the start of the digest of the documented text", () => {
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary" }),
      fc.nat(),
      fc.maxSafeNat(),
      fc.string({ unit: "binary" }),
      (seed, experiment, cell, block, step, purpose) => {
        const text =
          JSON.stringify(["driftbook stream 1", seed, experiment, cell, block]) +
          JSON.stringify(["key", purpose, step]);
        const digest = createHash("sha256").update(text, "utf8").digest();
        assert.deepEqual(createStream({ seed, experiment, cell, block }).key(step, purpose), [
          digest.readInt32BE(0),
          digest.readInt32BE(4),
        ]);
      },
    ),
    { seed: 1 },
  );
});

test("an ensemble's key is the start of the digest of the documented text, as unsigned integers", () => {
  assert.deepEqual(createStream(address).ensembleKey(), [0x1a7bb4c8, 0xd3fdf24d]);
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.string({ unit: "binary" }), fc.string(), fc.nat(), (seed, experiment, cell, block) => {
      const text = JSON.stringify(["driftbook stream 1", seed, experiment, cell, block]) + '["ensemble"]';
      const digest = createHash("sha256").update(text, "utf8").digest();
      assert.deepEqual(createStream({ seed, experiment, cell, block }).ensembleKey(), [
        digest.readUInt32BE(0),
        digest.readUInt32BE(4),
      ]);
    }),
    { seed: 1 },
  );
});

test("every field of the address changes an ensemble's key", () => {
  const keys = [
    createStream(address).ensembleKey(),
    createStream({ ...address, seed: 1 }).ensembleKey(),
    createStream({ ...address, experiment: "escape-time" }).ensembleKey(),
    createStream({ ...address, cell: "b" }).ensembleKey(),
    createStream({ ...address, block: 1 }).ensembleKey(),
    createStream(address).key(0),
  ];
  assert.equal(new Set(keys.map(String)).size, keys.length);
});

test("no two ways to cut the same letters into fields share a key", () => {
  const keys = [
    createStream({ ...address, experiment: "a", cell: "bc" }).key(0),
    createStream({ ...address, experiment: "ab", cell: "c" }).key(0),
    createStream({ ...address, experiment: "abc", cell: "" }).key(0),
    createStream({ ...address, experiment: 'a","b', cell: "c" }).key(0),
    createStream({ ...address, experiment: "a", cell: 'b","c' }).key(0),
    createStream({ ...address, experiment: "a", cell: "bc", block: 1 }).key(11),
    createStream({ ...address, experiment: "a", cell: "bc", block: 11 }).key(1),
    createStream({ ...address, seed: 1, experiment: "1" }).key(1, "1"),
    createStream({ ...address, seed: 11, experiment: "" }).key(1, "1"),
    createStream({ ...address, seed: 1, experiment: "1" }).key(11, ""),
    createStream({ ...address, experiment: "\ud800" }).key(0),
    createStream({ ...address, experiment: "\ud801" }).key(0),
    createStream({ ...address, experiment: "\\ud800" }).key(0),
  ];
  assert.equal(new Set(keys.map(String)).size, keys.length);
});

test("every field of the address, the step and the purpose change the key", () => {
  const keys = [
    createStream(address).key(0),
    createStream({ ...address, seed: 1 }).key(0),
    createStream({ ...address, experiment: "escape-time" }).key(0),
    createStream({ ...address, cell: "b" }).key(0),
    createStream({ ...address, block: 1 }).key(0),
    createStream(address).key(1),
    createStream(address).key(0, "noise"),
  ];
  assert.equal(new Set(keys.map(String)).size, keys.length);
});

test("keys do not depend on the order in which they are asked for", () => {
  const stream = createStream(address);
  const forwards = [0, 1, 2, 3].map((step) => stream.key(step));
  stream.generator("noise").normals(10);
  const backwards = [3, 2, 1, 0].map((step) => createStream(address).key(step)).reverse();
  assert.deepEqual(forwards, backwards);
});

test("seed 0 and seed -0 are one seed, and neither is a random one", () => {
  assert.deepEqual(createStream({ ...address, seed: -0 }).key(5), createStream({ ...address, seed: 0 }).key(5));
});

test("100,000 keys differ and set each of their 64 bits half of the time", () => {
  const count = 100_000;
  const stream = createStream(address);
  const set = new Array<number>(64).fill(0);
  const seen = new Set<string>();
  for (let step = 0; step < count; step++) {
    const key = stream.key(step);
    seen.add(String(key));
    for (let bit = 0; bit < 64; bit++) set[bit] = (set[bit] as number) + (((key[bit >> 5] as number) >>> (bit & 31)) & 1);
  }
  assert.equal(seen.size, count);
  // 64 two-sided binomial tests at a joint alpha of 1e-5: 5.3 standard deviations.
  for (const ones of set) assert.ok(Math.abs(ones - count / 2) < 5.3 * Math.sqrt(count / 4), `${ones}`);
});

test("a bad seed, block, step or name is refused by name", () => {
  assert.throws(() => createStream({ ...address, seed: Number.NaN }), /^RangeError: seed: .*found NaN$/);
  assert.throws(() => createStream({ ...address, block: -1 }), /^RangeError: block: .*found -1$/);
  assert.throws(() => createStream(address).key(0.5), /^RangeError: step: .*found 0\.5$/);
  assert.throws(
    () => createStream({ ...address, cell: 3 as unknown as string }),
    /^TypeError: cell: expected a string, found number$/,
  );
});
