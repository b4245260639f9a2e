import {isValue, makeValue, nextNumber} from "./value.ts";
import type {Mask, Operation, Real, Shape, Value} from "./value.ts";

/** A traced number or a constant. */
export type RealLike = Real | number;

const describe = (value: unknown): string => {
  if (isValue(value)) return `a ${value.kind} of shape [${value.shape.join()}]`;
  return value === null ? "null" : Array.isArray(value) ? "an array" : typeof value === "object" || typeof value === "function" ? `a value of type ${typeof value}` : `${String(value)} (${typeof value})`;
};

/**
 * The traced value of a number, or the value itself.
 * @throws TypeError if it is neither.
 */
export function asReal(value: unknown, where: string): Real {
  if (typeof value === "number") return makeValue("real", {op: "constant", value}, [], []);
  if (isValue(value) && value.kind === "real") return value as Real;
  throw new TypeError(`${where}: expected a number or a traced real, found ${describe(value)}`);
}

function asMask(value: unknown, where: string): Mask {
  if (isValue(value) && value.kind === "mask") return value as Mask;
  throw new TypeError(`${where}: expected a traced truth value such as less(a, b), found ${describe(value)}`);
}

/** The common shape of operands; scalars go with every vector. */
function commonShape(operands: readonly Value[], where: string): Shape {
  const vector = operands.find(({shape}) => shape.length === 1);
  if (vector === undefined) return [];
  const other = operands.find(({shape}) => shape.length === 1 && shape[0] !== vector.shape[0]);
  if (other !== undefined) throw new RangeError(`${where}: expected vectors of one length, found [${vector.shape[0]}] and [${other.shape[0]}]`);
  return vector.shape;
}

type NamedOperation = Extract<Operation, {readonly op: string}>["op"];

function real(op: NamedOperation, ...values: readonly RealLike[]): Real {
  const operands = values.map((value, i) => asReal(value, `${op}, argument ${i + 1}`));
  return makeValue("real", {op} as Operation, operands, commonShape(operands, op));
}

function comparison(op: NamedOperation, ...values: readonly RealLike[]): Mask {
  const operands = values.map((value, i) => asReal(value, `${op}, argument ${i + 1}`));
  return makeValue("mask", {op} as Operation, operands, commonShape(operands, op));
}

function logical(op: NamedOperation, ...values: readonly Mask[]): Mask {
  const operands = values.map((value, i) => asMask(value, `${op}, argument ${i + 1}`));
  return makeValue("mask", {op} as Operation, operands, commonShape(operands, op));
}

/** a + b. */
export const add = (a: RealLike, b: RealLike): Real => real("add", a, b);
/** a − b. */
export const sub = (a: RealLike, b: RealLike): Real => real("sub", a, b);
/** a·b, coordinate by coordinate. */
export const mul = (a: RealLike, b: RealLike): Real => real("mul", a, b);
/** a/b. */
export const div = (a: RealLike, b: RealLike): Real => real("div", a, b);
/** −a. */
export const neg = (a: RealLike): Real => real("neg", a);
/** |a|. */
export const abs = (a: RealLike): Real => real("abs", a);
/** √a; NaN below 0. */
export const sqrt = (a: RealLike): Real => real("sqrt", a);
/** eᵃ, to 2 units in the last place. */
export const exp = (a: RealLike): Real => real("exp", a);
/** Natural logarithm, to 2 units in the last place; NaN below 0. */
export const log = (a: RealLike): Real => real("log", a);
/** sin a; exact range reduction for |a| ≤ 8192 in float32, 10⁶ in float64. */
export const sin = (a: RealLike): Real => real("sin", a);
/** cos a; exact range reduction for |a| ≤ 8192 in float32, 10⁶ in float64. */
export const cos = (a: RealLike): Real => real("cos", a);
/** tanh a. */
export const tanh = (a: RealLike): Real => real("tanh", a);
/** 1/a. */
export const reciprocal = (a: RealLike): Real => div(1, a);
/** b < a ? b : a. */
export const minimum = (a: RealLike, b: RealLike): Real => real("minimum", a, b);
/** a < b ? b : a. */
export const maximum = (a: RealLike, b: RealLike): Real => real("maximum", a, b);

/** a². */
export function square(a: RealLike): Real {
  const value = asReal(a, "square, argument 1");
  return mul(value, value);
}

