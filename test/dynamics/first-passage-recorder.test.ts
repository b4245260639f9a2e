import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {recordFirstPassages} from "../../src/dynamics/index.ts";

interface Path {
  readonly replicas: number;
  readonly levels: readonly number[];
  readonly observable: readonly number[];
  readonly cuts: readonly number[];
}

const value = fc.oneof({weight: 12, arbitrary: fc.integer({min: -4, max: 12})}, {weight: 1, arbitrary: fc.constantFrom(NaN, Infinity)});
const path: fc.Arbitrary<Path> = fc.integer({min: 1, max: 4}).chain((replicas) =>
  fc.record({
    replicas: fc.constant(replicas),
    levels: fc.uniqueArray(fc.integer({min: 0, max: 10}), {maxLength: 4}).map((levels) => levels.sort((a, b) => a - b)),
    observable: fc.integer({min: 0, max: 20}).chain((steps) => fc.array(value, {minLength: steps * replicas, maxLength: steps * replicas})),
    cuts: fc.array(fc.integer({min: 1, max: 6}), {minLength: 1, maxLength: 8})
  })
);

/** Each level's first step at or above it, before any step that is not a number. */
function bruteForce({replicas, levels, observable}: Path): {readonly steps: readonly number[]; readonly clocks: readonly number[]} {
  const passages = levels.flatMap((level) =>
    Array.from({length: replicas}, (_, replica) => {
      const own = observable.filter((_, i) => i % replicas === replica);
      const end = own.findIndex((x) => Number.isNaN(x));
      return 1 + (end < 0 ? own : own.slice(0, end)).findIndex((x) => x >= level);
    })
  );
  return {steps: passages, clocks: passages.map((step, i) => (step > 0 ? clockAt(step - 1, i % replicas) : NaN))};
}

const clockAt = (step: number, replica: number): number => step * 10 + replica;

function record({replicas, levels, observable, cuts}: Path) {
  const recorder = recordFirstPassages(levels, replicas);
  const steps = observable.length / replicas;
  let open = true;
  for (let before = 0, i = 0; before < steps; i++) {
    const length = Math.min(cuts[i % cuts.length]!, steps - before);
    const chunk = Float32Array.from(observable.slice(before * replicas, (before + length) * replicas));
    const clock = Float32Array.from(chunk, (_, j) => clockAt(before + Math.floor(j / replicas), j % replicas));
    open = recorder.take(chunk, clock, before);
    before += length;
  }
  return {open, passages: recorder.passages};
}

test("passages are those that a search of the whole path finds, however it is cut", () => {
  fc.assert(
    fc.property(path, (path) => {
      const {steps, clocks} = record(path).passages;
      assert.deepEqual({steps: Array.from(steps), clocks: Array.from(clocks)}, bruteForce(path));
    }),
    {numRuns: 2000, seed: 11}
  );
});

test("a recorder stays open while any replica has a level to reach", () => {
  const recorder = recordFirstPassages([1, 2], 3);
  assert.equal(recorder.take(Float32Array.of(2, 1, 0), undefined, 0), true);
  assert.equal(recorder.take(Float32Array.of(0, 2, 0), undefined, 1), true);
  assert.equal(recorder.take(Float32Array.of(0, 0, NaN), undefined, 2), false);
  assert.deepEqual(Array.from(recorder.passages.steps), [1, 1, 0, 1, 2, 0]);
  assert.ok(recorder.passages.clocks.every(Number.isNaN));
  assert.equal(recordFirstPassages([], 3).take(Float32Array.of(1, 1, 1), undefined, 0), false);
});

test("a replica that became no number passes nothing later", () => {
  const recorder = recordFirstPassages([1, 2], 1);
  recorder.take(Float32Array.of(1, NaN, 5), undefined, 0);
  recorder.take(Float32Array.of(5), undefined, 3);
  assert.deepEqual(Array.from(recorder.passages.steps), [1, 0]);
});
