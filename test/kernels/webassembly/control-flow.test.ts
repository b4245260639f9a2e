import assert from "node:assert/strict";
import {test} from "node:test";

import {laneBuilder, type LaneBuilder} from "../../../src/kernels/lane-builder.ts";
import {argument, bitwiseAnd, difference, isEqual, isLess, load32, product, scalar, sum} from "../../../src/kernels/scalar.ts";
import {assemble, instantiate} from "../../../src/kernels/webassembly/index.ts";
import {evaluateLaneProgram} from "../evaluate-lane-program.ts";

/** Four lanes of 32 bits; memory of 64 float32, 0, 1, 2, … and 64 int32 cells after them, 0, 1, 2, …. */
const cells = 256;

/** The 64 numbers that a program leaves, by WebAssembly, after checking them and the cells against the evaluation. */
function run(write: (builder: LaneBuilder) => void): Float32Array {
  const builder = laneBuilder(32, 4);
  write(builder);
  const program = builder.finish();
  const memory = new WebAssembly.Memory({initial: 1});
  const evaluated = new ArrayBuffer(65536);
  for (const buffer of [memory.buffer, evaluated])
    for (let index = 0; index < 64; index++) {
      new Float32Array(buffer)[index] = index;
      new Int32Array(buffer)[cells / 4 + index] = index;
    }
  evaluateLaneProgram(program, new DataView(evaluated), cells);
  instantiate(assemble(program), memory).run(cells);
  assert.deepEqual(new Int32Array(memory.buffer, 0, 128), new Int32Array(evaluated, 0, 128));
  return new Float32Array(memory.buffer, 0, 64);
}

const firstLanes = (numbers: Float32Array, vectors: number) => Array.from({length: vectors}, (_, index) => numbers[4 * index]);

test("a for counts by its step to its bound, sees sets of its counter and evaluates its bound each time", () => {
  const numbers = run((b) => {
    const [i, j, total] = [b.counter(), b.counter(), b.counter()];
    b.setCounter(total, scalar(0));
    b.for(i, scalar(1), scalar(10), 3, () => b.setCounter(total, sum(total, i)));
    b.store32(scalar(0), scalar(total));
    b.for(i, scalar(0), scalar(10), 1, () => {
      b.if(isEqual(i, 2), () => b.setCounter(i, scalar(8)));
      b.setCounter(total, sum(total, 100));
    });
    b.store32(scalar(4), scalar(total));
    b.setCounter(j, scalar(6));
    b.for(i, scalar(0), scalar(j), 1, () => b.setCounter(j, difference(j, 1)));
    b.store32(scalar(8), scalar(i));
    b.for(i, scalar(-1), scalar(-1), 1, () => b.setCounter(total, scalar(-1)));
    b.store32(scalar(12), scalar(total));
  });
  assert.deepEqual([...new Int32Array(numbers.buffer, 0, 4)], [12, 412, 3, 412]);
});

test("a while runs as long as its condition holds, an if takes one of its branches", () => {
  const numbers = run((b) => {
    const [i, taken] = [b.counter(), b.counter()];
    b.setCounter(i, scalar(5));
    b.while(scalar(i), () => {
      b.if(isLess(i, 3), () => b.setCounter(taken, sum(taken, 1)), () => b.setCounter(taken, sum(taken, 10)));
      b.setCounter(i, difference(i, 1));
    });
    b.store32(scalar(0), scalar(taken));
    b.if(isLess(0, -1), () => b.store32(scalar(4), scalar(1)));
  });
  assert.deepEqual([...new Int32Array(numbers.buffer, 0, 2)], [32, new Int32Array(Float32Array.of(1).buffer)[0]]);
});

test("an ifAny is taken if the mask holds in one lane, not if it holds in none", () => {
  const numbers = run((b) => {
    const x = b.load("real", scalar(0));
    b.ifAny(b.equal(x, b.real(3)), () => b.store(scalar(16), b.negate(x)));
    b.ifAny(b.less(x, b.real(0)), () => b.store(scalar(32), b.negate(x)));
  });
  assert.deepEqual([...numbers.slice(4, 12)], [-0, -1, -2, -3, 8, 9, 10, 11]);
});

