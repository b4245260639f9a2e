import { requireEqualLengths, requireFiniteEntries, requireIncreasing, requireNonNegative, unexpected } from "../numerics/index.ts";

/** Values with optional weights to count in bins. */
export interface HistogramData {
  readonly values: ArrayLike<number>;
  /** Default 1 each. */
  readonly weights?: ArrayLike<number>;
  /** Increasing bin edges; bin `j` is `[edges[j], edges[j + 1])`, the last one closed. */
  readonly edges: ArrayLike<number>;
}

/** A normalised histogram: masses and the mass outside add up to 1. */
export interface WeightedHistogram {
  readonly edges: Float64Array;
  readonly masses: Float64Array;
  /** Mass over bin width. */
  readonly densities: Float64Array;
  /** Standard error of each density for independent values. */
  readonly standardErrors: Float64Array;
  /** Share of the weight outside the edges. */
  readonly outside: number;
  /** `(Σ w)² / Σ w²`. */
  readonly effectiveCount: number;
}

function binOf(edges: ArrayLike<number>, x: number): number {
  const last = edges.length - 1;
  if (!(x >= edges[0] && x <= edges[last])) return -1;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= x) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Histogram of weighted values as a density. A bin's mass is a ratio estimate `Σ_in w / Σ w` with the standard error
 * `√(Σ w² (1_in - mass)²) / Σ w`.
 *
 * @throws RangeError for no values, values or weights that are not finite, negative weights or none above 0, unequal
 * lengths, or edges that do not increase.
 */
export function weightedHistogram({ values, weights, edges: givenEdges }: HistogramData): WeightedHistogram {
  requireFiniteEntries("values", values);
  const edges = Float64Array.from(requireIncreasing("edges", givenEdges, 2));
  if (weights !== undefined) requireEqualLengths("weights", weights, "values", values);
  const bins = edges.length - 1;
  const [sums, squares] = [new Float64Array(bins), new Float64Array(bins)];
  let [total, totalSquares] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    const weight = weights === undefined ? 1 : requireNonNegative(() => `weights[${i}]`, weights[i]);
    total += weight;
    totalSquares += weight * weight;
    const bin = binOf(edges, values[i]);
    if (bin < 0) continue;
    sums[bin] += weight;
    squares[bin] += weight * weight;
  }
  if (!(total > 0)) throw unexpected("weights", "at least one above 0", 0);
  const masses = sums.map((sum) => sum / total);
  const width = (j: number) => edges[j + 1] - edges[j];
  const densities = masses.map((mass, j) => mass / width(j));
  const standardErrors = masses.map((mass, j) => {
    const spread = squares[j] * (1 - 2 * mass) + totalSquares * mass * mass;
    return Math.sqrt(Math.max(0, spread)) / total / width(j);
  });
  const inside = sums.reduce((sum, value) => sum + value, 0);
  return { edges, masses, densities, standardErrors, outside: Math.max(0, 1 - inside / total), effectiveCount: (total * total) / totalSquares };
}
