import {gaussianWells, localMinima} from "../../numerics/index.ts";
import {binomialInterval, mean, normalQuantile, standardErrorOfMean} from "../../statistics/index.ts";
import type {ToyBlock} from "./toy-blocks.ts";
import type {ToyParameters} from "./toy-parameters.ts";
import type {ToyReference} from "./toy-references.ts";
import type {ToyRun} from "./toy-runs.ts";
import type {ToyName} from "./toy-shapes.ts";
import {wellsOf} from "./toys.ts";

/** Measured beside exact: one objective at one step size. */
export interface ToyDistance {
  readonly objective: ToyName;
  readonly stepSize: number;
  readonly runs: number;
  /** √ of the mean squared distance from v* of last iterates, with its 95 % interval. */
  readonly last: number;
  readonly lastLow: number;
  readonly lastHigh: number;
  /** The same of averages. */
  readonly average: number;
  readonly averageLow: number;
  readonly averageHigh: number;
  /** Exactly: SGD's distance, and those of a finite average and of the limit of long ones. */
  readonly exactLast: number;
  readonly exactAverage: number | null;
  readonly exactBias: number;
  /** Mean of the averages, first weight, with its standard error, and exactly. */
  readonly mean: number;
  readonly meanError: number;
  readonly exactMean: number | null;
  /** Variance of the averages, first weight, with the standard error of its logarithm, and exactly. */
  readonly variance: number;
  readonly varianceLogError: number;
  readonly exactVariance: number | null;
  /** Mean over runs of the mean |v − v*|² along each, with its 95 % interval. */
  readonly squaredDistance: number;
  readonly squaredLow: number;
  readonly squaredHigh: number;
  /** ηS²/(2ℓ) and ηS²/(2c); the latter null where c is not positive. */
  readonly lowerBound: number;
  readonly upperBound: number | null;
  /** M D∞/(2μ) */
  readonly biasBound: number;
  /** Over all runs, the most by which |v̄ − v*| exceeds M/(2μ) times the run's own mean |v − v*|², in units of S/(μ√T). */
  readonly worstExcess: number;
  /** Mean F − F(v*) of last iterates and averages. */
  readonly lastExcess: number;
  readonly averageExcess: number;
  /** Runs that end in the basin that is to be selected, by last iterate and by average. */
  readonly lastSelected: number;
  readonly averageSelected: number;
  /** Share of selected averages, with its 95 % interval. */
  readonly share: number;
  readonly shareLow: number;
  readonly shareHigh: number;
}

const width = normalQuantile(0.975);

/** √ of a mean of squares with its 95 % interval, from that of the mean. */
function rootMeanSquare(distances: readonly number[]): readonly [number, number, number] {
  const squares = distances.map((distance) => distance ** 2);
  const [centre, error] = [mean(squares), standardErrorOfMean(squares)];
  return [Math.sqrt(centre), Math.sqrt(Math.max(0, centre - width * error)), Math.sqrt(centre + width * error)];
}

function varianceOf(values: readonly number[]): readonly [number, number] {
  const centre = mean(values);
  const squares = values.map((value) => (value - centre) ** 2);
  const variance = mean(squares);
  return [variance, standardErrorOfMean(squares) / variance];
}

/**
 * The basin that averages should select: that of v* in F; but for the two wells that of the flat one in f, since there
 * the question is when F, and when the averages, move to it.
 */
function targetBasin({objective, basinLower, basinUpper}: ToyReference, {twoWells, startWidth}: Pick<ToyParameters, "twoWells" | "startWidth">): readonly [number, number] {
  if (objective !== "two wells") return [basinLower, basinUpper];
  const wells = wellsOf(twoWells);
  const [, flat] = wells;
  const reach = 2 * startWidth;
  const basins = localMinima(gaussianWells({curvature: twoWells.curvature, wells}), -reach, reach);
  const nearest = basins.reduce((best, basin) => (Math.abs(basin.minimiser - flat!.position) < Math.abs(best.minimiser - flat!.position) ? basin : best));
  return [nearest.lower === -reach ? -Infinity : nearest.lower, nearest.upper === reach ? Infinity : nearest.upper];
}

/** E3.1: distances from v*, bounds, values and selection, measured and exact. */
export function toyDistances(runs: readonly ToyRun[], blocks: readonly ToyBlock[], references: readonly ToyReference[], parameters: Pick<ToyParameters, "twoWells" | "startWidth" | "averagedSteps">): readonly ToyDistance[] {
  return references.map((reference): ToyDistance => {
    const {objective, stepSize, curvature, remainder, meanSquareStep, leastConvexity, greatestConvexity} = reference;
    const own = runs.filter((run) => run.objective === objective && run.stepSize === stepSize);
    const ownBlocks = blocks.filter((block) => block.objective === objective && block.stepSize === stepSize);
    const [last, lastLow, lastHigh] = rootMeanSquare(own.map(({lastDistance}) => lastDistance));
    const [average, averageLow, averageHigh] = rootMeanSquare(own.map(({averageDistance}) => averageDistance));
    const averages = own.map((run) => run.average);
    const [variance, varianceLogError] = varianceOf(averages);
    const squares = own.map(({squaredDistance}) => squaredDistance);
    const squaredError = standardErrorOfMean(squares);
    const allowance = Math.sqrt(meanSquareStep / parameters.averagedSteps) / curvature;
    const [lower, upper] = targetBasin(reference, parameters);
    const selected = (value: (run: ToyRun) => number) => own.filter((run) => value(run) > lower && value(run) < upper).length;
    const averageSelected = selected((run) => run.average);
    const interval = binomialInterval(averageSelected, own.length);
    return {
      objective,
      stepSize,
      runs: own.length,
      last,
      lastLow,
      lastHigh,
      average,
      averageLow,
      averageHigh,
      exactLast: reference.distance,
      exactAverage: reference.averageSquare === null ? null : Math.sqrt(reference.averageSquare),
      exactBias: reference.bias,
      mean: mean(averages),
      meanError: standardErrorOfMean(averages),
      exactMean: reference.averageMean,
      variance,
      varianceLogError,
      exactVariance: reference.averageVariance,
      squaredDistance: mean(squares),
      squaredLow: mean(squares) - width * squaredError,
      squaredHigh: mean(squares) + width * squaredError,
      lowerBound: (stepSize * meanSquareStep) / (2 * greatestConvexity),
      upperBound: leastConvexity > 0 ? (stepSize * meanSquareStep) / (2 * leastConvexity) : null,
      biasBound: (remainder / (2 * curvature)) * reference.squaredDistance,
      worstExcess: Math.max(...own.map(({aheadDistance, squaredDistance}) => (aheadDistance - (remainder / (2 * curvature)) * squaredDistance) / allowance)),
      lastExcess: mean(ownBlocks.map(({lastExcess}) => lastExcess)),
      averageExcess: mean(ownBlocks.map(({averageExcess}) => averageExcess)),
      lastSelected: selected((run) => run.last),
      averageSelected,
      share: averageSelected / own.length,
      shareLow: interval.low,
      shareHigh: interval.high
    };
  });
}
