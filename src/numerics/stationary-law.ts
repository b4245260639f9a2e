import { unexpected } from "./argument-checks.ts";
import type { MarkovKernel } from "./markov-kernel.ts";
import { eliminateStates } from "./state-elimination.ts";

/** The stationary law of a chain on cells. */
export interface StationaryLaw {
  readonly edges: Float64Array;
  readonly midpoints: Float64Array;
  /** Probability of each cell; they add up to 1. */
  readonly masses: Float64Array;
  /** `sum_j |(π K - π)_j|`. */
  readonly residual: number;
  /** `sum_j masses[j] f(midpoints[j])`, with an error of the order of the square of the cell width. */
  readonly expectation: (f: (x: number) => number) => number;
}

/** Masses are divided by this when one is larger, so that cells rarer than 1e-308 of others do not make these overflow. */
const LARGE = 1e200;

/**
 * Stationary law `π K = π` by state elimination without subtractions, so that the masses of remote cells
 * keep their relative accuracy.
 *
 * @throws RangeError when the chain can leave its grid (use `ends: "lumped"`) or is reducible.
 */
export function stationaryLaw(kernel: MarkovKernel): StationaryLaw {
  const { size, matrix, exit, edges, midpoints } = kernel;
  const leak = exit.findIndex((p) => p > 0);
  if (leak >= 0) throw unexpected(`kernel.exit[${leak}]`, "0, a chain that cannot leave its grid", exit[leak]);
  const { factors } = eliminateStates(kernel, new Float64Array(size));
  const masses = new Float64Array(size);
  masses[0] = 1;
  for (let k = 1; k < size; k += 1) {
    let mass = 0;
    for (let j = 0; j < k; j += 1) mass += masses[j] * factors[j * size + k];
    masses[k] = mass;
    if (mass > LARGE) for (let j = 0; j <= k; j += 1) masses[j] /= LARGE;
  }
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  for (let k = 0; k < size; k += 1) masses[k] /= total;
  const next = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    if (masses[i] === 0) continue;
    for (let j = 0; j < size; j += 1) next[j] += masses[i] * matrix[i * size + j];
  }
  const residual = next.reduce((sum, mass, j) => sum + Math.abs(mass - masses[j]), 0);
  const expectation = (f: (x: number) => number) => masses.reduce((sum, mass, j) => sum + mass * f(midpoints[j]), 0);
  return { edges, midpoints, masses, residual, expectation };
}
