import {homogenizedTailIndex} from "../../../numerics/index.ts";
import {digits, inconclusive, judgeAgreement, judgeBand, pText} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {MomentRow} from "../homogenized-moments.ts";
import type {HomogenizedTailRow} from "../homogenized-tail-summary.ts";
import type {HomogenizedTailsParameters} from "../homogenized-tails-parameters.ts";
import type {StationaryLawRow} from "../stationary-law-test.ts";
import {indexStandardError} from "./index-standard-error.ts";
import {claimOf} from "./claim-of.ts";

const section = "homogenized-sgd-has-the-tails-that-its-theory-says";
const bandMargins = {equivalent: 0.1, tolerated: 0.35};
const exactMargin = 0.1;

/** The two estimates of one cell that its verdict rests on: as fixed, generalised Pareto, lower threshold first. */
function verdictRows(rows: readonly HomogenizedTailRow[], cell: string, variant: HomogenizedTailRow["variant"] = "as fixed"): readonly HomogenizedTailRow[] {
  return rows.filter((row) => row.cell === cell && row.variant === variant && row.estimator === "generalised Pareto" && row.low !== null).toSorted((a, b) => a.probability - b.probability).slice(-2);
}

const intervalText = ({tailIndex, low, high, probability}: HomogenizedTailRow) => `${tailIndex === null ? "∞" : digits(tailIndex)} [${digits(low!)}, ${high === null ? "∞" : digits(high)}] above ${(100 * probability).toFixed(1)} %`;

/** E2.1: the verdicts on hSGD itself: its tails, its law in one dimension, its second moment. */
export function homogenizedVerdicts(rows: readonly HomogenizedTailRow[], laws: readonly StationaryLawRow[], moments: readonly MomentRow[], {cells, pearson}: Pick<HomogenizedTailsParameters, "cells" | "pearson">): readonly Verdict[] {
  return [...cells.map(({name}) => band(rows, name)), exact(rows, cells.map(({name}) => name)), law(laws, homogenizedTailIndex({...pearson, eigenvalues: [pearson.curvature]}).index!), moment(moments)];
}

function band(rows: readonly HomogenizedTailRow[], cell: string): Verdict {
  const claim = claimOf({
    id: `hsgd-band.${cell}`,
    section,
    title: `hSGD's tail index lies within its bounds, ${cell.replaceAll("-", " ")}`,
    statement: "The tail index of hSGD lies between η_* and η^*.",
    source: "Jiao and Keller-Ressel, bounds on the tail index; the bounds themselves as derived here",
    sourceKind: "recalled",
    quantity: "tail index of ‖X − m‖ over independent chains, peaks over thresholds",
    rule: "the 95 % profile interval at each of the two highest thresholds with 200 exceedances (of 95, 98, 99, 99.5, 99.8 %): reproduced if both lie within [η_*, η^*] widened by 10 %, or meet it and are narrower than 25 % of it on either side of the estimate; not reproduced if both lie beyond 35 %; else approximate if both are outside the band, inconclusive otherwise"
  });
  const [below, highest] = verdictRows(rows, cell);
  const all = rows.filter((row) => row.cell === cell);
  const counts = {used: highest?.exceedances ?? 0, total: all[0]?.total ?? 0};
  if (below === undefined || highest === undefined) return {...claim, ...inconclusive("two thresholds with 200 exceedances are needed; raise chains", counts)};
  const open = [below, highest].find(({high}) => high === null);
  if (open !== undefined) return {...claim, ...inconclusive(`the interval is open, ${intervalText(open)}; raise chains`, counts)};
  const judged = [below, highest].map(({tailIndex, low, high, lowerBound, upperBound}) => judgeBand({estimate: tailIndex!, low: low!, high: high!, ...counts}, {lower: lowerBound, upper: upperBound, ...bandMargins}));
  const outcomes = judged.map(({outcome}, i) => (outcome === "inconclusive" && meets([below, highest][i]!) ? "reproduced" : outcome));
  const outcome: Finding["outcome"] = outcomes[0] === outcomes[1] ? outcomes[0]! : outcomes.includes("inconclusive") || outcomes.includes("reproduced") ? "inconclusive" : "approximate";
  return {...claim, ...judged[1]!, outcome, explanation: `index ${intervalText(highest)}, ${intervalText(below)}; bounds [${digits(highest.lowerBound)}, ${digits(highest.upperBound)}], exact ${digits(highest.exact)}`};
}

/** Whether an interval meets its band and is narrow enough for that to mean something. */
function meets({tailIndex, low, high, lowerBound, upperBound}: HomogenizedTailRow): boolean {
  return low! <= upperBound && high! >= lowerBound && (high! - low!) / 2 <= 0.25 * tailIndex!;
}

