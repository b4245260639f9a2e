import {draws, inputsOf, isLooped} from "./region.ts";
import type {Region} from "./region.ts";
import type {Value} from "./value.ts";

/**
 * When a value is computed. Level after level, first what has no loop over
 * coordinates, then one loop for each length of vectors.
 */
export interface Placement {
  readonly level: number;
  readonly inLoop: boolean;
}

const elementwise = new Set(["neg", "abs", "sqrt", "exp", "log", "sin", "cos", "tanh", "fill", "add", "sub", "mul", "div", "minimum", "maximum", "less", "lessEqual", "equal", "logicalAnd", "logicalOr", "logicalNot", "where", "normal", "uniform", "row"]);

/** The length of the loop that a value is computed in, undefined if in none. */
export function loopLength(value: Value): number | undefined {
  if (value.operation.op === "sum") return isLooped(value.operands[0]!) ? value.operands[0]!.shape[0] : undefined;
  return isLooped(value) && elementwise.has(value.operation.op) ? value.shape[0] : undefined;
}

/** The least level of `value`, given where its inputs are; inputs from outside the region are there before level 0. */
function readyLevel(value: Value, placements: ReadonlyMap<Value, Placement>): number {
  const length = loopLength(value);
  const levels = inputsOf(value).map((input) => {
    const placement = placements.get(input);
    if (placement === undefined) return 0;
    const sameLoop = placement.inLoop && length !== undefined && loopLength(input) === length && input.operation.op !== "sum";
    return placement.inLoop && !sameLoop ? placement.level + 1 : placement.level;
  });
  return Math.max(0, ...levels);
}

function place(values: readonly Value[], earliest: ReadonlyMap<Value, number>): ReadonlyMap<Value, Placement> {
  const placements = new Map<Value, Placement>();
  let next = {level: 0, afterLoop: false};
  for (const value of values) {
    const inLoop = loopLength(value) !== undefined;
    let level = Math.max(readyLevel(value, placements), earliest.get(value) ?? 0);
    if (draws(value)) {
      level = Math.max(level, next.afterLoop ? next.level + 1 : next.level);
      next = {level, afterLoop: inLoop};
    }
    placements.set(value, {level, inLoop});
  }
  return placements;
}

/**
 * Places the values of a region so that every value follows its inputs, draws
 * keep the order of tracing, no loop holds two draws, and a draw stands in the
 * loop that uses it where it can.
 */
export function schedule({values}: Region): ReadonlyMap<Value, Placement> {
  const inside = values.filter(({operation: {op}}) => op !== "state" && op !== "parameter" && op !== "constant" && op !== "step");
  const free = new Map<Value, Placement>();
  for (const value of inside) free.set(value, {level: readyLevel(value, free), inLoop: loopLength(value) !== undefined});
  const earliest = new Map<Value, number>();
  for (const draw of inside.filter((value) => draws(value) && value.operation.op !== "repeatSum")) {
    const users = inside.filter((value) => inputsOf(value).includes(draw));
    const wanted = users.map((user) => {
      const together = loopLength(draw) === undefined || loopLength(draw) === loopLength(user);
      return free.get(user)!.level - (together ? 0 : 1);
    });
    earliest.set(draw, wanted.length === 0 ? 0 : Math.max(0, Math.min(...wanted)));
  }
  return place(inside, earliest);
}
