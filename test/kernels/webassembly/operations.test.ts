import assert from "node:assert/strict";
import {test} from "node:test";

import type {LaneArithmetic, LaneBits} from "../../../src/kernels/lane-arithmetic.ts";
import {laneBuilder, type Lane, type LaneBuilder} from "../../../src/kernels/lane-builder.ts";
import {float32Lanes, float64Lanes} from "../../../src/kernels/number-lanes.ts";
import {sum} from "../../../src/kernels/scalar.ts";
import {assemble, instantiate} from "../../../src/kernels/webassembly/index.ts";
import {edgeReals, edgeWordsFor} from "../lane-edges.ts";
import {laneMemory} from "../lane-memory.ts";

type Value = number | bigint | boolean;
type Kind = "real" | "word" | "mask";
type Lanes = LaneArithmetic<Value, Value, Value>;

const operations: Readonly<Record<string, {readonly from: readonly Kind[]; readonly to: Kind}>> = {
  ...Object.fromEntries(["add", "subtract", "multiply", "divide", "minimum", "maximum"].map((op) => [op, {from: ["real", "real"], to: "real"}] as const)),
  ...Object.fromEntries(["squareRoot", "negate", "absolute"].map((op) => [op, {from: ["real"], to: "real"}] as const)),
  ...Object.fromEntries(["less", "lessOrEqual", "equal"].map((op) => [op, {from: ["real", "real"], to: "mask"}] as const)),
  equalWords: {from: ["word", "word"], to: "mask"},
  ...Object.fromEntries(["and", "or"].map((op) => [op, {from: ["mask", "mask"], to: "mask"}] as const)),
  not: {from: ["mask"], to: "mask"},
  select: {from: ["mask", "real", "real"], to: "real"},
  selectWord: {from: ["mask", "word", "word"], to: "word"},
  ...Object.fromEntries(["addWords", "subtractWords", "multiplyWords", "multiplyHigh", "andWords", "orWords", "xorWords"].map((op) => [op, {from: ["word", "word"], to: "word"}] as const)),
  bitsOf: {from: ["real"], to: "word"},
  realOf: {from: ["word"], to: "real"},
  toReal: {from: ["word"], to: "real"}
};

function product<T>(choices: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return choices.reduce<readonly (readonly T[])[]>((rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])), [[]]);
}

/** Runs `write` on every row of operands, laid out by operand, and gives the results. */
function inWebAssembly(bits: LaneBits, from: readonly Kind[], to: Kind, rows: readonly (readonly Value[])[], write: (builder: LaneBuilder, operands: readonly Lane[]) => Lane): readonly Value[] {
  const builder = laneBuilder(bits, 128 / bits);
  const width = builder.laneBytes;
  const blocks = Math.ceil(rows.length / builder.lanes);
  const stride = blocks * width;
  const start = 3;
  const counter = builder.counter();
  builder.for(counter, {op: "constant", value: 0}, {op: "constant", value: stride}, width, () => {
    const operands = from.map((kind, index) => {
      const loaded = builder.load(kind === "real" ? "real" : "word", sum(counter, start + index * stride));
      return kind === "mask" ? builder.not(builder.equalWords(loaded, builder.word(0n))) : loaded;
    });
    builder.store(sum(counter, start + from.length * stride), write(builder, operands));
  });
  const memory = new WebAssembly.Memory({initial: Math.ceil((stride * (from.length + 1) + start) / 65536)});
  const elements = laneMemory(bits, new DataView(memory.buffer));
  const addressOf = (operand: number, row: number) => start + operand * stride + row * builder.elementBytes;
  rows.forEach((row, index) => row.forEach((value, operand) => (typeof value === "number" && from[operand] === "real" ? elements.setReal(addressOf(operand, index), value) : elements.setWord(addressOf(operand, index), BigInt(value)))));
  instantiate(assemble(builder.finish()), memory).run(0);
  return rows.map((_, index) => {
    const address = addressOf(from.length, index);
    if (to === "real") return elements.real(address);
    const word = elements.word(address);
    if (to === "word") return word;
    assert.ok(word === 0n || word === (1n << BigInt(bits)) - 1n, `mask of ${String(rows[index])}: found ${word}`);
    return word !== 0n;
  });
}

