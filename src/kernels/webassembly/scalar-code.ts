import type {Counter, LaneItem, LaneProgram, Scalar} from "../lane-program.ts";
import {product, sum} from "../scalar.ts";
import type {CodeWriter, Local} from "./code-writer.ts";
import {nestedBlocks} from "./nested-blocks.ts";

/** Writes int32 scalars and addresses. */
export interface ScalarCode {
  /** Pushes the value of a scalar. */
  push(scalar: Scalar): void;
  /** An address as what must be computed and a constant offset that an access adds for nothing. */
  split(address: Scalar): {readonly base: Scalar; readonly offset: number};
  counter(counter: Counter): Local;
}

const instructions = {add: "i32.add", subtract: "i32.sub", multiply: "i32.mul", and: "i32.and", less: "i32.lt_s", equal: "i32.eq"} as const;

/** The terms of nested sums, and of constant multiples of them. */
function termsOf(scalar: Scalar): readonly Scalar[] {
  if (scalar.op === "add") return [...termsOf(scalar.a), ...termsOf(scalar.b)];
  if (scalar.op === "multiply" && scalar.b.op === "constant") return termsOf(scalar.a).map((term) => product(term, scalar.b));
  return [scalar];
}

/** Whether a scalar is at least 0, if these counters, the arguments and the int32 cells of memory are. */
function isNonNegative(scalar: Scalar, counters: ReadonlySet<number>): boolean {
  switch (scalar.op) {
    case "constant":
      return scalar.value >= 0;
    case "counter":
      return counters.has(scalar.counter.number);
    case "add":
    case "multiply":
      return isNonNegative(scalar.a, counters) && isNonNegative(scalar.b, counters);
    case "and":
      return isNonNegative(scalar.a, counters) || isNonNegative(scalar.b, counters);
    default:
      return scalar.op !== "subtract";
  }
}

/** The counters that are only ever given values of at least 0. */
function nonNegativeCounters(program: LaneProgram): ReadonlySet<number> {
  const counters = new Set(program.counters.map(({number}) => number));
  const visit = (item: LaneItem): void => {
    if (item.kind === "setCounter" && !isNonNegative(item.value, counters)) counters.delete(item.counter.number);
    if (item.kind === "for" && (item.step < 0 || !isNonNegative(item.from, counters))) counters.delete(item.counter.number);
    for (const block of nestedBlocks(item)) block.forEach(visit);
  };
  let size: number;
  do {
    size = counters.size;
    program.body.forEach(visit);
  } while (counters.size < size);
  return counters;
}

/**
 * The scalars of a program whose arguments are in the local `argumentsLocal`.
 * The offset of an access is added without wrapping around, so a constant
 * becomes one only beside a term that cannot be negative; that the int32
 * cells in addresses are not negative is assumed.
 */
export function scalarCode(program: LaneProgram, code: CodeWriter, argumentsLocal: Local): ScalarCode {
  const counters = program.counters.map(() => code.local("i32"));
  const nonNegative = nonNegativeCounters(program);

  const split = (address: Scalar): {readonly base: Scalar; readonly offset: number} => {
    const terms = termsOf(address);
    const offset = terms.reduce((total, term) => (term.op === "constant" ? total + term.value : total), 0);
    const others = terms.filter(({op}) => op !== "constant");
    const folds = offset >= 0 && offset < 2 ** 31 && others.every((term) => isNonNegative(term, nonNegative));
    return folds ? {base: sum(...others), offset} : {base: address, offset: 0};
  };
  const push = (scalar: Scalar): void => {
    switch (scalar.op) {
      case "constant":
        return code.constant(scalar.value);
      case "arguments":
        return code.get(argumentsLocal);
      case "counter":
        return code.get(counters[scalar.counter.number]);
      case "load32": {
        const {base, offset} = split(scalar.address);
        push(base);
        return code.access("i32.load", offset);
      }
      default:
        push(scalar.a);
        push(scalar.b);
        return code.plain(instructions[scalar.op]);
    }
  };
  return {push, split, counter: ({number}) => counters[number]};
}
