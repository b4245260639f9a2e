import assert from "node:assert/strict";
import {test} from "node:test";
import {runEnsemble} from "../../src/dynamics/index.ts";
import type {Dynamics, EnsembleRun} from "../../src/dynamics/index.ts";
import {createStream} from "../../src/random/index.ts";
import {normals, tf} from "../../src/tensors/index.ts";
import {guarded} from "../support/tensors.ts";

const stream = createStream({seed: 1, experiment: "walk", cell: "test", block: 0});
const asked: (readonly [chunk: number, steps: number])[] = [];

/** A random walk that counts its steps in a second state. */
const walk: Dynamics = {
  initial: () => [tf.zeros([3]), tf.zeros([])],
  draw(chunk, steps) {
    asked.push([chunk, steps]);
    return [normals(stream, chunk, [steps, 3])];
  },
  step: ([position, count], [noise]) => [tf.add(position!, noise!), tf.add(count!, 1)]
};

interface Walked {
  readonly position: readonly number[];
  readonly count: number;
  readonly asked: readonly (readonly [number, number])[];
}

function run(options: EnsembleRun): Walked {
  asked.length = 0;
  const state = runEnsemble(walk, options);
  const [position, count] = state.map((tensor) => Array.from(tensor.dataSync()));
  tf.dispose([...state]);
  return {position: position!, count: count![0]!, asked: [...asked]};
}

test("an ensemble runs whole chunks and the rest, and leaves no tensor but its state", guarded(() => {
  const {count, asked} = run({steps: 10, chunkSteps: 4});
  assert.equal(count, 10);
  assert.deepEqual(asked, [[0, 4], [1, 4], [2, 2]]);
}));

test("observations arrive by step and replica, and end at the state that is returned", guarded(() => {
  const received: (readonly [before: number, positions: Float32Array, counts: Float32Array])[] = [];
  const {position} = run({
    steps: 7,
    chunkSteps: 3,
    observe: ([x, count]) => [x!, tf.add(tf.zeros([3]), count!)],
    receive([positions, counts], before) {
      received.push([before, positions!, counts!]);
      return true;
    }
  });
  assert.deepEqual(received.map(([before]) => before), [0, 3, 6]);
  assert.deepEqual(received.flatMap(([, , counts]) => Array.from(counts)), [1, 2, 3, 4, 5, 6, 7].flatMap((count) => [count, count, count]));
  assert.deepEqual(Array.from(received.at(-1)![1]), position);
  const noise = [0, 1, 2].flatMap((chunk) => {
    const drawn = normals(stream, chunk, [chunk === 2 ? 1 : 3, 3]);
    const values = Array.from(drawn.dataSync());
    drawn.dispose();
    return values;
  });
  const sums = [0, 1, 2].map((replica) => noise.filter((_, i) => i % 3 === replica).reduce((sum, x) => Math.fround(sum + x), 0));
  assert.deepEqual(position, sums);
}));

test("a run ends after the chunk at which the receiver says so, and reports its progress", guarded(() => {
  const progress: (readonly [number, number])[] = [];
  const {count, asked} = run({steps: 100, chunkSteps: 8, observe: ([x]) => [x!], receive: (_, before) => before < 16, progress: (...done) => progress.push(done)});
  assert.equal(count, 24);
  assert.equal(asked.length, 3);
  assert.deepEqual(progress, [[8, 100], [16, 100], [24, 100]]);
}));

test("observing changes nothing, no steps give the beginning", guarded(() => {
  const silent = run({steps: 9, chunkSteps: 4});
  assert.deepEqual(run({steps: 9, chunkSteps: 4, observe: ([x]) => [tf.square(x!)], receive: () => true}), silent);
  assert.deepEqual(run({steps: 0, chunkSteps: 4}), {position: [0, 0, 0], count: 0, asked: []});
}));
