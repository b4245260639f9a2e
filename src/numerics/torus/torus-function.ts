import { requireFinite, requireIntegerAtLeast } from "../argument-checks.ts";
import { axisMatrix, axisProduct } from "./axis-product.ts";
import { trigonometricInterpolation } from "./trigonometric-interpolation.ts";

/** A function of m points on the circle by its values on N nodes 2πj/N each, row-major. */
export interface TorusFunction {
  readonly points: number;
  readonly size: number;
  readonly values: Float64Array;
}

/** Calls `visit` with every index of a tensor with `size` entries on each of `points` axes, and the place of its entry. */
export function forEachNode(points: number, size: number, visit: (index: readonly number[], place: number) => void): void {
  const index = new Array<number>(points).fill(0);
  for (let place = 0; place < size ** points; place += 1) {
    visit(index, place);
    for (let axis = points - 1; axis >= 0 && ++index[axis] === size; axis -= 1) index[axis] = 0;
  }
}

/** Tabulates a function of m points. @throws RangeError for no points, a dimension above 4, or a value that is not finite. */
export function torusFunction(statistic: (z: readonly number[]) => number, points: number, size: number): TorusFunction {
  requireIntegerAtLeast("points", points, 1);
  if (points > 4) throw new RangeError(`points: expected at most 4 of them on a grid, found ${points}`);
  const values = new Float64Array(size ** points);
  forEachNode(points, size, (index, place) => {
    const z = index.map((j) => (2 * Math.PI * j) / size);
    values[place] = requireFinite(() => `statistic(${z.join(", ")})`, statistic(z));
  });
  return { points, size, values };
}

/** The trigonometric interpolant of a function, on `refinement` times as many nodes. */
export function refinedTorus({ points, size, values }: TorusFunction, refinement: number): TorusFunction {
  const fine = size * requireIntegerAtLeast("refinement", refinement, 1);
  const matrix = axisMatrix(trigonometricInterpolation(size, Float64Array.from({ length: fine }, (_, j) => (2 * Math.PI * j) / fine)), size);
  const shape = new Array<number>(points).fill(size);
  let tensor = values;
  for (let axis = 0; axis < points; axis += 1) {
    tensor = axisProduct(matrix, tensor, shape, axis);
    shape[axis] = fine;
  }
  return { points, size: fine, values: tensor };
}

/** The same function on every second node. @throws RangeError for an odd number of nodes. */
export function halvedTorus({ points, size, values }: TorusFunction): TorusFunction {
  if (size % 2 !== 0) throw new RangeError(`size: expected an even number of nodes, found ${size}`);
  const half = size / 2;
  const kept = new Float64Array(half ** points);
  forEachNode(points, half, (index, place) => {
    kept[place] = values[index.reduce((at, j) => at * size + 2 * j, 0)];
  });
  return { points, size: half, values: kept };
}

/** The difference of two functions on the same nodes. @throws RangeError for different nodes. */
export function torusDifference(first: TorusFunction, second: TorusFunction): TorusFunction {
  if (first.points !== second.points || first.size !== second.size) throw new RangeError(`torusDifference: expected functions on the same nodes, found ${first.size}^${first.points} and ${second.size}^${second.points}`);
  return { ...first, values: first.values.map((value, place) => value - second.values[place]) };
}

/** The greatest absolute value over all nodes; NaN if one is. */
export function torusSupremum({ values }: TorusFunction): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
