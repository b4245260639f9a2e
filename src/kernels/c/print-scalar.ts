import type {Scalar} from "../lane-program.ts";

const operators = {add: "+", subtract: "-", multiply: "*", and: "&"} as const;

/**
 * A scalar as an expression of type uint32_t, whose arithmetic is modulo 2^32
 * where that of a signed integer would be undefined on overflow.
 */
export function printScalar(scalar: Scalar): string {
  switch (scalar.op) {
    case "constant":
      return `${scalar.value >>> 0}u`;
    case "arguments":
      return "(uint32_t)arguments";
    case "counter":
      return `c${scalar.counter.number}`;
    case "load32":
      return `load32(${printAddress(scalar.address)})`;
    case "less":
      return `(uint32_t)(${printSigned(scalar.a)} < ${printSigned(scalar.b)})`;
    case "equal":
      return `(uint32_t)(${printScalar(scalar.a)} == ${printScalar(scalar.b)})`;
    default:
      return `(${printScalar(scalar.a)} ${operators[scalar.op]} ${printScalar(scalar.b)})`;
  }
}

/** A scalar as an expression of type int32_t. */
export function printSigned(scalar: Scalar): string {
  return scalar.op === "constant" && scalar.value > -(2 ** 31) ? `${scalar.value | 0}` : `(int32_t)${printScalar(scalar)}`;
}

/** A scalar as a pointer into the memory. */
export function printAddress(scalar: Scalar): string {
  return `memory + ${printScalar(scalar)}`;
}
