import assert from "node:assert/strict";
import {ensemblesHere} from "../../../../src/kernels/index.ts";
import {createStream} from "../../../../src/random/index.ts";
import type {Generator} from "../../../../src/random/index.ts";
import type {Outcome, Verdict} from "../../../../src/verdicts/index.ts";

/** What experiments behind claims run with: one stream for all. */
export const context = {stream: () => createStream({seed: 1, experiment: "claims", cell: "test", block: 0}), ensembles: ensemblesHere, progress: () => {}};

/** The random numbers of a claim's bootstrap. */
export const random = (purpose: string): Generator => context.stream().generator(purpose);

/** The one verdict on the claim `id` of the paper. */
export function verdictOn(id: string, verdicts: readonly Verdict[]): Verdict {
  const found = verdicts.filter((verdict) => verdict.id === `power-law-escape.${id}`);
  assert.equal(found.length, 1, `${id} among ${verdicts.map(({id}) => id).join(", ")}`);
  return found[0]!;
}

/** Holds a verdict to its outcome, and to what every verdict must have. */
export function checkOutcome(verdict: Verdict, outcome: Outcome): void {
  const {estimate, low, high, used, total, explanation, rule, quantity, statement, source} = verdict;
  assert.equal(verdict.outcome, outcome, explanation);
  for (const text of [explanation, rule, quantity, statement, source]) assert.ok(text.length > 0);
  assert.ok(used <= total);
  if (estimate === null) assert.deepEqual([low, high, outcome], [null, null, "inconclusive"]);
  else assert.ok(low! <= estimate && estimate <= high!);
}
