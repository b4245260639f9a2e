import type {TailIndex} from "../../numerics/index.ts";
import type {RandomSource} from "../../statistics/index.ts";
import {contractingStepSize} from "./finite-data-cells.ts";
import type {FiniteDataCell} from "./finite-data-cells.ts";
import {momentGrowth} from "./moment-growth.ts";
import type {PopulationSize, RankOneSteps} from "./moment-growth.ts";

/**
 * The tail index of SGD; `low` and `high` are a 95 % interval, null where there is no index. One above the greatest
 * that is looked for is `beyond`.
 */
export type ComputedTailIndex = (TailIndex | {readonly kind: "beyond"; readonly lyapunovExponent: number; readonly reason: string}) & {readonly low: number | null; readonly high: number | null};

/** The greatest tail index that is looked for: larger ones rest on steps too rare, and no sample shows them. */
export const greatestIndex = 12;

/** The steps of SGD with B = 1 far from the minimum. */
export function rankOneSteps({set: {samples}, sgd: {eigenvalues, ridge, stepSize}}: FiniteDataCell): RankOneSteps {
  const dimension = eigenvalues.length;
  const deviations = eigenvalues.map(Math.sqrt);
  const drawRow = (row: Float64Array, random: RandomSource) => {
    if (samples === null) for (let j = 0; j < dimension; j++) row[j] = deviations[j]! * random.normal();
    else {
      const offset = random.integer(samples.count) * dimension;
      for (let j = 0; j < dimension; j++) row[j] = samples.features[offset + j]!;
    }
  };
  return {dimension, drawRow, stepSize, ridge};
}

/**
 * The tail index of SGD itself with B = 1: the positive root α of Λ(α) = 0, where Λ(p) is the growth rate of the p-th
 * moment of products of I − γ(a aᵀ + δ), Kesten's equation in d dimensions, by populations of directions. Λ is convex
 * with Λ(0) = 0, so that Λ(p)/p rises and has one root, found by bisection; the interval is that of Λ/p there over its
 * slope, and the bracket. A population too small makes far moments, and with them large indices, come out too light. Where every step contracts there is no power law; where the top Lyapunov exponent is not negative, by
 * two standard errors, no stationary law.
 *
 * @param random a generator at its start, for each purpose.
 */
export function sgdTailIndex(cell: FiniteDataCell, size: PopulationSize, random: (purpose: string) => RandomSource): ComputedTailIndex {
  const steps = rankOneSteps(cell);
  const growth = (power: number) => momentGrowth(steps, power, size, random(`moment ${power}`));
  const {rate: lyapunovExponent, standardError} = growth(0);
  const without = {lyapunovExponent, low: null, high: null} as const;
  const contracting = contractingStepSize(cell.set, cell.sgd.ridge);
  if (contracting !== null && cell.sgd.stepSize <= contracting) return {kind: "no power law", index: Infinity, reason: "every step of SGD contracts: its law has bounded support", ...without};
  if (lyapunovExponent + 2 * standardError >= 0) return {kind: "not stationary", index: undefined, reason: `the top Lyapunov exponent is ${lyapunovExponent.toPrecision(2)} a step: SGD diverges`, ...without};
  const relative = (power: number) => ({power, rate: growth(power).rate / power});
  let [lower, upper] = [{power: 0, rate: lyapunovExponent}, relative(1)];
  while (upper.rate < 0) {
    if (upper.power >= greatestIndex) return {kind: "beyond", reason: `the tail index is above ${greatestIndex}`, ...without};
    [lower, upper] = [upper, relative(Math.min(greatestIndex, 2 * upper.power))];
  }
  for (let halving = 0; halving < 6; halving++) {
    const middle = relative((lower.power + upper.power) / 2);
    if (middle.rate < 0) lower = middle;
    else upper = middle;
  }
  const index = (lower.power + upper.power) / 2;
  const slope = (relative(1.1 * index).rate - relative(0.9 * index).rate) / (0.2 * index);
  const reach = (upper.power - lower.power) / 2 + (1.96 * growth(index).standardError) / (index * slope);
  return {kind: "power law", index, lyapunovExponent, low: index - reach, high: index + reach};
}
