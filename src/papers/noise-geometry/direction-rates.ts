import {bootstrapSlope, mean} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {DirectionParameters} from "./direction-parameters.ts";
import type {DirectionDraw} from "./directional-draws.ts";

/** An end of the range of g over directions, and the value that it comes to for many samples. */
export type DirectionEnd = "least" | "greatest";
export const directionLimits: Readonly<Record<DirectionEnd, number>> = {least: 1, greatest: 2};

/** How fast one end comes to its limit. */
export interface DirectionRate {
  readonly end: DirectionEnd;
  /** Slope of log mean |limit − end| on log n, with its standard error and 95 % interval. */
  readonly slope: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

/** The least number of sizes that a slope is fitted to. */
export const leastSizes = 4;

interface RateCell {
  readonly end: DirectionEnd;
}

const nameOf = ({end}: RateCell): string => `rate of the ${end} alignment`;

/**
 * E1.2: slopes over the sizes from n/d = `fitFrom` on, by a bootstrap over the draws of each; no row where there are fewer
 * than four sizes. A cell is one end of the range, and reads the draws of those sizes alone.
 */
export const directionRates = /* @__PURE__ */ defineExperiment({
  cells: ({ratios, fitFrom}: DirectionParameters) =>
    (Object.keys(directionLimits) as DirectionEnd[]).map((end) => ({name: nameOf({end}), reads: {end}, rows: [{samplesPerDimension: ratios.filter((ratio) => ratio >= fitFrom)}]})),

  run(cell: RateCell, {stream}, [draws]: readonly [readonly DirectionDraw[]]): readonly DirectionRate[] {
    const {end} = cell;
    const sizes = [...new Set(draws.map(({samplesPerDimension}) => samplesPerDimension))];
    if (sizes.length < leastSizes) return [];
    const groups = sizes.map((size) => draws.filter(({samplesPerDimension}) => samplesPerDimension === size)).map((units) => ({x: Math.log(units[0]!.samples), units}));
    const {estimate, interval, standardError} = bootstrapSlope({
      groups,
      statistic: (units) => Math.log(mean(units.map((draw) => Math.abs(directionLimits[end] - draw[end])))),
      random: stream("verdicts", 0).generator(nameOf(cell))
    });
    return [{end, slope: estimate, standardError, low: interval.low, high: interval.high}];
  }
});
