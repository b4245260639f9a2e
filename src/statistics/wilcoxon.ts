import { requireFiniteEntries, requireProbability, unexpected } from "../numerics/index.ts";
import { normalCdf } from "./normal.ts";
import { mostExactRanks, signedRankLaw } from "./signed-rank-law.ts";

/** What is claimed against "the differences are symmetric about 0": another centre, a larger or a smaller one. */
export type Alternative = "two-sided" | "greater" | "less";

/** How a signed-rank test is made. */
export interface WilcoxonOptions {
  /** Default "two-sided". */
  readonly alternative?: Alternative;
  /** Whether differences of 0 take ranks before they are left out (Pratt, the default) or are left out first. */
  readonly zeros?: "pratt" | "drop";
  /** Default 0.05. */
  readonly level?: number;
}

interface SignedRanks {
  /** Differences other than 0. */
  readonly count: number;
  readonly zeros: number;
  /** `W+`, the sum of the ranks of the positive differences. */
  readonly statistic: number;
  /** `(W+ - W-)/(W+ + W-)`, from -1 to 1: the matched-pairs rank-biserial correlation; 0 without any difference. */
  readonly rankBiserial: number;
  /** The p-value if all differences had the sign of the alternative: `2^-count`, twice that when two-sided. */
  readonly smallestPValue: number;
}

/** A signed-rank test, or the finding that so few differences could not be significant whatever they were. */
export type WilcoxonResult =
  | (SignedRanks & { readonly kind: "test"; readonly pValue: number; readonly method: "exact" | "normal" })
  | (SignedRanks & { readonly kind: "too few differences"; readonly level: number });

/** Above this sum of doubled ranks, which takes many zeros under Pratt's rule, the exact law is not tabulated. */
const MOST_STATES = 2 ** 20;

/** Doubled ranks of the magnitudes, ties sharing their average, in the order given. */
function doubledRanks(magnitudes: Float64Array): Float64Array {
  const order = Uint32Array.from(magnitudes, (_, i) => i).sort((a, b) => magnitudes[a] - magnitudes[b]);
  const ranks = new Float64Array(magnitudes.length);
  for (let first = 0; first < order.length; ) {
    let next = first + 1;
    while (next < order.length && magnitudes[order[next]] === magnitudes[order[first]]) next += 1;
    for (let i = first; i < next; i += 1) ranks[order[i]] = first + 1 + next;
    first = next;
  }
  return ranks;
}

function combined(atMost: number, atLeast: number, alternative: Alternative): number {
  if (alternative === "greater") return Math.min(1, atLeast);
  return Math.min(1, alternative === "less" ? atMost : 2 * Math.min(atMost, atLeast));
}

function exactPValue(ranks: readonly number[], doubledStatistic: number, alternative: Alternative): number {
  const law = signedRankLaw(ranks);
  const total = (from: number, to: number) => law.subarray(from, to).reduce((sum, p) => sum + p, 0);
  return combined(total(0, doubledStatistic + 1), total(doubledStatistic, law.length), alternative);
}

/** The normal law with the same mean and variance as the null law, with a continuity correction of a half. */
function normalPValue(ranks: readonly number[], statistic: number, alternative: Alternative): number {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 4;
  const deviation = Math.sqrt(ranks.reduce((sum, rank) => sum + rank * rank, 0)) / 4;
  return combined(normalCdf((statistic + 0.5 - mean) / deviation), normalCdf((mean - statistic + 0.5) / deviation), alternative);
}

/**
 * Wilcoxon's signed-rank test that paired differences are symmetric about 0. The null law is exact, with ties also,
 * for up to 50 differences other than 0: each rank is counted or not with probability ½. Beyond, it is the normal law
 * with mean `Σ r/2` and variance `Σ r²/4` (ranks as they are, which corrects for ties and zeros) and a continuity
 * correction of ½. A two-sided p-value is twice the smaller one-sided one, at most 1.
 *
 * Assumes independent pairs; without symmetry of the differences the test is one of their pseudo-median.
 *
 * Source: F. Wilcoxon, Biometrics Bull. 1 (1945) 80; J. W. Pratt, J. Am. Stat. Assoc. 54 (1959) 655; D. S. Kerby,
 * Compr. Psychol. 3 (2014) 1, for the correlation.
 *
 * @throws RangeError for no differences, one that is not finite, a level outside (0, 1), or an unknown alternative or
 * rule for zeros.
 */
export function wilcoxonSignedRank(differences: ArrayLike<number>, options: WilcoxonOptions = {}): WilcoxonResult {
  const { alternative = "two-sided", zeros: rule = "pratt", level = 0.05 } = options;
  requireFiniteEntries("differences", differences);
  requireProbability("level", level);
  if (!["two-sided", "greater", "less"].includes(alternative)) throw unexpected("alternative", '"two-sided", "greater" or "less"', alternative);
  if (rule !== "pratt" && rule !== "drop") throw unexpected("zeros", '"pratt" or "drop"', rule);
  const all = Float64Array.from(differences);
  const kept = rule === "drop" ? all.filter((d) => d !== 0) : all;
  const allRanks = doubledRanks(kept.map(Math.abs));
  const ranks = Array.from(allRanks).filter((_, i) => kept[i] !== 0);
  const doubledStatistic = allRanks.reduce((sum, rank, i) => sum + (kept[i] > 0 ? rank : 0), 0);
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const count = ranks.length;
  const shared = {
    count,
    zeros: all.length - count,
    statistic: doubledStatistic / 2,
    rankBiserial: total === 0 ? 0 : (2 * doubledStatistic - total) / total,
    smallestPValue: Math.min(1, 2 ** (alternative === "two-sided" ? 1 - count : -count)),
  };
  if (shared.smallestPValue > level) return { ...shared, kind: "too few differences", level };
  const exact = count <= mostExactRanks && total < MOST_STATES;
  const pValue = exact ? exactPValue(ranks, doubledStatistic, alternative) : normalPValue(ranks, shared.statistic, alternative);
  return { ...shared, kind: "test", pValue, method: exact ? "exact" : "normal" };
}
