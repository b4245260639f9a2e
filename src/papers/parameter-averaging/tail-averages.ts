import {averageStarts} from "./network-training.ts";
import type {AverageName} from "./network-training.ts";
import {averageRisk} from "./tail-average-moments.ts";
import type {TailAverageParameters} from "./tail-average-parameters.ts";

/** The excess risk of one average, by where it comes from. */
export interface TailAverageRow {
  readonly method: AverageName | "last iterate";
  /** Fraction of the steps after which the average starts; null for the last iterate. */
  readonly start: number | null;
  /** T */
  readonly steps: number;
  /** Excess risk without label noise, from a start at distance 1 along every coordinate: the transient, squared. */
  readonly transient: number;
  /** Excess risk from a start at the minimum, due to label noise. */
  readonly noise: number;
}

/**
 * E3.3: the excess risk of the last iterate and of averages of SGD on streaming linear regression after T steps, exactly,
 * as the sum of what the start contributes without label noise and what label noise contributes from the minimum; both
 * carry the noise of the inputs.
 *
 * @throws {RangeError} for a step size at which SGD is unstable in mean square
 */
export function tailAverages({curvatures, stepSize, labelNoise, horizons}: TailAverageParameters): readonly TailAverageRow[] {
  const risks = (steps: number, burnIn: number) => {
    const of = (start: number, noiseVariance: number) => averageRisk({curvatures, stepSize, noiseVariance, start: curvatures.map(() => start)}, steps, burnIn);
    return {transient: of(1, 0), noise: of(0, labelNoise ** 2)};
  };
  return horizons.flatMap((steps) => {
    const averaged = Object.entries(averageStarts).map(([method, start]): TailAverageRow => {
      const {transient, noise} = risks(steps, Math.floor(start * steps));
      return {method: method as AverageName, start, steps, transient: transient.average, noise: noise.average};
    });
    const {transient, noise} = risks(steps, 0);
    return [...averaged, {method: "last iterate", start: null, steps, transient: transient.last, noise: noise.last}];
  });
}
