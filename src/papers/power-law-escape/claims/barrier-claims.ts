import {minimumDetectableEffect, zTest} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeAgreement, judgeValue, margins, percent, pText} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import {barrierPassageTime, barrierSlope} from "../barrier-references.ts";
import {fewestBarriers} from "../barrier-slopes.ts";
import type {BarrierSlope} from "../barrier-slopes.ts";
import type {BarrierSummary} from "../log-barrier-summary.ts";
import {doubleWell, escapeRate} from "../log-loss-predictions.ts";
import {claimOf} from "./claim-of.ts";

const section = "escape-follows-the-log-loss-barrier-not-the-loss-barrier";
const highBarrier = 30;

/** E0.1: the verdicts on the log-barrier law. */
export function barrierVerdicts(cells: readonly BarrierSummary[], slopes: readonly BarrierSlope[]): readonly Verdict[] {
  return [simulation(cells), ...slopes.flatMap((found) => [slope(found), asymptoticSlope(found.temperature), prefactor(found.temperature), rivals(cells, found.temperature)])];
}

function simulation(cells: readonly BarrierSummary[]): Verdict {
  const claim = claimOf({
    id: "barrier-simulation",
    section,
    title: "Simulated escapes take the exact mean time",
    statement: "The log-loss equation, simulated in the clock τ, leaves the well after the exact mean first-passage time in the clock t.",
    source: "double integral over scale and speed densities, with t = ∫ dτ/L",
    sourceKind: "derived",
    quantity: "mean escape time over its exact value, pooled over barriers and temperatures, both time steps",
    rule: "reproduced if the 95 % interval of the pooled ratio lies within 5 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
  });
  const measured = cells.filter(({measured}) => measured !== null);
  const counts = {used: cells.reduce((sum, {crossed}) => sum + crossed, 0), total: cells.reduce((sum, {replicas}) => sum + replicas, 0)};
  return {...claim, ...judgeAgreement(measured.map(({temperature, lossRatio, measured, exact, crossed, halved}) => ({name: `T = ${temperature}, c = ${lossRatio}${halved ? ", half step" : ""}`, estimate: measured!, exact, logStandardError: 1 / Math.sqrt(crossed)})), counts, {equivalent: 0.05})};
}

function slope({temperature, barriers, lowestRatio, highestRatio, slope: estimate, standardError, low, high, used, total}: BarrierSlope): Verdict {
  const predicted = 0.5 + 1 / temperature;
  const claim = claimOf({
    id: `barrier-slope.temperature-${temperature}`,
    section,
    title: `Escape time grows as a power of the loss ratio, T = ${temperature}`,
    statement: `The mean escape time is proportional to (L(saddle)/L(minimum))^(1/2 + 1/T), T = ${temperature}.`,
    source: "Mori et al., equation (16) with n = 1",
    sourceKind: "paper",
    quantity: "slope of log mean time on log loss ratio over the simulated barriers",
    rule: "bootstrap over replicas, 95 % interval: reproduced within 3 % of 1/2 + 1/T, approximate within 35 %"
  });
  if (estimate === null) return {...claim, ...inconclusive(`a slope needs at least ${fewestBarriers} barriers with passages, found ${barriers}; add loss ratios`, {used, total, predicted})};
  const judged = judgeValue({predicted, estimate, low: low!, high: high!, used, total, minimumDetectableEffect: minimumDetectableEffect(standardError!)}, margins);
  const exact = barrierSlope(lowestRatio!, highestRatio!, temperature);
  return {...claim, ...judged, explanation: `slope ${digits(estimate)} against ${digits(predicted)} (${percent(judged.discrepancy!)}); the exact integral has ${digits(exact)} between the same barriers, since the law is that of high barriers`};
}

