import {findRoot, localMinima, lowestMinimum} from "../../numerics/index.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import type {ToyRun} from "./toy-runs.ts";
import {toysOf} from "./toys.ts";

/** A point of a level line of the objective of two weights, or of it smoothed at one step size. */
export interface PlaneContour {
  /** The step size; 0 for the objective itself. */
  readonly stepSize: number;
  /** Height above the least value. */
  readonly level: number;
  readonly order: number;
  readonly first: number;
  readonly second: number;
}

/** Where one run in the plane ends. */
export interface PlaneEnd {
  readonly stepSize: number;
  readonly kind: "last iterate" | "average";
  readonly run: number;
  readonly first: number;
  readonly second: number;
}

const levels = [0.05, 0.2, 0.5, 1] as const;
const points = 72;

/** Level lines of the objective of two weights, and of it smoothed, closed since both are convex. */
export function planeContours(parameters: ToyParameters): readonly PlaneContour[] {
  const {weights, stepSizes} = toysOf(parameters).find(({name}) => name === "plane")!;
  const {curvature} = parameters.plane;
  const [first] = weights;
  const reach = 40;
  return [0, ...stepSizes].flatMap((stepSize) => {
    const objective = first!.smoothed(stepSize * first!.noise);
    const {minimiser, value} = lowestMinimum(localMinima(objective, -2 * parameters.startWidth, 2 * parameters.startWidth));
    return levels.flatMap((level) => {
      const above = (w: number) => objective.value(w) - value - level;
      const [left, right] = [findRoot(above, minimiser - reach, minimiser), findRoot(above, minimiser, minimiser + reach)];
      return Array.from({length: points + 1}, (_, order): PlaneContour => {
        const turn = (2 * Math.PI * order) / points;
        const at = (left + right) / 2 - ((right - left) / 2) * Math.cos(turn);
        return {stepSize, level, order, first: at, second: Math.sign(Math.sin(turn)) * Math.sqrt((2 * Math.max(0, -above(at))) / curvature)};
      });
    });
  });
}

/** End points of the first runs in the plane. */
export function planeEnds(runs: readonly ToyRun[], {plane: {pictured}}: ToyParameters): readonly PlaneEnd[] {
  return runs
    .filter(({objective, run}) => objective === "plane" && run < pictured)
    .flatMap(({stepSize, run, last, lastSecond, average, averageSecond}): PlaneEnd[] => [
      {stepSize, kind: "last iterate", run, first: last, second: lastSecond!},
      {stepSize, kind: "average", run, first: average, second: averageSecond!}
    ]);
}
