import {integer, realOrNull, text} from "./columns.ts";
import type {Column} from "./columns.ts";
import type {Outcome, SourceKind} from "../verdicts/index.ts";

/** The columns of every table of verdicts: the fields of a claim and of what data say about it. */
export const verdictColumns = {
  id: text("Claim, unique over all papers"),
  paper: text("Paper"),
  title: text("The finding in a few words"),
  statement: text("The claim in one sentence"),
  source: text("Paper and equation, or derivation"),
  sourceKind: text("paper, recalled, or derived (ours)") as Column<SourceKind>,
  quantity: text("What the estimate measures"),
  rule: text("Decision rule, fixed before the run"),
  href: text("Page and section of the evidence"),
  outcome: text("reproduced, approximate, not reproduced, or inconclusive") as Column<Outcome>,
  predicted: realOrNull("Predicted value"),
  estimate: realOrNull("Estimate"),
  low: realOrNull("Lower end of its 95 % interval"),
  high: realOrNull("Upper end of its 95 % interval"),
  used: integer("Units that entered the estimate"),
  total: integer("Units run"),
  discrepancy: realOrNull("(estimate − predicted)/|predicted|"),
  minimumDetectableEffect: realOrNull("Relative discrepancy found with power 0.8 at level 0.05"),
  explanation: text("The deciding numbers")
};
