import type {Finding, Outcome} from "./verdict.ts";

/** An estimate to judge: its 95 % interval is [low, high]; equal ends mean that it is deterministic. */
export interface Measurement {
  readonly predicted: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly used: number;
  readonly total: number;
  readonly minimumDetectableEffect?: number;
}

/** How far an estimate may lie from its prediction, relative to the prediction. */
export interface Margins {
  /** Within this margin the claim counts as reproduced. */
  readonly equivalent: number;
  /** Within this one, as approximate. */
  readonly tolerated: number;
}

function outcomeOf(low: number, high: number, {equivalent, tolerated}: Margins): Outcome {
  if (low >= -equivalent && high <= equivalent) return "reproduced";
  const excludesZero = low > 0 || high < 0;
  if (excludesZero && low >= -tolerated && high <= tolerated) return "approximate";
  if (low > tolerated || high < -tolerated) return "not reproduced";
  return "inconclusive";
}

/**
 * Judges an estimate against a predicted value that is not 0, by its 95 %
 * interval relative to the prediction: inside ±`equivalent`, reproduced;
 * else, without 0 and inside ±`tolerated`, approximate; wholly outside
 * ±`tolerated`, not reproduced; else inconclusive, since the interval does not
 * decide.
 */
export function judgeValue(measurement: Measurement, margins: Margins): Pick<Finding, "outcome" | "predicted" | "estimate" | "low" | "high" | "used" | "total" | "discrepancy" | "minimumDetectableEffect"> {
  const {predicted, estimate, low, high, used, total, minimumDetectableEffect} = measurement;
  if (!Number.isFinite(predicted) || predicted === 0) throw new RangeError(`predicted: expected a finite number other than 0, found ${predicted}`);
  const scale = Math.abs(predicted);
  const relative = (value: number) => (value - predicted) / scale;
  return {
    outcome: outcomeOf(relative(low), relative(high), margins),
    predicted,
    estimate,
    low,
    high,
    used,
    total,
    discrepancy: relative(estimate),
    minimumDetectableEffect: minimumDetectableEffect === undefined ? null : minimumDetectableEffect / scale
  };
}

/** A finding that data could not decide, with the reason and what would. */
export function inconclusive(explanation: string, {used, total, predicted = null}: {readonly used: number; readonly total: number; readonly predicted?: number | null}): Finding {
  return {outcome: "inconclusive", predicted, estimate: null, low: null, high: null, used, total, discrepancy: null, minimumDetectableEffect: null, explanation};
}
