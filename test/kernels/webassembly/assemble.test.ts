import assert from "node:assert/strict";
import {test} from "node:test";

import {laneBuilder} from "../../../src/kernels/lane-builder.ts";
import type {LaneProgram} from "../../../src/kernels/lane-program.ts";
import {argument, scalar} from "../../../src/kernels/scalar.ts";
import {assemble, instantiate, missingWebAssembly, webAssemblySupported} from "../../../src/kernels/webassembly/index.ts";
import {signedLeb128, unsignedLeb128} from "../../../src/kernels/webassembly/leb128.ts";

function negation(bits: 32 | 64, lanes: number): LaneProgram {
  const builder = laneBuilder(bits, lanes);
  builder.store(argument(1), builder.negate(builder.load("real", argument(0))));
  return builder.finish();
}

test("a module imports its memory, exports run, and takes its arguments where it is told", () => {
  const module = new WebAssembly.Module(assemble(negation(32, 4)));
  assert.deepEqual(WebAssembly.Module.imports(module), [{module: "env", name: "memory", kind: "memory"}]);
  assert.deepEqual(WebAssembly.Module.exports(module), [{name: "run", kind: "function"}]);
  const memory = new WebAssembly.Memory({initial: 1, maximum: 3});
  const {run} = instantiate(module, memory);
  new Int32Array(memory.buffer, 400).set([1000, 2000]);
  new Float32Array(memory.buffer, 1000).set([1, -2, Infinity, 0]);
  run(400);
  assert.deepEqual([...new Float32Array(memory.buffer, 2000, 4)], [-1, 2, -Infinity, -0]);
});

test("a module reads the memory as it is at each call, also after it has grown", () => {
  const memory = new WebAssembly.Memory({initial: 1});
  const {run} = instantiate(assemble(negation(64, 2)), memory);
  memory.grow(1);
  new Int32Array(memory.buffer).set([70000, 80000]);
  new Float64Array(memory.buffer, 70000).set([3, 4]);
  run(0);
  assert.deepEqual([...new Float64Array(memory.buffer, 80000, 2)], [-3, -4]);
});

test("an address beyond the memory traps", () => {
  const builder = laneBuilder(32, 4);
  builder.store(scalar(65532), builder.real(1));
  const {run} = instantiate(assemble(builder.finish()), new WebAssembly.Memory({initial: 1}));
  assert.throws(() => run(0), WebAssembly.RuntimeError);
});

test("a program of another width is refused", () => {
  assert.throws(() => assemble(negation(32, 8)), {name: "RangeError", message: "lanes: expected 4 lanes of 32 bits in a WebAssembly vector, found 8"});
  assert.throws(() => assemble(negation(64, 4)), {name: "RangeError", message: "lanes: expected 2 lanes of 64 bits in a WebAssembly vector, found 4"});
});

test("a program that uses a node before its place is refused", () => {
  const {body, ...rest} = negation(32, 4);
  assert.throws(() => assemble({...rest, body: body.toReversed()}), /^Error: lane node \d+ \((negate|load)\): expected it to be placed before its use, in an enclosing block$/);
});

test("a host without WebAssembly, or without its SIMD, is named", () => {
  assert.equal(webAssemblySupported(), true);
  assert.equal(missingWebAssembly(), undefined);
  const scalarOnly = {validate: () => false};
  assert.equal(webAssemblySupported(scalarOnly), false);
  assert.equal(missingWebAssembly(scalarOnly), "128-bit SIMD in WebAssembly");
  const bytes = assemble(negation(32, 4));
  assert.throws(() => instantiate(bytes, new WebAssembly.Memory({initial: 1}), scalarOnly), {message: "kernel: expected a host with WebAssembly and its 128-bit SIMD, found one without 128-bit SIMD in WebAssembly"});
});

test("integers in LEB128 are those of the specification", () => {
  assert.deepEqual([0, 127, 128, 624485, 2 ** 32 - 1].map(unsignedLeb128), [[0], [0x7f], [0x80, 1], [0xe5, 0x8e, 0x26], [0xff, 0xff, 0xff, 0xff, 0x0f]]);
  assert.deepEqual([0, 63, 64, -1, -64, -65, -123456, 2147483647, -2147483648].map(signedLeb128), [
    [0],
    [0x3f],
    [0xc0, 0],
    [0x7f],
    [0x40],
    [0xbf, 0x7f],
    [0xc0, 0xbb, 0x78],
    [0xff, 0xff, 0xff, 0xff, 0x07],
    [0x80, 0x80, 0x80, 0x80, 0x78]
  ]);
});
