import type {Counter, Scalar} from "./lane-program.ts";

/** An int32 scalar or the number that it is. */
export type ScalarLike = Scalar | Counter | number;

/** The scalar of a number, of a counter, or itself. */
export function scalar(value: ScalarLike): Scalar {
  if (typeof value === "number") return {op: "constant", value};
  return "op" in value ? value : {op: "counter", counter: value};
}

const evaluate = {
  add: (a: number, b: number) => (a + b) | 0,
  subtract: (a: number, b: number) => (a - b) | 0,
  multiply: (a: number, b: number) => Math.imul(a, b),
  and: (a: number, b: number) => a & b,
  less: (a: number, b: number) => (a < b ? 1 : 0),
  equal: (a: number, b: number) => (a === b ? 1 : 0)
};

function binary(op: keyof typeof evaluate, left: ScalarLike, right: ScalarLike): Scalar {
  const [a, b] = [scalar(left), scalar(right)];
  if (a.op === "constant" && b.op === "constant") return scalar(evaluate[op](a.value, b.value));
  if (op === "add" && b.op === "constant") {
    if (b.value === 0) return a;
    if (a.op === "add" && a.b.op === "constant") return binary("add", a.a, a.b.value + b.value);
  }
  if (op === "multiply" && b.op === "constant" && b.value === 1) return a;
  return {op, a, b};
}

/** a + b + …, constants last. */
export function sum(...terms: readonly ScalarLike[]): Scalar {
  const scalars = terms.map(scalar);
  const constant = scalars.reduce((total, term) => (term.op === "constant" ? total + term.value : total), 0);
  const others = scalars.filter(({op}) => op !== "constant");
  return [...others, scalar(constant)].reduce((total, term) => (total === undefined ? term : binary("add", total, term)), undefined as Scalar | undefined)!;
}

export const difference = (a: ScalarLike, b: ScalarLike): Scalar => binary("subtract", a, b);
export const product = (a: ScalarLike, b: ScalarLike): Scalar => binary("multiply", a, b);
export const bitwiseAnd = (a: ScalarLike, b: ScalarLike): Scalar => binary("and", a, b);
/** 1 if a < b, else 0. */
export const isLess = (a: ScalarLike, b: ScalarLike): Scalar => binary("less", a, b);
/** 1 if a = b, else 0. */
export const isEqual = (a: ScalarLike, b: ScalarLike): Scalar => binary("equal", a, b);
/** The int32 at an address. */
export const load32 = (address: ScalarLike): Scalar => ({op: "load32", address: scalar(address)});
/** The int32 argument number `index` of the call. */
export const argument = (index: number): Scalar => load32(sum({op: "arguments"}, 4 * index));
