import {minimumDetectableEffect, normalQuantile} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeAgreement, judgeBand, judgeBound, judgeValue, percent} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import type {GrowthRow} from "../product-growth.ts";
import type {StreamingTailRow} from "../streaming-tail-summary.ts";
import {claimOf} from "./claim-of.ts";
import {indexStandardError} from "./index-standard-error.ts";

const section = "homogenized-sgds-tail-is-too-light-in-few-dimensions-too-heavy-in-many";
const exactMargin = 0.1;
const transferMargins = {equivalent: 0.05, tolerated: 0.35};
const paper = "Jiao and Keller-Ressel, hSGD as an approximation of SGD (\"typically close\")";

const ratioText = ({stepRatio}: StreamingTailRow) => `γ/γ̃ = ${stepRatio}`;
const countsOf = (rows: readonly StreamingTailRow[]) => ({used: rows.reduce((sum, {exceedances}) => sum + (exceedances ?? 0), 0), total: rows.reduce((sum, {chains}) => sum + (chains ?? 0), 0)});

/** E2.2: the verdicts on SGD against its Kesten index and against hSGD. */
export function streamingVerdicts(rows: readonly StreamingTailRow[], growth: readonly GrowthRow[]): readonly Verdict[] {
  const isotropic = rows.filter((row) => row.isotropic);
  const batchSizes = [...new Set(isotropic.map(({batchSize}) => batchSize))];
  const [first, ...others] = batchSizes;
  const dimensions = [...new Set(isotropic.filter(({batchSize}) => batchSize === first).map(({dimension}) => dimension))];
  return [
    ...dimensions.map((dimension) => transfer(isotropic.filter((row) => row.dimension === dimension && row.batchSize === first), `dimension-${dimension}`, `d = ${dimension}${first === 1 ? "" : `, B = ${first}`}`)),
    ...others.map((batchSize) => transfer(isotropic.filter((row) => row.batchSize === batchSize), `batch-${batchSize}`, `B = ${batchSize}, all d`)),
    ...rows.filter((row) => !row.isotropic).map(anisotropicBand),
    ...growth.map(stationarity),
    kesten(rows),
    ...growth.map(lyapunov)
  ];
}

function transfer(rows: readonly StreamingTailRow[], suffix: string, where: string): Verdict {
  const claim = claimOf({
    id: `sgd-transfer.${suffix}`,
    section,
    title: `SGD has hSGD's tail index, ${where}`,
    statement: `The tail index of hSGD describes SGD, isotropic Gaussian design, ${where}.`,
    source: paper,
    sourceKind: "recalled",
    quantity: "SGD's exact tail index (Kesten) over hSGD's, at the step ratio at which they differ most",
    rule: "exact against exact, over the step ratios at which SGD is stationary: reproduced if the worst ratio is within 5 % of 1, approximate within 35 %, not reproduced beyond or if SGD diverges at all of them"
  });
  const stationary = rows.filter(({kesten}) => kesten !== null);
  const diverging = rows.filter(({kesten}) => kesten === null);
  const counts = {used: stationary.length, total: rows.length};
  const list = rows.map((row) => `${row.kesten === null ? "diverges" : digits(row.kesten)} against ${digits(row.homogenized)} at ${rows.some(({dimension}) => dimension !== row.dimension) ? `d = ${row.dimension}, ` : ""}${ratioText(row)}`);
  if (stationary.length === 0) return {...claim, ...inconclusive(`SGD diverges at every step ratio; hSGD: ${list.join(", ")}`, {...counts, predicted: 1}), outcome: "not reproduced"};
  const worst = stationary.reduce((most, row) => (Math.abs(Math.log(row.kesten! / row.homogenized)) > Math.abs(Math.log(most.kesten! / most.homogenized)) ? row : most));
  const estimate = worst.kesten! / worst.homogenized;
  const judged = judgeValue({predicted: 1, estimate, low: estimate, high: estimate, ...counts}, transferMargins);
  const shown = rows.length > 6 ? [`${digits(worst.kesten!)} against ${digits(worst.homogenized)} at d = ${worst.dimension}, ${ratioText(worst)}, at worst`] : list;
  const note = diverging.length === 0 ? "" : `; SGD diverges in ${diverging.length} of ${rows.length} cells, in which hSGD is stationary`;
  return {...claim, ...judged, explanation: `SGD's index ${shown.join(", ")}${note}`};
}

