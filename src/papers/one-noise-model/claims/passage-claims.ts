import {digits, judgeBound, judgeValue} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import type {PassageSlope} from "../passage-slopes.ts";
import {claimOf} from "./claim-of.ts";

const section = "two-papers-write-one-equation";
const farthest = (slopes: readonly PassageSlope[]): PassageSlope => slopes.reduce((last, slope) => (slope.lossRatio > last.lossRatio ? slope : last));

/** X1: the exponent of first passage is half the tail index, and there is neither beyond the critical dimension. */
export function passageSlopeVerdicts(slopes: readonly PassageSlope[]): readonly Verdict[] {
  const ends = [...new Set(slopes.map(({dimension}) => dimension))].map((dimension) => farthest(slopes.filter((slope) => slope.dimension === dimension)));
  const stable = ends.filter(({halfTailIndex}) => halfTailIndex > 0);
  return [...(stable.length === 0 ? [] : [halfTailIndexVerdict(stable, slopes.length)]), ...ends.filter(({halfTailIndex}) => halfTailIndex <= 0).map((end) => beyondCriticalVerdict(end, slopes.length))];
}

const ratioOf = ({slope, halfTailIndex}: PassageSlope): number => slope / halfTailIndex;

function halfTailIndexVerdict(ends: readonly PassageSlope[], total: number): Verdict {
  const worst = ends.reduce((most, end) => (Math.abs(ratioOf(end) - 1) > Math.abs(ratioOf(most) - 1) ? end : most));
  const estimate = ratioOf(worst);
  return {
    ...claimOf({
      id: "half-tail-index",
      section,
      title: "Escape's exponent is half the tail index",
      statement: "The exponent φ − n/2 of first passage in one paper is half of the tail index α = 2 − n + 2B/(γh) in the other.",
      source: "equations of both papers after t′ = γt; equality derived here",
      sourceKind: "derived",
      quantity: "local exponent of the exact mean first-passage time at the highest level over α/2, in the dimension in which it is farthest from 1",
      rule: "reproduced within 1 % of 1, approximate within 35 %; deterministic"
    }),
    ...judgeValue({predicted: 1, estimate, low: estimate, high: estimate, used: ends.length, total}, {equivalent: 0.01, tolerated: 0.35}),
    explanation: `at c = ${digits(worst.lossRatio)} the local exponent over half the tail index is ${ends.map((end) => `${digits(ratioOf(end), 5)} (n = ${end.dimension})`).join(", ")}`
  };
}

function beyondCriticalVerdict({dimension, slope, halfTailIndex, lossRatio}: PassageSlope, total: number): Verdict {
  return {
    ...claimOf({
      id: `beyond-critical.dimension-${dimension}`,
      section,
      title: `No power law beyond the critical dimension, n = ${dimension}`,
      statement: "For n ≥ n_c = 2(1 + B/(ηh)) the minimum is unstable and the stationary law cannot be normalised.",
      source: "Mori et al., stability bound; where α reaches 0 by the other paper's index",
      sourceKind: "paper",
      quantity: "local exponent of the exact mean first-passage time at the highest level",
      rule: "reproduced below 0.1, a time that grows more slowly than any of the powers found below n_c; deterministic"
    }),
    ...judgeBound({estimate: slope, low: slope, high: slope, used: 1, total}, {side: "below", bound: 0.1}),
    explanation: `α would be ${digits(2 * halfTailIndex)}; at c = ${digits(lossRatio)} the local exponent is ${digits(slope, 2)}`
  };
}
