import {digits, inconclusive, judgeAgreement, judgeBand, percent} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {FiniteDataSummary} from "../finite-data-summary.ts";
import type {FiniteTail} from "../finite-data-tails.ts";
import {greatestIndex} from "../sgd-tail-index.ts";
import {claimOf} from "./claim-of.ts";
import {dataSetWords} from "./data-set-words.ts";
import {indexStandardError} from "./index-standard-error.ts";

const section = "on-finite-data-sgd-has-a-tail-of-its-own-or-none";
const bandMargins = {equivalent: 0.03, tolerated: 0.35};
const diffusionMargin = 0.25;
const settledMargin = 0.1;
const leastExceedances = 200;

/** E2.4: the verdicts on tail indices on finite data. */
export function finiteIndexVerdicts(cells: readonly FiniteDataSummary[], tails: readonly FiniteTail[]): readonly Verdict[] {
  const judged = cells.filter(({control}) => !control);
  return [...judged.map(band), ...judged.filter(({tail}) => tail !== "not stationary").map((cell) => chains(cell, tails)), diffusion(judged, tails), ...cells.filter(({control}) => control).map((cell) => control(cell, tails))];
}

const nameOf = ({dataSet, stepRatio}: FiniteDataSummary) => `${dataSet}.ratio-${stepRatio}`;
const wordsOf = ({dataSet, stepRatio}: Pick<FiniteDataSummary, "dataSet" | "stepRatio">) => `${dataSetWords[dataSet]}, γ = ${digits(stepRatio)} γ̃`;
const intervalText = ({tailIndex, low, high}: Pick<FiniteTail, "tailIndex" | "low" | "high">) => `${tailIndex === null ? "∞" : digits(tailIndex)} [${low === null ? "∞" : digits(low)}, ${high === null ? "∞" : digits(high)}]`;

function band(cell: FiniteDataSummary): Verdict {
  const {lowerBound: lower, upperBound: upper, tail, tailIndex, tailIndexLow, tailIndexHigh, lyapunovExponent} = cell;
  const claim = claimOf({
    id: `finite-band.${nameOf(cell)}`,
    section,
    title: `SGD's tail index within hSGD's bounds, ${wordsOf(cell)}`,
    statement: "SGD has a power tail whose index lies between hSGD's bounds η_* and η^*.",
    source: "Jiao and Keller-Ressel, Figure 1 g–i: Student's law at both bounds beside SGD; the bounds as derived here",
    sourceKind: "recalled",
    quantity: "tail index of SGD by Kesten's equation in d dimensions",
    rule: "95 % interval of the computed index: reproduced within the band widened by 3 %, approximate outside the band and within 35 % of it, not reproduced beyond, nor where SGD has no stationary law"
  });
  const counts = {used: 1, total: 1};
  const bounds = `bounds [${digits(lower)}, ${digits(upper)}]`;
  if (!(lower > 0)) return {...claim, ...inconclusive(`the lower bound ${digits(lower)} is not above 0`, counts)};
  if (tail === "not stationary") return {...claim, ...inconclusive(`SGD diverges: its top Lyapunov exponent is ${digits(lyapunovExponent)} a step; ${bounds} for a stationary law that it does not have`, counts), outcome: "not reproduced"};
  if (tail === "no power law") return {...claim, ...inconclusive(`no step of SGD expands, its law has bounded support; ${bounds}`, counts), outcome: "not reproduced"};
  if (tail === "beyond") {
    const outcome: Finding["outcome"] = upper * (1 + bandMargins.tolerated) < greatestIndex ? "not reproduced" : "inconclusive";
    return {...claim, ...inconclusive(`SGD's own index is above ${greatestIndex}, ${bounds}: few samples expand, by little`, counts), outcome};
  }
  const judged = judgeBand({estimate: tailIndex!, low: tailIndexLow!, high: tailIndexHigh!, ...counts}, {lower, upper, ...bandMargins});
  return {...claim, ...judged, explanation: `SGD's own index is ${intervalText({tailIndex, low: tailIndexLow, high: tailIndexHigh})}, ${bounds}: ${judged.discrepancy === null ? "inside" : `${percent(judged.discrepancy)} from`} the band`};
}