function expectEqual(op: string, rows: readonly (readonly Value[])[], found: readonly Value[], expected: readonly Value[]) {
  const wrong = rows.findIndex((_, index) => !Object.is(found[index], expected[index]));
  assert.ok(wrong < 0, `${op}(${rows[wrong]?.map(String).join(", ")}): expected ${String(expected[wrong])}, found ${String(found[wrong])}`);
}

const lanesOf = (bits: LaneBits) => (bits === 32 ? float32Lanes : float64Lanes) as unknown as Lanes;
const asWord = (bits: LaneBits, value: bigint) => (bits === 32 ? Number(value) : value);
const asResult = (value: Value, to: Kind) => (to === "word" ? BigInt(value) : value);

for (const bits of [32, 64] as const) {
  const lanes = lanesOf(bits);
  for (const [op, {from, to}] of Object.entries(operations)) {
    test(`${op} in lanes of ${bits} bits, over edge inputs`, () => {
      const choices = from.map((kind): readonly Value[] => (kind === "real" ? edgeReals(bits) : kind === "word" ? edgeWordsFor(op, bits) : [false, true]));
      const rows = product(choices);
      const compute = (lanes[op as keyof Lanes] as (...operands: readonly Value[]) => Value).bind(lanes);
      const expected = rows.map((row) => asResult(compute(...row.map((value, index) => (from[index] === "word" ? asWord(bits, value as bigint) : value))), to));
      const found = inWebAssembly(bits, from, to, rows, (builder, operands) => (builder[op as keyof LaneBuilder] as unknown as (...nodes: readonly Lane[]) => Lane)(...operands));
      expectEqual(op, rows, found, expected);
    });
  }

  for (const op of ["shiftLeft", "shiftRight"] as const) {
    test(`${op} by every count in lanes of ${bits} bits`, () => {
      for (let count = 0; count < bits; count++) {
        const rows = edgeWordsFor(op, bits).map((word) => [word]);
        const expected = rows.map(([word]) => BigInt(lanes[op](asWord(bits, word), count) as number | bigint));
        const found = inWebAssembly(bits, ["word"], "word", rows, (builder, [word]) => builder[op](word, count));
        expectEqual(`${op} by ${count}`, rows, found, expected);
      }
    });
  }

  test(`constants in lanes of ${bits} bits`, () => {
    for (const value of edgeReals(bits)) {
      const found = inWebAssembly(bits, ["real"], "real", [[1]], (builder) => builder.real(value));
      expectEqual("real", [[value]], found, [value]);
    }
    for (const word of [...edgeWordsFor("word", bits), -1n, -(2n ** 40n) + 3n]) {
      const found = inWebAssembly(bits, ["word"], "word", [[1n]], (builder) => builder.word(word));
      expectEqual("word", [[word]], found, [BigInt.asUintN(bits, word)]);
    }
  });

  test(`lane numbers and sign-extended scalars in lanes of ${bits} bits`, () => {
    const rows = Array.from({length: 128 / bits}, () => [0n]);
    const numbers = inWebAssembly(bits, ["word"], "word", rows, (builder) => builder.laneNumbers());
    assert.deepEqual(numbers, rows.map((_, lane) => BigInt(lane)));
    for (const value of [0, 7, 2147483647, -1, -2147483648]) {
      const found = inWebAssembly(bits, ["word"], "word", rows, (builder) => builder.splat({op: "constant", value}));
      assert.deepEqual(found, rows.map(() => BigInt.asUintN(bits, BigInt(value))));
    }
  });

  test(`gathers and splatted loads in lanes of ${bits} bits`, () => {
    const table = [1.5, -0, Infinity, 2 ** -30, 5, 6, 7, 8];
    const rows = table.map((value, index) => [value, BigInt(((index * 5) % 8) * (bits / 8))]);
    const expected = rows.map(([, offset]) => table[Number(offset) / (bits / 8)]);
    const gathered = inWebAssembly(bits, ["real", "word"], "real", rows, (builder, [, offsets]) => builder.gather({op: "constant", value: 3}, offsets));
    expectEqual("gather", rows, gathered, expected);
    const splatted = inWebAssembly(bits, ["real", "word"], "real", rows, (builder) => builder.loadSplat("real", {op: "constant", value: 3 + bits / 8}));
    expectEqual("loadSplat", rows, splatted, table.map(() => -0));
  });
}
