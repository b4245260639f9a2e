import {localMinima, lowestMinimum, symmetricSquareRoot} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {burnInSteps} from "./burn-in-steps.ts";
import {noisyGradientDescent} from "./noisy-gradient-descent.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import {toyCellName, toyCells} from "./toy-shapes.ts";
import type {ToyCell, ToyName} from "./toy-shapes.ts";
import {toyOf} from "./toys.ts";

/** The end of one run. */
export interface ToyRun {
  readonly objective: ToyName;
  readonly stepSize: number;
  readonly run: number;
  /** The last iterate, first weight. */
  readonly last: number;
  /** The average of the last T iterates, first weight. */
  readonly average: number;
  /** The second weight of both; null where there is one. */
  readonly lastSecond: number | null;
  readonly averageSecond: number | null;
  /** Distances of both from v*. */
  readonly lastDistance: number;
  readonly averageDistance: number;
  /** |v̄ − v*| of the averaged points before the noise. */
  readonly aheadDistance: number;
  /** Their mean |v − v*|². */
  readonly squaredDistance: number;
  /** F − F(v*) of the last iterate and of the average. */
  readonly lastExcess: number;
  readonly averageExcess: number;
}

type RunCell = ToyCell & Pick<ToyParameters, "averagedSteps" | "burnInTime" | "startWidth">;

/**
 * E3.1: runs of SGD with additive Gaussian noise on every objective and step size, in float64, from uniform starts: the
 * last iterate and the averages of the last T iterates, measured from v*, the lowest minimum of the smoothed objective.
 * A cell is one objective at one step size, a replica a run.
 * @throws RangeError for a run that diverged, naming objective and step size.
 */
export const toyRuns = /* @__PURE__ */ defineExperiment({
  cells: (parameters: ToyParameters) => {
    const {runs, averagedSteps, burnInTime, startWidth} = parameters;
    return toyCells(parameters).map((cell) => ({name: toyCellName(cell), reads: {...cell, averagedSteps, burnInTime, startWidth}, replicas: runs}));
  },

  async run(cell: RunCell, {stream, ensembles, progress, replicas}): Promise<readonly ToyRun[]> {
    const {toy: shape, stepSize, averagedSteps, startWidth} = cell;
    const {name, weights, covariance, gradient} = toyOf(shape);
    const dimension = weights.length;
    const reach = 2 * startWidth;
    const parts = weights.map(({smoothed: smoothedBy, noise}) => {
      const smoothed = smoothedBy(stepSize * noise);
      const {minimiser, value: least} = lowestMinimum(localMinima(smoothed, -reach, reach));
      return {smoothed, minimiser, least};
    });
    const minimiser = parts.map((part) => part.minimiser);
    const burnIn = burnInSteps(cell, stepSize);
    const {state, divergedAt} = await ensembles.simulate(
      noisyGradientDescent(`SGD on the ${name}`, dimension, gradient),
      {
        parameters: {stepSize, noiseFactor: symmetricSquareRoot(covariance).flat(), minimiser, averagedFrom: burnIn + 1, startWidth},
        key: stream(toyCellName(cell), 0).ensembleKey(),
        replicas,
        steps: burnIn + averagedSteps,
        precision: "float64"
      },
      {progress}
    );
    const diverged = divergedAt.findIndex((step) => step > 0);
    if (diverged >= 0) throw new RangeError(`${name}: expected step sizes at which all runs stay finite, found ${stepSize}, at which run ${replicas.first + diverged} diverged after ${divergedAt[diverged]} steps`);
    const {weights: last, weightsAverage: average, aheadAverage: ahead, squaredDistanceAverage: squares} = state as Record<string, Float64Array>;
    return Array.from({length: replicas.count}, (_, i): ToyRun => {
      const distance = (points: ArrayLike<number>) => Math.hypot(...minimiser.map((at, j) => points[i * dimension + j]! - at));
      const excess = (points: ArrayLike<number>) => parts.reduce((sum, {smoothed, least}, j) => sum + smoothed.value(points[i * dimension + j]!) - least, 0);
      const second = (points: ArrayLike<number>) => (dimension > 1 ? points[i * dimension + 1]! : null);
      return {
        objective: name,
        stepSize,
        run: replicas.first + i,
        last: last![i * dimension]!,
        average: average![i * dimension]!,
        lastSecond: second(last!),
        averageSecond: second(average!),
        lastDistance: distance(last!),
        averageDistance: distance(average!),
        aheadDistance: distance(ahead!),
        squaredDistance: squares![i]!,
        lastExcess: excess(last!),
        averageExcess: excess(average!)
      };
    });
  }
});
