import {bootstrapInterval, kolmogorovSmirnov, minimumDetectableEffect, studentCoreExponent} from "../../../statistics/index.ts";
import type {RandomSource} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeValue, margins, percent, pText} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import {finitePositions} from "../chain-end.ts";
import {clockExponent, powerLawCdf, reweight} from "../clock-histograms.ts";
import type {ClockLaw} from "../clock-histograms.ts";
import type {ClockChain} from "../random-time-change.ts";
import {claimOf} from "./claim-of.ts";

const titles: Readonly<Record<ClockLaw, string>> = {
  t: "The multiplicative-noise equation has the exponent 1 + 1/T",
  "tau reweighted": "The additive-noise equation has it too, reweighted by 1/L",
  tau: "Without the weight 1/L the exponent is 1/T"
};

/** A chain's part in the mean of log(1 + θ²) under the weights of a law. */
interface WeightedLog {
  readonly weight: number;
  readonly log: number;
}

function weightedLogs(positions: readonly number[], law: ClockLaw): readonly WeightedLog[] {
  return positions.map((position) => ({weight: law === "tau reweighted" ? reweight(position) : 1, log: Math.log1p(position * position)}));
}

function exponentOf(chains: readonly WeightedLog[]): number {
  let [sum, total] = [0, 0];
  for (const {weight, log} of chains) {
    sum += weight * log;
    total += weight;
  }
  return studentCoreExponent(sum / total);
}

/** The random time change: both clocks against the exact stationary law; the unweighted τ is the negative control. */
export function clockVerdicts(chains: readonly ClockChain[], temperature: number, random: (purpose: string) => RandomSource): readonly Verdict[] {
  const finest = Math.min(...new Set(chains.map(({relativeTimeStep}) => relativeTimeStep)));
  return (["t", "tau reweighted", "tau"] as const).map((law): Verdict => {
    const predicted = clockExponent(law, temperature);
    const claim = claimOf({
      id: `time-change.${law.replace(" ", "-")}`,
      section: "one-process-two-clocks-one-factor-of-1-l",
      title: titles[law],
      statement: "The change of clock dτ = L dt turns multiplicative noise into additive noise on log L; the stationary laws differ by the factor 1/L.",
      source: law === "tau" ? "P̃ ∝ L^−B/(ηh*), Mori et al., section 4" : "P ∝ L^−(1 + B/(ηh*)), Mori et al., section 4",
      sourceKind: "paper",
      quantity: "exponent φ of the density ∝ (1 + θ²)^−φ",
      rule: "bootstrap over chains, 95 % interval, and Kolmogorov–Smirnov against the exact law (unweighted clocks): reproduced within 3 % and p > 0.01, approximate within 35 %; judged with half the time step"
    });
    const ofClock = chains.filter(({clock}) => clock === (law === "t" ? "t" : "tau"));
    const judgedChains = ofClock.filter(({relativeTimeStep}) => relativeTimeStep === finest);
    const positions = finitePositions(judgedChains);
    const counts = {used: positions.length, total: judgedChains.length};
    if (positions.length < 100) return {...claim, ...inconclusive(`100 chains are needed, found ${positions.length}`, {...counts, predicted})};
    const {estimate, interval, standardError} = bootstrapInterval({units: weightedLogs(positions, law), statistic: exponentOf, random: random(`clock ${law}`), resamples: 400, method: "percentile"});
    const judged = judgeValue({predicted, estimate, ...interval, ...counts, minimumDetectableEffect: minimumDetectableEffect(standardError)}, margins);
    const fit = law === "tau reweighted" ? null : kolmogorovSmirnov(positions, (x) => powerLawCdf(x, predicted));
    const coarse = exponentOf(weightedLogs(finitePositions(ofClock.filter(({relativeTimeStep}) => relativeTimeStep > finest)), law));
    const rejected = fit !== null && fit.pValue <= 0.01;
    return {
      ...claim,
      ...judged,
      outcome: rejected && judged.outcome === "reproduced" ? "not reproduced" : judged.outcome,
      explanation: `exponent ${digits(estimate)} against ${digits(predicted)} (${percent(judged.discrepancy!)}), ${digits(coarse)} with twice the time step${fit === null ? "" : `; Kolmogorov–Smirnov ${pText(fit.pValue)}`}`
    };
  });
}
