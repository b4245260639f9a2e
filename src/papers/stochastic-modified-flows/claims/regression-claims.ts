import {digits, inconclusive, judgeBound, judgeOrder, judgeValue, margins, orderRule, percent} from "../../../verdicts/index.ts";
import type {Claim, Finding, Verdict} from "../../../verdicts/index.ts";
import type {EquationDefect} from "../regression-equation.ts";
import type {RegressionOrder} from "../regression-orders.ts";
import {claimOf} from "./claim-of.ts";

const section = "on-finite-data-the-flow-is-of-order-two-at-two-points-the-equation-of-order-one";
const fewestStepSizes = 4;

const slug = (problem: string) => problem.replaceAll(" ", "-");
const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

function orderFinding({order, low, high, uncertainty, lastSlope, count, batches}: RegressionOrder, predicted: number): Finding {
  const finding = judgeOrder({order, uncertainty, lastSlope, stepSizes: count, interval: {low, high}}, predicted);
  return finding.estimate === null ? finding : {...finding, explanation: `${finding.explanation}${batches > 0 ? `; interval by bootstrap over ${batches} batches of paths` : "; exact moments, no sampling"}`};
}

function orderClaim(row: RegressionOrder): Claim {
  const {problem, statistic, law} = row;
  const points = statistic.replace(" ", "-");
  const shared = {section, quantity: statistic === "one point" ? "order of the error of E|z|² in η" : "order in η of the error of the bilinear function of two points along the equation's predicted defect"};
  if (law === "modified flow")
    return claimOf({
      ...shared,
      id: `regression-flow-order.${slug(problem)}-${points}`,
      title: `The modified flow has weak order 2 at ${statistic} of finite data, ${problem}`,
      statement: `sup over nη ≤ T of |E f(Z_n) − E f(X_nη)| ≤ C η² for f of ${statistic}.`,
      source: "Gess, Kassing and Konarovskyi, weak error of n-point motions; bounded derivatives, which a square loss has not, are replaced by closed equations for its moments",
      sourceKind: "recalled",
      rule: orderRule(2)
    });
  if (law === "gradient flow")
    return claimOf({
      ...shared,
      id: `regression-gradient-flow-order.${slug(problem)}-${points}`,
      title: `Gradient flow has weak order 1 at ${statistic} of finite data, ${problem}`,
      statement: "Without noise and correction the weak error is of order η.",
      source: "Gess, Kassing and Konarovskyi",
      sourceKind: "paper",
      rule: orderRule(1)
    });
  return claimOf({
    ...shared,
    id: `regression-equation-order.${slug(problem)}`,
    title: `The modified equation has weak order 1 only at two points of finite data, ${problem}`,
    statement: "With as many Wiener processes as weights and symmetric square roots of Σ the two-point law differs from SGD's by a term of order η.",
    source: "derived here; that such an equation describes one-point motions only is the paper's",
    sourceKind: "derived",
    rule: `${orderRule(1, true)}; the interval by bootstrap over batches of paths`
  });
}

/** E4.3: the weak orders on finite data. */
export function regressionOrderVerdicts(orders: readonly RegressionOrder[]): readonly Verdict[] {
  return orders.map((row) => ({...orderClaim(row), ...orderFinding(row, row.law === "modified flow" ? 2 : 1)}));
}

/** The limit η → 0 of the rate through the two smallest step sizes, whose intervals are added as if they leaned the same way. */
function limitRate(rows: readonly EquationDefect[]): {readonly estimate: number; readonly low: number; readonly high: number} {
  const [coarse, fine] = [...rows].sort((a, b) => b.stepSize - a.stepSize).slice(-2) as [EquationDefect, EquationDefect];
  const weight = fine.stepSize / (coarse.stepSize - fine.stepSize);
  const estimate = fine.rate + weight * (fine.rate - coarse.rate);
  const spread = (row: EquationDefect) => Math.max(row.high - row.rate, row.rate - row.low);
  const width = (1 + weight) * spread(fine) + weight * spread(coarse);
  return {estimate, low: estimate - width, high: estimate + width};
}

/** E4.3: the size and the sign of the modified equation's defect. */
export function regressionDefectVerdicts(defects: readonly EquationDefect[]): readonly Verdict[] {
  return distinct(defects.map(({problem}) => problem)).flatMap((problem) => {
    const rows = defects.filter((row) => row.problem === problem);
    const counts = {used: rows.length, total: rows.length};
    const [{predictedRate}] = rows as [EquationDefect];
    const claim = claimOf({
      id: `regression-defect.${slug(problem)}`,
      section,
      title: `The modified equation fails at two points by the predicted amount, ${problem}`,
      statement: "E Y(x)Y(y)ᵀ − E X(x)X(y)ᵀ = η ∫₀ᵀ Φ(T,t) [Σ½(x_t)Σ½(y_t) − E G(x_t)G(y_t)ᵀ] Φ(T,t)ᵀ dt + O(η²) along the gradient flow.",
      source: "Gaussian fluctuations about the gradient flow; derived here",
      sourceKind: "derived",
      quantity: "limit η → 0 of the simulated defect over η, along the predicted matrix and over its norm",
      rule: "reproduced if the interval of the limit through the two smallest of at least 4 step sizes, the sum of theirs, lies within 3 % of 1, approximate within 35 %"
    });
    const sign = claimOf({
      id: `regression-defect-sign.${slug(problem)}`,
      section,
      title: `The modified equation couples two points too closely, ${problem}`,
      statement: "The noise of the equation is correlated more strongly between the points than SGD's, along the predicted matrix: E f under the equation lies above that under the flow at every step size. In one dimension Cauchy and Schwarz force it.",
      source: "the sign of the leading term; derived here",
      sourceKind: "derived",
      quantity: "least simulated defect over η, over the step sizes",
      rule: "reproduced if its 95 % interval lies above 0, not reproduced if below"
    });
    if (rows.length < fewestStepSizes) {
      const few = inconclusive(`a limit of small steps needs at least ${fewestStepSizes} step sizes, found ${rows.length}`, counts);
      return [{...claim, ...few}, {...sign, ...few}];
    }
    const limit = limitRate(rows);
    const judged = judgeValue({predicted: 1, estimate: limit.estimate / predictedRate, low: limit.low / predictedRate, high: limit.high / predictedRate, ...counts}, margins);
    const least = rows.reduce((lowest, row) => (row.low < lowest.low ? row : lowest));
    return [
      {...claim, ...judged, explanation: `the defect over η tends to ${digits(limit.estimate, 4)} against ${digits(predictedRate, 4)} (${percent(judged.discrepancy!)}); the last halving of the time step moved it by at most ${digits(Math.max(...rows.map(({stepBias}) => stepBias)), 2)}, which the extrapolation removes to first order`},
      {...sign, ...judgeBound({estimate: least.rate, low: least.low, high: least.high, ...counts}, {side: "above", bound: 0}), explanation: `the least interval of the defect over η is [${digits(least.low)}, ${digits(least.high)}] at η = ${digits(least.stepSize)}`}
    ];
  });
}
