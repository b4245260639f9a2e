import {findRoot, localMinima, lowestMinimum} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import type {ToyRun} from "./toy-runs.ts";
import {toyCellName, toyCells} from "./toy-shapes.ts";
import type {ToyCell} from "./toy-shapes.ts";
import {toyOf} from "./toys.ts";

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
const reach = 40;

type ContourCell = ToyCell & Pick<ToyParameters, "startWidth">;

/**
 * Level lines of the objective of two weights, and of it smoothed, closed since both are convex. A cell is one step size,
 * or 0 for the objective itself.
 */
export const planeContours = /* @__PURE__ */ defineExperiment({
  cells: (parameters: ToyParameters) => {
    const plane = toyCells(parameters).filter(({toy: {name}}) => name === "plane");
    return [{...plane[0]!, stepSize: 0}, ...plane].map((cell) => ({name: toyCellName(cell), reads: {...cell, startWidth: parameters.startWidth}}));
  },

  run({toy, stepSize, startWidth}: ContourCell): readonly PlaneContour[] {
    const [first, second] = toyOf(toy).weights;
    const curvature = second!.objective.curvature(0);
    const objective = first!.smoothed(stepSize * first!.noise);
    const {minimiser, value} = lowestMinimum(localMinima(objective, -2 * startWidth, 2 * startWidth));
    return levels.flatMap((level) => {
      const above = (w: number) => objective.value(w) - value - level;
      const [left, right] = [findRoot(above, minimiser - reach, minimiser), findRoot(above, minimiser, minimiser + reach)];
      return Array.from({length: points + 1}, (_, order): PlaneContour => {
        const turn = (2 * Math.PI * order) / points;
        const at = (left + right) / 2 - ((right - left) / 2) * Math.cos(turn);
        return {stepSize, level, order, first: at, second: Math.sign(Math.sin(turn)) * Math.sqrt((2 * Math.max(0, -above(at))) / curvature)};
      });
    });
  }
});

/** End points of the first runs in the plane. */
export function planeEnds(runs: readonly ToyRun[], {plane: {pictured}}: Pick<ToyParameters, "plane">): readonly PlaneEnd[] {
  return runs
    .filter(({objective, run}) => objective === "plane" && run < pictured)
    .flatMap(({stepSize, run, last, lastSecond, average, averageSecond}): PlaneEnd[] => [
      {stepSize, kind: "last iterate", run, first: last, second: lastSecond!},
      {stepSize, kind: "average", run, first: average, second: averageSecond!}
    ]);
}
