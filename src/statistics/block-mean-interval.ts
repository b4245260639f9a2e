import { requireFiniteEntries, requireIntegerAtLeast, requireProbability, unexpected } from "../numerics/index.ts";
import { symmetricInterval, type Estimate } from "./interval.ts";
import { mean, standardErrorOfMean } from "./moments.ts";
import { studentTQuantile } from "./student-t.ts";

/** A mean with the interval of its block means. */
export interface BlockMean extends Estimate {
  readonly blocks: number;
  readonly blockMeans: readonly number[];
}

/**
 * Mean of a series cut into contiguous blocks of equal size (sizes differ by one when they must), with Student's
 * interval of the block means. Valid when blocks are independent, that is long against the correlation time.
 *
 * @throws RangeError for fewer than 2 blocks, more blocks than values, a value that is not finite, or a level
 * outside (0, 1).
 */
export function blockMeanInterval(values: ArrayLike<number>, blocks: number, level = 0.95): BlockMean {
  requireIntegerAtLeast("blocks", blocks, 2);
  requireFiniteEntries("values", values, 2);
  requireProbability("level", level);
  if (blocks > values.length) throw unexpected("blocks", `at most the ${values.length} values`, blocks);
  const all = Array.from(values);
  const blockMeans = Array.from({ length: blocks }, (_, block) =>
    mean(all.slice(Math.floor((block * all.length) / blocks), Math.floor(((block + 1) * all.length) / blocks))),
  );
  const estimate = mean(blockMeans);
  const standardError = standardErrorOfMean(blockMeans);
  const interval = symmetricInterval(estimate, standardError, studentTQuantile((1 + level) / 2, blocks - 1), level);
  return { estimate, standardError, interval, blocks, blockMeans };
}
