import {noisyDescent, uniformEdges} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import {toyCellName, toyCells} from "./toy-shapes.ts";
import type {ToyCell, ToyName} from "./toy-shapes.ts";
import {toyOf} from "./toys.ts";

/** One point of an objective of one weight at one step size with the exact stationary density of SGD. */
export interface ToyDensity {
  readonly objective: ToyName;
  readonly stepSize: number;
  /** Middle of a bin. */
  readonly position: number;
  /** f, above its least value on the points. */
  readonly value: number;
  /** F, above the same value. */
  readonly smoothed: number;
  /** Exact stationary density, over its largest value. */
  readonly stationary: number;
  /** Its largest value, per unit of w. */
  readonly largest: number;
}

const bins = 105;
const view = 1.2;

/** The edges of the bins, over 1.2 times the interval of the starts. */
export const pictureEdges = ({startWidth}: Pick<ToyParameters, "startWidth">) => uniformEdges(bins, -view * startWidth, view * startWidth);

type DensityCell = ToyCell & Pick<ToyParameters, "startWidth">;

/** E3.1: objectives of one weight and the exact laws on them, but for the parabola. A cell is one objective at one step size. */
export const toyDensities = /* @__PURE__ */ defineExperiment({
  cells: (parameters: ToyParameters) =>
    toyCells(parameters)
      .filter(({toy: {name}}) => name !== "parabola" && name !== "plane")
      .map((cell) => ({name: toyCellName(cell), reads: {...cell, startWidth: parameters.startWidth}})),

  run({toy, stepSize, startWidth}: DensityCell): readonly ToyDensity[] {
    const {name, weights: [weight]} = toyOf(toy);
    const {objective, smoothed: smoothedBy, noise} = weight!;
    const edges = pictureEdges({startWidth});
    const positions = Array.from({length: bins}, (_, i) => (edges[i]! + edges[i + 1]!) / 2);
    const values = positions.map(objective.value);
    const least = Math.min(...values);
    const law = noisyDescent({objective, stepSize, noise, around: [-startWidth, startWidth]});
    const cellWidth = law.edges[1]! - law.edges[0]!;
    const largest = law.masses.reduce((most, mass) => Math.max(most, mass), 0) / cellWidth;
    const smoothed = smoothedBy(stepSize * noise);
    return positions.map((position, i): ToyDensity => {
      const place = (position - law.midpoints[0]!) / cellWidth;
      const cell = Math.floor(place);
      const [left, right] = [law.masses[cell] ?? 0, law.masses[cell + 1] ?? 0];
      const density = (left + (place - cell) * (right - left)) / cellWidth;
      return {objective: name, stepSize, position, value: values[i]! - least, smoothed: smoothed.value(position) - least, stationary: density / largest, largest};
    });
  }
});
