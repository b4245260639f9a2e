import { requireIntegerAtLeast, unexpected } from "../numerics/index.ts";

/** Up to this many ranks the counts of sign patterns are integers that float64 holds. */
export const mostExactRanks = 50;

/**
 * The null law of a sum of ranks of which each is counted or not by the throw of a fair coin: entry `s` is the
 * probability that those counted add up to `s`, from the generating function `Π (1 + x^rank)/2`, exactly.
 *
 * @param ranks Positive integers; average ranks of ties are given doubled.
 * @throws RangeError for no ranks, more than 50, or one that is not a positive integer.
 */
export function signedRankLaw(ranks: readonly number[]): Float64Array {
  if (ranks.length < 1 || ranks.length > mostExactRanks) throw unexpected("ranks.length", `1 to ${mostExactRanks} ranks`, ranks.length);
  ranks.forEach((rank, i) => requireIntegerAtLeast(`ranks[${i}]`, rank, 1));
  const counts = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 0) + 1);
  counts[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let sum = reached; sum >= rank; sum -= 1) counts[sum] += counts[sum - rank];
  }
  return counts.map((count) => count / 2 ** ranks.length);
}