test("nested blocks use the nodes around them, in every turn of a loop", () => {
  const numbers = run((b) => {
    const [i, j] = [b.counter(), b.counter()];
    const x = b.add(b.load("real", scalar(0)), b.real(0.5));
    const y = b.multiply(x, x);
    b.for(i, scalar(0), scalar(2), 1, () => {
      const z = b.subtract(y, b.load("real", product(i, 16)));
      b.for(j, scalar(0), scalar(2), 1, () => b.store(sum(product(i, 32), product(j, 16), 64), b.add(z, b.add(x, b.toReal(b.splat(scalar(j)))))));
    });
  });
  assert.deepEqual(firstLanes(numbers.slice(16), 4), [0.75, 1.75, -3.25, -2.25]);
});

test("a set is parallel: variables swap and rotate", () => {
  const numbers = run((b) => {
    const [x, y, z] = [b.variable("real"), b.variable("real"), b.variable("real")];
    const i = b.counter();
    b.set([x, b.real(1)], [y, b.real(2)], [z, b.real(3)]);
    b.for(i, scalar(0), scalar(2), 1, () => b.set([x, b.read(y)], [y, b.read(z)], [z, b.read(x)]));
    b.set([x, b.read(y)], [y, b.read(x)]);
    [x, y, z].forEach((variable, index) => b.store(scalar(16 * index), b.read(variable)));
  });
  assert.deepEqual(firstLanes(numbers, 3), [1, 3, 2]);
});

test("a read keeps the value from before later sets, also ones nested in a loop or a branch", () => {
  const numbers = run((b) => {
    const x = b.variable("real");
    const i = b.counter();
    b.set([x, b.real(1)]);
    const first = b.read(x);
    b.set([x, b.real(2)]);
    const second = b.read(x);
    b.for(i, scalar(0), scalar(2), 1, () => b.set([x, b.add(b.read(x), b.real(1))]));
    const third = b.read(x);
    b.ifAny(b.less(third, b.real(9)), () => b.set([x, b.real(-7)]));
    [first, second, third, b.read(x)].forEach((value, index) => b.store(scalar(16 * index), value));
  });
  assert.deepEqual(firstLanes(numbers, 4), [1, 2, 4, -7]);
});

test("a load keeps the value from before later stores of every kind", () => {
  const numbers = run((b) => {
    const x = b.load("real", scalar(0));
    b.store(scalar(0), b.real(50));
    const y = b.loadSplat("real", scalar(16));
    b.store32(scalar(16), scalar(0));
    const z = b.gather(scalar(20), b.word(0n));
    b.copyReal(scalar(20), scalar(60));
    const w = b.loadSplat("real", scalar(24));
    b.if(isLess(0, 1), () => b.store(scalar(24), b.real(51)));
    [x, y, z, w].forEach((value, index) => b.store(scalar(64 + 16 * index), value));
  });
  assert.deepEqual([...numbers.slice(0, 6)], [50, 50, 50, 50, 0, 15]);
  assert.deepEqual(firstLanes(numbers.slice(16), 4), [0, 4, 5, 6]);
});

test("a splat keeps the value from before later sets of its counter and stores to its cell", () => {
  const numbers = run((b) => {
    const i = b.counter();
    b.setCounter(i, scalar(3));
    const x = b.toReal(b.splat(scalar(i)));
    const y = b.toReal(b.splat(argument(5)));
    const z = b.toReal(b.splat(scalar(i)));
    b.setCounter(i, scalar(4));
    b.store32(scalar(cells + 20), scalar(-1));
    b.store(scalar(0), x);
    b.for(i, scalar(0), scalar(2), 1, () => {});
    [x, y, z, b.toReal(b.splat(scalar(i)))].forEach((value, index) => b.store(scalar(16 * index), value));
  });
  assert.deepEqual(firstLanes(numbers, 4), [3, 5, 3, 2]);
});

