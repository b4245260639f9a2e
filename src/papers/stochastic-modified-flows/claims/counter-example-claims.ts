import {digits, inconclusive, judgeAgreement, judgeValue} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import type {MultiplicativeError} from "../multiplicative-errors.ts";
import type {PairMean, PairQuantity} from "../pair-laws.ts";
import {claimOf} from "./claim-of.ts";
import {exactOrderRule, judgeExactOrder} from "./order-finding.ts";

const section = "two-points-under-one-noise-tell-the-equation-from-sgd";
const pointWords = ["one point", "two points", "three points"];

const orders = [
  {points: 2, standIn: "modified flow", order: 2},
  {points: 3, standIn: "modified flow", order: 2},
  {points: 2, standIn: "modified equation", order: 1},
  {points: 3, standIn: "modified equation", order: 1}
] as const;

/** E4.2 in closed form: orders, and the size of the equation's error. */
export function multiplicativeErrorVerdicts(errors: readonly MultiplicativeError[]): readonly Verdict[] {
  return [
    ...orders.map(({points, standIn, order}): Verdict => ({
      ...claimOf({
        id: `counter-example.${standIn.replace(" ", "-")}.${pointWords[points - 1]!.replace(" ", "-")}`,
        section,
        title: `${standIn === "modified flow" ? "Modified flow" : "Modified equation"}, product of ${pointWords[points - 1]}: order ${order}`,
        statement: standIn === "modified flow" ? "The modified flow has the products of SGD's points up to O(η²), also where the root of the covariance has a kink." : "The modified equation, whose root s|z| has a kink at 0, has the products of points on both sides of it up to O(η) only.",
        source: "closed forms of the scalar example; derived here",
        sourceKind: "derived",
        quantity: `order of the error of 𝔼 of the product of ${pointWords[points - 1]}`,
        rule: exactOrderRule(order)
      }),
      ...judgeExactOrder(errors.filter((row) => row.points === points && row.standIn === standIn), order)
    })),
    leadingErrorVerdict(errors.flatMap(({stepSize, error, leadingError}) => (leadingError === null ? [] : [{stepSize, ratio: error / leadingError}])))
  ];
}

/** The ratio at step size 0 by a straight line through the two smallest. */
function leadingErrorVerdict(ratios: readonly {readonly stepSize: number; readonly ratio: number}[]): Verdict {
  const claim = claimOf({
    id: "counter-example.leading-error",
    section,
    title: "The equation's error is 2 s² η T |xy| exp(−2T)",
    statement: "The equation's error for the product of two points x > 0 > y is 2 s² η T |xy| exp(−2T) in the limit of small steps.",
    source: "defect of the square root along the gradient flow; derived here",
    sourceKind: "derived",
    quantity: "error over its leading term, extrapolated to η = 0",
    rule: "reproduced within 1 % of 1, approximate within 35 %; deterministic"
  });
  const counts = {used: ratios.length, total: ratios.length};
  const [fine, coarse] = [...ratios].sort((a, b) => a.stepSize - b.stepSize);
  if (fine === undefined || coarse === undefined || ratios.some(({ratio}) => !Number.isFinite(ratio))) return {...claim, ...inconclusive(`a limit needs finite ratios at two step sizes, found ${ratios.map(({ratio}) => ratio).join(", ") || "none"}`, {...counts, predicted: 1})};
  const estimate = fine.ratio + ((fine.ratio - coarse.ratio) * fine.stepSize) / (coarse.stepSize - fine.stepSize);
  return {
    ...claim,
    ...judgeValue({predicted: 1, estimate, low: estimate, high: estimate, ...counts}, {equivalent: 0.01, tolerated: 0.35}),
    explanation: `error over leading term ${digits(fine.ratio, 4)} at η = ${digits(fine.stepSize)}, in the limit ${digits(estimate, 5)}`
  };
}

const simulated: readonly {readonly id: string; readonly quantity: PairQuantity; readonly title: string; readonly statement: string}[] = [
  {id: "simulated.one-point", quantity: "one point", title: "Simulated: one point, all three agree", statement: "SGD, modified flow and modified equation have the mean of one point that their closed forms say, which differ by O(η²)."},
  {id: "simulated.product", quantity: "product", title: "Simulated: products as the closed forms say", statement: "SGD, modified flow and modified equation have the mean product of two points under one noise that their closed forms say; the equation's is another."}
];

/** E4.2 simulated: means beside closed forms. */
export function coupledPointVerdicts(means: readonly PairMean[]): readonly Verdict[] {
  return simulated.map(({id, quantity, title, statement}) => {
    const chosen = means.filter((row) => row.quantity === quantity);
    const cells = chosen.map(({process, mean, exact, standardError, schemeError}) => ({name: process, estimate: mean, exact, logStandardError: Math.hypot(standardError, schemeError) / Math.abs(mean)}));
    const total = chosen.reduce((sum, {replicas}) => sum + replicas, 0);
    const judged = judgeAgreement(cells, {used: total, total});
    const beside = chosen.filter(({process}) => process !== "SGD").map(({process, exact, sgd}) => `${digits(exact / sgd, 4)} (${process})`);
    return {
      ...claimOf({
        id: `counter-example.${id}`,
        section,
        title,
        statement,
        source: "closed forms of the scalar example; derived here",
        sourceKind: "derived",
        quantity: "mean over its closed form, pooled over the three dynamics",
        rule: "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no dynamics is rejected at level 0.01 after Holm, with the scheme's error by halving of its time step in the standard error, approximate if the interval lies within 35 %"
      }),
      ...judged,
      explanation: `${judged.explanation}; closed forms over SGD's: ${beside.join(", ")}`
    };
  });
}
