import type {LaneBits} from "../lane-arithmetic.ts";
import type {LaneNode, LaneProgram, Variable} from "../lane-program.ts";
import type {CodeWriter, Local} from "./code-writer.ts";
import type {GatherCode} from "./gather-code.ts";
import type {Gather} from "./gather-groups.ts";
import type {LaneLocals} from "./lane-locals.ts";
import type {Opcode} from "./opcodes.ts";
import {sourceOf, type Placement} from "./placement.ts";
import type {ScalarCode} from "./scalar-code.ts";

/** Writes lane values. */
export interface LaneCode {
  /** Pushes the value of a node, for one use of it. */
  push(node: LaneNode): void;
  /** Pushes the value of a node by computing it here. */
  compute(node: LaneNode): void;
  variable(variable: Variable): Local;
}

type Instruction = "add" | "subtract" | "multiply" | "divide" | "minimum" | "maximum" | "squareRoot" | "negate" | "absolute" | "less" | "lessOrEqual" | "equal" | "equalWords" | "addWords" | "subtractWords" | "multiplyWords" | "shiftLeft" | "shiftRight";

const names: Readonly<Record<Instruction, string>> = {add: "f.add", subtract: "f.sub", multiply: "f.mul", divide: "f.div", minimum: "f.pmin", maximum: "f.pmax", squareRoot: "f.sqrt", negate: "f.neg", absolute: "f.abs", less: "f.lt", lessOrEqual: "f.le", equal: "f.eq", equalWords: "i.eq", addWords: "i.add", subtractWords: "i.sub", multiplyWords: "i.mul", shiftLeft: "i.shl", shiftRight: "i.shr_u"};

const instructionsOf = (shape: string) => Object.fromEntries(Object.entries(names).map(([operation, name]) => [operation, name.replace(".", `${shape}.`)])) as Readonly<Record<Instruction, Opcode>>;

/** The instruction of an operation, by the bits of a lane. */
const instructions = {32: instructionsOf("32x4"), 64: instructionsOf("64x2")} as const satisfies Readonly<Record<LaneBits, unknown>>;

const logic = {and: "v128.and", or: "v128.or", not: "v128.not", andWords: "v128.and", orWords: "v128.or", xorWords: "v128.xor"} as const;

/** The upper 32 bits of each 64-bit product of (low, high) as four 32-bit lanes. */
const upperHalves = [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31];

/** 2^52 + 2^51: a float64 this large has the unit as its last place. */
const integerShift = 2 ** 52 + 2 ** 51;

function vectorOf(bits: LaneBits, write: (view: DataView, offset: number, lane: number) => void): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (let lane = 0; lane < 128 / bits; lane++) write(view, (lane * bits) / 8, lane);
  return bytes;
}

const realVector = (bits: LaneBits, value: number) => vectorOf(bits, (view, offset) => (bits === 32 ? view.setFloat32(offset, value, true) : view.setFloat64(offset, value, true)));
const wordVector = (bits: LaneBits, value: (lane: number) => bigint) =>
  vectorOf(bits, (view, offset, lane) => (bits === 32 ? view.setUint32(offset, Number(BigInt.asUintN(32, value(lane))), true) : view.setBigUint64(offset, BigInt.asUintN(64, value(lane)), true)));

/** The lane values of a program, written to `code`. */
export function laneCode(program: LaneProgram, code: CodeWriter, placement: Placement, locals: LaneLocals, scalars: ScalarCode, gathers: GatherCode): LaneCode {
  const {bits} = program;
  const variables = program.variables.map(() => code.local("v128"));

  const push = (node: LaneNode): void => {
    const source = sourceOf(node);
    if (placement.inlined(source) && !locals.assigned(source)) compute(source);
    else code.get(locals.take(source));
  };
  const loadFrom = (op: Opcode, address: Parameters<ScalarCode["split"]>[0]) => {
    const {base, offset} = scalars.split(address);
    scalars.push(base);
    code.access(op, offset);
  };
  const toReal = (a: LaneNode) => {
    push(a);
    if (bits === 32) return code.plain("f32x4.convert_i32x4_s");
    code.sharedVector(realVector(bits, integerShift));
    code.plain("i64x2.add");
    code.sharedVector(realVector(bits, integerShift));
    code.plain("f64x2.sub");
  };
  const multiplyHigh = (a: LaneNode, b: LaneNode) => {
    push(a);
    push(b);
    if (bits === 64) {
      code.plain("i64x2.mul");
      code.constant(32);
      return code.plain("i64x2.shr_u");
    }
    code.plain("i64x2.extmul_low_i32x4_u");
    push(a);
    push(b);
    code.plain("i64x2.extmul_high_i32x4_u");
    code.shuffle(upperHalves);
  };
  const compute = (node: LaneNode): void => {
    const {operation} = node;
    switch (operation.op) {
      case "real":
        return code.vector(realVector(bits, operation.value));
      case "word":
        return code.vector(wordVector(bits, () => operation.value));
      case "laneNumbers":
        return code.vector(wordVector(bits, (lane) => BigInt(lane)));
      case "splat":
        scalars.push(operation.scalar);
        if (bits === 64) code.plain("i64.extend_i32_s");
        return code.plain(bits === 32 ? "i32x4.splat" : "i64x2.splat");
      case "read":
        return code.get(variables[operation.variable.number]);
      case "load":
        return loadFrom("v128.load", operation.address);
      case "loadSplat":
        return loadFrom(bits === 32 ? "v128.load32_splat" : "v128.load64_splat", operation.address);
      case "gather":
        return gathers.push(node as Gather);
      case "select":
        push(operation.a);
        push(operation.b);
        push(operation.mask);
        return code.plain("v128.bitselect");
      case "shiftLeft":
      case "shiftRight":
        push(operation.a);
        code.constant(operation.count);
        return code.plain(instructions[bits][operation.op]);
      case "toReal":
        return toReal(operation.a);
      case "multiplyHigh":
        return multiplyHigh(operation.a, operation.b);
      case "bitsOf":
      case "realOf":
        return push(operation.a);
      case "not":
        push(operation.a);
        return code.plain(logic.not);
      case "and":
      case "or":
      case "andWords":
      case "orWords":
      case "xorWords":
        push(operation.a);
        push(operation.b);
        return code.plain(logic[operation.op]);
      default:
        push(operation.a);
        if ("b" in operation) push(operation.b);
        return code.plain(instructions[bits][operation.op]);
    }
  };
  return {push, compute, variable: ({number}) => variables[number]};
}
