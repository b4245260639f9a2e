import {digits, inconclusive, judgeBound, judgeValue} from "../../../verdicts/index.ts";
import type {Claim, Verdict} from "../../../verdicts/index.ts";
import type {TestedData, TestedPValue, ValidityRow} from "../test-validity.ts";
import {claimOf} from "./claim-of.ts";

const section = "a-tabulated-p-value-tests-neither-fitted-laws-nor-consecutive-iterates";
const level = 0.05;
const source = "simulation of the test on hSGD in one dimension, whose stationary law is Student's; Jiao and Keller-Ressel's Table 2 tests at level 0.05, whether on fitted parameters or consecutive iterates is not known";
const validMargins = {equivalent: 0.5, tolerated: 1};

/** The verdicts on the level of Kolmogorov–Smirnov tests. */
export function validityVerdicts(rows: readonly ValidityRow[]): readonly Verdict[] {
  const at = (data: TestedData, pValue: TestedPValue) => rows.find((row) => row.data === data && row.pValue === pValue);
  return [
    valid("test-level.known-law", "Tabulated p-values hold for a known law and independent draws", "On independent draws of a law that is known in full the tabulated test at level 0.05 rejects a right law in 5 % of cases.", at("independent draws", "true law")),
    bounded("test-level.fitted-law", "A tabulated p-value hardly ever rejects a fitted law", "With parameters fitted to the same independent draws the tabulated test at level 0.05 rejects in far fewer than 5 % of cases, so that passing it says little.", "below", at("independent draws", "fitted law")),
    bounded("test-level.consecutive-iterates", "Consecutive iterates make the test reject a right law", "On consecutive iterates of one chain the tabulated test at level 0.05 rejects the exact stationary law in far more than 5 % of cases.", "above", at("consecutive iterates", "true law")),
    valid("test-level.bootstrap", "The parametric bootstrap holds the level on a thinned chain", "With a refit in every bootstrap sample the test at level 0.05 rejects a right family in 5 % of cases, on a chain thinned to independence.", at("thinned chain", "fitted law, bootstrap"))
  ];
}

const textOf = ({rejected, replicates, low, high}: ValidityRow) => `${rejected} of ${replicates} tests reject, [${digits(100 * low, 2)}, ${digits(100 * high, 2)}] %`;

interface Test {
  readonly id: string;
  readonly title: string;
  readonly statement: string;
}

type Judge = (measured: {readonly estimate: number; readonly low: number; readonly high: number; readonly used: number; readonly total: number}) => Omit<Verdict, keyof Claim | "explanation">;

const isLevel: Judge = (measured) => judgeValue({predicted: level, ...measured}, validMargins);
const valid = (id: string, title: string, statement: string, row: ValidityRow | undefined): Verdict =>
  judged({id, title, statement}, "95 % interval: reproduced within 0.025 to 0.075, not reproduced wholly above 0.1; approximate between", row, isLevel);
const bounded = (id: string, title: string, statement: string, side: "above" | "below", row: ValidityRow | undefined): Verdict =>
  judged({id, title, statement}, `95 % interval ${side} 0.05: reproduced; on the other side: not reproduced; else inconclusive`, row, (measured) => judgeBound(measured, {side, bound: level}));

function judged(test: Test, rule: string, row: ValidityRow | undefined, judge: Judge): Verdict {
  const claim = claimOf({...test, section, source, sourceKind: "derived", quantity: "share of tests at level 0.05 that reject a right law", rule});
  if (row === undefined) return {...claim, ...inconclusive("no tests of this kind were run", {used: 0, total: 0, predicted: level})};
  const {rate: estimate, low, high, replicates} = row;
  return {...claim, ...judge({estimate, low, high, used: replicates, total: replicates}), explanation: textOf(row)};
}
