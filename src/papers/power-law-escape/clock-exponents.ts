import {bootstrapInterval, kolmogorovSmirnov, studentCoreExponent} from "../../statistics/index.ts";
import type {RandomSource} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {finitePositions} from "./chain-end.ts";
import {clockExponent, clockLaws, clockOf, powerLawCdf, reweight} from "./clock-histograms.ts";
import type {ClockLaw} from "./clock-histograms.ts";
import type {RandomTimeChangeParameters} from "./parameters.ts";
import type {ClockChain} from "./random-time-change.ts";

/** The exponent φ of the density ∝ (1 + θ²)^−φ by the chains of one clock with the finest time step; null for fewer than 100. */
export interface FittedClockExponent {
  readonly law: ClockLaw;
  readonly exponent: number | null;
  readonly standardError: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The same exponent by the chains with twice the time step. */
  readonly coarseExponent: number | null;
  /** Of Kolmogorov and Smirnov's test against the exact law; null for weighted chains too. */
  readonly pValue: number | null;
  readonly used: number;
  readonly total: number;
}

export const fewestChains = 100;
const resamples = 400;

/** The exponent as a statistic of chains by their numbers: that of the mean of log(1 + θ²) under the weights of a law. */
function exponentBy(positions: readonly number[], law: ClockLaw): (chains: readonly number[]) => number {
  const weights = Float64Array.from(positions, (position) => (law === "tau reweighted" ? reweight(position) : 1));
  const logs = Float64Array.from(positions, (position, chain) => weights[chain]! * Math.log1p(position * position));
  return (chains) => {
    let [sum, total] = [0, 0];
    for (const chain of chains) {
      sum += logs[chain]!;
      total += weights[chain]!;
    }
    return studentCoreExponent(sum / total);
  };
}

const numbersOf = (positions: readonly number[]): readonly number[] => Array.from(positions, (_, chain) => chain);

/** The exponent of one law with its 95 % interval by bootstrap over the chains of its clock, and the test of its shape. */
export function fitClockExponent(chains: readonly ClockChain[], law: ClockLaw, temperature: number, random: RandomSource): FittedClockExponent {
  const finest = chains.reduce((least, {relativeTimeStep}) => Math.min(least, relativeTimeStep), Infinity);
  const judged = chains.filter(({relativeTimeStep}) => relativeTimeStep === finest);
  const positions = finitePositions(judged);
  const counts = {used: positions.length, total: judged.length};
  if (positions.length < fewestChains) return {law, exponent: null, standardError: null, low: null, high: null, coarseExponent: null, pValue: null, ...counts};
  const {estimate, standardError, interval} = bootstrapInterval({units: numbersOf(positions), statistic: exponentBy(positions, law), random, resamples, method: "percentile"});
  const coarse = finitePositions(chains.filter(({relativeTimeStep}) => relativeTimeStep > finest));
  return {
    law,
    exponent: estimate,
    standardError,
    low: interval.low,
    high: interval.high,
    coarseExponent: coarse.length === 0 ? null : exponentBy(coarse, law)(numbersOf(coarse)),
    pValue: law === "tau reweighted" ? null : kolmogorovSmirnov(positions, (x) => powerLawCdf(x, clockExponent(law, temperature))).pValue,
    ...counts
  };
}

/** The random time change: the exponents of both clocks and of τ reweighted, each from the chains of its clock. */
export const clockExponents = /* @__PURE__ */ defineExperiment({
  cells: ({temperature}: RandomTimeChangeParameters) => clockLaws.map((law) => ({name: law, reads: {law, temperature}, rows: [{clock: clockOf(law)}]})),
  run: ({law, temperature}: {readonly law: ClockLaw; readonly temperature: number}, {stream}, [chains]: readonly [readonly ClockChain[]]): readonly FittedClockExponent[] => [
    fitClockExponent(chains, law, temperature, stream("verdicts", 0).generator(`clock ${law}`))
  ]
});
