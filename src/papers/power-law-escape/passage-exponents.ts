import {bootstrapEstimate, linearRegression, resample} from "../../statistics/index.ts";
import type {Estimate, RandomSource} from "../../statistics/index.ts";
import {pooledLogRatio} from "../../verdicts/index.ts";
import type {CellAgreement} from "../../verdicts/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {LossPassage} from "./first-passage.ts";
import type {FirstPassageParameters} from "./parameters.ts";
import type {PassageSummary} from "./passage-summary.ts";

type ExponentCell =
  | {readonly quantity: "log ratio to the exact chain"; readonly stepSize: number}
  | {readonly quantity: "slope"; readonly dimension: number}
  | {readonly quantity: "slope less that in fewest dimensions"; readonly dimension: number; readonly fewest: number};

/** What the passages say of an exponent, or of their agreement with the exact chain, with its 95 % interval by bootstrap over replicas. */
export interface PassageExponent {
  readonly quantity: ExponentCell["quantity"];
  readonly dimension: number;
  /** Null where too few levels were reached, or there is but one dimension. */
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Passages over all levels of the dimensions, and those asked for. */
  readonly used: number;
  readonly total: number;
}

export const fewestLevels = 4;
const leastCrossed = 0.5;
const resamples = 600;

/** Levels that at least half of the replicas reached. */
export function usableLevels(cells: readonly PassageSummary[], dimension: number): readonly number[] {
  return cells.filter((cell) => cell.dimension === dimension && cell.crossed >= leastCrossed * cell.replicas).map(({lossRatio}) => lossRatio);
}

/** The levels at which SGD's exact chain has a time and its passages too. */
export function exactAgreement(cells: readonly PassageSummary[]): readonly (CellAgreement & {readonly lossRatio: number})[] {
  return cells.flatMap(({lossRatio, measured, exact, crossed}) => (measured === null || exact === null ? [] : [{lossRatio, name: `c = ${lossRatio}`, estimate: measured, exact, logStandardError: 1 / Math.sqrt(crossed)}]));
}

/** By level, (replicas): the steps that a replica was watched and whether it passed, both 0 where it diverged before. */
type Watched = ReadonlyMap<number, {readonly steps: Float64Array; readonly crossed: Uint8Array}>;

function watchedOf(passages: readonly LossPassage[], dimension: number): {readonly watched: Watched; readonly replicas: readonly number[]} {
  const own = passages.filter((passage) => passage.dimension === dimension);
  const count = own.reduce((most, {replica}) => Math.max(most, replica + 1), 0);
  const watched = new Map([...new Set(own.map(({lossRatio}) => lossRatio))].map((level) => [level, {steps: new Float64Array(count), crossed: new Uint8Array(count)}]));
  for (const {lossRatio, replica, steps, crossed, divergedAt} of own) {
    if (divergedAt !== null) continue;
    watched.get(lossRatio)!.steps[replica] = steps;
    watched.get(lossRatio)!.crossed[replica] = Number(crossed);
  }
  return {watched, replicas: Array.from({length: count}, (_, replica) => replica)};
}

/** Steps of these replicas over their passages at one level. */
function meanSteps(watched: Watched, replicas: readonly number[], level: number): number {
  const {steps, crossed} = watched.get(level)!;
  let [time, crossings] = [0, 0];
  for (const replica of replicas) {
    time += steps[replica]!;
    crossings += crossed[replica]!;
  }
  return time / Math.max(1, crossings);
}

/** A statistic of the replicas of one dimension, with its values on resamples. */
function resampledOf(passages: readonly LossPassage[], dimension: number, statistic: (watched: Watched, replicas: readonly number[]) => number, random: RandomSource): {readonly estimate: number; readonly resampled: Float64Array} {
  const {watched, replicas} = watchedOf(passages, dimension);
  return {estimate: statistic(watched, replicas), resampled: Float64Array.from({length: resamples}, () => statistic(watched, resample(replicas, random)))};
}