type Chosen = Pick<FiniteTail, "dataSet" | "stepRatio" | "control">;
const at = (tails: readonly FiniteTail[], {dataSet, stepRatio, control}: Chosen, process: FiniteTail["process"], length: FiniteTail["length"] = "whole") => tails.filter((tail) => tail.dataSet === dataSet && tail.stepRatio === stepRatio && tail.control === control && tail.process === process && tail.length === length);

/** The two highest thresholds with 200 exceedances, lower first. */
const highest = (rows: readonly FiniteTail[]) => rows.filter(({exceedances}) => exceedances >= leastExceedances).toSorted((a, b) => a.probability - b.probability).slice(-2);

/** By how much the least threshold moves between half of the chains' length and the whole. */
function unsettled(cell: Chosen, tails: readonly FiniteTail[]): number {
  const least = (length: FiniteTail["length"]) => at(tails, cell, "SGD", length).toSorted((a, b) => a.probability - b.probability)[0]!.threshold;
  return Math.abs(Math.log(least("whole") / least("half")));
}

function chains(cell: FiniteDataSummary, tails: readonly FiniteTail[]): Verdict {
  const claim = claimOf({
    id: `finite-chains.${nameOf(cell)}`,
    section,
    title: `SGD's chains have its computed index, ${wordsOf(cell)}`,
    statement: "SGD on these data has the tail index at which the moments of its products of steps neither grow nor fall.",
    source: "Kesten's equation in d dimensions, by populations of directions",
    sourceKind: "derived",
    quantity: "tail index of |X − E X| over independent chains, peaks over thresholds",
    rule: "at the two highest thresholds with 200 exceedances (of 95, 98, 99, 99.5, 99.8 %): reproduced if both 95 % profile intervals meet that of the computed index and the lower threshold's reaches no farther than 25 % of its estimate to either side on average, inconclusive if they meet it but are wider, else approximate if the highest estimate is within 35 %, else not reproduced; inconclusive where there is no index or the 95 % threshold moves by more than 10 % between half of the chains' length and the whole"
  });
  const {tail, tailIndex, tailIndexLow, tailIndexHigh} = cell;
  const rows = highest(at(tails, cell, "SGD"));
  const last = rows.at(-1);
  const counts = {used: last?.exceedances ?? 0, total: last?.total ?? 0};
  if (tail !== "power law") return {...claim, ...inconclusive(`the computed index is above ${greatestIndex}: a tail that no sample of this size shows; the highest estimate is ${last === undefined ? "not there" : intervalText(last)}`, counts)};
  if (rows.length < 2) return {...claim, ...inconclusive("two thresholds with 200 exceedances are needed; raise chains", {...counts, predicted: tailIndex})};
  const moved = unsettled(cell, tails);
  if (moved > settledMargin) return {...claim, ...inconclusive(`the 95 % threshold moves by ${percent(moved)} over the second half of the chains: raise relaxationTimes`, {...counts, predicted: tailIndex})};
  const meets = rows.every(({low, high}) => low !== null && low <= tailIndexHigh! && (high === null || high >= tailIndexLow!));
  const discrepancy = last!.tailIndex === null ? null : last!.tailIndex / tailIndex! - 1;
  const {tailIndex: lowerEstimate, low: lowerLow, high: lowerHigh} = rows[0]!;
  const isNarrow = lowerEstimate !== null && lowerHigh !== null && (lowerHigh - lowerLow!) / 2 <= 0.25 * lowerEstimate;
  const outcome: Finding["outcome"] = meets ? (isNarrow ? "reproduced" : "inconclusive") : discrepancy !== null && Math.abs(discrepancy) <= bandMargins.tolerated ? "approximate" : "not reproduced";
  const {tailIndex: estimate, low, high} = last!;
  return {...claim, outcome, predicted: tailIndex, estimate, low, high, ...counts, discrepancy, minimumDetectableEffect: null, explanation: `index ${intervalText(last!)} above ${digits(100 * last!.probability, 4)} %, ${intervalText(rows[0]!)} above ${digits(100 * rows[0]!.probability, 4)} %; computed ${intervalText({tailIndex, low: tailIndexLow, high: tailIndexHigh})}`};
}

