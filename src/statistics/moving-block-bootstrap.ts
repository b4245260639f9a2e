import { requireFinite, requireIntegerAtLeast, requireProbability, unexpected } from "../numerics/index.ts";
import { bootstrapEstimate, type BootstrapEstimate } from "./bootstrap.ts";
import type { RandomSource } from "./random-source.ts";

/** What a moving-block bootstrap resamples. */
export interface MovingBlockOptions<Item> {
  /** A stationary series in time order. */
  readonly series: readonly Item[];
  /** Items in a block, several correlation times; at most half the series. */
  readonly blockLength: number;
  readonly statistic: (series: readonly Item[]) => number;
  readonly random: RandomSource;
  /** Default 1000. */
  readonly resamples?: number;
  /** Default 0.95. */
  readonly level?: number;
}

function resampleBlocks<Item>(series: readonly Item[], blockLength: number, random: RandomSource): Item[] {
  const drawn: Item[] = [];
  while (drawn.length < series.length) {
    const start = random.integer(series.length - blockLength + 1);
    for (let i = 0; i < blockLength && drawn.length < series.length; i += 1) drawn.push(series[start + i]);
  }
  return drawn;
}

/**
 * Percentile interval of a statistic of a dependent series: overlapping blocks are drawn with replacement and
 * joined to the length of the series (the last is cut).
 *
 * Source: H. R. Künsch, Ann. Statist. 17 (1989) 1217.
 *
 * @throws RangeError for a block length that is not between 1 and half the series, fewer than 2 resamples, a level
 * outside (0, 1), or a statistic that is not finite.
 */
export function movingBlockBootstrap<Item>(options: MovingBlockOptions<Item>): BootstrapEstimate {
  const { series, blockLength, statistic, random, resamples = 1000, level = 0.95 } = options;
  requireIntegerAtLeast("blockLength", blockLength, 1);
  if (2 * blockLength > series.length) throw unexpected("blockLength", `at most half of the series' ${series.length} items`, blockLength);
  requireIntegerAtLeast("resamples", resamples, 2);
  requireProbability("level", level);
  const estimate = requireFinite("statistic(series)", statistic(series));
  const resampled = Float64Array.from({ length: resamples }, (_, i) =>
    requireFinite(() => `statistic of resample ${i}`, statistic(resampleBlocks(series, blockLength, random))),
  );
  return bootstrapEstimate(estimate, resampled, level);
}
