import {digits, inconclusive, judgeBound, judgeValue} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import type {HorizonError, MomentGrowth} from "../horizon-errors.ts";
import {claimOf} from "./claim-of.ts";

const section = "on-longer-horizons-and-in-the-tails-nothing-is-said";

/** What the theorem leaves open: the constant over the horizon, and high moments. */
export function horizonVerdicts(errors: readonly HorizonError[], growth: readonly MomentGrowth[]): readonly Verdict[] {
  const ordered = [...errors].sort((a, b) => a.horizon - b.horizon);
  return [torusGrowth(ordered), relativeGrowth(ordered), momentVerdict(growth)];
}

function torusGrowth(errors: readonly HorizonError[]): Verdict {
  const claim = claimOf({
    id: "horizon.constant-grows",
    section,
    title: "The constant grows with the horizon",
    statement: "The constant in front of η² belongs to a horizon T: on a longer one the flow's greatest error at the same step size is larger.",
    source: "Gess, Kassing and Konarovskyi, theorem for a fixed horizon, as recalled; the growth, derived here",
    sourceKind: "derived",
    quantity: "greatest error of one point on the circle at the longest horizon over that at the shortest",
    rule: "reproduced above 1; inconclusive where half the grid moves either error by more than 1 %; deterministic"
  });
  const [first, last] = [errors[0]!, errors.at(-1)!];
  const counts = {used: errors.length, total: errors.length};
  const coarsest = [first, last].find(({gridChange, torusError}) => gridChange > 0.01 * torusError);
  if (coarsest !== undefined) return {...claim, ...inconclusive(`half the grid moves the error at T = ${digits(coarsest.horizon)} by ${digits((100 * coarsest.gridChange) / coarsest.torusError)} %`, counts)};
  const estimate = last.torusError / first.torusError;
  const greatest = errors.reduce((most, row) => (row.torusError > most.torusError ? row : most));
  return {
    ...claim,
    ...judgeBound({estimate, low: estimate, high: estimate, ...counts}, {side: "above", bound: 1}),
    explanation: `${digits(first.torusError)} at T = ${digits(first.horizon)}, ${digits(last.torusError)} at T = ${digits(last.horizon)}, greatest at T = ${digits(greatest.horizon)} with ${digits(greatest.torusError)}`
  };
}

function relativeGrowth(errors: readonly HorizonError[]): Verdict {
  const [first, last] = [errors[0]!, errors.at(-1)!];
  const estimate = (last.relativeError / first.relativeError) / (last.horizon / first.horizon);
  return {
    ...claimOf({
      id: "horizon.relative-error",
      section,
      title: "Relative errors of pairs grow in proportion to T",
      statement: "In the scalar example the relative error of the product of two points grows in proportion to the horizon, so that the flow is right only for T much below η⁻².",
      source: "closed forms of the scalar example; derived here",
      sourceKind: "derived",
      quantity: "relative error at the longest horizon over that at the shortest, over the ratio of horizons",
      rule: "reproduced within 3 % of 1, approximate within 35 %; deterministic"
    }),
    ...judgeValue({predicted: 1, estimate, low: estimate, high: estimate, used: errors.length, total: errors.length}, {equivalent: 0.03, tolerated: 0.35}),
    explanation: `${digits(first.relativeError)} at T = ${digits(first.horizon)} and ${digits(last.relativeError)} at T = ${digits(last.horizon)}`
  };
}

function momentVerdict(growth: readonly MomentGrowth[]): Verdict {
  const claim = claimOf({
    id: "horizon.high-moments",
    section,
    title: "High moments grow under the flow and fall under SGD",
    statement: "Moments of an order above 1 + (2 + η)/(η s²) grow without bound under the modified flow, while SGD, whose every step contracts, has all moments falling: the flow has tails that SGD has not.",
    source: "closed forms of the scalar example; derived here",
    sourceKind: "derived",
    quantity: "growth rate of SGD's moment at the first order drawn at which the flow's grows",
    rule: "reproduced below 0; inconclusive where no moment of the flow grows; deterministic"
  });
  const counts = {used: growth.length, total: growth.length};
  const growing = growth.filter(({process, rate}) => process === "modified flow" && rate > 0).sort((a, b) => a.order - b.order)[0];
  const fallen = growth.find(({process, order}) => process === "SGD" && order === growing?.order);
  if (growing === undefined || fallen === undefined) return {...claim, ...inconclusive(`no moment of the flow grows up to order ${Math.max(...growth.map(({order}) => order))}`, counts)};
  return {
    ...claim,
    ...judgeBound({estimate: fallen.rate, low: fallen.rate, high: fallen.rate, ...counts}, {side: "below", bound: 0}),
    explanation: `at order ${growing.order} the flow's moment grows at rate ${digits(growing.rate)}, SGD's at ${digits(fallen.rate)}; the flow's turn at order ${digits(growing.criticalOrder, 4)}`
  };
}