function diffusion(cells: readonly FiniteDataSummary[], tails: readonly FiniteTail[]): Verdict {
  const claim = claimOf({
    id: "finite-diffusion",
    section,
    title: "hSGD on the same Hessians keeps its bounds",
    statement: "The tail index of hSGD lies between η_* and η^*, on the Hessians of these data as on any.",
    source: "Jiao and Keller-Ressel, bounds on the tail index; the bounds themselves as derived here",
    sourceKind: "recalled",
    quantity: "tail index of hSGD over the nearest value of its band, pooled over data sets and step sizes, highest threshold with 200 exceedances",
    rule: "reproduced if the 95 % interval of the pooled ratio lies within 25 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
  });
  const estimates = cells.flatMap((cell) => {
    const row = highest(at(tails, cell, "hSGD")).at(-1);
    const error = row === undefined ? null : indexStandardError(row);
    return row === undefined || error === null ? [] : [{name: wordsOf(cell), estimate: row.tailIndex!, exact: Math.min(Math.max(row.tailIndex!, row.lowerBound), row.upperBound), logStandardError: error / row.tailIndex!, row}];
  });
  const counts = {used: estimates.reduce((sum, {row}) => sum + row.exceedances, 0), total: estimates.reduce((sum, {row}) => sum + row.total, 0)};
  const finding = judgeAgreement(estimates, counts, {equivalent: diffusionMargin});
  const list = estimates.map(({name, row}) => `${name}: ${intervalText(row)} in [${digits(row.lowerBound)}, ${digits(row.upperBound)}]`).join("; ");
  return {...claim, ...finding, explanation: estimates.length === 0 ? finding.explanation : `${finding.explanation}. ${list}`};
}

function control(cell: FiniteDataSummary, tails: readonly FiniteTail[]): Verdict {
  const claim = claimOf({
    id: `finite-bounded.${cell.dataSet}`,
    section,
    title: `Where no step expands SGD has no tail, ${wordsOf(cell)}`,
    statement: "If γ(|a|² + δ) < 2 for every sample, each step of SGD contracts and its law has bounded support, whatever the index that hSGD has.",
    source: "norms of the steps I − γ(a aᵀ + δ)",
    sourceKind: "derived",
    quantity: "upper end of the profile interval of SGD's tail index",
    rule: "reproduced if no sample expands and the 95 % intervals at the two highest thresholds with 200 exceedances are open towards ∞; not reproduced if both are closed, inconclusive otherwise"
  });
  const rows = highest(at(tails, cell, "SGD"));
  const last = rows.at(-1);
  const counts = {used: last?.exceedances ?? 0, total: last?.total ?? 0};
  if (rows.length < 2) return {...claim, ...inconclusive("two thresholds with 200 exceedances are needed; raise chains", counts)};
  const open = rows.filter(({high}) => high === null).length;
  const outcome: Finding["outcome"] = open === 2 && cell.expandingShare === 0 ? "reproduced" : open === 0 ? "not reproduced" : "inconclusive";
  return {...claim, ...inconclusive(`max γ|a|² = ${digits(cell.greatestStep!)}, ${percent(cell.expandingShare!)} of the samples expand; SGD's interval is ${intervalText(last!)}, hSGD's bounds are [${digits(cell.lowerBound)}, ${digits(cell.upperBound)}]`, counts), outcome};
}
