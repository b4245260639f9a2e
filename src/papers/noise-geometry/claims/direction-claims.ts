import {linearRegression, mean, minimumDetectableEffect} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeAgreement, judgeBound, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {AngularAlignment} from "../angular-alignment.ts";
import {directionLimits, leastSizes} from "../direction-rates.ts";
import type {DirectionEnd, DirectionRate} from "../direction-rates.ts";
import type {DirectionDraw, DirectionSummary} from "../directional-draws.ts";
import {claimOf} from "./claim-of.ts";
import {pooledErrorBound} from "./correlated-cells.ts";

const range = "every-direction-is-aligned-once-samples-outnumber-dimensions-many-times";
const course = "along-the-gradient-the-noise-doubles-for-gaussian-inputs-only";
const zero = 1e-6;
const valueRule = "95 % interval of the mean over draws: reproduced within 3 %, approximate within 35 %";

const nameOf: Readonly<Record<DirectionEnd, string>> = {least: "infimum", greatest: "supremum"};

/** E1.2: the verdicts on the range of the directional alignment. */
export function directionVerdicts(draws: readonly DirectionDraw[], cells: readonly DirectionSummary[], rates: readonly DirectionRate[], {fitFrom}: {readonly fitFrom: number}): readonly Verdict[] {
  return [fewSamples(draws), ...(["least", "greatest"] as const).flatMap((end) => [limit(cells, end), rate(cells, rates, end, fitFrom, draws.length)])];
}

function fewSamples(draws: readonly DirectionDraw[]): Verdict {
  const few = draws.filter(({samplesPerDimension}) => samplesPerDimension < 1);
  const claim = claimOf({
    id: "direction-few-samples",
    section: range,
    title: "With fewer samples than dimensions some direction has no noise",
    statement: "For n < d directions v with r_i x_i·v the same for all samples have no noise: inf g = 0 over the span of the data.",
    source: "the definition of g; a negative control of the uniform bounds of Wang and Wu, section 4",
    sourceKind: "derived",
    quantity: "greatest infimum of g over the draws with n < d",
    rule: "deterministic: reproduced if below 10⁻⁶"
  });
  if (few.length === 0) return {...claim, ...inconclusive("no cell has fewer samples than dimensions; add a ratio below 1", {used: 0, total: draws.length})};
  const greatest = Math.max(...few.map(({least}) => least));
  return {...claim, ...judgeBound({estimate: greatest, low: greatest, high: greatest, used: few.length, total: draws.length}, {side: "below", bound: zero}), explanation: `the infimum is at most ${digits(greatest)} in ${few.length} draws, while the supremum is ${digits(mean(few.map(({greatest}) => greatest)))} in the mean`};
}

function limit(cells: readonly DirectionSummary[], end: DirectionEnd): Verdict {
  const cell = cells.reduce((largest, next) => (next.samples > largest.samples ? next : largest));
  const predicted = directionLimits[end];
  const claim = claimOf({
    id: `direction-limit.${end}`,
    section: range,
    title: `The ${nameOf[end]} over directions comes to ${predicted}`,
    statement: "For many samples of a linear model g is bounded from both sides in all directions at once; for Gaussian inputs without label noise by 1 and 2.",
    source: "Wang and Wu, section 4, for the bounds; their values from Isserlis' theorem",
    sourceKind: "derived",
    quantity: `mean ${nameOf[end]} of g at the largest sample`,
    rule: valueRule
  });
  const [estimate, low, high] = end === "least" ? [cell.least, cell.leastLow, cell.leastHigh] : [cell.greatest, cell.greatestLow, cell.greatestHigh];
  const judged = judgeValue({predicted, estimate, low, high, used: cell.draws, total: cell.draws}, margins);
  return {...claim, ...judged, explanation: `${digits(estimate, 4)} at n/d = ${cell.samplesPerDimension} (${percent(judged.discrepancy!)})${end === "least" ? `; the exact value of many dimensions is ${digits(cell.leastLimit, 4)}` : ""}`};
}

