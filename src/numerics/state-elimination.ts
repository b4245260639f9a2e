import type { MarkovKernel } from "./markov-kernel.ts";

/** The triangular factors left by {@link eliminateStates}. */
export interface EliminatedStates {
  /** Below the diagonal `p[k * size + j]`, `j < k`: move from `k` to `j` in the chain watched on `0..k`; above it `p[j * size + k] / leave[k]`. */
  readonly factors: Float64Array;
  /** Probability of moving from `k` to lower states or out, in the chain watched on `0..k`. */
  readonly leave: Float64Array;
  /** Expected reward collected from `k` until the chain is next in `0..k`, starting at `k`. */
  readonly rewards: Float64Array;
}

/**
 * Eliminates the states of a chain from the last to the first. Nothing is ever subtracted (the diagonal is
 * replaced by the sum of what leaves), so that every entry keeps its relative accuracy however rare an exit
 * or a state is. Work is proportional to the filled part of the rows.
 *
 * Source: W. K. Grassmann, M. I. Taksar, D. P. Heyman, Operations Research 33 (1985) 1107.
 *
 * @throws RangeError when a state has no way to lower states or out.
 */
export function eliminateStates(kernel: Pick<MarkovKernel, "size" | "matrix" | "exit">, reward: Float64Array): EliminatedStates {
  const { size } = kernel;
  const factors = kernel.matrix.slice();
  const exit = kernel.exit.slice();
  const rewards = reward.slice();
  const leave = new Float64Array(size);
  const first = Int32Array.from({ length: size }, (_, i) => {
    const found = factors.subarray(i * size, (i + 1) * size).findIndex((p) => p !== 0);
    return found < 0 ? size : found;
  });
  for (let k = size - 1; k >= 0; k -= 1) {
    const row = k * size;
    let leaving = exit[k];
    for (let j = first[k]; j < k; j += 1) leaving += factors[row + j];
    leave[k] = leaving;
    if (k === 0) break;
    if (!(leaving > 0)) throw new RangeError(`kernel: expected a chain that can go down or out from every cell, found that cell ${k} cannot`);
    for (let i = 0; i < k; i += 1) {
      const into = factors[i * size + k];
      if (into === 0) continue;
      const factor = into / leaving;
      factors[i * size + k] = factor;
      for (let j = first[k], target = i * size + first[k], source = row + first[k]; j < k; j += 1, target += 1, source += 1) {
        factors[target] += factor * factors[source];
      }
      if (first[k] < first[i]) first[i] = first[k];
      exit[i] += factor * exit[k];
      rewards[i] += factor * rewards[k];
    }
  }
  return { factors, leave, rewards };
}