function asymptoticSlope(temperature: number): Verdict {
  const predicted = 0.5 + 1 / temperature;
  const claim = claimOf({
    id: `barrier-slope-high.temperature-${temperature}`,
    section,
    title: `The exponent at high barriers, T = ${temperature}`,
    statement: `At high barriers the exact mean escape time of the log-loss equation has the exponent 1/2 + 1/T, T = ${temperature}.`,
    source: "Mori et al., equation (16) with n = 1",
    sourceKind: "paper",
    quantity: `slope of log exact mean time on log loss ratio from ${highBarrier} to ${4 * highBarrier}`,
    rule: "deterministic: reproduced within 3 %, approximate within 35 %"
  });
  const estimate = barrierSlope(highBarrier, 4 * highBarrier, temperature);
  const judged = judgeValue({predicted, estimate, low: estimate, high: estimate, used: 2, total: 2}, margins);
  return {...claim, ...judged, explanation: `exact slope ${digits(estimate, 4)} against ${digits(predicted, 4)}: ${percent(judged.discrepancy!)}`};
}

function prefactor(temperature: number): Verdict {
  const claim = claimOf({
    id: `barrier-prefactor.temperature-${temperature}`,
    section,
    title: `The escape rate with its prefactor, T = ${temperature}`,
    statement: "The escape rate is √(h*|hˢ|)/(2π) (L(saddle)/L(minimum))^−(1/2 + 1/T).",
    source: "Mori et al., equation (16) with n = 1",
    sourceKind: "paper",
    quantity: `the paper's rate times the exact mean escape time, at loss ratio ${highBarrier}`,
    rule: "deterministic: reproduced within 3 % of 1, approximate within 35 %"
  });
  const estimate = escapeRate(doubleWell(highBarrier), temperature) * barrierPassageTime(highBarrier, temperature);
  const judged = judgeValue({predicted: 1, estimate, low: estimate, high: estimate, used: 1, total: 1}, margins);
  return {...claim, ...judged, explanation: `rate × exact time = ${digits(estimate)}; the relative error is ${digits((estimate - 1) / temperature, 2)} T, an effect of order T that the formula leaves out`};
}

function rivals(cells: readonly BarrierSummary[], temperature: number): Verdict {
  const chosen = cells.filter((cell) => cell.temperature === temperature && !cell.halved && cell.measured !== null).sort((a, b) => a.lossRatio - b.lossRatio);
  const counts = {used: chosen.reduce((sum, {crossed}) => sum + crossed, 0), total: chosen.reduce((sum, {replicas}) => sum + replicas, 0)};
  const claim = claimOf({
    id: `barrier-arrhenius.temperature-${temperature}`,
    section,
    title: `The barrier is that of the log-loss, not of the loss, T = ${temperature}`,
    statement: "At a fixed difference of loss the escape time follows the loss ratio, which contradicts Arrhenius' law with noise of a fixed strength.",
    source: "Mori et al., section 4",
    sourceKind: "paper",
    quantity: "increase of log mean time from the lowest to the highest simulated barrier, at one loss difference",
    rule: "reproduced if the increase is within 35 % of the log-barrier law and both Arrhenius laws (noise constant: no increase; noise frozen at the minimum: ΔL/D) are rejected at level 0.001"
  });
  const [first, last] = [chosen[0], chosen.at(-1)];
  if (first === undefined || last === undefined || first === last) return {...claim, ...inconclusive("two barriers with passages are needed", counts)};
  const predicted = (0.5 + 1 / temperature) * Math.log(last.lossRatio / first.lossRatio);
  const frozen = (last.lossRatio - first.lossRatio) / temperature;
  const estimate = Math.log(last.measured! / first.measured!);
  const standardError = Math.sqrt(1 / first.crossed + 1 / last.crossed);
  const judged = judgeValue({predicted, estimate, low: estimate - 1.96 * standardError, high: estimate + 1.96 * standardError, ...counts, minimumDetectableEffect: minimumDetectableEffect(standardError)}, {equivalent: margins.tolerated, tolerated: margins.tolerated});
  const pConstant = zTest({estimate, expected: 0, standardError}).pValue;
  const pFrozen = zTest({estimate, expected: frozen, standardError}).pValue;
  const rejected = pConstant < 0.001 && pFrozen < 0.001;
  return {
    ...claim,
    ...judged,
    outcome: judged.outcome === "reproduced" && !rejected ? "inconclusive" : judged.outcome,
    explanation: `log time rises by ${digits(estimate)}; the log-barrier law says ${digits(predicted)}, Arrhenius with constant noise 0 (${pText(pConstant)}), with noise frozen at the minimum ${digits(frozen)} (${pText(pFrozen)})`
  };
}