function rate(cells: readonly DirectionSummary[], rates: readonly DirectionRate[], end: DirectionEnd, fitFrom: number, total: number): Verdict {
  const claim = claimOf({
    id: `direction-rate.${end}`,
    section: range,
    title: `The ${nameOf[end]} comes to its limit as one over the root of the samples`,
    statement: `|${directionLimits[end]} − ${end === "least" ? "inf" : "sup"} g| falls as n^(−1/2).`,
    source: "fluctuations of sums of n samples",
    sourceKind: "derived",
    quantity: `slope of log mean |${directionLimits[end]} − ${nameOf[end]}| on log n`,
    rule: `at least ${leastSizes} sizes with n/d ≥ ${fitFrom}, bootstrap over draws, 95 % interval: reproduced within 3 % of −1/2, approximate within 35 %`
  });
  const chosen = cells.filter(({samplesPerDimension}) => samplesPerDimension >= fitFrom);
  const counts = {used: chosen.reduce((sum, {draws: count}) => sum + count, 0), total};
  const found = rates.find((one) => one.end === end);
  if (found === undefined) return {...claim, ...inconclusive(`a slope needs at least ${leastSizes} sizes with n/d ≥ ${fitFrom}, found ${chosen.length}`, {...counts, predicted: -0.5})};
  const {slope, standardError, low, high} = found;
  const judged = judgeValue({predicted: -0.5, estimate: slope, low, high, ...counts, minimumDetectableEffect: minimumDetectableEffect(standardError)}, margins);
  const exact = linearRegression({x: chosen.map(({samples}) => Math.log(samples)), y: chosen.map(({leastLimit}) => Math.log(1 - leastLimit))}).slope;
  return {...claim, ...judged, explanation: `slope ${digits(slope)} against −0.5 (${percent(judged.discrepancy!)})${end === "least" ? `; the exact infimum of many dimensions has ${digits(exact)} over these sizes` : ""}`};
}

/** E1.2: the verdicts on the directional alignment from the gradient to the directions across. */
export function angularVerdicts(cells: readonly AngularAlignment[]): readonly Verdict[] {
  const counts = (used: readonly AngularAlignment[]) => ({used: used.reduce((sum, {draws}) => sum + draws, 0), total: cells.reduce((sum, {draws}) => sum + draws, 0)});
  const shared = cells.map((cell) => ({name: `κ₄ = ${cell.kurtosis}, ${cell.angle}°`, ensemble: String(cell.kurtosis), estimate: cell.alignment, exact: cell.exact, logStandardError: cell.standardError / cell.alignment}));
  const exact: Verdict = {
    ...claimOf({
      id: "direction-angles",
      section: course,
      title: "Alignment follows the angle and the kurtosis exactly",
      statement: "g(v) = 1 + [(v·∇L)² + (κ₄ − 3) Σ v_j²(∇L)_j²] / (2L vᵀSv) for independent inputs of kurtosis κ₄.",
      source: "covariance of independent inputs",
      sourceKind: "derived",
      quantity: "mean g over the exact one, pooled over angles and kurtoses",
      rule: "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
    }),
    ...judgeAgreement(shared, counts(cells), {equivalent: margins.equivalent, pooledStandardError: pooledErrorBound(shared)})
  };
  const along = cells.filter(({angle}) => angle === 0);
  return [exact, ...along.map((cell): Verdict => ({...alongClaim(cell.kurtosis), ...doubling(cell, counts([cell]))}))];
}

const alongClaim = (kurtosis: number) =>
  claimOf({
    id: `direction-gradient.kurtosis-${kurtosis}`,
    section: course,
    title: `Noise along the gradient is twice the decoupled one, kurtosis ${kurtosis}`,
    statement: "Σ = 2L G + ∇L∇Lᵀ, so that g = 2 in the direction of w, as for Gaussian inputs.",
    source: "Isserlis' theorem; inputs of another kurtosis are the control",
    sourceKind: "derived",
    quantity: "mean g along w",
    rule: valueRule
  });

function doubling({alignment, low, high, exact}: AngularAlignment, counts: {readonly used: number; readonly total: number}): Finding {
  const judged = judgeValue({predicted: 2, estimate: alignment, low, high, ...counts}, margins);
  return {...judged, explanation: `g = ${digits(alignment)} [${digits(low)}, ${digits(high)}] where the exact covariance of these inputs gives ${digits(exact)}; decoupling gives 1`};
}
