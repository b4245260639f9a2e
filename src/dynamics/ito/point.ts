import {add, isValue, mul} from "../../kernels/index.ts";
import type {Real, RealLike, StateShapes} from "../../kernels/index.ts";

/** Values of some variables of a state; the others count as 0. */
export type Point = Readonly<Record<string, RealLike>>;

/** Values of all variables. */
export type FullPoint = Readonly<Record<string, Real>>;

const shapeOf = (value: RealLike): readonly number[] => (isValue(value) ? value.shape : []);

/**
 * The point that a drift or a diffusion returned, without what is undefined.
 * @throws RangeError or ReferenceError for an unknown variable, a missing one
 * where all are expected, or a shape that is not the variable's.
 */
export function checkedPoint(where: string, state: StateShapes, written: Readonly<Record<string, RealLike | undefined>>, expected: "all" | "some"): Point {
  if (typeof written !== "object" || written === null) throw new TypeError(`${where}: expected an object with the state's variables, found ${String(written)}`);
  const names = Object.keys(state);
  const unknown = Object.keys(written).find((key) => !names.includes(key));
  if (unknown !== undefined) throw new ReferenceError(`${where}: expected only ${names.join(", ")}, found ${unknown}`);
  const missing = expected === "all" ? names.find((key) => written[key] === undefined) : undefined;
  if (missing !== undefined) throw new ReferenceError(`${where}: expected a value for ${missing}, found nothing`);
  const entries = Object.entries(written).filter((entry): entry is [string, RealLike] => entry[1] !== undefined);
  for (const [key, value] of entries) {
    const [shape, own] = [shapeOf(value), state[key]!];
    if (shape.length > 0 && (own.length === 0 || shape[0] !== own[0])) throw new RangeError(`${where}: ${key}: expected the shape [${own.join()}], found [${shape.join()}]`);
  }
  return Object.fromEntries(entries);
}

/** a·b, variable by variable, of those that both name. */
export function mulPoints(a: Point, b: Point): Point {
  return Object.fromEntries(Object.keys(a).flatMap((key) => (key in b ? [[key, mul(a[key]!, b[key]!)]] : [])));
}

/** f of every value. */
export function mapPoint(point: Point, f: (value: RealLike) => RealLike): Point {
  return Object.fromEntries(Object.entries(point).map(([key, value]) => [key, f(value)]));
}

/** Σ cₖ pₖ from the first term to the last, of the variables that any term names. */
export function sumOf(...terms: readonly (readonly [factor: RealLike, point: Point])[]): Point {
  const names = [...new Set(terms.flatMap(([, point]) => Object.keys(point)))];
  const total = (key: string) =>
    terms
      .filter(([, point]) => key in point)
      .map(([factor, point]) => (factor === 1 ? point[key]! : mul(factor, point[key]!)))
      .reduce((sum, term) => add(sum, term));
  return Object.fromEntries(names.map((key) => [key, total(key)]));
}

/** x + Σ cₖ pₖ. */
export function moved(x: FullPoint, ...terms: readonly (readonly [factor: RealLike, point: Point])[]): FullPoint {
  return sumOf([1, x], ...terms) as FullPoint;
}
