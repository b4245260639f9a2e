import { requireEqualLengths, requireFiniteEntries, requireIntegerAtLeast, unexpected } from "./argument-checks.ts";
import type { MarkovKernel } from "./markov-kernel.ts";

/** Which states of a chain are averaged, from which start. */
export interface AveragedStates {
  readonly kernel: MarkovKernel;
  /** Probability of each cell at the start. */
  readonly start: ArrayLike<number>;
  /** Steps before the first state that counts; the states `burnIn + 1, …, burnIn + steps` do. */
  readonly burnIn: number;
  readonly steps: number;
}

/** Moments of a time average and of the last state. */
export interface AverageMoments {
  readonly mean: number;
  readonly variance: number;
  /** Law of the last state. */
  readonly last: Float64Array;
}

/** Changes of first and second moments below these, relative to the width of the grid and its square, count as none. */
const SETTLED = [1e-9, 1e-9];

/** Rows of a kernel without their zeros at both ends. */
function bands({ size, matrix }: MarkovKernel): { readonly first: Int32Array; readonly last: Int32Array } {
  const first = new Int32Array(size);
  const last = new Int32Array(size).fill(size);
  for (let i = 0; i < size; i += 1) {
    while (first[i] < size && matrix[i * size + first[i]] === 0) first[i] += 1;
    while (last[i] > first[i] && matrix[i * size + last[i] - 1] === 0) last[i] -= 1;
  }
  return { first, last };
}

/**
 * Exact mean and variance of `(1/T) Σ_t x_t` over `T = steps` states of a chain on cells, for a finite `T` and from
 * any start, by the recursions of its first two moments
 *
 * `A_k(x) = E[g(x₁) + A_{k-1}(x₁)]`, `B_k(x) = E[g(x₁)² + 2 g(x₁) A_{k-1}(x₁) + B_{k-1}(x₁)]`,
 *
 * with `g` the distance from the mean of the last state. Work is `(2 T + burnIn)` products with the kernel's bands, less where
 * the chain settles before: then every further step adds the same.
 *
 * @throws RangeError for fewer than one step, a chain that can leave its grid, or a start that is no law on its cells.
 */
export function averagedStates({ kernel, start, burnIn, steps }: AveragedStates): AverageMoments {
  requireIntegerAtLeast("steps", steps, 1);
  requireIntegerAtLeast("burnIn", burnIn, 0);
  requireEqualLengths("start", requireFiniteEntries("start", start), "kernel.midpoints", kernel.midpoints);
  const { size, matrix, midpoints, exit } = kernel;
  const leak = exit.findIndex((p) => p > 0);
  if (leak >= 0) throw unexpected(`kernel.exit[${leak}]`, "0, a chain that cannot leave its grid", exit[leak]);
  const total = Array.from(start).reduce((sum, p) => sum + p, 0);
  if (!(Math.abs(total - 1) < 1e-9)) throw unexpected("start", "probabilities that add up to 1", total);
  const { first, last } = bands(kernel);
  const scale = midpoints[size - 1] - midpoints[0];
  const advance = (law: Float64Array): Float64Array => {
    const next = new Float64Array(size);
    for (let i = 0; i < size; i += 1) if (law[i] !== 0) for (let j = first[i]; j < last[i]; j += 1) next[j] += law[i] * matrix[i * size + j];
    return next;
  };
  const lawAfter = (from: Float64Array, count: number): Float64Array => {
    let law = from;
    for (let step = 0; step < count; step += 1) {
      const next = advance(law);
      const change = next.reduce((sum, p, i) => sum + Math.abs(p - law[i]), 0);
      law = next;
      if (change < 1e-13) break;
    }
    return law;
  };
  const begin = lawAfter(Float64Array.from(start), burnIn);
  const end = lawAfter(begin, steps);
  const middle = midpoints.reduce((sum, x, i) => sum + end[i] * x, 0);
  const away = midpoints.map((x) => x - middle);
  let firstMoment = new Float64Array(size);
  let secondMoment = new Float64Array(size);
  let [done, extraFirst, extraSecond] = [0, 0, 0];
  while (done < steps) {
    const [inner, outer] = [new Float64Array(size), new Float64Array(size)];
    for (let j = 0; j < size; j += 1) {
      inner[j] = away[j] + firstMoment[j];
      outer[j] = away[j] * (away[j] + 2 * firstMoment[j]) + secondMoment[j];
    }
    const [nextFirst, nextSecond] = [new Float64Array(size), new Float64Array(size)];
    for (let i = 0; i < size; i += 1) {
      let [a, b] = [0, 0];
      for (let j = first[i], at = i * size + first[i]; j < last[i]; j += 1, at += 1) {
        a += matrix[at] * inner[j];
        b += matrix[at] * outer[j];
      }
      nextFirst[i] = a;
      nextSecond[i] = b;
    }
    done += 1;
    const growth = [nextFirst.map((a, i) => a - firstMoment[i]), nextSecond.map((b, i) => b - secondMoment[i])];
    [firstMoment, secondMoment] = [nextFirst, nextSecond];
    const spread = growth.map((each) => each.reduce((most, value) => Math.max(most, value), -Infinity) - each.reduce((least, value) => Math.min(least, value), Infinity));
    if (Math.abs(growth[0].reduce((sum, value) => Math.max(sum, Math.abs(value)), 0)) < SETTLED[0] * scale && spread[1] < SETTLED[1] * scale * scale) {
      const left = steps - done;
      [extraFirst, extraSecond] = [left * growth[0][size >> 1], left * growth[1][size >> 1]];
      break;
    }
  }
  const expect = (values: Float64Array) => values.reduce((sum, value, i) => sum + begin[i] * value, 0);
  const mean = (expect(firstMoment) + extraFirst) / steps;
  const square = (expect(secondMoment) + extraSecond) / steps / steps;
  return { mean: middle + mean, variance: square - mean * mean, last: end };
}
