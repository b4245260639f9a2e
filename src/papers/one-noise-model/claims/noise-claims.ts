import {digits, inconclusive, judgeAgreement, judgeValue, margins} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import type {DirectionalNoise} from "../noise-along-gradient.ts";
import {claimOf} from "./claim-of.ts";

const section = "both-drop-a-term-that-is-as-large-as-the-one-they-keep";
const directions = {along: "along the loss gradient", across: "across the loss gradient"} as const;

/** X2: the exact directional noise, and where the decoupled one has it. */
export function directionalNoiseVerdicts(rows: readonly DirectionalNoise[]): readonly Verdict[] {
  const positive = rows.filter(({exact, standardError}) => exact > 0 && standardError > 0);
  const formula: Verdict = {
    ...claimOf({
      id: "directional-noise",
      section,
      title: "The noise of one step is 2LH with a term along the gradient and one from kurtosis",
      statement: "Σ = 2L H + ∇L ∇Lᵀ + (κ − 3) diag(H² w²).",
      source: "Isserlis' formula with the inputs' kurtosis; derived here",
      sourceKind: "derived",
      quantity: "measured g(v) over the exact one, pooled over dimensions, kurtoses, distances and directions",
      rule: "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
    }),
    ...judgeAgreement(
      positive.map(({dimension, kurtosis, signal, direction, alignment, exact, standardError}) => ({name: `d = ${dimension}, κ = ${kurtosis}, s = ${signal}, ${direction}`, estimate: alignment, exact, logStandardError: standardError / exact})),
      {used: positive.length, total: rows.length}
    )
  };
  const groups = [...new Map(rows.map((row) => [`${row.dimension} ${row.kurtosis} ${row.direction}`, row])).values()].filter(({dimension, kurtosis}) => dimension === 1 || kurtosis === 3);
  return [formula, ...groups.map((group) => decoupledNoise(rows, group))];
}

function decoupledNoise(rows: readonly DirectionalNoise[], {dimension, kurtosis, direction}: DirectionalNoise): Verdict {
  const cells = rows.filter((row) => row.dimension === dimension && row.kurtosis === kurtosis && row.direction === direction);
  const {alignment, low, high, exact, signal, replicas} = cells.reduce((farthest, row) => (row.signal > farthest.signal ? row : farthest));
  const claim = claimOf({
    id: `decoupled-noise.dimension-${dimension}.kurtosis-${kurtosis}.${direction}`,
    section,
    title: `Decoupled noise ${directions[direction]}, d = ${dimension}, kurtosis ${kurtosis}`,
    statement: "The noise covariance is 2L H in every direction, so that g(v) = 1.",
    source: "Mori et al., equation 6; the same noise drives homogenized SGD",
    sourceKind: "paper",
    quantity: "g(v) = vᵀΣv / (2L vᵀHv) at the largest distance from the minimum",
    rule: "95 % interval: reproduced within 3 % of 1, approximate within 35 %"
  });
  const counts = {used: replicas, total: replicas};
  if (!Number.isFinite(alignment)) return {...claim, ...inconclusive(`the fourth moment of the gradients is not finite, found ${alignment}`, {...counts, predicted: 1})};
  return {...claim, ...judgeValue({predicted: 1, estimate: alignment, low, high, ...counts}, margins), explanation: `g = ${digits(alignment)} [${digits(low)}, ${digits(high)}] at |w|²/σ² = ${digits(signal)}, exactly ${digits(exact)}`};
}
