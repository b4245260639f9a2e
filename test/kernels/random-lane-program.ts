import fc from "fast-check";

import type {LaneBits} from "../../src/kernels/lane-arithmetic.ts";
import {laneBuilder, type Lane, type LaneBuilder, type LaneVariable} from "../../src/kernels/lane-builder.ts";
import type {Counter, LaneProgram, LaneType, Scalar} from "../../src/kernels/lane-program.ts";
import {argument, bitwiseAnd, difference, isEqual, isLess, load32, product, scalar, sum} from "../../src/kernels/scalar.ts";
import {edgeReals, edgeWords} from "./lane-edges.ts";
import {laneMemory} from "./lane-memory.ts";

const typeOf = ({parts: [node]}: Lane): LaneType => node!.operation.type;

/** What a random program does next: a kind of statement, numbers that choose its operands, and what is nested in it. */
export interface Statement {
  readonly kind: number;
  readonly choices: readonly number[];
  readonly body: readonly Statement[];
}

const number = fc.nat(1023);

const statement = (depth: number): fc.Arbitrary<Statement> =>
  fc.record({kind: number, choices: fc.array(number, {minLength: 4, maxLength: 4}), body: depth === 0 ? fc.constant([]) : fc.array(statement(depth - 1), {maxLength: 8})});

/** Scripts of random programs, nested up to three deep. */
export const laneScripts: fc.Arbitrary<readonly Statement[]> = fc.array(statement(3), {minLength: 4, maxLength: 40});

/** Where a random program finds its memory: reals, words and int32 cells apart, so that no bits of a NaN are looked at. */
const layout = {arguments: 8, cells: 64, words: 1025, reals: 4099, bytes: 8192};

/** The argument cells hold the addresses of the reals and of the words. */
export const randomProgramArguments = layout.arguments;

/** A memory for a random program, filled with edge values. */
export function randomProgramMemory(bits: LaneBits, bytes: number = layout.bytes): DataView {
  const view = new DataView(new ArrayBuffer(bytes));
  const memory = laneMemory(bits, view);
  const [reals, words] = [edgeReals(bits), edgeWords(bits)];
  view.setInt32(layout.arguments, layout.reals, true);
  view.setInt32(layout.arguments + 4, layout.words, true);
  for (let cell = 0; cell < 16; cell++) view.setInt32(layout.cells + 4 * cell, cell * 37, true);
  for (let index = 0; index < 256; index++) {
    memory.setWord(layout.words + (index * bits) / 8, words[index % words.length]);
    memory.setReal(layout.reals + (index * bits) / 8, reals[index % reals.length]);
  }
  return view;
}

/** The memory that a random program left, with one value for every NaN. */
export function randomProgramResult(bits: LaneBits, view: DataView): readonly (number | bigint)[] {
  const memory = laneMemory(bits, view);
  const cells = Array.from({length: 16}, (_, cell) => view.getInt32(layout.cells + 4 * cell, true));
  const words = Array.from({length: 256}, (_, index) => memory.word(layout.words + (index * bits) / 8));
  const reals = Array.from({length: 256}, (_, index) => memory.real(layout.reals + (index * bits) / 8));
  return [...cells, ...words, ...reals];
}

type Known = Readonly<Record<LaneType, readonly Lane[]>>;

