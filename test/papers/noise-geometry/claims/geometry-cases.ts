import assert from "node:assert/strict";
import type {Outcome, Verdict} from "../../../../src/verdicts/index.ts";

/** The one verdict on the claim `id` of the paper. */
export function verdictOn(id: string, verdicts: readonly Verdict[]): Verdict {
  const found = verdicts.filter((verdict) => verdict.id === `noise-geometry.${id}`);
  assert.equal(found.length, 1, `${id} among ${verdicts.map(({id}) => id).join(", ")}`);
  return found[0]!;
}

/** Holds a verdict to its outcome, and to what every verdict must have. */
export function checkOutcome(verdict: Verdict, outcome: Outcome): void {
  const {estimate, low, high, used, total, explanation} = verdict;
  assert.equal(verdict.outcome, outcome, explanation);
  assert.ok(explanation.length > 0 && used <= total);
  if (estimate === null) assert.deepEqual([low, high, outcome], [null, null, "inconclusive"]);
  else assert.ok(low! <= estimate && estimate <= high!);
}
