import type {Finding} from "./verdict.ts";

/** An estimate with its 95 % interval, held against a bound on one side. */
export interface BoundedMeasurement {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly used: number;
  readonly total: number;
}

/**
 * Judges the claim that a quantity lies above (or below) a bound, by its 95 %
 * interval: wholly on the claimed side, reproduced; wholly on the other, not
 * reproduced; else inconclusive. The bound is what the finding reports as
 * predicted; an estimate on the claimed side has no discrepancy.
 * @throws RangeError for a bound that is not finite or an interval whose ends are not in order.
 */
export function judgeBound({estimate, low, high, used, total}: BoundedMeasurement, {side, bound}: {readonly side: "above" | "below"; readonly bound: number}): Omit<Finding, "explanation"> {
  if (!Number.isFinite(bound)) throw new RangeError(`bound: expected a finite number, found ${bound}`);
  if (!(low <= high)) throw new RangeError(`interval: expected low <= high, found [${low}, ${high}]`);
  const holds = side === "above" ? low >= bound : high <= bound;
  const fails = side === "above" ? high < bound : low > bound;
  return {
    outcome: holds ? "reproduced" : fails ? "not reproduced" : "inconclusive",
    predicted: bound,
    estimate,
    low,
    high,
    used,
    total,
    discrepancy: null,
    minimumDetectableEffect: null
  };
}
