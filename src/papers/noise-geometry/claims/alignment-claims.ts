import {linearRegression, minimumDetectableEffect} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeAgreement, judgeBound, judgeSlope, judgeValue, percent} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {AlignmentSummary} from "../alignment-cell.ts";
import {claimOf} from "./claim-of.ts";

const average = "noise-and-curvature-align-on-average-between-bounds-that-no-residual-can-cross";
const networks = "width-leaves-the-average-alignment-where-it-is";
const rounding = 1e-10;
const manySamples = 20;
const dimensionsPerSample = 16;
const widthMargins = {equivalent: 0.05, tolerated: 0.35} as const;

const drawsOf = (cells: readonly AlignmentSummary[]) => cells.reduce((sum, {draws}) => sum + draws, 0);
const inSweep = (cells: readonly AlignmentSummary[], sweep: string) => cells.filter((cell) => cell.sweep === sweep);

/** E1.1: the verdicts on the average alignment of linear models; the certificate's also on networks. */
export function alignmentVerdicts(linear: readonly AlignmentSummary[], network: readonly AlignmentSummary[]): readonly Verdict[] {
  return [certificate([...linear, ...network]), population(linear, "samples", "alignment-population"), population(linear, "noisy labels", "alignment-population-noisy"), fewSamplesVerdict(linear), conditioning(linear)];
}

/** E1.1: the verdicts on the average alignment of networks over their width. */
export function widthVerdicts(network: readonly AlignmentSummary[]): readonly Verdict[] {
  const cells = inSweep(network, "width");
  return [...new Set(cells.map(({model}) => model))].map((model) => width(cells.filter((cell) => cell.model === model), model));
}

function certificate(cells: readonly AlignmentSummary[]): Verdict {
  const claim = claimOf({
    id: "alignment-certificate",
    section: average,
    title: "No residual brings the average alignment out of its bounds",
    statement: "min s/s̄ ≤ μ ≤ max s/s̄ for every model, every sample and every residual, with s the diagonal of the squared Gram matrix.",
    source: "Gram identity of the average alignment",
    sourceKind: "derived",
    quantity: "the most by which μ of a draw is outside of its bounds, over μ; negative inside",
    rule: "deterministic: reproduced if at most 10⁻¹⁰, the rounding of sums in float64, in every draw of every cell"
  });
  const excess = Math.max(...cells.map((cell) => cell.excess));
  const counts = {used: drawsOf(cells), total: drawsOf(cells)};
  return {...claim, ...judgeBound({estimate: excess, low: excess, high: excess, ...counts}, {side: "below", bound: rounding}), explanation: `over ${counts.total} draws of ${cells.length} cells the closest stays inside by ${digits(-100 * excess, 2)} % of μ`};
}

function population(linear: readonly AlignmentSummary[], sweep: string, id: string): Verdict {
  const isNoisy = sweep === "noisy labels";
  const claim = claimOf({
    id,
    section: average,
    title: `Many samples have the alignment of Gaussian inputs${isNoisy ? ", with noisy labels" : ""}`,
    statement: "μ = 1 + 2 wᵀS³w / (2L tr S²) for infinitely many inputs x ~ N(0, S), with 2L = wᵀSw + σ².",
    source: "Isserlis' theorem",
    sourceKind: "derived",
    quantity: "μ over the population value of its draw, pooled over cells",
    rule: `cells with n ≥ ${manySamples} (tr S)²/tr S²: reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %`
  });
  const all = inSweep(linear, sweep);
  const cells = all.filter(({samples, participationRatio}) => participationRatio !== null && samples >= manySamples * participationRatio);
  return {
    ...claim,
    ...judgeAgreement(
      cells.flatMap(({model, samples, populationRatio, populationRatioError}) => (populationRatio === null || populationRatioError === null ? [] : [{name: `${model}, n = ${samples}`, estimate: populationRatio, exact: 1, logStandardError: populationRatioError / populationRatio}])),
      {used: drawsOf(cells), total: drawsOf(all)}
    )
  };
}