/** The program of a script: every address in bounds, every loop finite, every variable set first. */
export function randomLaneProgram(bits: LaneBits, lanes: number, script: readonly Statement[]): LaneProgram {
  const builder = laneBuilder(bits, lanes);
  const element = builder.elementBytes;
  const width = builder.laneBytes;
  const counters: readonly Counter[] = [builder.counter(), builder.counter(), builder.counter()];
  const variables: Readonly<Record<LaneType, readonly LaneVariable[]>> = {
    real: [builder.variable("real"), builder.variable("real")],
    word: [builder.variable("word"), builder.variable("word")],
    mask: [builder.variable("mask")]
  };
  const start = begin(builder, variables);
  let loops = 0;

  const slot = (base: "reals" | "words", choice: number): Scalar => {
    const counter = counters[choice % counters.length];
    const pointer = base === "reals" ? argument(0) : argument(1);
    const wrapped = product(bitwiseAnd(counter, 3), width);
    switch ((choice >> 2) % 4) {
      case 0:
        return scalar(layout[base] + element * (choice % 64));
      case 1:
        return sum(pointer, wrapped, element * (choice % 32));
      case 2:
        return sum(product(difference(bitwiseAnd(counter, 3), 3), element), layout[base] + 3 * element);
      default:
        return sum(load32(layout.arguments + (base === "reals" ? 0 : 4)), product(bitwiseAnd(load32(layout.cells + 4 * (choice % 16)), 15), element));
    }
  };
  const cell = (choice: number): Scalar => sum(product(bitwiseAnd(counters[choice % 3], 7), 4), layout.cells + 4 * (choice % 8));
  const someScalar = (choice: number): Scalar => {
    const [a, b] = [counters[choice % 3], load32(cell(choice >> 2))];
    return [sum(a, choice), difference(b, a), product(a, b), bitwiseAnd(b, choice), isLess(a, b), isEqual(bitwiseAnd(a, 1), choice & 1), b][(choice >> 3) % 7];
  };

  const write = (statements: readonly Statement[], outer: Known): void => {
    let known = outer;
    for (const statement of statements) {
      const added = writeStatement(statement, known);
      if (added !== undefined) known = {...known, [typeOf(added)]: [...known[typeOf(added)], added]};
    }
    const last = known.real.at(-1)!;
    builder.store(slot("reals", statements.length * 7), last);
  };
  const writeStatement = ({kind, choices: [first, second, third, fourth], body}: Statement, known: Known): Lane | undefined => {
    const pick = (type: LaneType, choice: number) => known[type][known[type].length - 1 - (choice % Math.min(known[type].length, 12))];
    const [real, otherReal] = [pick("real", first), pick("real", second)];
    const [word, otherWord] = [pick("word", first), pick("word", second)];
    const [mask, otherMask] = [pick("mask", third), pick("mask", fourth)];
    const nest = () => write(body, known);
    const number = builder.equal(real, real);
    const low = bits === 32 ? (value: Lane) => value : (value: Lane) => builder.shiftRight(value, 32);
    const offsets = builder.multiplyWords(builder.andWords(word, builder.word(31n)), builder.word(BigInt(element)));
    const computations: readonly (() => Lane)[] = [
      () => builder.add(real, otherReal),
      () => builder.subtract(real, otherReal),
      () => builder.multiply(real, otherReal),
      () => builder.divide(real, otherReal),
      () => builder.minimum(real, otherReal),
      () => builder.maximum(real, otherReal),
      () => builder.squareRoot(real),
      () => builder.negate(real),
      () => builder.absolute(real),
      () => builder.less(real, otherReal),
      () => builder.lessOrEqual(real, otherReal),
      () => builder.equal(real, otherReal),
      () => builder.equalWords(word, otherWord),
      () => builder.and(mask, otherMask),
      () => builder.or(mask, otherMask),
      () => builder.not(mask),
      () => builder.select(mask, real, otherReal),
      () => builder.selectWord(mask, word, otherWord),
      () => builder.addWords(word, otherWord),
      () => builder.subtractWords(word, otherWord),
      () => builder.multiplyWords(word, otherWord),
      () => builder.multiplyHigh(low(word), low(otherWord)),
      () => builder.andWords(word, otherWord),
      () => builder.orWords(word, otherWord),
      () => builder.xorWords(word, otherWord),
      () => builder.shiftLeft(word, third % bits),
      () => builder.shiftRight(word, third % bits),
      () => builder.bitsOf(builder.select(number, real, builder.real(second))),
      () => builder.realOf(word),
      () => builder.toReal(bits === 32 ? word : builder.shiftRight(word, 13)),
      () => builder.real(edgeReals(bits)[first % edgeReals(bits).length]),
      () => builder.word(edgeWords(bits)[first % edgeWords(bits).length]),
      () => builder.laneNumbers(),
      () => builder.splat(someScalar(first)),
      () => builder.read(variables.real[first % 2]),
      () => builder.read(variables.word[first % 2]),
      () => builder.read(variables.mask[0]),
      () => builder.load("real", slot("reals", first)),
      () => builder.load("word", slot("words", first)),
      () => builder.loadSplat("real", slot("reals", first)),
      () => builder.gather(slot("reals", second), offsets),
      () => Array.from({length: lanes}, (_, index) => builder.gather(sum(slot("reals", second), index * element), offsets)).reduce(builder.add)
    ];
    const statements: readonly (() => void)[] = [
      () => builder.set([variables.real[0], real], [variables.real[1], builder.read(variables.real[0])]),
      () => builder.set([variables.word[first % 2], word]),
      () => builder.set([variables.mask[0], mask], [variables.real[second % 2], real]),
      () => builder.setCounter(counters[first % 2], someScalar(second)),
      () => builder.store(slot("reals", second), real),
      () => builder.store(slot("words", second), word),
      () => builder.store(slot("words", second), mask),
      () => builder.store32(cell(first), someScalar(second)),
      () => builder.copyReal(slot("reals", first), slot("reals", second)),
      () => {
        const loop = builder.counter();
        builder.for(loop, scalar(first % 3), scalar(3), 1 + (second % 2), () => {
          builder.setCounter(counters[2], scalar(loop));
          nest();
          if (third % 3 === 0) builder.setCounter(loop, sum(loop, third % 2));
        });
      },
      () => {
        const loop = builder.counter();
        builder.setCounter(loop, scalar(first % 4));
        builder.while(isLess(0, loop), () => {
          nest();
          builder.setCounter(loop, difference(loop, 1));
        });
      },
      () => builder.if(someScalar(first), nest, third % 2 === 0 ? () => builder.set([variables.real[0], real]) : undefined),
      () => builder.ifAny(mask, nest)
    ];
    const nests = body.length > 0 && loops < 24 ? statements.length : statements.length - 4;
    const chosen = kind % (computations.length + 2 * nests);
    if (chosen < computations.length) return computations[chosen]();
    const index = (chosen - computations.length) >> 1;
    if (index >= statements.length - 4) loops++;
    return void statements[index]();
  };

  write(script, start);
  (["real", "word", "mask"] as const).forEach((type, index) => variables[type].forEach((variable, number) => builder.store(slot(type === "real" ? "reals" : "words", 64 * index + 16 * number), builder.read(variable))));
  return builder.finish();
}

/** A first value of every type, and every variable set. */
function begin(builder: LaneBuilder, variables: Readonly<Record<LaneType, readonly LaneVariable[]>>): Known {
  const real = builder.load("real", argument(0));
  const word = builder.load("word", argument(1));
  const mask = builder.less(real, builder.real(1));
  const initial = {real, word, mask};
  builder.set(...(["real", "word", "mask"] as const).flatMap((type) => variables[type].map((variable) => [variable, initial[type]] as const)));
  return {real: [real], word: [word], mask: [mask]};
}