const slopeOver = (levels: readonly number[]) => (watched: Watched, replicas: readonly number[]) => linearRegression({x: levels.map(Math.log), y: levels.map((level) => Math.log(meanSteps(watched, replicas, level)))}).slope;

/** The estimate of one cell; undefined where too few levels were reached, or one dimension is the fewest and the most. */
function estimateOf(cell: ExponentCell, passages: readonly LossPassage[], cells: readonly PassageSummary[], random: (purpose: string) => RandomSource): Estimate | undefined {
  if (cell.quantity === "log ratio to the exact chain") {
    const measured = exactAgreement(cells);
    if (measured.length === 0) return undefined;
    const pooled = (watched: Watched, replicas: readonly number[]) => pooledLogRatio(measured.map((level) => ({...level, estimate: cell.stepSize * meanSteps(watched, replicas, level.lossRatio)})));
    const {estimate, resampled} = resampledOf(passages, 1, pooled, random("passage operator"));
    return bootstrapEstimate(estimate, resampled, 0.95);
  }
  const {dimension} = cell;
  if (cell.quantity === "slope") {
    const levels = usableLevels(cells, dimension);
    if (levels.length < fewestLevels) return undefined;
    const {estimate, resampled} = resampledOf(passages, dimension, slopeOver(levels), random(`passage slope ${dimension}`));
    return bootstrapEstimate(estimate, resampled, 0.95);
  }
  const {fewest} = cell;
  const levels = usableLevels(cells, fewest).filter((level) => usableLevels(cells, dimension).includes(level));
  if (fewest === dimension || levels.length < fewestLevels) return undefined;
  const few = resampledOf(passages, fewest, slopeOver(levels), random("passage slope, fewest dimensions"));
  const many = resampledOf(passages, dimension, slopeOver(levels), random("passage slope, most dimensions"));
  return bootstrapEstimate(many.estimate - few.estimate, many.resampled.map((value, i) => value - few.resampled[i]!), 0.95);
}

/** The dimensions whose passages a cell reads, its own last. */
function dimensionsOf(cell: ExponentCell): readonly number[] {
  if (cell.quantity === "log ratio to the exact chain") return [1];
  return "fewest" in cell ? [cell.fewest, cell.dimension] : [cell.dimension];
}

/** E0.3: slopes of log mean passage time on log loss ratio by dimension, what the most dimensions change, and the agreement with the exact chain. */
export const passageExponents = /* @__PURE__ */ defineExperiment({
  cells({dimensions, stepSize}: FirstPassageParameters) {
    const [fewest, most] = [Math.min(...dimensions), Math.max(...dimensions)];
    const cells: readonly ExponentCell[] = [
      ...(dimensions.includes(1) ? [{quantity: "log ratio to the exact chain" as const, stepSize}] : []),
      ...dimensions.map((dimension) => ({quantity: "slope" as const, dimension})),
      {quantity: "slope less that in fewest dimensions", dimension: most, fewest}
    ];
    return cells.map((reads) => {
      const own = {dimension: dimensionsOf(reads)};
      return {name: "dimension" in reads ? `${reads.quantity}, dimension ${reads.dimension}` : reads.quantity, reads, rows: [own, own]};
    });
  },

  run(cell: ExponentCell, {stream}, [passages, cells]: readonly [readonly LossPassage[], readonly PassageSummary[]]): readonly PassageExponent[] {
    const found = estimateOf(cell, passages, cells, (purpose) => stream("verdicts", 0).generator(purpose));
    return [
      {
        quantity: cell.quantity,
        dimension: dimensionsOf(cell).at(-1)!,
        estimate: found?.estimate ?? null,
        standardError: found?.standardError ?? null,
        low: found?.interval.low ?? null,
        high: found?.interval.high ?? null,
        used: passages.filter(({crossed}) => crossed).length,
        total: passages.length
      }
    ];
  }
});
