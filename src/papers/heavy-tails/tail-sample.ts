import {unexpected} from "../../numerics/index.ts";

/** One of the order statistics that are kept of a sample of distances. */
export interface TailPoint {
  /** Draws at or above this distance. */
  readonly above: number;
  readonly distance: number;
}

const bodyPoints = 120;

/**
 * What a tail needs of a large sample: all of its largest values, a share of the draws, and of the rest about 120 order
 * statistics evenly spaced in the logarithm of `above`, the least one among them, so that the last `above` is the
 * number of draws. Largest first; values keep their precision.
 * @throws RangeError for no values, one that is not finite, or a share outside (0, 1].
 */
export function tailSample(values: Float32Array | Float64Array, share: number): readonly TailPoint[] {
  if (!(share > 0 && share <= 1)) throw unexpected("share", "a number in (0, 1]", share);
  if (values.length === 0) throw unexpected("values", "at least 1 value", 0);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw unexpected(`values[${bad}]`, "a finite number", values[bad]);
  const sorted = values.slice().sort().reverse();
  const count = sorted.length;
  const kept = Math.min(count, Math.ceil(count * share) + 1);
  const body = Array.from({length: bodyPoints}, (_, i) => Math.round(kept * (count / kept) ** ((i + 1) / bodyPoints)));
  const numbers = [...Array.from({length: kept}, (_, i) => i + 1), ...new Set(body.filter((above) => above > kept))];
  return numbers.map((above) => ({above, distance: sorted[above - 1]!}));
}

/** Number of draws of a sample's points. */
export const drawsOf = (points: readonly TailPoint[]): number => points.reduce((most, {above}) => Math.max(most, above), 0);

/** The largest values of a sample in increasing order: those without a gap from the first. */
export function upperTail(points: readonly TailPoint[]): Float64Array {
  const sorted = points.toSorted((a, b) => a.above - b.above);
  const gap = sorted.findIndex(({above}, i) => above !== i + 1);
  return Float64Array.from((gap < 0 ? sorted : sorted.slice(0, gap)).map(({distance}) => distance)).reverse();
}
