import {bodyOf, reachable} from "./dynamics.ts";
import {sizeOf} from "./value.ts";
import type {Value} from "./value.ts";

/** Vectors longer than this are computed in loops over memory, shorter ones coordinate by coordinate in registers. */
export const longestUnrolled = 12;

/** Whether a value is computed in a loop over its coordinates. */
export const isLooped = ({shape}: Value): boolean => sizeOf(shape) > longestUnrolled;

/** What is evaluated together: a start, a step, observables, or the body of a repeatSum. */
export interface Region {
  readonly kind: "start" | "step" | "observables" | "body";
  /** In the order of tracing; without what is inside a repeatSum. */
  readonly values: readonly Value[];
}

function withoutBodies(values: readonly Value[]): readonly Value[] {
  const inner = new Set(values.filter(({operation}) => operation.op === "repeatSum").flatMap((repeat) => [...bodyOf(repeat)]));
  return values.filter((value) => !inner.has(value));
}

/** The region of the values that `roots` are computed from. */
export const regionOf = (kind: Region["kind"], roots: Iterable<Value>): Region => ({kind, values: withoutBodies(reachable(roots))});

/** The region inside a repeatSum. */
export const bodyRegion = (repeat: Value): Region => ({kind: "body", values: withoutBodies([...bodyOf(repeat)].sort((a, b) => a.number - b.number))});

/** What a value reads from outside of itself: its operands, and for a repeatSum what its body takes from around it. */
export function inputsOf(value: Value): readonly Value[] {
  if (value.operation.op !== "repeatSum") return value.operands;
  const inner = bodyOf(value);
  const inputs = new Set([...inner].flatMap(({operands}) => operands).filter((operand) => !inner.has(operand)));
  const [result] = value.operands;
  if (!inner.has(result!)) inputs.add(result!);
  return [...inputs];
}

/** Whether evaluating a value advances the generator. */
export function draws(value: Value): boolean {
  const {op} = value.operation;
  return op === "normal" || op === "uniform" || op === "drawRow" || (op === "repeatSum" && bodyRegion(value).values.some(draws));
}

/**
 * Where the last coordinate of an odd number of normals comes from. Normals
 * are made in pairs; a draw of n takes ⌊n/2⌋ whole pairs and, for odd n, a
 * single one: the first of a fresh pair, or the second that an earlier single
 * draw left.
 */
export type SingleNormal = "fresh" | "kept" | "alternating";

/**
 * The source of each single normal of a region. Singles pair up in the order
 * of tracing. In a step with an odd number of them the first is alternating:
 * fresh in even steps, and in odd ones what the step before left; elsewhere
 * what the last one leaves is dropped.
 */
export function singleNormals({kind, values}: Region): ReadonlyMap<Value, SingleNormal> {
  const singles = values.filter(({operation, shape}) => operation.op === "normal" && sizeOf(shape) % 2 === 1);
  const alternates = kind === "step" && singles.length % 2 === 1;
  return new Map(singles.map((value, i) => [value, alternates && i === 0 ? "alternating" : (i - (alternates ? 1 : 0)) % 2 === 0 ? "fresh" : "kept"]));
}
