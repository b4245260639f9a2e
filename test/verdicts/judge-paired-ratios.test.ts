import assert from "node:assert/strict";
import {test} from "node:test";
import {judgePairedRatios} from "../../src/verdicts/index.ts";

const pairs = (logRatios: readonly number[], total = logRatios.length) => ({logRatios, total});
const around = (centre: number, count = 12) => Array.from({length: count}, (_, i) => centre + 0.01 * (i - (count - 1) / 2));

test("ratios below 1 reproduce, above 1 do not, about 1 decide nothing", () => {
  const [below, above, about] = judgePairedRatios([pairs(around(-0.5)), pairs(around(0.5), 14), pairs(around(0))]) as [ReturnType<typeof judgePairedRatios>[0], ReturnType<typeof judgePairedRatios>[0], ReturnType<typeof judgePairedRatios>[0]];
  assert.equal(below.outcome, "reproduced");
  assert.ok(Math.abs(below.estimate! - Math.exp(-0.5)) < 1e-12 && below.low! < below.estimate! && below.high! < 0.65);
  assert.match(below.explanation, /ratio 0\.607 over 12 pairs, p = 0\.0015 after Holm; rank-biserial correlation −1/);
  assert.deepEqual([above.outcome, above.used, above.total], ["not reproduced", 12, 14]);
  assert.equal(about.outcome, "inconclusive");
  assert.ok(about.estimate !== null && about.low! < 1 && about.high! > 1 && about.minimumDetectableEffect! > 0);
});

test("Holm counts every claim: a difference that stands alone does not among five", () => {
  const marginal = pairs([-3, -4, -5, -6, -7, -8, -9, 2]);
  assert.equal(judgePairedRatios([marginal])[0]!.outcome, "reproduced");
  assert.equal(judgePairedRatios([marginal, ...Array.from({length: 4}, () => pairs(around(0)))])[0]!.outcome, "inconclusive");
});

test("fewer than six pairs are inconclusive with their number, and leave the others' p-values alone", () => {
  const [few, none, enough] = judgePairedRatios([pairs([-1, -2, -3, -4, -5], 20), pairs([], 20), pairs(around(-1, 6), 20)]);
  assert.match(few!.explanation, /^5 of 20 pairs count, of which 5 differ: a signed-rank test needs at least 6/);
  assert.deepEqual([few!.outcome, few!.estimate, few!.used], ["inconclusive", null, 5]);
  assert.match(none!.explanation, /^0 of 20 pairs/);
  assert.equal(enough!.outcome, "reproduced");
});

test("pairs that are all equal to 1 decide nothing", () => {
  assert.equal(judgePairedRatios([pairs([0, 0, 0, 0, 0, 0, 0, 0])])[0]!.outcome, "inconclusive");
});
