import {noisyDescent, uniformEdges} from "../../numerics/index.ts";
import {weightedHistogram} from "../../statistics/index.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import type {ToyRun} from "./toy-runs.ts";
import {toysOf} from "./toys.ts";
import type {ToyName} from "./toys.ts";

/** One point of an objective of one weight at one step size: the landscape and where runs end. */
export interface ToyLandscape {
  readonly objective: ToyName;
  readonly stepSize: number;
  readonly position: number;
  /** f, above its least value on the points. */
  readonly value: number;
  /** F, above the same value. */
  readonly smoothed: number;
  /** Density of last iterates, over the largest of the exact stationary law. */
  readonly last: number;
  /** Density of averages, over its largest value here. */
  readonly average: number;
  /** Exact stationary density, over its largest value. */
  readonly stationary: number;
}

const bins = 105;
const view = 1.2;
const over = (values: readonly number[], largest: number): readonly number[] => values.map((value) => (largest > 0 ? value / largest : 0));

/** The pictures of E3.1 in one dimension, over 1.2 times the interval of the starts. */
export function toyLandscapes(runs: readonly ToyRun[], parameters: ToyParameters): readonly ToyLandscape[] {
  const {startWidth} = parameters;
  const edges = uniformEdges(bins, -view * startWidth, view * startWidth);
  const positions = Array.from({length: bins}, (_, i) => (edges[i]! + edges[i + 1]!) / 2);
  return toysOf(parameters)
    .filter(({name}) => name !== "parabola" && name !== "plane")
    .flatMap(({name, weights: [weight], stepSizes}) => {
      const {objective, smoothed: smoothedBy, noise} = weight!;
      const values = positions.map(objective.value);
      const least = Math.min(...values);
      return stepSizes.flatMap((stepSize) => {
        const own = runs.filter((run) => run.objective === name && run.stepSize === stepSize);
        const histogram = (of: "last" | "average") => [...weightedHistogram({values: own.map((run) => run[of]), edges}).densities];
        const law = noisyDescent({objective, stepSize, noise, around: [-startWidth, startWidth]});
        const cellWidth = law.edges[1]! - law.edges[0]!;
        const densities = positions.map((position) => {
          const place = (position - law.midpoints[0]!) / cellWidth;
          const cell = Math.floor(place);
          const [left, right] = [law.masses[cell] ?? 0, law.masses[cell + 1] ?? 0];
          return (left + (place - cell) * (right - left)) / cellWidth;
        });
        const largest = law.masses.reduce((most, mass) => Math.max(most, mass), 0) / cellWidth;
        const averages = histogram("average");
        const [last, average, stationary] = [over(histogram("last"), largest), over(averages, Math.max(...averages)), over(densities, largest)];
        const smoothed = smoothedBy(stepSize * noise);
        return positions.map((position, i): ToyLandscape => ({objective: name, stepSize, position, value: values[i]! - least, smoothed: smoothed.value(position) - least, last: last[i]!, average: average[i]!, stationary: stationary[i]!}));
      });
    });
}
