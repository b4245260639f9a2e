import type { LaneArithmetic } from "./lane-arithmetic.ts";

const float32 = new Float32Array(1);
const float32Bits = new Uint32Array(float32.buffer);
const float64 = new Float64Array(1);
const float64Bits = new BigUint64Array(float64.buffer);

/** What no width changes: numbers that are already rounded are compared, chosen and have their sign changed. */
const common = {
  negate: (a: number) => -a,
  absolute: (a: number) => Math.abs(a),
  minimum: (a: number, b: number) => (b < a ? b : a),
  maximum: (a: number, b: number) => (a < b ? b : a),
  less: (a: number, b: number) => a < b,
  lessOrEqual: (a: number, b: number) => a <= b,
  equal: (a: number, b: number) => a === b,
  and: (a: boolean, b: boolean) => a && b,
  or: (a: boolean, b: boolean) => a || b,
  not: (a: boolean) => !a,
  select: (mask: boolean, a: number, b: number) => (mask ? a : b),
};

/**
 * One lane of 32 bits on JavaScript numbers: the oracle of the compiled back ends. A float32 is a number that
 * `Math.fround` leaves alone, a word an integer in [0, 2^32). Each result is computed in float64 and rounded once,
 * which for +, −, ×, ÷ and √ of float32 equals the rounding of the exact result (Figueroa, "When is double rounding
 * innocuous?", SIGNUM 30, 1995).
 */
export const float32Lanes: LaneArithmetic<number, number, boolean> = {
  ...common,
  bits: 32,
  real: (value) => Math.fround(value),
  word: (value) => Number(BigInt.asUintN(32, value)),
  add: (a, b) => Math.fround(a + b),
  subtract: (a, b) => Math.fround(a - b),
  multiply: (a, b) => Math.fround(a * b),
  divide: (a, b) => Math.fround(a / b),
  squareRoot: (a) => Math.fround(Math.sqrt(a)),
  equalWords: (a, b) => a === b,
  selectWord: (mask, a, b) => (mask ? a : b),
  addWords: (a, b) => (a + b) >>> 0,
  subtractWords: (a, b) => (a - b) >>> 0,
  multiplyWords: (a, b) => Math.imul(a, b) >>> 0,
  // Both partial products are below 2^48, so every step is exact.
  multiplyHigh: (a, b) => Math.floor(((a >>> 16) * b + Math.floor(((a & 0xffff) * b) / 0x10000)) / 0x10000),
  andWords: (a, b) => (a & b) >>> 0,
  orWords: (a, b) => (a | b) >>> 0,
  xorWords: (a, b) => (a ^ b) >>> 0,
  shiftLeft: (a, count) => (a << count) >>> 0,
  shiftRight: (a, count) => a >>> count,
  bitsOf(a) {
    float32[0] = a;
    return float32Bits[0] as number;
  },
  realOf(a) {
    float32Bits[0] = a;
    return float32[0] as number;
  },
  toReal: (a) => Math.fround(a | 0),
};

const word64 = (value: bigint): bigint => BigInt.asUintN(64, value);

/**
 * One lane of 64 bits on JavaScript values: the oracle of the compiled back ends. A float64 is a number, a word a
 * bigint in [0, 2^64).
 */
export const float64Lanes: LaneArithmetic<number, bigint, boolean> = {
  ...common,
  bits: 64,
  real: (value) => value,
  word: word64,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  squareRoot: (a) => Math.sqrt(a),
  equalWords: (a, b) => a === b,
  selectWord: (mask, a, b) => (mask ? a : b),
  addWords: (a, b) => word64(a + b),
  subtractWords: (a, b) => word64(a - b),
  multiplyWords: (a, b) => word64(a * b),
  multiplyHigh: (a, b) => (a * b) >> 32n,
  andWords: (a, b) => a & b,
  orWords: (a, b) => a | b,
  xorWords: (a, b) => a ^ b,
  shiftLeft: (a, count) => word64(a << BigInt(count)),
  shiftRight: (a, count) => a >> BigInt(count),
  bitsOf(a) {
    float64[0] = a;
    return float64Bits[0] as bigint;
  },
  realOf(a) {
    float64Bits[0] = a;
    return float64[0] as number;
  },
  toReal: (a) => Number(BigInt.asIntN(64, a)),
};
