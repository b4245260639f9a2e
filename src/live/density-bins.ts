/** One bar of a histogram as a density with its 95 % interval. */
export interface DensityBin {
  /** The middle of the bin. */
  readonly x: number;
  readonly count: number;
  readonly density: number;
  readonly low: number;
  readonly high: number;
}

/** The two-sided 95 % point of the standard normal. */
const z = 1.959963984540054;

/**
 * The density of values in `bins` equal bins of [from, to], with Wilson's 95 %
 * interval of each bin's probability. Values outside count in the total alone;
 * bins that nothing fell into are left out.
 */
export function densityBins(values: ArrayLike<number>, {from, to, bins}: {readonly from: number; readonly to: number; readonly bins: number}): readonly DensityBin[] {
  const width = (to - from) / bins;
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i]! - from) / width);
    if (bin >= 0 && bin < bins) counts[bin]! += 1;
  }
  const n = values.length;
  return Array.from(counts).flatMap((count, bin) => {
    if (count === 0) return [];
    const centre = (count + (z * z) / 2) / (n + z * z);
    const half = (z / (n + z * z)) * Math.sqrt((count * (n - count)) / n + (z * z) / 4);
    return [{x: from + (bin + 0.5) * width, count, density: count / n / width, low: (centre - half) / width, high: (centre + half) / width}];
  });
}
