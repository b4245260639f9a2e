import { requireFinite, requireIntegerAtLeast, requirePositive, unexpected } from "./argument-checks.ts";
import { uniformEdges } from "./grid-edges.ts";
import type { LineObjective } from "./line-objective.ts";
import type { MarkovKernel } from "./markov-kernel.ts";
import { NORMAL_CUT_OFF } from "./normal-tail.ts";
import { stationaryLaw, type StationaryLaw } from "./stationary-law.ts";

/** Gradient descent with Gaussian noise of constant variance in one dimension: `w' ~ N(w - η f'(w), η² σ²)`. */
export interface NoisyDescent {
  readonly objective: LineObjective;
  /** `η` */
  readonly stepSize: number;
  /** `σ`, standard deviation of a gradient's noise. */
  readonly noise: number;
  /** An interval in which the law is looked for; what it holds may be anywhere in `[-limit, limit]`. Its middle should be near the minimum. */
  readonly around: readonly [lower: number, upper: number];
  /** Default 1000. */
  readonly limit?: number;
  /** Cells for the narrower of noise and noise over the stretching of a step; by default 2.5 and as many more as the tolerance needs. */
  readonly resolution?: number;
  /** Largest error of mean and variance, by halving the cells, over standard deviation and variance; default 1e-5. */
  readonly tolerance?: number;
}

/** Moments of noisy gradient descent at stationarity. */
export interface DescentLaw extends StationaryLaw {
  readonly kernel: MarkovKernel;
  /** `E w`, which is `E v` of `v = w - η f'(w)` too. */
  readonly mean: number;
  readonly variance: number;
  /** The error that halving the cells shows, as the tolerance counts it. */
  readonly error: number;
  /** `E g(v)` over the points after a gradient step and before the noise. */
  readonly expectationAhead: (g: (v: number) => number) => number;
  /** `S² = E (ε + f'(v - η ε))²`, squared length of a step of `v` over `η²`. */
  readonly meanSquareStep: number;
}

const EDGE_MASS = 1e-13;
const MOST_CELLS = 6000;

/** The chain on points one cell width apart: the density of a step at the points, times the width. */
function pointKernel({ objective, stepSize, noise }: NoisyDescent, cells: number, lower: number, upper: number): MarkovKernel {
  const edges = uniformEdges(cells, lower, upper);
  const midpoints = Float64Array.from({ length: cells }, (_, i) => (edges[i] + edges[i + 1]) / 2);
  const [spread, width] = [stepSize * noise, (upper - lower) / cells];
  const rowFrom = (x: number, row: Float64Array): number => {
    const mean = x - stepSize * objective.gradient(x);
    const first = Math.min(cells - 1, Math.max(0, Math.floor((mean - NORMAL_CUT_OFF * spread - lower) / width)));
    const last = Math.max(0, Math.min(cells - 1, Math.ceil((mean + NORMAL_CUT_OFF * spread - lower) / width)));
    row.fill(0);
    let total = 0;
    for (let j = first; j <= last; j += 1) total += row[j] = Math.exp(-(((midpoints[j] - mean) / spread) ** 2) / 2);
    if (total > 0) for (let j = first; j <= last; j += 1) row[j] /= total;
    else row[mean < lower ? 0 : cells - 1] = 1;
    return 0;
  };
  const matrix = new Float64Array(cells * cells);
  midpoints.forEach((x, i) => rowFrom(x, matrix.subarray(i * cells, (i + 1) * cells)));
  return { size: cells, edges, midpoints, matrix, exit: new Float64Array(cells), rowFrom };
}

/** Where `2 (f - min f) / (η σ²)` reaches `height` on both sides: the small-step law falls as the exponential of it. */
function supportOf({ objective, stepSize, noise, around: [lower, upper], limit = 1000 }: NoisyDescent, height: number): readonly [number, number] {
  const spread = stepSize * noise;
  let least = Infinity;
  for (let i = 0; i <= 400; i += 1) least = Math.min(least, objective.value(lower + ((upper - lower) * i) / 400));
  const rise = (height * stepSize * noise * noise) / 2;
  const outwards = (from: number, direction: number) => {
    let [at, stride] = [from, spread];
    while (Math.abs(at) < limit && objective.value(at) - least < rise) [at, stride] = [at + direction * stride, stride * 1.1];
    return Math.max(-limit, Math.min(limit, at + direction * NORMAL_CUT_OFF * spread));
  };
  return reached({ objective, stepSize, noise }, [outwards(lower, -1), outwards(upper, 1)]);
}

