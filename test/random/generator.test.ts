import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createGenerator, createStream } from "../../src/random/index.ts";

const stream = createStream({ seed: 0, experiment: "escape-rate", cell: "a", block: 0 });
const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

test("the first numbers of a generator never change", () => {
  const generator = stream.generator("x");
  assert.deepEqual(
    [generator.uniform(), generator.integer(10), generator.integer(2 ** 32), ...generator.shuffle([1, 2, 3, 4, 5])],
    [0.9774143762911549, 8, 3389270317, 1, 4, 2, 5, 3],
  );
  assert.deepEqual([...stream.generator("x").normals(3)], [1.2920362423553566, 0.4963258506471993, 1.9712449378610533]);
});

test("a purpose starts the same sequence again, another purpose another one", () => {
  const first = take(20, stream.generator("x").uniform);
  assert.deepEqual(take(20, stream.generator("x").uniform), first);
  assert.equal(new Set([...first, ...take(20, stream.generator("y").uniform)]).size, 40);
});

test("uniforms follow the uniform law", () => {
  const count = 100_000;
  const sorted = Float64Array.from({ length: count }, stream.generator("uniform law").uniform).sort();
  const distance = sorted.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - index / count), Math.abs(value - (index + 1) / count)),
    0,
  );
  assert.ok((sorted[0] as number) >= 0 && (sorted[count - 1] as number) < 1);
  // Kolmogorov–Smirnov at alpha = 1e-5: sqrt(ln(2 / alpha) / 2) = 2.47.
  assert.ok(distance * Math.sqrt(count) < 2.47, `${distance}`);
});

test("uniforms have 53 bits", () => {
  const generator = stream.generator("bits");
  const lowest = take(1000, () => (generator.uniform() * 2 ** 53) % 2);
  assert.ok(lowest.every((bit) => bit === 0 || bit === 1));
  // Binomial(1000, 1/2) at alpha = 1e-5: 4.42 standard deviations.
  assert.ok(Math.abs(lowest.filter((bit) => bit === 1).length - 500) < 4.42 * Math.sqrt(250));
});

test("normals have the moments of the standard normal law", () => {
  const count = 200_000;
  const sample = stream.generator("moments").normals(count);
  const moment = (power: number): number => sample.reduce((sum, value) => sum + value ** power, 0) / count;
  // Four tests at a joint alpha of 1e-5 (4.7 standard errors); Var X^k = E X^2k - (E X^k)^2 is 1, 2, 15, 96.
  const bound = (variance: number): number => 4.7 * Math.sqrt(variance / count);
  assert.ok(Math.abs(moment(1)) < bound(1));
  assert.ok(Math.abs(moment(2) - 1) < bound(2));
  assert.ok(Math.abs(moment(3)) < bound(15));
  assert.ok(Math.abs(moment(4) - 3) < bound(96));
});

test("consecutive normals are uncorrelated", () => {
  const count = 200_000;
  const sample = stream.generator("lags").normals(count + 1);
  let sum = 0;
  for (let index = 0; index < count; index++) sum += (sample[index] as number) * (sample[index + 1] as number);
  assert.ok(Math.abs(sum) < 4.42 * Math.sqrt(count), `${sum}`);
});

test("integers are uniform on their range", () => {
  const generator = stream.generator("integers");
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (let draw = 0; draw < 70_000; draw++) {
    const value = generator.integer(7);
    counts[value] = (counts[value] as number) + 1;
  }
  const statistic = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  // The 1 - 1e-5 quantile of chi-squared with 6 degrees of freedom is 33.1.
  assert.equal(counts.length, 7);
  assert.ok(statistic < 33.1, `${statistic}`);
});

test("an integer stays in its range for every count", () => {
  const generator = stream.generator("range");
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (count) => {
      const value = generator.integer(count);
      return Number.isInteger(value) && value >= 0 && value < count;
    }),
    { seed: 1 },
  );
});

test("an empty or oversized range is refused by name", () => {
  const { integer } = stream.generator("x");
  assert.throws(() => integer(0), /^RangeError: count: expected an integer from 1 to 4294967296, found 0$/);
  assert.throws(() => integer(2 ** 32 + 1), /found 4294967297$/);
});

test("every order of three values is equally likely, and the values stay as they were", () => {
  const generator = stream.generator("shuffle");
  const values = Object.freeze(["a", "b", "c"]);
  const counts = new Map<string, number>();
  for (let draw = 0; draw < 60_000; draw++) {
    const order = generator.shuffle(values).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const statistic = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  // The 1 - 1e-5 quantile of chi-squared with 5 degrees of freedom is 30.9.
  assert.equal(counts.size, 6);
  assert.ok(statistic < 30.9, `${statistic}`);
});

test("a state of zeros is refused", () => {
  assert.throws(() => createGenerator([0, 0, 0, 0]), /^RangeError: state: /);
});
