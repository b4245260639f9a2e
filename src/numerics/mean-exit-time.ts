import type { MarkovKernel } from "./markov-kernel.ts";
import { eliminateStates } from "./state-elimination.ts";

/** Mean number of steps until a chain leaves its grid. */
export interface MeanExitTime {
  /** From the midpoint of each cell. */
  readonly times: Float64Array;
  /** From any state of the grid: one exact step, then the cells' times. */
  readonly from: (x: number) => number;
  /** Largest `|T - 1 - K T|` relative to `T`. */
  readonly residual: number;
}

/**
 * Solves `(I - K) T = 1` on the cells of an absorbing kernel by state elimination without subtractions: the
 * relative error does not grow with the rarity of the exit. Times are counted in steps; a step counts also
 * when it is the one that leaves.
 *
 * @throws RangeError when some cell cannot leave the grid.
 */
export function meanExitTime(kernel: MarkovKernel): MeanExitTime {
  const { size, matrix } = kernel;
  const { factors, leave, rewards } = eliminateStates(kernel, new Float64Array(size).fill(1));
  if (!(leave[0] > 0)) throw new RangeError("kernel: expected a chain that leaves its grid, found no exit probability");
  const times = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    let time = rewards[k];
    for (let j = 0; j < k; j += 1) time += factors[k * size + j] * times[j];
    times[k] = time / leave[k];
  }
  const step = (row: Float64Array) => 1 + row.reduce((sum, p, j) => sum + p * times[j], 0);
  const residual = times.reduce((worst, time, i) => Math.max(worst, Math.abs(step(matrix.subarray(i * size, (i + 1) * size)) / time - 1)), 0);
  const from = (x: number) => {
    const row = new Float64Array(size);
    kernel.rowFrom(x, row);
    return step(row);
  };
  return { times, from, residual };
}