function anisotropicBand(row: StreamingTailRow): Verdict {
  const claim = claimOf({
    id: `sgd-band.${row.cell}`,
    section,
    title: `SGD's tail index lies in hSGD's band, ${row.cell.replaceAll("-", " ")}`,
    statement: `SGD's tail index lies between η_* = ${digits(row.lowerBound)} and η^* = ${digits(row.upperBound)}, anisotropic Gaussian design, d = ${row.dimension}.`,
    source: paper,
    sourceKind: "recalled",
    quantity: "tail index of ‖θ − θ*‖ of SGD over independent chains, highest threshold with 200 exceedances",
    rule: "95 % profile interval: reproduced inside the band widened by 5 %, approximate outside it and within 35 % of its ends, not reproduced beyond, inconclusive where an end cuts the interval"
  });
  const counts = countsOf([row]);
  if (row.tailIndex === null || row.low === null || row.high === null) return {...claim, ...inconclusive(`${row.low === null ? "fewer than 200 chains lie above the thresholds" : "the interval is open"}; raise coordinateSteps`, counts)};
  const judged = judgeBand({estimate: row.tailIndex, low: row.low, high: row.high, ...counts}, {lower: row.lowerBound, upper: row.upperBound, ...transferMargins});
  const exact = row.kesten === null ? "" : `, SGD's exact index ${digits(row.kesten)}`;
  return {...claim, ...judged, explanation: `measured ${digits(row.tailIndex)} [${digits(row.low)}, ${digits(row.high)}], ${row.high < row.lowerBound ? "below" : row.low > row.upperBound ? "above" : "not clear of"} the band [${digits(row.lowerBound)}, ${digits(row.upperBound)}], hSGD's exact index ${digits(row.homogenized)}${exact}`};
}

function stationarity({dimension, stepRatio, stepSize, exact, measured, standardError, homogenized, used, total}: GrowthRow): Verdict {
  const half = normalQuantile(0.975) * standardError;
  const judged = judgeBound({estimate: measured, low: measured - half, high: measured + half, used, total}, {side: "below", bound: 0});
  return {
    ...claimOf({
      id: "sgd-stationary",
      section,
      title: `SGD is stationary where hSGD is, d = ${dimension} at γ/γ̃ = ${stepRatio}`,
      statement: `At d = ${dimension} and γ = ${digits(stepSize)} hSGD has a stationary law of tail index ${digits(homogenized)}; so has SGD.`,
      source: paper,
      sourceKind: "recalled",
      quantity: "growth rate of log‖θ − θ*‖ of SGD per step, far from the minimum",
      rule: "95 % interval of the mean over independent products of factors: reproduced below 0, not reproduced above, inconclusive else"
    }),
    ...judged,
    explanation: `growth rate ${digits(measured)} [${digits(measured - half)}, ${digits(measured + half)}] per step, exact ${digits(exact)}: ${exact >= 0 ? "SGD diverges almost surely, hSGD does not" : "both are stationary"}`
  };
}

function lyapunov({exact, measured, standardError, used, total}: GrowthRow): Verdict {
  const half = normalQuantile(0.975) * standardError;
  const judged = judgeValue({predicted: exact, estimate: measured, low: measured - half, high: measured + half, used, total, minimumDetectableEffect: minimumDetectableEffect(standardError)}, {equivalent: 0.05, tolerated: 0.35});
  return {
    ...claimOf({
      id: "sgd-lyapunov",
      section,
      title: "SGD grows at its exact Lyapunov exponent",
      statement: "E log‖(I − γ xxᵀ)u‖ is SGD's growth rate per step on an isotropic design.",
      source: "rotation invariance of one step",
      sourceKind: "derived",
      quantity: "growth rate of log‖θ − θ*‖ of SGD per step over the exact exponent",
      rule: "95 % interval: reproduced within 5 % of the exact exponent, approximate within 35 %"
    }),
    ...judged,
    explanation: `${digits(measured, 4)} against ${digits(exact, 4)} per step: ${percent(judged.discrepancy!)}`
  };
}

function kesten(rows: readonly StreamingTailRow[]): Verdict {
  const measured = rows.flatMap((row) => {
    const error = indexStandardError(row);
    return error === null || row.kesten === null ? [] : [{row, name: row.isotropic ? `d = ${row.dimension}, B = ${row.batchSize}, ${ratioText(row)}` : row.cell.replaceAll("-", " "), estimate: row.tailIndex!, exact: row.kesten, logStandardError: error / row.tailIndex!}];
  });
  const finding = judgeAgreement(measured, countsOf(measured.map(({row}) => row)), {equivalent: exactMargin});
  const contained = measured.filter(({row}) => row.low! <= row.kesten! && row.high! >= row.kesten!).length;
  return {
    ...claimOf({
      id: "sgd-kesten",
      section,
      title: "SGD's chains have the Kesten index",
      statement: "SGD's tail index on fresh Gaussian inputs is the root α of E‖(I − γ(H_B + δ))u‖^α = 1 for isotropic designs, of the transfer operator on the angle in two dimensions.",
      source: "Kesten's theorem for random affine recursions",
      sourceKind: "derived",
      quantity: "measured tail index over the exact one, pooled over cells, highest threshold with 200 exceedances",
      rule: "reproduced if the 95 % interval of the pooled ratio lies within 10 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
    }),
    ...finding,
    explanation: `${finding.explanation}; ${contained} of ${measured.length} intervals contain the exact index`
  };
}
