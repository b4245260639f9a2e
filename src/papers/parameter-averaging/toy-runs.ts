import {localMinima, lowestMinimum, symmetricSquareRoot} from "../../numerics/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {noisyGradientDescent} from "./noisy-gradient-descent.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import {burnInSteps} from "./toy-references.ts";
import {toysOf} from "./toys.ts";
import type {ToyName} from "./toys.ts";

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
}

/**
 * E3.1: runs of SGD with additive Gaussian noise on every objective and step size, in float64, from uniform starts: the
 * last iterate and the averages of the last T iterates, measured from v*, the lowest minimum of the smoothed objective.
 * @throws RangeError for a run that diverged, naming objective and step size.
 */
export async function toyRuns(parameters: ToyParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly ToyRun[]> {
  const {runs, averagedSteps, startWidth} = parameters;
  const cells = toysOf(parameters).flatMap((toy) => toy.stepSizes.map((stepSize) => ({toy, stepSize})));
  const rows: ToyRun[] = [];
  for (const [done, {toy, stepSize}] of cells.entries()) {
    const {name, weights, covariance, gradient} = toy;
    const dimension = weights.length;
    const reach = 2 * startWidth;
    const minimiser = weights.map(({smoothed, noise}) => lowestMinimum(localMinima(smoothed(stepSize * noise), -reach, reach)).minimiser);
    const burnIn = burnInSteps(parameters, stepSize);
    const {state, divergedAt} = await ensembles.simulate(noisyGradientDescent(`SGD on the ${name}`, dimension, gradient), {
      parameters: {stepSize, noiseFactor: symmetricSquareRoot(covariance).flat(), minimiser, averagedFrom: burnIn + 1, startWidth},
      key: stream(`toy ${name} step ${stepSize}`, 0).ensembleKey(),
      replicas: runs,
      steps: burnIn + averagedSteps,
      precision: "float64"
    });
    const diverged = divergedAt.findIndex((step) => step > 0);
    if (diverged >= 0) throw new RangeError(`${name}: expected step sizes at which all runs stay finite, found ${stepSize}, at which run ${diverged} diverged after ${divergedAt[diverged]} steps`);
    const distance = (points: ArrayLike<number>, run: number) => Math.hypot(...minimiser.map((at, i) => points[run * dimension + i]! - at));
    for (let run = 0; run < runs; run++) {
      const second = (points: ArrayLike<number>) => (dimension > 1 ? points[run * dimension + 1]! : null);
      rows.push({
        objective: name,
        stepSize,
        run,
        last: state.weights![run * dimension]!,
        average: state.weightsAverage![run * dimension]!,
        lastSecond: second(state.weights!),
        averageSecond: second(state.weightsAverage!),
        lastDistance: distance(state.weights!, run),
        averageDistance: distance(state.weightsAverage!, run),
        aheadDistance: distance(state.aheadAverage!, run),
        squaredDistance: state.squaredDistanceAverage![run]!
      });
    }
    progress(done + 1, cells.length);
  }
  return rows;
}