function exact(rows: readonly HomogenizedTailRow[], names: readonly string[]): Verdict {
  const claim = claimOf({
    id: "hsgd-exact-index",
    section,
    title: "Chains of hSGD have the exact tail index",
    statement: "The tail index of hSGD is the zero of the principal eigenvalue of its angular equation; 2 − d + 2B(λ + δ)/(γλ²) where H = λI.",
    source: "angular equation of hSGD",
    sourceKind: "derived",
    quantity: "measured tail index over the exact one, pooled over quadratics, highest threshold with 200 exceedances",
    rule: "reproduced if the 95 % interval of the pooled ratio lies within 10 % of 1 and no quadratic is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
  });
  const cells = names.flatMap((name) => {
    const row = verdictRows(rows, name).at(-1);
    const error = row === undefined ? null : indexStandardError(row);
    return row === undefined || error === null ? [] : [{name: name.replaceAll("-", " "), estimate: row.tailIndex!, exact: row.exact, logStandardError: error / row.tailIndex!, row}];
  });
  const finding = judgeAgreement(cells, {used: cells.reduce((sum, {row}) => sum + row.exceedances, 0), total: cells.reduce((sum, {row}) => sum + row.total, 0)}, {equivalent: exactMargin});
  const shift = (variant: HomogenizedTailRow["variant"]) =>
    names.reduce((most, name) => {
      const [fixed, checked] = [verdictRows(rows, name).at(-1), rows.find((row) => row.cell === name && row.variant === variant && row.estimator === "generalised Pareto" && row.probability === verdictRows(rows, name).at(-1)?.probability)];
      return fixed === undefined || checked === undefined ? most : Math.max(most, Math.abs(checked.threshold / fixed.threshold - 1));
    }, 0);
  return {...claim, ...finding, explanation: `${finding.explanation}; the quantile at which its tail begins moves by at most ${(100 * shift("half time step")).toFixed(1)} % with half of the time step (other chains) and ${(100 * shift("half length")).toFixed(1)} % with half of the length`};
}

function law(rows: readonly StationaryLawRow[], index: number): Verdict {
  const claim = claimOf({
    id: "hsgd-pearson",
    section,
    title: "In one dimension hSGD has Pearson's type IV law",
    statement: "p(x) ∝ L(x)^(−1 − B(λ+δ)/(γλ²)) exp{−(Bδm/(γλ)) √(2/(λL(m))) arctan((x − m) √(λ/(2L(m))))}: a skew Student law.",
    source: "Jiao and Keller-Ressel, skew Student-t as surrogate (the abstract's claim); the density as derived here",
    sourceKind: "recalled",
    quantity: "Kolmogorov–Smirnov distance of independent chains to the exact law, whose parameters are all known",
    rule: "reproduced if p > 0.01 at the time step and at half of it while the same law without its skewness is rejected at 10⁻⁶; approximate if only the half time step passes; not reproduced if neither does"
  });
  const coarse = rows.find(({halved}) => !halved)!;
  const fine = rows.find(({halved}) => halved)!;
  const counts = {used: coarse.used + fine.used, total: coarse.total + fine.total};
  const explanation = `distance ${digits(fine.distance)} at half of the time step (${pText(fine.pValue)}), ${digits(coarse.distance)} at the whole (${pText(coarse.pValue)}), over ${fine.used} chains each; without the skewness ${digits(fine.symmetricDistance)} (${pText(fine.symmetricPValue)}); tail index ${digits(index)}`;
  if (fine.symmetricPValue > 1e-6) return {...claim, ...inconclusive(`the sample does not tell the skew law from the symmetric one; raise chains, or δm: ${explanation}`, counts)};
  const passes = fine.pValue > 0.01;
  return {...claim, ...inconclusive(explanation, counts), outcome: passes ? (coarse.pValue > 0.01 ? "reproduced" : "approximate") : "not reproduced", estimate: fine.distance};
}

function moment(rows: readonly MomentRow[]): Verdict {
  const claim = claimOf({
    id: "hsgd-moment",
    section,
    title: "The mean loss of hSGD diverges at γ̃ as predicted",
    statement: "E L(X∞) = L(x_ridge)/(1 − γ/γ̃) for γ < γ̃ = 2B/Σ λᵢ²/(λᵢ + δ).",
    source: "second-moment equation of hSGD; the paper tabulates a threshold γ̃, that it is this one is a conjecture",
    sourceKind: "derived",
    quantity: "mean loss over independent chains, extrapolated to time step 0, over the formula",
    rule: "cells with γ ≤ 0.5 γ̃ and tail index above 4: reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
  });
  const cells = rows.flatMap(({cell, extrapolated, exact, standardError, stepRatio}) => (extrapolated === null || stepRatio > 0.5 + 1e-9 ? [] : [{name: `${cell.replaceAll("-", " ")}, γ/γ̃ = ${digits(stepRatio)}`, estimate: extrapolated, exact: exact!, logStandardError: standardError! / extrapolated}]));
  const counts = {used: rows.reduce((sum, {used}) => sum + used, 0), total: rows.reduce((sum, {total}) => sum + total, 0)};
  const refused = rows.filter(({extrapolated, stepRatio}) => extrapolated === null || stepRatio > 0.5 + 1e-9).map(({cell, stepRatio, tailIndex, exact}) => `${cell.replaceAll("-", " ")} (γ/γ̃ = ${digits(stepRatio)}, ${exact === null ? "no second moment" : tailIndex !== null && tailIndex <= 4 ? `tail index ${digits(tailIndex)}, no variance of the loss` : "above 0.5"})`);
  const left = refused.length === 0 ? "" : `; not judged: ${refused.join(", ")}`;
  const finding = judgeAgreement(cells, counts);
  return {...claim, ...finding, explanation: `${finding.explanation}${left}`};
}