/** The part of an interval that steps from inside of it come back to, as far as a normal variable goes. */
function reached({ objective, stepSize, noise }: Pick<NoisyDescent, "objective" | "stepSize" | "noise">, interval: readonly [number, number]): readonly [number, number] {
  const reach = (NORMAL_CUT_OFF - 0.5) * stepSize * noise;
  let [lower, upper] = interval;
  for (let round = 0; round < 100; round += 1) {
    let [least, most] = [Infinity, -Infinity];
    for (let i = 0; i <= 1000; i += 1) {
      const w = lower + ((upper - lower) * i) / 1000;
      const ahead = w - stepSize * objective.gradient(w);
      [least, most] = [Math.min(least, ahead), Math.max(most, ahead)];
    }
    const next = [Math.max(lower, least - reach), Math.min(upper, most + reach)] as const;
    if (next[0] === lower && next[1] === upper) break;
    [lower, upper] = next;
  }
  return [lower, upper];
}

function requireContraction({ objective, stepSize }: NoisyDescent, ends: readonly [number, number]): void {
  for (const end of ends) {
    const next = end - stepSize * objective.gradient(end);
    if (!(next > ends[0] && next < ends[1])) {
      throw unexpected("stepSize", `one at which a gradient step from ${end} stays in [${ends.join(", ")}]; it leads to ${next}, since η f'(w)/w is ${(stepSize * objective.gradient(end)) / end} there`, stepSize);
    }
  }
}

function momentsOf(law: StationaryLaw): { readonly mean: number; readonly variance: number } {
  const mean = law.expectation((w) => w);
  return { mean, variance: law.expectation((w) => (w - mean) ** 2) };
}

function cellsFor({ objective, stepSize, noise }: NoisyDescent, resolution: number, [lower, upper]: readonly [number, number]): number {
  let stretch = 1.5;
  for (let i = 0; i <= 1000; i += 1) stretch = Math.max(stretch, Math.abs(1 - stepSize * objective.curvature(lower + ((upper - lower) * i) / 1000)));
  return 2 * Math.ceil((resolution * stretch * (upper - lower)) / (stepSize * noise) / 2);
}

/**
 * Exact stationary law of noisy gradient descent, on points so close that the trapezoidal rule for the smooth
 * transition density is accurate beyond all powers of their distance. The interval grows until less than 1e-13 of
 * the law is in its outer cells.
 *
 * Assumed: noise independent of `w`. Not checked: that the law has one part; wells between which no step leads keep
 * the weights that the arithmetic gives them.
 *
 * @throws RangeError for a step size at which a gradient step leads out of every interval up to `limit`, or the law
 * does not fit one (`stepSize`), and for cells too coarse for `tolerance` (`resolution`); each with the deciding number.
 */
export function noisyDescent(descent: NoisyDescent): DescentLaw {
  const { objective, stepSize, noise, around, limit = 1000, resolution = 2.5, tolerance = 1e-5 } = descent;
  let used = resolution;
  requirePositive("stepSize", stepSize);
  requirePositive("noise", noise);
  requirePositive("resolution", resolution);
  requirePositive("tolerance", tolerance);
  requirePositive("limit", limit);
  if (!(requireFinite("around[1]", around[1]) > requireFinite("around[0]", around[0]))) throw unexpected("around[1]", `a number above around[0] = ${around[0]}`, around[1]);
  requireContraction(descent, [-limit, limit]);
  let height = 60;
  for (;;) {
    const support = supportOf(descent, height);
    const cells = cellsFor(descent, used, support);
    if (cells > MOST_CELLS) throw unexpected("stepSize", `one whose law needs at most ${MOST_CELLS} cells; [${support.join(", ")}] would take ${cells}`, stepSize);
    const kernel = pointKernel(descent, requireIntegerAtLeast("cells", cells, 4), ...support);
    const law = stationaryLaw(kernel);
    const outer = law.masses[0] + law.masses[cells - 1];
    if (outer > EDGE_MASS) {
      if (support[0] <= -limit || support[1] >= limit || height > 1e4) throw unexpected("stepSize", `one whose law ends within [${support.join(", ")}]; ${outer} of it is in the outer cells`, stepSize);
      height *= 1.6;
      continue;
    }
    const { mean, variance } = momentsOf(law);
    const coarse = momentsOf(stationaryLaw(pointKernel(descent, cells / 2, ...support)));
    const error = Math.max(Math.abs(coarse.mean - mean) / Math.sqrt(variance), Math.abs(coarse.variance / variance - 1));
    if (!(error <= tolerance) && descent.resolution === undefined && used < 20) {
      used *= 1.3;
      continue;
    }
    if (!(error <= tolerance)) throw unexpected("resolution", `cells fine enough for an error of ${tolerance}; twice as wide ones change the moments by ${error}`, used);
    const expectationAhead = (g: (v: number) => number) => law.expectation((w) => g(w - stepSize * objective.gradient(w)));
    const meanSquareStep = noise * noise * (1 - 2 * stepSize * law.expectation(objective.curvature)) + law.expectation((w) => objective.gradient(w) ** 2);
    return { ...law, kernel, mean, variance, error, expectationAhead, meanSquareStep };
  }
}
