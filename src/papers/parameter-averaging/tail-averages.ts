import {defineExperiment} from "../experiment.ts";
import {averageStarts} from "./average-starts.ts";
import type {AverageName} from "./average-starts.ts";
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

type TailCell = Omit<TailAverageParameters, "horizons"> & {readonly steps: number};

/**
 * E3.3: the excess risk of the last iterate and of averages of SGD on streaming linear regression after T steps, exactly,
 * as the sum of what the start contributes without label noise and what label noise contributes from the minimum; both
 * carry the noise of the inputs. A cell is one T.
 *
 * @throws {RangeError} for a step size at which SGD is unstable in mean square
 */
export const tailAverages = /* @__PURE__ */ defineExperiment({
  cells: ({horizons, ...shared}: TailAverageParameters) => horizons.map((steps) => ({name: `${steps} steps`, reads: {...shared, steps}})),

  run({curvatures, stepSize, labelNoise, steps}: TailCell): readonly TailAverageRow[] {
    const risks = (burnIn: number) => {
      const of = (start: number, noiseVariance: number) => averageRisk({curvatures, stepSize, noiseVariance, start: curvatures.map(() => start)}, steps, burnIn);
      return {transient: of(1, 0), noise: of(0, labelNoise ** 2)};
    };
    const averaged = Object.entries(averageStarts).map(([method, start]): TailAverageRow => {
      const {transient, noise} = risks(Math.floor(start * steps));
      return {method: method as AverageName, start, steps, transient: transient.average, noise: noise.average};
    });
    const {transient, noise} = risks(0);
    return [...averaged, {method: "last iterate", start: null, steps, transient: transient.last, noise: noise.last}];
  }
});
