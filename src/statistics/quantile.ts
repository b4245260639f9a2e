import { requireFiniteEntries, unexpected } from "../numerics/index.ts";

/**
 * The `p`-quantile of a sample sorted in increasing order, by linear interpolation between order statistics at
 * `p (n - 1)` (type 7 of Hyndman and Fan). Not checked: the order.
 *
 * @throws RangeError for no values, one that is not finite, or `p` outside `[0, 1]`.
 */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
  requireFiniteEntries("sorted", sorted);
  if (!(p >= 0 && p <= 1)) throw unexpected("p", "a number in [0, 1]", p);
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