/** a < b; false where either is NaN. */
export const less = (a: RealLike, b: RealLike): Mask => comparison("less", a, b);
/** a ≤ b; false where either is NaN. */
export const lessEqual = (a: RealLike, b: RealLike): Mask => comparison("lessEqual", a, b);
/** a > b; false where either is NaN. */
export const greater = (a: RealLike, b: RealLike): Mask => comparison("less", b, a);
/** a ≥ b; false where either is NaN. */
export const greaterEqual = (a: RealLike, b: RealLike): Mask => comparison("lessEqual", b, a);
/** a = b; false where either is NaN. */
export const equal = (a: RealLike, b: RealLike): Mask => comparison("equal", a, b);
/** True where a and b differ or either is NaN. */
export const notEqual = (a: RealLike, b: RealLike): Mask => logicalNot(equal(a, b));
/** True where both hold. */
export const logicalAnd = (a: Mask, b: Mask): Mask => logical("logicalAnd", a, b);
/** True where one of them holds. */
export const logicalOr = (a: Mask, b: Mask): Mask => logical("logicalOr", a, b);
/** True where it does not hold. */
export const logicalNot = (a: Mask): Mask => logical("logicalNot", a);

/** a where the condition holds, b where it does not. */
export function where(condition: Mask, a: RealLike, b: RealLike): Real {
  const operands = [asMask(condition, "where, argument 1"), asReal(a, "where, argument 2"), asReal(b, "where, argument 3")];
  return makeValue("real", {op: "where"}, operands, commonShape(operands, "where"));
}

/** The sum of a vector's coordinates, first to last; a scalar is its own sum. */
export function sum(a: RealLike): Real {
  const value = asReal(a, "sum, argument 1");
  return value.shape.length === 0 ? value : makeValue("real", {op: "sum"}, [value], []);
}

/** Σᵢ aᵢ bᵢ. */
export const dot = (a: RealLike, b: RealLike): Real => sum(mul(a, b));

/** Coordinate `index` of a vector, counted from 0. */
export function element(a: Real, index: number): Real {
  const value = asReal(a, "element, argument 1");
  const length = value.shape[0];
  if (length === undefined) throw new RangeError("element, argument 1: expected a vector, found a scalar");
  if (!Number.isInteger(index) || index < 0 || index >= length) throw new RangeError(`element, argument 2: expected an integer from 0 to ${length - 1}, found ${String(index)}`);
  return makeValue("real", {op: "element", index}, [value], []);
}

/** The vector of scalars. */
export function stack(values: readonly RealLike[]): Real {
  const operands = values.map((value, i) => asReal(value, `stack, entry ${i}`));
  if (operands.length === 0) throw new RangeError("stack: expected at least one scalar, found none");
  const vector = operands.findIndex(({shape}) => shape.length > 0);
  if (vector >= 0) throw new RangeError(`stack, entry ${vector}: expected a scalar, found ${describe(operands[vector])}`);
  return makeValue("real", {op: "stack"}, operands, [operands.length]);
}

/** A parameter that is a matrix (rows, columns); it is used by matVec only. */
export interface Matrix {
  readonly matrix: string;
  readonly rows: number;
  readonly columns: number;
}

/** A x of a matrix parameter (m, n) and a vector (n), of shape (m); each row summed first to last. */
export function matVec(matrix: Matrix, x: Real): Real {
  const value = asReal(x, "matVec, argument 2");
  if (typeof matrix !== "object" || matrix === null || !("matrix" in matrix)) throw new TypeError(`matVec, argument 1: expected a matrix parameter, found ${describe(matrix)}`);
  if (value.shape[0] !== matrix.columns) throw new RangeError(`matVec: expected a vector of ${matrix.columns} for the matrix ${matrix.matrix} (${matrix.rows}, ${matrix.columns}), found ${describe(value)}`);
  return makeValue("real", {op: "matVec", matrix: matrix.matrix, columns: matrix.columns}, [value], [matrix.rows]);
}

/**
 * The sum of `count` evaluations of `body`, each with fresh draws: a mini-batch
 * gradient is repeatSum(B, () => one sample's gradient). What does not depend
 * on draws made in the body is computed once.
 */
export function repeatSum(count: number, body: () => Real): Real {
  if (!Number.isInteger(count) || count < 1 || count > 2 ** 20) throw new RangeError(`repeatSum, argument 1: expected an integer from 1 to ${2 ** 20}, found ${String(count)}`);
  const first = nextNumber();
  const value = asReal(body(), "repeatSum, argument 2");
  return makeValue("real", {op: "repeatSum", count, first}, [value], value.shape);
}

/** A scalar repeated to a vector of the given length. */
export function fill(a: RealLike, length: number): Real {
  const value = asReal(a, "fill, argument 1");
  if (value.shape.length > 0) throw new RangeError(`fill, argument 1: expected a scalar, found ${describe(value)}`);
  if (!Number.isInteger(length) || length < 1) throw new RangeError(`fill, argument 2: expected a positive integer, found ${String(length)}`);
  return makeValue("real", {op: "fill"}, [value], [length]);
}