test("gathers from one node of offsets follow a counter and a cell that change between them and around them", () => {
  const numbers = run((b) => {
    const i = b.counter();
    const offsets = b.multiplyWords(b.laneNumbers(), b.word(4n));
    b.setCounter(i, scalar(0));
    const first = b.gather(product(i, 4), offsets);
    b.setCounter(i, scalar(1));
    const second = b.gather(product(i, 4), offsets);
    b.for(i, scalar(0), scalar(3), 1, () => b.store(sum(product(i, 16), 64), b.gather(product(i, 4), offsets)));
    const third = b.gather(argument(2), offsets);
    b.store32(scalar(cells + 8), scalar(8));
    const fourth = b.gather(argument(2), offsets);
    b.if(isLess(0, 1), () => b.setCounter(i, scalar(5)));
    const fifth = b.gather(product(i, 4), offsets);
    b.while(isLess(i, 7), () => {
      b.store(sum(product(i, 16), 32), b.gather(product(i, 4), offsets));
      b.setCounter(i, sum(i, 1));
    });
    [first, second, fourth, fifth].forEach((value, index) => b.store(scalar(16 * index), value));
    b.store(scalar(144), third);
  });
  assert.deepEqual(firstLanes(numbers, 4), [0, 1, 2, 5]);
  assert.deepEqual(firstLanes(numbers.slice(16), 3), [0, 1, 2]);
  assert.deepEqual(firstLanes(numbers.slice(28), 2), [5, 6]);
  assert.equal(numbers[37], new Float32Array(Int32Array.of(0x00003f80).buffer)[0]);
});

test("gathers of neighbours stay apart where a store or a counter stands between them", () => {
  const numbers = run((b) => {
    const i = b.counter();
    const offsets = b.multiplyWords(b.laneNumbers(), b.word(12n));
    const table = (element: number) => sum(product(i, 4), argument(0), 4 * element);
    b.store32(scalar(cells), scalar(0));
    b.setCounter(i, scalar(1));
    const first = b.gather(table(0), offsets);
    b.store(scalar(4), b.real(90));
    const second = b.gather(table(1), offsets);
    b.setCounter(i, scalar(2));
    const third = b.gather(table(2), offsets);
    const unused = b.gather(table(3), offsets);
    const fourth = b.gather(table(4), offsets);
    const fifth = b.gather(table(3), offsets);
    assert.ok(unused);
    [first, second, third, fourth, fifth].forEach((value, index) => b.store(scalar(64 + 16 * index), value));
  });
  assert.deepEqual([...numbers.slice(16, 36)], [1, 4, 7, 10, 90, 5, 8, 11, 90, 7, 10, 13, 6, 9, 12, 15, 5, 8, 11, 14]);
});

test("an address wraps around: a negative term below a constant", () => {
  const numbers = run((b) => {
    const i = b.counter();
    b.for(i, scalar(-2), scalar(1), 1, () => b.store(sum(product(i, 16), 96), b.load("real", sum(product(i, 16), 32))));
    b.store(sum(difference(bitwiseAnd(i, 1), 2), 1), b.load("real", sum(product(load32(cells + 4), -16), 48)));
  });
  assert.deepEqual(firstLanes(numbers.slice(16), 3), [0, 4, 8]);
  assert.equal(numbers[0], 8);
});

test("a chain of ten thousand operations is written", () => {
  const numbers = run((b) => {
    let x = b.load("real", scalar(0));
    for (let index = 0; index < 10000; index++) x = b.add(b.real(1), x);
    b.store(scalar(0), x);
  });
  assert.equal(numbers[3], 10003);
});

test("a module leaves out what nothing needs, and the same program gives the same bytes", () => {
  const write = (dead: boolean) => {
    const b = laneBuilder(32, 4);
    const x = b.load("real", scalar(0));
    const unused = dead ? b.squareRoot(b.gather(scalar(0), b.bitsOf(b.add(x, b.real(3))))) : x;
    b.store(scalar(0), b.negate(x));
    assert.ok(unused);
    return assemble(b.finish());
  };
  assert.deepEqual(write(true), write(false));
});
