import {hodgesLehmann, holm, minimumDetectableEffect, wilcoxonSignedRank} from "../statistics/index.ts";
import {inconclusive} from "./judge-value.ts";
import type {Finding} from "./verdict.ts";
import {digits, pText} from "./words.ts";

/** Logarithms of ratios, one for each pair that counts, of a quantity that is claimed to be smaller in the first of each pair. */
export interface PairedRatios {
  readonly logRatios: readonly number[];
  /** Pairs that were run. */
  readonly total: number;
}

const level = 0.05;

/** The standard error of the mean of the logarithms, which that of the pseudo-median is close to. */
function standardError(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length * (values.length - 1)));
}

/**
 * Judges claims that a ratio is below 1, together: Wilcoxon's two-sided signed-rank test on the logarithms of paired
 * ratios, p-values after Holm over all claims that can be tested. With p < 0.05 a claim is reproduced if the 95 %
 * interval of the ratio (Hodges and Lehmann's, of the pseudo-median) lies below 1, and not reproduced if it lies above;
 * else inconclusive, as are claims with too few pairs for any of them to be significant.
 * @returns findings in the order of the claims; estimate and interval are ratios
 */
export function judgePairedRatios(claims: readonly PairedRatios[]): readonly Finding[] {
  const tests = claims.map(({logRatios}) => (logRatios.length === 0 ? undefined : wilcoxonSignedRank(logRatios, {level})));
  const testable = tests.flatMap((test, i) => (test?.kind === "test" ? [{index: i, pValue: test.pValue}] : []));
  const adjusted = testable.length === 0 ? [] : holm(testable.map(({pValue}) => pValue), level).adjusted;
  return claims.map(({logRatios, total}, i): Finding => {
    const used = logRatios.length;
    const test = tests[i];
    const place = testable.findIndex(({index}) => index === i);
    if (test === undefined || place < 0) return inconclusive(`${used} of ${total} pairs count, of which ${test?.count ?? 0} differ: a signed-rank test needs at least 6 to reach ${level}`, {used, total});
    const {estimate, interval} = hodgesLehmann(logRatios);
    const [ratio, low, high] = [estimate, interval.low, interval.high].map(Math.exp) as [number, number, number];
    const p = adjusted[place]!;
    const isDecided = p < level && Number.isFinite(high);
    const error = standardError(logRatios);
    return {
      outcome: isDecided && high < 1 ? "reproduced" : isDecided && low > 1 ? "not reproduced" : "inconclusive",
      predicted: null,
      estimate: ratio,
      low,
      high,
      used,
      total,
      discrepancy: null,
      minimumDetectableEffect: error > 0 ? Math.expm1(minimumDetectableEffect(error)) : null,
      explanation: `ratio ${digits(ratio)} over ${used} pairs, ${pText(p)} after Holm; rank-biserial correlation ${digits(test.rankBiserial, 2)}`
    };
  });
}
