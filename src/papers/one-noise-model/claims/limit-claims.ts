import {kestenSmallStepConstant} from "../../../numerics/index.ts";
import {digits, inconclusive, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import type {ScaledIndex, TailLaw} from "../step-limit.ts";
import {claimOf} from "./claim-of.ts";

const section = "neither-diffusion-has-the-tails-of-sgd";

/** X3: the limit of Kesten's index, and the constants of both diffusions against it. */
export function stepLimitVerdicts(rows: readonly ScaledIndex[]): readonly Verdict[] {
  const constant = kestenSmallStepConstant();
  const least = Math.min(...rows.map(({stepSize}) => stepSize));
  const [dimension] = [...new Set(rows.map((row) => row.dimension))].sort((a, b) => a - b);
  const atLeast = (law: TailLaw) => rows.find((row) => row.law === law && row.stepSize === least && row.dimension === dimension)?.scaled ?? null;
  const judge = (law: TailLaw, equivalent: number) => {
    const scaled = atLeast(law);
    const counts = {used: 1, total: rows.filter((row) => row.law === law).length};
    if (scaled === null) return inconclusive(`${law} has no stationary law at γ = ${digits(least)}`, {...counts, predicted: constant});
    const judged = judgeValue({predicted: constant, estimate: scaled, low: scaled, high: scaled, ...counts}, {...margins, equivalent});
    return {...judged, explanation: `α γ/B = ${digits(scaled, 5)} at γ = ${digits(least)} against ${digits(constant, 5)} (${percent(judged.discrepancy!)})`};
  };
  const shared = {section, sourceKind: "derived" as const, quantity: "tail index α times γh/B at the smallest step size"};
  return [
    {
      ...claimOf({
        ...shared,
        id: "kesten-limit",
        title: "The tail index of SGD times the step size has a limit",
        statement: "As γ → 0 the index of SGD on Gaussian inputs goes as α γh/B → a with a ln 2a − a = 1/2, in any dimension.",
        source: "Kesten's equation at small steps; derived here",
        rule: "reproduced within 1 % of a, approximate within 35 %; deterministic"
      }),
      ...judge("SGD", 0.01)
    },
    {
      ...claimOf({
        ...shared,
        id: "decoupled-limit",
        title: "The decoupled diffusion has SGD's tail index at small steps",
        statement: "α γh/B → 2, where SGD has a.",
        source: "index of the diffusion of both papers; a diffusion approximation would need it to become exact at small steps",
        rule: "reproduced within 3 % of a, approximate within 35 %; deterministic"
      }),
      ...judge("decoupled diffusion", margins.equivalent)
    },
    {
      ...claimOf({
        ...shared,
        id: "exact-covariance-limit",
        title: "The diffusion with the exact covariance has SGD's tail index at small steps",
        statement: "α γh/B → 1, where SGD has a.",
        source: "index of the diffusion with 2LH + ∇L∇Lᵀ; derived here",
        rule: "reproduced within 3 % of a, approximate within 35 %; deterministic"
      }),
      ...judge("exact-covariance diffusion", margins.equivalent)
    }
  ];
}
