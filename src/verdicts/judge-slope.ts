import {linearRegression, minimumDetectableEffect} from "../statistics/index.ts";
import {inconclusive, judgeValue} from "./judge-value.ts";
import type {Margins} from "./judge-value.ts";
import {margins as usualMargins} from "./margins.ts";
import type {Finding} from "./verdict.ts";
import {digits, percent} from "./words.ts";

/** The slope of y on x with known standard errors, by weighted least squares, judged against a prediction; fewer than 4 points are inconclusive. */
export function judgeSlope(points: readonly {readonly x: number; readonly y: number; readonly standardError: number}[], predicted: number, counts: {readonly used: number; readonly total: number}, margins: Margins = usualMargins): Finding {
  if (points.length < 4) return inconclusive(`a slope needs at least 4 points, found ${points.length}`, {...counts, predicted});
  const {slope, slopeInterval, slopeStandardError} = linearRegression({x: points.map(({x}) => x), y: points.map(({y}) => y), standardErrors: points.map(({standardError}) => standardError)});
  const judged = judgeValue({predicted, estimate: slope, low: slopeInterval.low, high: slopeInterval.high, ...counts, minimumDetectableEffect: minimumDetectableEffect(slopeStandardError)}, margins);
  return {...judged, explanation: `slope ${digits(slope)} against ${digits(predicted)}: ${percent(judged.discrepancy!)}`};
}
