import assert from "node:assert/strict";
import {test} from "node:test";

import {printC} from "../../../src/kernels/c/print-c.ts";
import {laneBuilder, type LaneBuilder} from "../../../src/kernels/lane-builder.ts";
import {argument, bitwiseAnd, difference, isEqual, isLess, load32, product, scalar, sum} from "../../../src/kernels/scalar.ts";
import {evaluateLaneProgram} from "../evaluate-lane-program.ts";
import {compileC, vectorWidths} from "./compile-c.ts";

const widths = vectorWidths();
const present = `in vectors of ${widths.map(({bytes}) => bytes).join(", ")} bytes`;

/** Where the cells of the call's arguments stand: int32 0, 1, 2, … after 128 float32 0, 1, 2, …. */
const cells = 512;

/** What a program leaves of its memory at each width present, each held against the evaluation. */
function run(write: (builder: LaneBuilder) => void): readonly {readonly lanes: number; readonly numbers: Float32Array; readonly integers: Int32Array}[] {
  return widths.map(({bytes, flags}) => {
    const builder = laneBuilder(32, bytes / 4);
    write(builder);
    const program = builder.finish();
    const [compiled, evaluated] = [0, 1].map(() => {
      const memory = new ArrayBuffer(4096);
      new Float32Array(memory).set(Array.from({length: 128}, (_, index) => index));
      new Int32Array(memory, cells).set(Array.from({length: 128}, (_, index) => index));
      return memory;
    });
    compileC(printC(program), flags)(new Uint8Array(compiled), cells);
    evaluateLaneProgram(program, new DataView(evaluated), cells);
    assert.deepEqual(new Int32Array(compiled), new Int32Array(evaluated));
    return {lanes: bytes / 4, numbers: new Float32Array(compiled), integers: new Int32Array(compiled)};
  });
}

test(`loops and branches follow their counters, conditions and bounds, ${present}`, () => {
  const results = run((b) => {
    const [i, j, total] = [b.counter(), b.counter(), b.counter()];
    b.for(i, scalar(1), scalar(10), 3, () => b.setCounter(total, sum(total, i)));
    b.store32(scalar(0), scalar(total));
    b.for(i, scalar(0), scalar(10), 1, () => {
      b.if(isEqual(i, 2), () => b.setCounter(i, scalar(8)), () => b.setCounter(total, sum(total, 1000)));
      b.setCounter(total, sum(total, 100));
    });
    b.store32(scalar(4), scalar(total));
    b.setCounter(j, scalar(6));
    b.for(i, scalar(-1), scalar(j), 1, () => b.setCounter(j, difference(j, 1)));
    b.store32(scalar(8), scalar(i));
    b.while(scalar(j), () => b.setCounter(j, difference(j, 1)));
    b.store32(scalar(12), isLess(0, -1));
    b.store32(scalar(16), isLess(-2147483648, j));
  });
  for (const {integers} of results) assert.deepEqual([...integers.slice(0, 5)], [12, 3412, 3, 0, 1]);
});

test(`scalars wrap around, addresses too, and fill lanes with their sign, ${present}`, () => {
  const results = run((b) => {
    const [i, big] = [b.counter(), b.counter()];
    b.setCounter(big, scalar(2147483647));
    b.store32(scalar(0), sum(big, big));
    b.store32(scalar(4), product(big, big));
    b.store32(scalar(8), difference(-2, big));
    b.store32(scalar(12), bitwiseAnd(difference(0, big), 0xffff));
    b.store32(scalar(16), isLess(sum(big, 1), 0));
    b.for(i, scalar(-2), scalar(0), 1, () => b.copyReal(sum(product(i, 4), 32), sum(product(i, 4), argument(100))));
    b.store(scalar(64), b.toReal(b.splat(difference(scalar(i), 5))));
    b.store(scalar(128), b.toReal(b.splat(load32(sum({op: "arguments"}, 12)))));
  });
  for (const {numbers, integers} of results) {
    assert.deepEqual([...integers.slice(0, 5)], [-2, 1, 2147483647, 1, 1]);
    assert.deepEqual([...numbers.slice(6, 8)], [23, 24]);
    assert.deepEqual([numbers[16], numbers[32]], [-5, 3]);
  }
});

test(`an ifAny is taken if the mask holds in one lane, whichever, and not if in none, ${present}`, () => {
  const results = run((b) => {
    const [lane, none, hits] = [b.counter(), b.counter(), b.counter()];
    b.for(lane, scalar(-1), scalar(b.lanes), 1, () => {
      const hit = b.equalWords(b.laneNumbers(), b.splat(scalar(lane)));
      b.ifAny(hit, () => b.setCounter(hits, sum(hits, 1)));
      b.ifAny(b.and(hit, b.not(hit)), () => b.setCounter(none, sum(none, 1)));
    });
    b.store32(scalar(0), scalar(hits));
    b.store32(scalar(4), scalar(none));
  });
  for (const {integers, lanes} of results) assert.deepEqual([...integers.slice(0, 2)], [lanes, 0]);
});

test(`values keep what they were before later sets and stores, and sets are parallel, ${present}`, () => {
  const results = run((b) => {
    const [x, y, mask] = [b.variable("real"), b.variable("real"), b.variable("mask")];
    const [i, j] = [b.counter(), b.counter()];
    b.set([x, b.real(1)], [y, b.real(2)], [mask, b.less(b.real(0), b.load("real", scalar(0)))]);
    const first = b.read(x);
    b.for(i, scalar(0), scalar(3), 1, () => b.set([x, b.read(y)], [y, b.read(x)]));
    b.setCounter(j, scalar(3));
    const counted = b.toReal(b.splat(scalar(j)));
    b.setCounter(j, scalar(4));
    const loaded = b.load("real", scalar(128));
    b.store(scalar(128), b.real(50));
    const one = b.loadSplat("real", scalar(200));
    b.store32(scalar(200), scalar(0));
    const gathered = b.gather(scalar(204), b.multiplyWords(b.laneNumbers(), b.word(4n)));
    b.store(scalar(204), b.real(-1));
    const written = [first, b.read(x), b.read(y), counted, loaded, one, gathered, b.select(b.read(mask), b.real(8), b.real(9))];
    written.forEach((value, index) => b.store(scalar(1024 + 64 * index), value));
  });
  for (const {numbers} of results) {
    assert.deepEqual(Array.from({length: 8}, (_, index) => numbers[256 + 16 * index]), [1, 2, 1, 3, 32, 50, 51, 9]);
    assert.deepEqual([numbers[256 + 4 * 16 + 3], numbers[256 + 6 * 16 + 3], numbers[256 + 7 * 16 + 3]], [35, 54, 8]);
  }
});
