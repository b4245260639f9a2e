import type {LaneArithmetic, LaneBits} from "../../../src/kernels/lane-arithmetic.ts";
import {laneBuilder, type Lane, type LaneBuilder} from "../../../src/kernels/lane-builder.ts";
import type {LaneProgram, LaneType} from "../../../src/kernels/lane-program.ts";
import {float32Lanes, float64Lanes} from "../../../src/kernels/number-lanes.ts";
import {scalar, sum} from "../../../src/kernels/scalar.ts";
import {edgeReals, edgeWordsFor} from "../lane-edges.ts";

/** A real as a number, a word as a bigint, a mask as a boolean. */
export type Value = number | bigint | boolean;

/** One operation, the rows of operands that it is tried on, and what the arithmetic on numbers makes of each. */
export interface OperationCase {
  readonly name: string;
  readonly from: readonly LaneType[];
  readonly to: LaneType;
  readonly rows: readonly (readonly Value[])[];
  readonly expected: readonly Value[];
  readonly write: (builder: LaneBuilder, operands: readonly Lane[]) => Lane;
}

const signatures: Readonly<Record<string, readonly [LaneType, ...LaneType[]]>> = {
  ...Object.fromEntries(["add", "subtract", "multiply", "divide", "minimum", "maximum"].map((op) => [op, ["real", "real", "real"]])),
  ...Object.fromEntries(["squareRoot", "negate", "absolute"].map((op) => [op, ["real", "real"]])),
  ...Object.fromEntries(["less", "lessOrEqual", "equal"].map((op) => [op, ["mask", "real", "real"]])),
  ...Object.fromEntries(["addWords", "subtractWords", "multiplyWords", "multiplyHigh", "andWords", "orWords", "xorWords"].map((op) => [op, ["word", "word", "word"]])),
  equalWords: ["mask", "word", "word"],
  and: ["mask", "mask", "mask"],
  or: ["mask", "mask", "mask"],
  not: ["mask", "mask"],
  select: ["real", "mask", "real", "real"],
  selectWord: ["word", "mask", "word", "word"],
  bitsOf: ["word", "real"],
  realOf: ["real", "word"],
  toReal: ["real", "word"]
};

function product<T>(choices: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return choices.reduce<readonly (readonly T[])[]>((rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])), [[]]);
}

/** Every operation on every combination of edge values, shifts by every count, and edge values as constants. */
export function operationCases(bits: LaneBits): readonly OperationCase[] {
  const lanes = (bits === 32 ? float32Lanes : float64Lanes) as unknown as LaneArithmetic<Value, Value, Value>;
  const onNumbers = (value: Value) => (typeof value === "bigint" && bits === 32 ? Number(value) : value);
  const result = (value: Value, to: LaneType) => (to === "word" ? BigInt(value) : value);
  const edges = (op: string, type: LaneType): readonly Value[] => (type === "real" ? edgeReals(bits) : type === "word" ? edgeWordsFor(op, bits) : [false, true]);

  const arithmetic = Object.entries(signatures).map(([name, [to, ...from]]): OperationCase => {
    const compute = (lanes[name as keyof typeof lanes] as (...operands: readonly Value[]) => Value).bind(lanes);
    const withoutNaN = name === "bitsOf" ? (value: Value) => !Number.isNaN(value) : () => true;
    const rows = product(from.map((type) => edges(name, type).filter(withoutNaN)));
    return {name, from, to, rows, expected: rows.map((row) => result(compute(...row.map(onNumbers)), to)), write: (builder, operands) => (builder[name as keyof LaneBuilder] as unknown as (...nodes: readonly Lane[]) => Lane)(...operands)};
  });
  const shifts = (["shiftLeft", "shiftRight"] as const).flatMap((name) =>
    Array.from({length: bits}, (_, count): OperationCase => {
      const rows = edges(name, "word").map((word) => [word]);
      return {name: `${name} by ${count}`, from: ["word"], to: "word", rows, expected: rows.map(([word]) => result(lanes[name](onNumbers(word), count), "word")), write: (builder, [word]) => builder[name](word, count)};
    })
  );
  const constants = (["real", "word"] as const).flatMap((type) =>
    edges("constant", type).map((value): OperationCase => ({name: `the constant ${value}`, from: [], to: type, rows: [[]], expected: [value], write: (builder) => (type === "real" ? builder.real(value as number) : builder.word(value as bigint))}))
  );
  return [...arithmetic, ...shifts, ...constants];
}

/** Where the operands and results of a case lie: each as an array, one after the other. */
export interface OperationPlace {
  readonly address: number;
  /** Bytes of one array. */
  readonly stride: number;
}

/** One program for all cases, with the place of each and the bytes of the memory; no address is aligned. */
export function operationProgram(bits: LaneBits, lanes: number, cases: readonly OperationCase[]): {readonly program: LaneProgram; readonly places: readonly OperationPlace[]; readonly bytes: number} {
  const builder = laneBuilder(bits, lanes);
  const counter = builder.counter();
  let address = 3;
  const places = cases.map(({from, rows, write}) => {
    const place = {address, stride: Math.ceil(rows.length / lanes) * builder.laneBytes};
    address += place.stride * (from.length + 1);
    builder.for(counter, scalar(place.address), scalar(place.address + place.stride), builder.laneBytes, () => {
      const operands = from.map((type, index) => {
        const loaded = builder.load(type === "real" ? "real" : "word", sum(counter, index * place.stride));
        return type === "mask" ? builder.not(builder.equalWords(loaded, builder.word(0n))) : loaded;
      });
      builder.store(sum(counter, from.length * place.stride), write(builder, operands));
    });
    return place;
  });
  return {program: builder.finish(), places, bytes: address};
}
