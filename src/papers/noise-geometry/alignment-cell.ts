import type {GramStatistics} from "../../models/index.ts";
import {mean, standardErrorOfMean, studentTQuantile} from "../../statistics/index.ts";

/** The average alignment of one draw with its references. */
export interface AlignmentDraw extends Pick<GramStatistics, "alignment" | "centredAlignment" | "leastAlignment" | "greatestAlignment"> {
  /** μ of infinitely many samples; null where no formula is known. */
  readonly population: number | null;
}

/** What a draw keeps of its Gram matrix. */
export const drawOf = ({alignment, centredAlignment, leastAlignment, greatestAlignment}: GramStatistics, population: number | null): AlignmentDraw => ({alignment, centredAlignment, leastAlignment, greatestAlignment, population});

/** What one cell is: the quantity that is swept, the model, and the value. */
export interface AlignmentCell {
  /** samples, noisy labels, dimension, condition, width or depth */
  readonly sweep: string;
  /** The model in words, such as `a = 1` or `relu`. */
  readonly model: string;
  /** The value of what is swept. */
  readonly setting: number;
  readonly samples: number;
  /** d_eff of the model's Gaussian features; null where they are not Gaussian. */
  readonly effectiveDimension: number | null;
  /** (tr S)²/tr S² of the same. */
  readonly participationRatio: number | null;
}

/** One draw of one cell: a row of a table of draws. */
export interface AlignmentDrawRow extends AlignmentCell, AlignmentDraw {
  readonly draw: number;
}

/** The draws of one cell together. */
export interface AlignmentSummary extends AlignmentCell {
  readonly draws: number;
  /** Mean μ over the draws with its standard error and Student's 95 % interval. */
  readonly alignment: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** The least μ of a draw. */
  readonly leastDraw: number;
  readonly centred: number;
  /** Means of the certificate's ends, min s/s̄ and max s/s̄. */
  readonly certificateLow: number;
  readonly certificateHigh: number;
  /** Standard error of the mean distance between the ends. */
  readonly certificateError: number;
  /** The most by which μ of a draw is outside of its certificate, relative to μ; negative where none is. */
  readonly excess: number;
  readonly population: number | null;
  /** Mean over the draws of μ over its population value, with its standard error. */
  readonly populationRatio: number | null;
  readonly populationRatioError: number | null;
}

function populationOf(draws: readonly AlignmentDraw[]) {
  const values = draws.flatMap(({population}) => population ?? []);
  if (values.length < draws.length) return {population: null, populationRatio: null, populationRatioError: null};
  const ratios = draws.map(({alignment}, i) => alignment / values[i]!);
  return {population: mean(values), populationRatio: mean(ratios), populationRatioError: standardErrorOfMean(ratios)};
}

function summarizeAlignment(cell: AlignmentCell, draws: readonly AlignmentDraw[]): AlignmentSummary {
  const alignments = draws.map(({alignment}) => alignment);
  const [alignment, standardError] = [mean(alignments), standardErrorOfMean(alignments)];
  const half = studentTQuantile(0.975, draws.length - 1) * standardError;
  return {
    ...cell,
    draws: draws.length,
    alignment,
    standardError,
    low: alignment - half,
    high: alignment + half,
    leastDraw: Math.min(...alignments),
    centred: mean(draws.map(({centredAlignment}) => centredAlignment)),
    certificateLow: mean(draws.map(({leastAlignment}) => leastAlignment)),
    certificateHigh: mean(draws.map(({greatestAlignment}) => greatestAlignment)),
    certificateError: standardErrorOfMean(draws.map(({leastAlignment, greatestAlignment}) => greatestAlignment - leastAlignment)),
    excess: Math.max(...draws.map(({alignment, leastAlignment, greatestAlignment}) => Math.max(leastAlignment - alignment, alignment - greatestAlignment) / alignment)),
    ...populationOf(draws)
  };
}

/** The draws of every cell in one row each, in the order of the cells. */
export function summarizeAlignments(rows: readonly AlignmentDrawRow[]): readonly AlignmentSummary[] {
  const cells = new Map<string, AlignmentDrawRow[]>();
  for (const row of rows) {
    const name = `${row.sweep} ${row.model} ${row.setting}`;
    const own = cells.get(name);
    if (own === undefined) cells.set(name, [row]);
    else own.push(row);
  }
  return [...cells.values()].map((draws) => {
    const {sweep, model, setting, samples, effectiveDimension, participationRatio} = draws[0]!;
    return summarizeAlignment({sweep, model, setting, samples, effectiveDimension, participationRatio}, draws);
  });
}
