import {kolmogorovSmirnov} from "../../statistics/index.ts";
import type {RandomSource} from "../../statistics/index.ts";
import type {FittedLaw, LawFamily} from "./law-families.ts";

/** What a parametric bootstrap says of a fitted law. */
export interface GoodnessOfFit {
  /** p-values of the Kolmogorov–Smirnov and of the Anderson–Darling distance, (1 + #≥)/(1 + samples). */
  readonly distancePValue: number;
  readonly andersonDarlingPValue: number;
  /** The Kolmogorov–Smirnov distance that 5 % of the bootstrap samples pass. */
  readonly criticalDistance: number;
}

interface Distances {
  readonly distance: number;
  readonly andersonDarling: number;
}

/** A² = −n − Σ (2i − 1)/n [log F(x_(i)) + log(1 − F(x_(n+1−i)))] of the values' probabilities. */
function andersonDarling(values: Float64Array, {cdf}: FittedLaw): number {
  const probabilities = Float64Array.from(values, cdf).sort().map((p) => Math.min(1 - 1e-16, Math.max(1e-300, p)));
  const count = probabilities.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (2 * i + 1) * (Math.log(probabilities[i]!) + Math.log1p(-probabilities[count - 1 - i]!));
  return -count - sum / count;
}

const distancesOf = (values: Float64Array, law: FittedLaw): Distances => ({distance: kolmogorovSmirnov(values, law.cdf).statistic, andersonDarling: andersonDarling(values, law)});

/**
 * Tests whether independent values come from a family of laws: the distances to the law fitted to them, against those
 * of samples of that law, each to the law fitted to it.
 *
 * Source: W. Stute, W. González Manteiga, M. Presedo Quindimil, Metrika 40 (1993) 243.
 */
export function goodnessOfFit(values: Float64Array, {fit}: LawFamily, resamples: number, random: RandomSource): GoodnessOfFit {
  const law = fit(values);
  const observed = distancesOf(values, law);
  const samples = Array.from({length: resamples}, () => {
    const sample = law.draws(values.length, random);
    return distancesOf(sample, fit(sample));
  });
  const pValue = (key: keyof Distances) => (1 + samples.filter((sample) => sample[key] >= observed[key]).length) / (1 + resamples);
  const sorted = samples.map(({distance}) => distance).sort((a, b) => a - b);
  return {distancePValue: pValue("distance"), andersonDarlingPValue: pValue("andersonDarling"), criticalDistance: sorted[Math.ceil(0.95 * sorted.length) - 1]!};
}
