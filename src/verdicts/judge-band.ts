import type {Finding} from "./verdict.ts";

/** An estimate with its 95 % interval, held against a band that a claim predicts it in. */
export interface BandMeasurement {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly used: number;
  readonly total: number;
}

/** A predicted band, and how far beyond its ends, relative to them, an estimate counts as in it or as near it. */
export interface PredictedBand {
  readonly lower: number;
  readonly upper: number;
  readonly equivalent: number;
  readonly tolerated: number;
}

/**
 * Judges the claim that a positive quantity lies in a band by its 95 % interval: wholly inside the band widened by
 * `equivalent`, reproduced; wholly outside the band but inside it widened by `tolerated`, approximate; wholly outside
 * that, not reproduced; else inconclusive. The finding predicts the end of the band next to an estimate outside, to
 * which its discrepancy is relative, and no single number where the estimate lies inside a band of some width.
 * @throws RangeError for a band that is not 0 < lower <= upper, or an interval whose ends are not in order.
 */
export function judgeBand({estimate, low, high, used, total}: BandMeasurement, {lower, upper, equivalent, tolerated}: PredictedBand): Omit<Finding, "explanation"> {
  if (!(lower > 0 && lower <= upper && Number.isFinite(upper))) throw new RangeError(`band: expected 0 < lower <= upper, found [${lower}, ${upper}]`);
  if (!(low <= high)) throw new RangeError(`interval: expected low <= high, found [${low}, ${high}]`);
  const inside = (margin: number) => low >= lower * (1 - margin) && high <= upper * (1 + margin);
  const outside = (margin: number) => high < lower * (1 - margin) || low > upper * (1 + margin);
  const nearest = Math.min(Math.max(estimate, lower), upper);
  const isWithin = nearest === estimate && lower < upper;
  return {
    outcome: inside(equivalent) ? "reproduced" : outside(tolerated) ? "not reproduced" : outside(0) && inside(tolerated) ? "approximate" : "inconclusive",
    predicted: isWithin ? null : nearest,
    estimate,
    low,
    high,
    used,
    total,
    discrepancy: isWithin ? null : (estimate - nearest) / nearest,
    minimumDetectableEffect: null
  };
}
