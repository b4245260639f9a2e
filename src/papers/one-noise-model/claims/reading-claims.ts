import {digits, judgeAgreement} from "../../../verdicts/index.ts";
import type {CellAgreement, Verdict} from "../../../verdicts/index.ts";
import type {TwoReadings} from "../two-readings.ts";
import {claimOf} from "./claim-of.ts";

const section = "two-papers-write-one-equation";
const cellOf = ({stepSize, coreIndex, coreError}: TwoReadings, exact: number): CellAgreement => ({name: `γ = ${stepSize}`, estimate: coreIndex, exact, logStandardError: coreError / coreIndex});
const countsOf = (cells: readonly TwoReadings[]) => ({used: cells.reduce((sum, {used}) => sum + used, 0), total: cells.reduce((sum, {total}) => sum + total, 0)});

/** X1: one equation under two names, and whether one exponent says both core and tail. */
export function readingVerdicts(rows: readonly TwoReadings[]): readonly Verdict[] {
  const diffusion = rows.filter(({process}) => process === "hSGD");
  return [
    {
      ...claimOf({
        id: "one-equation",
        section,
        title: "Homogenized SGD has the stationary exponent of escape",
        statement: "hSGD in its own time has the stationary law P ∝ L^−φ with the escape paper's φ = 1 + B/(ηh).",
        source: "Mori et al., section 4, for the equation of Jiao and Keller-Ressel as normalised here",
        sourceKind: "derived",
        quantity: "fitted 2φ − 1 over 1 + 2B/(γh), pooled over step sizes",
        rule: "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
      }),
      ...judgeAgreement(diffusion.map((row) => cellOf(row, row.predicted)), countsOf(diffusion))
    },
    readingsAgree(rows.filter(({process}) => process === "SGD"))
  ];
}

function readingsAgree(chosen: readonly TwoReadings[]): Verdict {
  const cells = chosen.map((row) => cellOf(row, row.exactTailIndex));
  const ratios = cells.map(({estimate, exact}) => estimate / exact);
  const judged = judgeAgreement(cells, countsOf(chosen));
  return {
    ...claimOf({
      id: "readings-agree",
      section,
      title: "One exponent for core and tail of SGD",
      statement: "The exponent φ fitted to the stationary law is also that of its tail: 2φ − 1 = α.",
      source: "equality of both papers' formulas, α = 2φ − n; derived here",
      sourceKind: "derived",
      quantity: "fitted 2φ − 1 over the exact tail index of SGD, pooled over step sizes",
      rule: "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
    }),
    ...judged,
    explanation: `the core says ${digits(Math.min(...ratios), 3)} to ${digits(Math.max(...ratios), 3)} times the tail index over the step sizes; ${judged.explanation}`
  };
}
