import {mul} from "../../kernels/index.ts";
import {mulPoints, sumOf} from "./point.ts";
import type {Point} from "./point.ts";
import type {SchemeStep} from "./scheme.ts";

/** σ(X, t) √Δ ξ at the beginning of a step, with fresh standard normals ξ. `check` is given every coefficient that is no constant matrix. */
export function noiseIncrement({state, time, noise, rootTimeStep, normals, normalsFor}: SchemeStep, check: (coefficient: Point) => void = () => {}): Point {
  if (noise.kind === "constant") return noise.increment();
  if (noise.kind === "diagonal") {
    const coefficient = noise.coefficient(state, time);
    check(coefficient);
    return sumOf([rootTimeStep, mulPoints(coefficient, normalsFor(coefficient))]);
  }
  const columns = noise.columns(state, time);
  columns.forEach(check);
  const increments = normals(columns.length).map((xi) => mul(rootTimeStep, xi));
  return sumOf(...columns.map((column, j) => [increments[j]!, column] as const));
}