function fewSamplesVerdict(linear: readonly AlignmentSummary[]): Verdict {
  const all = inSweep(linear, "dimension");
  const claim = claimOf({
    id: "alignment-few-samples",
    section: average,
    title: "In many dimensions few samples leave residuals no say",
    statement: "For d ≫ n rows of data are nearly orthogonal and of equal norm, so that the bounds of μ close on 1 for any residual, as d^(−1/2).",
    source: "Gram identity; the low-sample regime is that of Wang and Wu, theorem 3.1",
    sourceKind: "derived",
    quantity: "slope of the logarithm of the distance between the bounds on log d",
    rule: `weighted least squares over d ≥ ${dimensionsPerSample} n, 95 % interval: reproduced within 3 % of −1/2, approximate within 35 %`
  });
  const cells = all.filter(({setting, samples}) => setting >= dimensionsPerSample * samples);
  const points = cells.map(({setting, certificateLow, certificateHigh, certificateError}) => ({x: Math.log(setting), y: Math.log(certificateHigh - certificateLow), standardError: certificateError / (certificateHigh - certificateLow)}));
  return {...claim, ...judgeSlope(points, -0.5, {used: drawsOf(cells), total: drawsOf(all)})};
}

function conditioning(linear: readonly AlignmentSummary[]): Verdict {
  const cells = inSweep(linear, "condition");
  const claim = claimOf({
    id: "alignment-condition",
    section: average,
    title: "Alignment falls no faster with the condition number than its bound",
    statement: "With few samples μ has a lower bound that falls as the inverse square of the condition number κ of ∇F∇Fᵀ.",
    source: "Wang and Wu, theorem 3.1; its constant is not known to us",
    sourceKind: "paper",
    quantity: "slope of the logarithm of the mean of μ on log κ",
    rule: "weighted least squares, at least 3 condition numbers: reproduced if the 95 % interval lies above −2, the slope of the bound, not reproduced if below"
  });
  const counts = {used: drawsOf(cells), total: drawsOf(cells)};
  if (cells.length < 3) return {...claim, ...inconclusive(`a slope needs at least 3 condition numbers, found ${cells.length}`, {...counts, predicted: -2})};
  const {slope, slopeInterval} = linearRegression({x: cells.map(({setting}) => Math.log(setting)), y: cells.map(({alignment}) => Math.log(alignment)), standardErrors: cells.map(({alignment, standardError}) => standardError / alignment)});
  const [first, last] = [cells[0]!, cells.at(-1)!];
  return {
    ...claim,
    ...judgeBound({estimate: slope, low: slopeInterval.low, high: slopeInterval.high, ...counts}, {side: "above", bound: -2}),
    explanation: `the mean of μ goes from ${digits(first.alignment)} at κ = ${first.setting} to ${digits(last.alignment)} at κ = ${last.setting}, its least value in a draw is ${digits(Math.min(...cells.map(({leastDraw}) => leastDraw)))}, and 1/κ² falls to ${digits(last.setting ** -2)}: the bound is far from tight on these data`
  };
}

function width(cells: readonly AlignmentSummary[], model: string): Verdict {
  const isBounded = model === "tilted-tanh";
  const claim = claimOf({
    id: `alignment-width.${model}`,
    section: networks,
    title: `Width does not change the alignment, ${isBounded ? "z + ½ tanh z" : model}`,
    statement: isBounded ? "A two-layer network with fixed output weights and a derivative of the activation between positive bounds has an alignment that is bounded below whatever its width." : `The same for ${model}, whose derivative has no positive lower bound.`,
    source: "Wang and Wu, theorem 3.5",
    sourceKind: isBounded ? "paper" : "derived",
    quantity: "factor by which the mean of μ changes over a decade of width",
    rule: "weighted least squares of log μ on log width, 95 % interval: reproduced within 5 % of 1, approximate within 35 %"
  });
  const counts = {used: drawsOf(cells), total: drawsOf(cells)};
  if (cells.length < 4) return {...claim, ...inconclusive(`a slope needs at least 4 widths, found ${cells.length}`, {...counts, predicted: 1})};
  return {...claim, ...factorOver(cells, counts)};
}

function factorOver(cells: readonly AlignmentSummary[], counts: {readonly used: number; readonly total: number}): Finding {
  const {slope, slopeInterval, slopeStandardError} = linearRegression({x: cells.map(({setting}) => Math.log10(setting)), y: cells.map(({alignment}) => Math.log(alignment)), standardErrors: cells.map(({alignment, standardError}) => standardError / alignment)});
  const judged = judgeValue({predicted: 1, estimate: Math.exp(slope), low: Math.exp(slopeInterval.low), high: Math.exp(slopeInterval.high), ...counts, minimumDetectableEffect: minimumDetectableEffect(slopeStandardError)}, widthMargins);
  const means = cells.map(({alignment}) => alignment);
  return {...judged, explanation: `μ is ${digits(Math.min(...means))} to ${digits(Math.max(...means))} over widths ${cells[0]!.setting} to ${cells.at(-1)!.setting}, ${percent(judged.discrepancy!)} a decade`};
}
