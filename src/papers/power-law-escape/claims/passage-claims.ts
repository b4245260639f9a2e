import {bootstrapEstimate, linearRegression, minimumDetectableEffect, resample} from "../../../statistics/index.ts";
import type {RandomSource} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeAgreement, judgeValue, margins, percent, pooledLogRatio} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import type {LossPassage} from "../first-passage.ts";
import {criticalDimensionOf, passageExponentOf} from "../log-loss-predictions.ts";
import type {FirstPassageParameters} from "../parameters.ts";
import type {PassageSummary} from "../passage-summary.ts";
import {claimOf} from "./claim-of.ts";

const section = "first-passage-is-a-power-of-the-loss-ratio-with-slopes-of-its-own";
const leastCrossed = 0.5;
const resamples = 600;

/** The passages of one replica by their level. */
type Replica = ReadonlyMap<number, LossPassage>;

interface Slope {
  readonly estimate: number;
  readonly resampled: Float64Array;
}

function replicasOf(passages: readonly LossPassage[], dimension: number): readonly Replica[] {
  const replicas: Map<number, LossPassage>[] = [];
  for (const passage of passages) if (passage.dimension === dimension) (replicas[passage.replica] ??= new Map()).set(passage.lossRatio, passage);
  return replicas;
}

/** Levels that at least half of the replicas reached. */
function usableLevels(cells: readonly PassageSummary[], dimension: number): readonly number[] {
  return cells.filter((cell) => cell.dimension === dimension && cell.crossed >= leastCrossed * cell.replicas).map(({lossRatio}) => lossRatio);
}

/** Steps of all replicas that did not diverge over passages at one level. */
function meanSteps(replicas: readonly Replica[], level: number): number {
  let [time, crossings] = [0, 0];
  for (const replica of replicas) {
    const {steps, crossed, divergedAt} = replica.get(level)!;
    if (divergedAt !== null) continue;
    time += steps;
    crossings += Number(crossed);
  }
  return time / Math.max(1, crossings);
}

function passageSlope(replicas: readonly Replica[], levels: readonly number[]): number {
  return linearRegression({x: levels.map(Math.log), y: levels.map((level) => Math.log(meanSteps(replicas, level)))}).slope;
}

/** The slope of the paper's own diffusion over the same levels. */
function diffusionSlope(cells: readonly PassageSummary[], dimension: number, levels: readonly number[]): number {
  return linearRegression({x: levels.map(Math.log), y: levels.map((level) => Math.log(cells.find((cell) => cell.dimension === dimension && cell.lossRatio === level)!.decoupledDiffusion))}).slope;
}

function bootstrapped(replicas: readonly Replica[], levels: readonly number[], random: RandomSource): Slope {
  return {estimate: passageSlope(replicas, levels), resampled: Float64Array.from({length: resamples}, () => passageSlope(resample(replicas, random), levels))};
}

/** E0.3: the verdicts on first passage. */
export function passageVerdicts(passages: readonly LossPassage[], cells: readonly PassageSummary[], parameters: FirstPassageParameters, random: (purpose: string) => RandomSource): readonly Verdict[] {
  const {dimensions} = parameters;
  return [...(dimensions.includes(1) ? [operator(passages, cells, parameters, random("passage operator"))] : []), ...dimensions.map((dimension) => slope(passages, cells, dimension, parameters, random)), dimensionEffect(passages, cells, parameters, random)];
}

function operator(passages: readonly LossPassage[], cells: readonly PassageSummary[], {stepSize}: FirstPassageParameters, random: RandomSource): Verdict {
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
  const measured = exact.flatMap(({lossRatio, measured, exact, crossed}) => (measured === null ? [] : [{lossRatio, name: `c = ${lossRatio}`, estimate: measured, exact: exact!, logStandardError: 1 / Math.sqrt(crossed)}]));
  if (measured.length === 0) return {...claim, ...judgeAgreement([], counts)};
  const replicas = replicasOf(passages, 1);
  const pooled = (units: readonly Replica[]) => pooledLogRatio(measured.map((cell) => ({...cell, estimate: stepSize * meanSteps(units, cell.lossRatio)})));
  const {standardError} = bootstrapEstimate(pooled(replicas), Float64Array.from({length: resamples}, () => pooled(resample(replicas, random))), 0.95);
  return {...claim, ...judgeAgreement(measured, counts, {equivalent: 0.06, pooledStandardError: standardError})};
}

function slope(passages: readonly LossPassage[], cells: readonly PassageSummary[], dimension: number, {stepSize, batchSize}: FirstPassageParameters, random: (purpose: string) => RandomSource): Verdict {
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
  const replicas = replicasOf(passages, dimension);
  const levels = usableLevels(cells, dimension);
  const counts = {used: passages.filter((passage) => passage.dimension === dimension && passage.crossed).length, total: passages.filter((passage) => passage.dimension === dimension).length};
  if (dimension >= criticalDimensionOf(temperature)) return {...claim, ...inconclusive(`the law needs d below ${digits(criticalDimensionOf(temperature))}, the critical dimension at this η and B`, counts)};
  if (levels.length < 4) return {...claim, ...inconclusive(`${levels.length} levels were reached by half of the replicas, 4 are needed; raise maximumSteps or lower lossRatios`, {...counts, predicted})};
  const {estimate, resampled} = bootstrapped(replicas, levels, random(`passage slope ${dimension}`));
  const {interval, standardError} = bootstrapEstimate(estimate, resampled, 0.95);
  const judged = judgeValue({predicted, estimate, ...interval, ...counts, minimumDetectableEffect: minimumDetectableEffect(standardError)}, margins);
  const diffusion = diffusionSlope(cells, dimension, levels);
  return {...claim, ...judged, explanation: `slope ${digits(estimate)} against ${digits(predicted)} (${percent(judged.discrepancy!)}) over c = ${levels[0]} to ${levels.at(-1)}; the paper's own diffusion has ${digits(diffusion)} there`};
}

function dimensionEffect(passages: readonly LossPassage[], cells: readonly PassageSummary[], {dimensions}: FirstPassageParameters, random: (purpose: string) => RandomSource): Verdict {
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
  const chosen = passages.filter(({dimension}) => dimension === lowest || dimension === highest);
  const counts = {used: chosen.filter(({crossed}) => crossed).length, total: chosen.length};
  if (lowest === highest || levels.length < 4) return {...claim, ...inconclusive(lowest === highest ? "two dimensions are needed" : `4 common levels are needed, found ${levels.length}`, counts)};
  const few = bootstrapped(replicasOf(passages, lowest), levels, random("passage slope, fewest dimensions"));
  const many = bootstrapped(replicasOf(passages, highest), levels, random("passage slope, most dimensions"));
  const estimate = many.estimate - few.estimate;
  const {interval, standardError} = bootstrapEstimate(estimate, many.resampled.map((value, i) => value - few.resampled[i]!), 0.95);
  const judged = judgeValue({predicted, estimate, ...interval, ...counts, minimumDetectableEffect: minimumDetectableEffect(standardError)}, margins);
  const diffusion = diffusionSlope(cells, lowest, levels) - diffusionSlope(cells, highest, levels);
  return {...claim, ...judged, explanation: `the slope falls by ${digits(-estimate)} from d = ${lowest} to d = ${highest}, predicted ${digits(-predicted)} at high c; the paper's own diffusion has ${digits(diffusion)} over c = ${levels[0]} to ${levels.at(-1)}`};
}
