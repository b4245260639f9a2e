import { findRoot } from "./find-root.ts";
import type { TailIndex } from "./tail-index.ts";

/** The law of the factor `M >= 0` of one step, on points: `E f(log M) ≈ Σ exp(logWeights) f(logFactors)`. */
export interface LogFactorLaw {
  readonly logFactors: Float64Array;
  readonly logWeights: Float64Array;
}

/** `log E M^power`, `power > 0`, by a sum that cannot overflow and, for small powers, does not cancel. */
export function logMoment({ logFactors, logWeights }: LogFactorLaw, power: number): number {
  let [largest, expansion, sum] = [-Infinity, -Infinity, 0];
  for (let i = 0; i < logFactors.length; i += 1) {
    largest = Math.max(largest, logWeights[i] + power * logFactors[i]);
    expansion = Math.max(expansion, logFactors[i]);
  }
  if (power * expansion < 1) {
    for (let i = 0; i < logFactors.length; i += 1) sum += Math.exp(logWeights[i]) * Math.expm1(power * logFactors[i]);
    return Math.log1p(sum);
  }
  for (let i = 0; i < logFactors.length; i += 1) sum += Math.exp(logWeights[i] + power * logFactors[i] - largest);
  return largest + Math.log(sum);
}

function meanAndLargest({ logFactors, logWeights }: LogFactorLaw): { mean: number; largest: number } {
  let [mean, largest] = [0, -Infinity];
  for (let i = 0; i < logFactors.length; i += 1) {
    const weight = Math.exp(logWeights[i]);
    if (weight === 0) continue;
    mean += weight * logFactors[i];
    largest = Math.max(largest, logFactors[i]);
  }
  return { mean, largest };
}

/** `"bounded"` for a law on finitely many points, whose largest factor may not expand. */
export type FactorSupport = "bounded" | "unbounded";

/**
 * The root `α > 0` of `E M^α = 1`, searched from `guess`. `factor` is how the reasons write `M`.
 *
 * Source: H. Kesten, Acta Math. 131 (1973) 207.
 */
export function kestenRoot(law: LogFactorLaw, guess: number, support: FactorSupport, factor: string): TailIndex {
  const { mean, largest } = meanAndLargest(law);
  if (mean >= -1e-12) {
    return { kind: "not stationary", index: undefined, lyapunovExponent: mean, reason: `E log${factor} = ${mean.toPrecision(4)} is not negative: the iterates diverge` };
  }
  if (support === "bounded" && largest <= 1e-15) {
    return { kind: "no power law", index: Infinity, lyapunovExponent: mean, reason: `no factor expands: max ${factor} = ${Math.exp(largest).toPrecision(4)}` };
  }
  let upper = guess;
  while (logMoment(law, upper) <= 0) upper *= 2;
  let lower = upper / 2;
  while (logMoment(law, lower) >= 0) lower /= 2;
  return { kind: "power law", index: findRoot((power) => logMoment(law, power), lower, upper), lyapunovExponent: mean };
}
