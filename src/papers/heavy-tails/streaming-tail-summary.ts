import {grouped} from "./grouped.ts";
import type {StreamingCell} from "./streaming-cells.ts";
import type {StreamingThresholdRow} from "./streaming-thresholds.ts";
import {verdictEstimates} from "./tail-estimates.ts";

/** What hSGD's tail index is for SGD's: the same to 5 %, too light or too heavy a tail, or SGD has none because it diverges. */
export type TailWord = "agrees" | "too light" | "too heavy" | "diverges" | "not known";

/** Relative difference of two indices below which they count as equal. */
export const indexTolerance = 0.05;

/** Compares hSGD's tail index with SGD's: a greater index is a lighter tail. Null stands for an index that SGD does not have. */
export function tailWord(homogenized: number, sgd: number | null): Exclude<TailWord, "not known"> {
  if (sgd === null) return "diverges";
  if (Math.abs(homogenized / sgd - 1) <= indexTolerance) return "agrees";
  return homogenized > sgd ? "too light" : "too heavy";
}

/** One cell: hSGD's band, SGD's exact index and the measured one. */
export interface StreamingTailRow extends StreamingCell {
  readonly word: TailWord;
  /** Whether SGD's exact index lies in [η_*, η^*]. */
  readonly inBand: "yes" | "no" | "not known";
  /** At the highest threshold with 200 exceedances, and at the one below it. */
  readonly tailIndex: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly tailIndexBelow: number | null;
  readonly lowBelow: number | null;
  readonly highBelow: number | null;
  readonly exceedances: number | null;
  /** The same estimate, highest threshold, from chains stopped half-way. */
  readonly tailIndexHalfway: number | null;
  /** Chains that did not diverge. */
  readonly used: number;
}

const rounding = 1e-9;

function bandAnswer({lyapunovExponent, kesten, lowerBound, upperBound}: StreamingCell): StreamingTailRow["inBand"] {
  if (lyapunovExponent === null) return "not known";
  return kesten !== null && kesten >= lowerBound * (1 - rounding) && kesten <= upperBound * (1 + rounding) ? "yes" : "no";
}

/** E2.2: the table of cells. */
export function summarizeStreamingTails(cells: readonly StreamingCell[], estimates: readonly StreamingThresholdRow[]): readonly StreamingTailRow[] {
  const fitted = grouped(estimates.filter(({estimator}) => estimator === "generalised Pareto"), ({cell, halfway}) => `${cell} ${halfway}`);
  return cells.map((cell): StreamingTailRow => {
    const ends = fitted.get(`${cell.cell} false`) ?? [];
    const [below, highest] = verdictEstimates(ends);
    const halfway = verdictEstimates(fitted.get(`${cell.cell} true`) ?? []).at(-1);
    return {
      ...cell,
      word: cell.lyapunovExponent === null ? "not known" : tailWord(cell.homogenized, cell.kesten),
      inBand: bandAnswer(cell),
      tailIndex: highest?.tailIndex ?? null,
      low: highest?.low ?? null,
      high: highest?.high ?? null,
      tailIndexBelow: below?.tailIndex ?? null,
      lowBelow: below?.low ?? null,
      highBelow: below?.high ?? null,
      exceedances: highest?.exceedances ?? null,
      tailIndexHalfway: halfway?.tailIndex ?? null,
      used: ends[0]?.used ?? 0
    };
  });
}
