import type {LaneBits} from "../lane-arithmetic.ts";
import type {LaneNode, LaneOperation} from "../lane-program.ts";
import {hexadecimalFloat} from "./hexadecimal-float.ts";
import {printAddress, printScalar} from "./print-scalar.ts";

const infix = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  addWords: "+",
  subtractWords: "-",
  multiplyWords: "*",
  andWords: "&",
  orWords: "|",
  xorWords: "^",
  and: "&",
  or: "|"
} as const;

const comparisons = {less: "<", lessOrEqual: "<=", equal: "==", equalWords: "=="} as const;

const functions = {
  squareRoot: "square_root",
  negate: "negate",
  absolute: "absolute",
  minimum: "minimum",
  maximum: "maximum",
  multiplyHigh: "multiply_high",
  toReal: "to_real"
} as const;

const nameOf = ({number}: LaneNode): string => `n${number}`;

function printReal(value: number, bits: LaneBits): string {
  const suffix = bits === 32 ? "f" : "";
  if (Number.isNaN(value)) return `splat_real(__builtin_nan${suffix}(""))`;
  if (!Number.isFinite(value)) return `splat_real(${value < 0 ? "-" : ""}__builtin_inf${suffix}())`;
  return `splat_real(${hexadecimalFloat(value)}${suffix}) /* ${Object.is(value, -0) ? "-0" : value} */`;
}

/** The expression of C that a lane operation is, on the nodes' names and the helpers of `printSupport`. */
export function printOperation(operation: LaneOperation, bits: LaneBits): string {
  switch (operation.op) {
    case "real":
      return printReal(operation.value, bits);
    case "word":
      return `splat_word(0x${BigInt.asUintN(bits, operation.value).toString(16)}u${bits === 64 ? "ll" : ""})`;
    case "laneNumbers":
      return "lane_numbers()";
    case "splat":
      return `splat_integer(${printScalar(operation.scalar)})`;
    case "read":
      return `v${operation.variable.number}`;
    case "load":
      return `load_${operation.type}(${printAddress(operation.address)})`;
    case "loadSplat":
      return `splat_${operation.type}(load_one_${operation.type}(${printAddress(operation.address)}))`;
    case "gather":
      return `gather(${printAddress(operation.address)}, ${nameOf(operation.offsets)})`;
    case "not":
      return `~${nameOf(operation.a)}`;
    case "select":
      return `select_${operation.type}(${nameOf(operation.mask)}, ${nameOf(operation.a)}, ${nameOf(operation.b)})`;
    case "shiftLeft":
      return `${nameOf(operation.a)} << ${operation.count}`;
    case "shiftRight":
      return `${nameOf(operation.a)} >> ${operation.count}`;
    case "bitsOf":
      return `(word)${nameOf(operation.a)}`;
    case "realOf":
      return `(real)${nameOf(operation.a)}`;
    case "squareRoot":
    case "negate":
    case "absolute":
    case "toReal":
      return `${functions[operation.op]}(${nameOf(operation.a)})`;
    case "minimum":
    case "maximum":
    case "multiplyHigh":
      return `${functions[operation.op]}(${nameOf(operation.a)}, ${nameOf(operation.b)})`;
    case "less":
    case "lessOrEqual":
    case "equal":
    case "equalWords":
      return `(mask)(${nameOf(operation.a)} ${comparisons[operation.op]} ${nameOf(operation.b)})`;
    default:
      return `${nameOf(operation.a)} ${infix[operation.op]} ${nameOf(operation.b)}`;
  }
}
