import {holm, normalQuantile, zTest} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeValue, margins, percent, pText} from "../../../verdicts/index.ts";
import type {Finding, Outcome, Verdict} from "../../../verdicts/index.ts";
import type {IncrementCovariance, IncrementEntry} from "../increment-covariance.ts";
import {claimOf} from "./claim-of.ts";

const section = "the-covariance-of-one-step-at-two-points-tells-which-noise-is-right";
const level = 0.01;
const rule = "reproduced if the 95 % interval of the ratio lies within 3 % of 1 and no entry is rejected by a z-test at level 0.01 after Holm; approximate at best with a rejection, if the interval lies within 35 %";

/** The least p-value after Holm over all entries that vary, with the entry. */
function leastLikely(entries: readonly IncrementEntry[], predicted: (entry: IncrementEntry) => number): {readonly pValue: number; readonly name: string; readonly tested: number} {
  const varying = entries.filter(({standardError}) => standardError > 0);
  if (varying.length === 0) return {pValue: 1, name: "no entry varies", tested: 0};
  const {adjusted} = holm(varying.map((entry) => zTest({estimate: entry.measured, expected: predicted(entry), standardError: entry.standardError}).pValue), level);
  const pValue = Math.min(...adjusted);
  const {row, column, separation} = varying[adjusted.indexOf(pValue)]!;
  return {pValue, name: `entry ${row}${column} at s = ${separation}`, tested: varying.length};
}

const outcomeWith = (outcome: Outcome, isRejected: boolean): Outcome => (isRejected && outcome === "reproduced" ? "approximate" : outcome);

function judged(ratios: readonly {readonly ratio: number; readonly error: number}[], entries: readonly IncrementEntry[], predicted: (entry: IncrementEntry) => number, draws: number): Finding {
  const weights = ratios.map(({error}) => error ** -2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = {used: draws, total: draws};
  if (!Number.isFinite(total)) return inconclusive("increments that do not vary have no standard error", counts);
  const pooled = ratios.reduce((sum, {ratio}, i) => sum + ratio * weights[i]!, 0) / total;
  const width = normalQuantile(0.975) / Math.sqrt(total);
  const {pValue, name, tested} = leastLikely(entries, predicted);
  const value = judgeValue({predicted: 1, estimate: pooled, low: pooled - width, high: pooled + width, ...counts}, margins);
  return {...value, outcome: outcomeWith(value.outcome, pValue < level), explanation: `the increments have ${digits(pooled, 4)} of the predicted matrix (${percent(value.discrepancy!)}); of ${tested === 1 ? "1 entry" : `${tested} entries`} the least likely has ${pText(pValue)} after Holm (${name})${pValue < level ? ", a rejection" : ""}`};
}

/** E4.6: the covariance of single steps against both predictions. */
export function incrementVerdicts(rows: readonly IncrementCovariance[]): readonly Verdict[] {
  const pairs = rows.filter(({row, column}) => row === 1 && column === 1);
  return [...new Set(pairs.map(({problem}) => problem))].flatMap((problem) => {
    const own = pairs.filter((row) => row.problem === problem);
    const ownEntries = rows.filter((entry) => entry.problem === problem);
    const draws = own.reduce((sum, row) => sum + row.draws, 0);
    const farthest = own.reduce((far, row) => (row.separation > far.separation ? row : far));
    const shared = {section, sourceKind: "derived" as const, rule};
    const slug = problem.replaceAll(" ", "-");
    const ofEquation = judged([{ratio: farthest.equationRatio, error: farthest.equationError}], ownEntries.filter(({separation}) => separation === farthest.separation), ({equation}) => equation, farthest.draws);
    return [
      {
        ...claimOf({
          ...shared,
          id: `increments-flow.${slug}`,
          title: `Two points of SGD move together as the modified flow's do, ${problem}`,
          statement: "Cov(ΔZ(x), ΔZ(y)) = η² E G(x, ξ)G(y, ξ)ᵀ, the covariation of the modified flow over a time η.",
          source: "the flow's noise as recalled; the identity is elementary",
          sourceKind: "recalled",
          quantity: "⟨measured covariance, η² E G(x)G(y)ᵀ⟩ over the square of the prediction, pooled over separations"
        }),
        ...judged(own.map(({flowRatio, flowError}) => ({ratio: flowRatio, error: flowError})), ownEntries, ({flow}) => flow, draws)
      },
      {
        ...claimOf({
          ...shared,
          id: `increments-equation.${slug}`,
          title: `Two points of SGD move together as the modified equation's do, ${problem}`,
          statement: "Cov(ΔZ(x), ΔZ(y)) = η² Σ½(x)Σ½(y), the covariation of the modified equation over a time η.",
          source: "a rival of the flow: symmetric square roots, as many Wiener processes as weights",
          quantity: `⟨measured covariance, η² Σ½(x)Σ½(y)⟩ over the square of the prediction, at the largest separation`
        }),
        ...ofEquation,
        explanation: `${ofEquation.explanation}; over the separations s the exact share runs from ${digits(own[0]!.exactEquationRatio, 3)} at s = ${own[0]!.separation} to ${digits(farthest.exactEquationRatio, 3)} at s = ${farthest.separation}`
      }
    ];
  });
}
