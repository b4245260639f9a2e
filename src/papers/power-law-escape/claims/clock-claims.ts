import {minimumDetectableEffect} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeValue, margins, percent, pText} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import {fewestChains} from "../clock-exponents.ts";
import type {FittedClockExponent} from "../clock-exponents.ts";
import {clockExponent} from "../clock-histograms.ts";
import type {ClockLaw} from "../clock-histograms.ts";
import {claimOf} from "./claim-of.ts";

const titles: Readonly<Record<ClockLaw, string>> = {
  t: "The multiplicative-noise equation has the exponent 1 + 1/T",
  "tau reweighted": "The additive-noise equation has it too, reweighted by 1/L",
  tau: "Without the weight 1/L the exponent is 1/T"
};

/** The random time change: both clocks against the exact stationary law; the unweighted τ is the negative control. */
export function clockVerdicts(exponents: readonly FittedClockExponent[], temperature: number): readonly Verdict[] {
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
    const {exponent, standardError, low, high, coarseExponent, pValue, used, total} = exponents.find((fitted) => fitted.law === law)!;
    if (exponent === null) return {...claim, ...inconclusive(`${fewestChains} chains are needed, found ${used}`, {used, total, predicted})};
    const judged = judgeValue({predicted, estimate: exponent, low: low!, high: high!, used, total, minimumDetectableEffect: minimumDetectableEffect(standardError!)}, margins);
    const rejected = pValue !== null && pValue <= 0.01;
    return {
      ...claim,
      ...judged,
      outcome: rejected && judged.outcome === "reproduced" ? "not reproduced" : judged.outcome,
      explanation: `exponent ${digits(exponent)} against ${digits(predicted)} (${percent(judged.discrepancy!)})${coarseExponent === null ? "" : `, ${digits(coarseExponent)} with twice the time step`}${pValue === null ? "" : `; Kolmogorov–Smirnov ${pText(pValue)}`}`
    };
  });
}
