import {weightedHistogram} from "../../statistics/index.ts";
import {pictureEdges} from "./toy-densities.ts";
import type {ToyDensity} from "./toy-densities.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import type {ToyRun} from "./toy-runs.ts";
import type {ToyName} from "./toy-shapes.ts";

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

const over = (values: readonly number[], largest: number): readonly number[] => values.map((value) => (largest > 0 ? value / largest : 0));

/** The pictures of E3.1 in one dimension: where runs end, beside the exact law, on its points. */
export function toyLandscapes(runs: readonly ToyRun[], densities: readonly ToyDensity[], parameters: Pick<ToyParameters, "startWidth">): readonly ToyLandscape[] {
  const edges = pictureEdges(parameters);
  const bins = edges.length - 1;
  return Array.from({length: densities.length / bins}, (_, cell) => densities.slice(cell * bins, (cell + 1) * bins)).flatMap((points) => {
    const {objective, stepSize, largest} = points[0]!;
    const own = runs.filter((run) => run.objective === objective && run.stepSize === stepSize);
    const histogram = (of: "last" | "average") => [...weightedHistogram({values: own.map((run) => run[of]), edges}).densities];
    const averages = histogram("average");
    const [last, average] = [over(histogram("last"), largest), over(averages, Math.max(...averages))];
    return points.map(({position, value, smoothed, stationary}, i): ToyLandscape => ({objective, stepSize, position, value, smoothed, last: last[i]!, average: average[i]!, stationary}));
  });
}
