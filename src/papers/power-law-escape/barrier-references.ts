import {oneDimensionalFirstPassage} from "../../numerics/index.ts";
import {doubleWell} from "./log-loss-predictions.ts";

/**
 * The exact mean time t from the minimum −1 to the minimum +1 of the double
 * well under dθ = −L′ dt + √(2 T L) dW, by the double integral over its scale
 * and speed densities; log s = log L / T.
 */
export function barrierPassageTime(lossRatio: number, temperature: number): number {
  const well = doubleWell(lossRatio);
  const {meanTimes} = oneDimensionalFirstPassage({
    drift: (x) => -well.gradient(x),
    variance: (x) => 2 * temperature * well.loss(x),
    start: -1,
    targets: [1],
    logScaleDensity: (x) => Math.log(well.loss(x)) / temperature
  });
  return meanTimes[0]!;
}

/** d log(mean time) / d log(loss ratio) between two loss ratios. */
export function barrierSlope(lower: number, upper: number, temperature: number): number {
  return Math.log(barrierPassageTime(upper, temperature) / barrierPassageTime(lower, temperature)) / Math.log(upper / lower);
}
