import {isValue, reachable} from "../../kernels/index.ts";
import type {RealLike, Value} from "../../kernels/index.ts";
import type {FullPoint, Point} from "./point.ts";

const mixing = new Set(["sum", "matVec", "element", "stack"]);

/** What `value` is computed by from any of the sources, themselves included. */
function pathsFrom(sources: readonly Value[], value: RealLike): ReadonlySet<Value> {
  const found = new Set<Value>();
  for (const part of isValue(value) ? reachable([value]) : []) if (sources.includes(part) || part.operands.some((operand) => found.has(operand))) found.add(part);
  return found;
}

/**
 * Checks that each coordinate of a diagonal σ depends on no other coordinate of
 * the state than its own, which the schemes that differentiate σ assume.
 * @throws RangeError that names the variable.
 */
export function requireSeparable(name: string, state: FullPoint, coefficient: Point): void {
  for (const [key, value] of Object.entries(coefficient)) {
    const own = state[key]!;
    const others = Object.values(state).filter((variable) => variable !== own);
    const mixed = pathsFrom(others, value).size > 0 || [...pathsFrom([own], value)].some((part) => part !== own && mixing.has(part.operation.op));
    if (mixed) throw new RangeError(`${name}: diffusion: ${key}: expected a diagonal coefficient whose coordinates depend on their own coordinate of ${key} only, found one that mixes them; give it as columns of kind "general"`);
  }
}

/**
 * Checks that σ depends neither on the state nor on time.
 * @throws RangeError that names the variable.
 */
export function requireAdditive(name: string, state: FullPoint, time: Value, coefficient: Point): void {
  for (const [key, value] of Object.entries(coefficient)) {
    const found = pathsFrom(Object.values(state), value).size > 0 ? "the state" : pathsFrom([time], value).size > 0 ? "time" : undefined;
    if (found !== undefined) throw new RangeError(`${name}: diffusion: ${key}: expected additive noise, found a coefficient that depends on ${found}`);
  }
}
