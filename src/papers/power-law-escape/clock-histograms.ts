import {studentTCdf} from "../../statistics/index.ts";
import {finitePositions} from "./chain-end.ts";
import type {Clock} from "./clock-equations.ts";
import {stationaryExponentOf} from "./log-loss-predictions.ts";
import type {ClockChain} from "./random-time-change.ts";

/** The laws that the two clocks are compared in. */
export const clockLaws = ["t", "tau", "tau reweighted"] as const;

export type ClockLaw = (typeof clockLaws)[number];

/** The clock whose chains a law is of. */
export const clockOf = (law: ClockLaw): Clock => (law === "t" ? "t" : "tau");

/** One bin of a histogram of positions. */
export interface ClockBin {
  readonly law: ClockLaw;
  readonly position: number;
  readonly density: number;
  readonly low: number;
  readonly high: number;
  /** The exact density, averaged over the bin. */
  readonly exact: number;
  readonly count: number;
}

/** The exponent φ of a clock's stationary density ∝ (1 + θ²)^−φ: 1 + 1/T in t, 1/T in τ. */
export function clockExponent(law: ClockLaw, temperature: number): number {
  const exponent = stationaryExponentOf(temperature);
  return law === "tau" ? exponent - 1 : exponent;
}

/** P(θ ≤ x) of the density ∝ (1 + θ²)^−φ: Student's law with ν = 2φ − 1, at x√ν. */
export function powerLawCdf(x: number, exponent: number): number {
  const degrees = 2 * exponent - 1;
  return studentTCdf(x * Math.sqrt(degrees), degrees);
}

/** The weight that turns positions at stationarity in τ into positions in t, ∝ 1/L. */
export function reweight(position: number): number {
  return 1 / (1 + position * position);
}

/**
 * Histograms of |θ| ≤ 4 standard widths in the clocks t and τ, and of τ
 * reweighted by 1/L, from the chains of the finest time step, with 95 %
 * intervals from the (weighted) binomial variance.
 */
export function clockHistograms(chains: readonly ClockChain[], temperature: number, bins: number): readonly ClockBin[] {
  const finest = Math.min(...new Set(chains.map(({relativeTimeStep}) => relativeTimeStep)));
  const reach = 4 * Math.sqrt(temperature / 2);
  const width = (2 * reach) / bins;
  return clockLaws.flatMap((law) => {
    const positions = finitePositions(chains.filter((chain) => chain.relativeTimeStep === finest && chain.clock === clockOf(law)));
    const weightOf = law === "tau reweighted" ? reweight : () => 1;
    const total = positions.reduce((sum, position) => sum + weightOf(position), 0);
    const weights = new Float64Array(bins);
    const squares = new Float64Array(bins);
    const counts = new Int32Array(bins);
    for (const position of positions) {
      const bin = Math.floor((position + reach) / width);
      if (bin < 0 || bin >= bins) continue;
      const weight = weightOf(position);
      weights[bin]! += weight;
      squares[bin]! += weight * weight;
      counts[bin]!++;
    }
    const exponent = clockExponent(law, temperature);
    return Array.from({length: bins}, (_, bin): ClockBin => {
      const lower = -reach + bin * width;
      const density = weights[bin]! / total / width;
      const deviation = Math.sqrt(squares[bin]!) / total / width;
      const exact = (powerLawCdf(lower + width, exponent) - powerLawCdf(lower, exponent)) / width;
      return {law, position: lower + width / 2, density, low: Math.max(0, density - 1.96 * deviation), high: density + 1.96 * deviation, exact, count: counts[bin]!};
    });
  });
}
