import {isValue, reachable} from "../../kernels/index.ts";
import type {Value} from "../../kernels/index.ts";
import type {Point} from "./point.ts";

const mixing = new Set(["sum", "matVec", "element", "stack"]);
const readsState = (value: Value): boolean => reachable([value]).some(({operation}) => operation.op === "state");

/**
 * Checks that each coordinate of a diagonal σ depends on no other coordinate of
 * the state than its own, which the schemes that differentiate σ assume.
 * @throws RangeError that names the variable.
 */
export function requireSeparable(name: string, coefficient: Point): void {
  for (const [key, value] of Object.entries(coefficient)) {
    if (!isValue(value)) continue;
    const mixed = reachable([value]).some((part) => (part.operation.op === "state" && part.operation.name !== key) || (mixing.has(part.operation.op) && readsState(part)));
    if (mixed) throw new RangeError(`${name}: diffusion: ${key}: expected a diagonal coefficient whose coordinates depend on their own coordinate of ${key} only, found one that mixes them; give it as columns of kind "general"`);
  }
}

/**
 * Checks that σ depends neither on the state nor on time.
 * @throws RangeError that names the variable.
 */
export function requireAdditive(name: string, coefficient: Point): void {
  for (const [key, value] of Object.entries(coefficient)) {
    const found = isValue(value) ? reachable([value]).find(({operation: {op}}) => op === "state" || op === "step") : undefined;
    if (found !== undefined) throw new RangeError(`${name}: diffusion: ${key}: expected additive noise, found a coefficient that depends on ${found.operation.op === "step" ? "time" : "the state"}`);
  }
}
