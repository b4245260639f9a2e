import type {SourceKind, Verdict} from "../../../verdicts/index.ts";
import type {StandIn} from "../stand-ins.ts";
import type {WeakError} from "../weak-errors.ts";
import {claimOf} from "./claim-of.ts";
import {exactOrderRule, judgeExactOrder} from "./order-finding.ts";

interface OrderClaim {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly statement: string;
  readonly source: string;
  readonly sourceKind: SourceKind;
  readonly points: number;
  readonly standIn: StandIn;
  readonly order: number;
}

const second = "the-modified-flow-is-of-second-order-at-one-two-and-three-points";
const lost = "the-modified-equation-loses-an-order-at-two-points";
const flowTheorem = "Gess, Kassing and Konarovskyi, theorem on n-point motions, as recalled";
const flowStatement = (points: string): string => `The weak error of the stochastic modified flow at ${points} is O(η²) on a fixed horizon.`;

const claims: readonly OrderClaim[] = [
  {id: "weak-order.flow.one-point", section: second, title: "Modified flow, one point: order 2", statement: flowStatement("one point"), source: flowTheorem, sourceKind: "recalled", points: 1, standIn: "modified flow", order: 2},
  {id: "weak-order.flow.two-points", section: second, title: "Modified flow, two points: order 2", statement: flowStatement("two points"), source: flowTheorem, sourceKind: "recalled", points: 2, standIn: "modified flow", order: 2},
  {id: "weak-order.flow.three-points", section: second, title: "Modified flow, three points: order 2", statement: flowStatement("three points"), source: flowTheorem, sourceKind: "recalled", points: 3, standIn: "modified flow", order: 2},
  {id: "weak-order.gradient-flow", section: second, title: "Gradient flow: order 1", statement: "The weak error of the gradient flow is O(η), and no better.", source: "Gess, Kassing and Konarovskyi, introduction; that it is no better, here", sourceKind: "paper", points: 1, standIn: "gradient flow", order: 1},
  {id: "weak-order.uncorrected-drift", section: second, title: "Without the η/4 term: order 1", statement: "Without the drift −(η/4) ∇|∇R|² the modified flow is of order 1 only.", source: "expansion of one step of SGD; derived here", sourceKind: "derived", points: 1, standIn: "uncorrected flow", order: 1},
  {id: "weak-order.equation.one-point", section: lost, title: "Modified equation, one point: order 2", statement: "The stochastic modified equation, with the root of the covariance and one Brownian motion, describes the one-point motion with an error of O(η²).", source: "Gess, Kassing and Konarovskyi, introduction", sourceKind: "paper", points: 1, standIn: "modified equation", order: 2},
  {id: "weak-order.equation.two-points", section: lost, title: "Modified equation, two points: order 1", statement: "The stochastic modified equation describes the one-point motion only: at two points its weak error is of order η.", source: "Gess, Kassing and Konarovskyi, introduction, for the one-point motion; the order, derived here", sourceKind: "derived", points: 2, standIn: "modified equation", order: 1}
];

/** E4.1: orders of weak errors on the circle. */
export function weakErrorVerdicts(errors: readonly WeakError[]): readonly Verdict[] {
  return claims.map(({points, standIn, order, ...claim}) => ({
    ...claimOf({...claim, quantity: `order of the greatest error over all starting points, statistic of ${["one point", "two points", "three points"][points - 1]}`, rule: exactOrderRule(order)}),
    ...judgeExactOrder(errors.filter((row) => row.points === points && row.standIn === standIn), order)
  }));
}
