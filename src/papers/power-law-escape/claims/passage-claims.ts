import {linearRegression, minimumDetectableEffect} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeAgreement, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import {criticalDimensionOf, passageExponentOf} from "../log-loss-predictions.ts";
import type {FirstPassageParameters} from "../parameters.ts";
import {exactAgreement, fewestLevels, usableLevels} from "../passage-exponents.ts";
import type {PassageExponent} from "../passage-exponents.ts";
import type {PassageSummary} from "../passage-summary.ts";
import {claimOf} from "./claim-of.ts";

const section = "first-passage-is-a-power-of-the-loss-ratio-with-slopes-of-its-own";

type Problem = Pick<FirstPassageParameters, "stepSize" | "batchSize" | "dimensions">;

/** The slope of the paper's own diffusion over the same levels. */
function diffusionSlope(cells: readonly PassageSummary[], dimension: number, levels: readonly number[]): number {
  return linearRegression({x: levels.map(Math.log), y: levels.map((level) => Math.log(cells.find((cell) => cell.dimension === dimension && cell.lossRatio === level)!.decoupledDiffusion))}).slope;
}

/** E0.3: the verdicts on first passage. */
export function passageVerdicts(cells: readonly PassageSummary[], exponents: readonly PassageExponent[], problem: Problem): readonly Verdict[] {
  const of = (quantity: PassageExponent["quantity"]) => exponents.filter((exponent) => exponent.quantity === quantity);
  return [
    ...of("log ratio to the exact chain").map((ratio) => operator(cells, ratio)),
    ...of("slope").map((exponent) => slope(cells, exponent, problem)),
    ...of("slope less that in fewest dimensions").map((effect) => dimensionEffect(cells, effect, problem))
  ];
}

function operator(cells: readonly PassageSummary[], {standardError}: PassageExponent): Verdict {
  const exact = cells.filter((cell) => cell.exact !== null);
  const claim = claimOf({
    id: "passage-operator",
    section,
    title: "SGD's passages take the time of its exact chain, d = 1",
    statement: "In one dimension the mean first-passage time of SGD solves (I − K) T = η with K its kernel below the level.",
    source: "exact kernel of one-dimensional SGD",
    sourceKind: "derived",
    quantity: "mean first-passage time over its exact value, pooled over levels, interval by bootstrap over replicas",
    rule: "reproduced if the 95 % interval of the pooled ratio lies within 6 % of 1 and no level is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
  });
  const counts = {used: exact.reduce((sum, {crossed}) => sum + crossed, 0), total: exact.reduce((sum, {replicas}) => sum + replicas, 0)};
  return {...claim, ...judgeAgreement(exactAgreement(cells), counts, {equivalent: 0.06, ...(standardError === null ? {} : {pooledStandardError: standardError})})};
}

function slope(cells: readonly PassageSummary[], {dimension, estimate, standardError, low, high, used, total}: PassageExponent, {stepSize, batchSize}: Problem): Verdict {
  const temperature = stepSize / batchSize;
  const predicted = passageExponentOf(temperature, dimension);
  const claim = claimOf({
    id: `passage-slope.dimension-${dimension}`,
    section,
    title: `First-passage time is a power of the loss ratio, d = ${dimension}`,
    statement: `The mean first-passage time to L = c L* is proportional to c^(B/(η h*) + 1 − n/2), n = ${dimension}.`,
    source: "Mori et al., section 5.3 and figure 3b",
    sourceKind: "paper",
    quantity: "slope of log mean first-passage time on log c",
    rule: "levels that half of the replicas reach, at least 4; bootstrap over replicas, 95 % interval: reproduced within 3 %, approximate within 35 %"
  });
  const levels = usableLevels(cells, dimension);
  const counts = {used, total};
  if (dimension >= criticalDimensionOf(temperature)) return {...claim, ...inconclusive(`the law needs d below ${digits(criticalDimensionOf(temperature))}, the critical dimension at this η and B`, counts)};
  if (estimate === null) return {...claim, ...inconclusive(`${levels.length} levels were reached by half of the replicas, ${fewestLevels} are needed; raise maximumSteps or lower lossRatios`, {...counts, predicted})};
  const judged = judgeValue({predicted, estimate, low: low!, high: high!, ...counts, minimumDetectableEffect: minimumDetectableEffect(standardError!)}, margins);
  const diffusion = diffusionSlope(cells, dimension, levels);
  return {...claim, ...judged, explanation: `slope ${digits(estimate)} against ${digits(predicted)} (${percent(judged.discrepancy!)}) over c = ${levels[0]} to ${levels.at(-1)}; the paper's own diffusion has ${digits(diffusion)} there`};
}

function dimensionEffect(cells: readonly PassageSummary[], {estimate, standardError, low, high, used, total}: PassageExponent, {dimensions}: Problem): Verdict {
  const [lowest, highest] = [Math.min(...dimensions), Math.max(...dimensions)];
  const predicted = (lowest - highest) / 2;
  const claim = claimOf({
    id: "passage-dimension",
    section,
    title: "More dimensions lower the exponent by one half each",
    statement: "The exponent of the first-passage time falls by n/2 with the number of directions n.",
    source: "Mori et al., section 5.3 and figure 3b",
    sourceKind: "paper",
    quantity: `slope at d = ${highest} less slope at d = ${lowest}, over the levels usable in both`,
    rule: "bootstrap over replicas, 95 % interval: reproduced within 3 %, approximate within 35 %"
  });
  const levels = usableLevels(cells, lowest).filter((level) => usableLevels(cells, highest).includes(level));
  if (estimate === null) return {...claim, ...inconclusive(lowest === highest ? "two dimensions are needed" : `${fewestLevels} common levels are needed, found ${levels.length}`, {used, total})};
  const judged = judgeValue({predicted, estimate, low: low!, high: high!, used, total, minimumDetectableEffect: minimumDetectableEffect(standardError!)}, margins);
  const diffusion = diffusionSlope(cells, lowest, levels) - diffusionSlope(cells, highest, levels);
  return {...claim, ...judged, explanation: `the slope falls by ${digits(-estimate)} from d = ${lowest} to d = ${highest}, predicted ${digits(-predicted)} at high c; the paper's own diffusion has ${digits(diffusion)} over c = ${levels[0]} to ${levels.at(-1)}`};
}
