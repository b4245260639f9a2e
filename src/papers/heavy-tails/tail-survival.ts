import {binomialInterval, studentLaw} from "../../statistics/index.ts";
import {drawsOf} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";

/** One point of the survival function P(‖X − m‖ ≥ r) of a sample. */
export interface SurvivalRow {
  readonly distance: number;
  readonly survival: number;
  /** Exact 95 % interval. */
  readonly low: number;
  readonly high: number;
}

const leastExceedances = 5;

/** About `count` points of a sample's survival function, evenly spaced in its logarithm, from 5 exceedances on. */
export function survivalOf(points: readonly TailPoint[], count: number): readonly SurvivalRow[] {
  const draws = drawsOf(points);
  const sorted = points.filter(({above}) => above >= leastExceedances).toSorted((a, b) => a.above - b.above);
  const ratio = (draws / leastExceedances) ** (1 / count);
  let next = 0;
  return sorted
    .filter(({above}) => {
      const isNext = above >= next;
      if (isNext) next = above * ratio;
      return isNext;
    })
    .map(({above, distance}) => {
      const {low, high} = binomialInterval(above, draws);
      return {distance, survival: above / draws, low, high};
    });
}

/** The share of draws at which a Student law is made to meet a sample. */
export const meetingSurvival = 0.05;

/**
 * P(|T| > r) of Student's law with `degreesOfFreedom` on the scale at which it meets the sample where 5 % of the draws
 * lie above: only the fall beyond is compared.
 */
export function studentSurvival(points: readonly TailPoint[], degreesOfFreedom: number): (distance: number) => number {
  const above = Math.round(drawsOf(points) * meetingSurvival);
  const meeting = points.reduce((best, point) => (Math.abs(point.above - above) < Math.abs(best.above - above) ? point : best));
  const standard = studentLaw({location: 0, scale: 1, degreesOfFreedom});
  const scale = meeting.distance / standard.quantile(1 - meeting.above / drawsOf(points) / 2);
  const law = studentLaw({location: 0, scale, degreesOfFreedom});
  return (distance) => 2 * law.survival(distance);
}
