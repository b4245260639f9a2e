import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hodgesLehmann, normalCdf, signedRankLaw, wilcoxonSignedRank, type Alternative } from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

const close = (found: number, expected: number, absolute = 1e-12) => assert.ok(Math.abs(found - expected) <= absolute, `${found} is not ${expected}`);

function pValue(differences: readonly number[], options: Parameters<typeof wilcoxonSignedRank>[1] = {}): number {
  const result = wilcoxonSignedRank(differences, { level: 0.999, ...options });
  assert.equal(result.kind, "test");
  return result.kind === "test" ? result.pValue : NaN;
}

// Hamilton depression scale factor IV: Hollander, Wolfe, Chicken, table 3.1, before minus after.
const depression = [0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, 0.01];

test("the published example of nine patients", () => {
  const result = wilcoxonSignedRank(depression, { alternative: "greater" });
  assert.deepEqual([result.kind, result.statistic, result.count, result.zeros], ["test", 40, 9, 0]);
  close(pValue(depression, { alternative: "greater" }), 10 / 512);
  close(pValue(depression), 20 / 512);
  close(pValue(depression, { alternative: "less" }), 505 / 512);
  close(result.rankBiserial, 35 / 45);
  const centre = hodgesLehmann(depression);
  close(centre.estimate, 0.46);
  close(centre.coverage, 1 - 20 / 512);
  close(centre.interval.low, 0.01);
  close(centre.interval.high, 0.786);
});

test("the law of the sum of ranks 1 to 4 counts its subsets", () => {
  assert.deepEqual([...signedRankLaw([1, 2, 3, 4])].map((p) => 16 * p), [1, 1, 1, 2, 2, 2, 2, 2, 1, 1, 1]);
  close(signedRankLaw(Array.from({ length: 50 }, (_, i) => i + 1)).reduce((sum, p) => sum + p, 0), 1, 1e-14);
});

/** The p-value by going through every pattern of signs. */
function enumerated(differences: readonly number[], rule: "pratt" | "drop", alternative: Alternative): number {
  const kept = differences.filter((d) => rule === "pratt" || d !== 0);
  const rank = (d: number) => kept.filter((e) => Math.abs(e) < Math.abs(d)).length + (kept.filter((e) => Math.abs(e) === Math.abs(d)).length + 1) / 2;
  const ranked = kept.filter((d) => d !== 0).map((d) => ({ rank: rank(d), positive: d > 0 }));
  const observed = ranked.reduce((sum, { rank, positive }) => sum + (positive ? rank : 0), 0);
  const patterns = 2 ** ranked.length;
  let [atLeast, atMost] = [0, 0];
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    const sum = ranked.reduce((total, { rank }, i) => total + (((pattern >> i) & 1) === 1 ? rank : 0), 0);
    if (sum >= observed) atLeast += 1 / patterns;
    if (sum <= observed) atMost += 1 / patterns;
  }
  return alternative === "greater" ? atLeast : alternative === "less" ? atMost : Math.min(1, 2 * Math.min(atLeast, atMost));
}

test("exact p-values with ties and zeros are those of all patterns of signs", () => {
  const differences = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 5, maxLength: 10 }).filter((all) => all.filter((d) => d !== 0).length >= 4);
  fc.assert(
    fc.property(differences, fc.constantFrom("pratt" as const, "drop" as const), fc.constantFrom<Alternative>("two-sided", "greater", "less"), (all, zeros, alternative) => {
      close(pValue(all, { zeros, alternative }), enumerated(all, zeros, alternative));
    }),
    { numRuns: 150, seed: 4 },
  );
});

test("the normal approximation with ties and zeros is that of another program", () => {
  const random = seededSource(5);
  const differences = Array.from({ length: 60 }, () => Math.round((random.normal() + 0.2) * 10) / 10);
  // By SciPy 1.17: wilcoxon(correction=True, method="approx").
  close(pValue(differences), 0.009812235171824292, 1e-14);
  close(pValue(differences, { zeros: "drop" }), 0.008325314587238198, 1e-14);
  close(pValue(differences, { alternative: "greater" }), 0.004906117585912146, 1e-14);
  const result = wilcoxonSignedRank(differences);
  assert.deepEqual([result.kind === "test" && result.method, result.count, result.zeros, result.statistic], ["normal", 58, 2, 1264.5]);
});

test("50 differences have the exact law, and the normal one is within 3 % of it there, its kurtosis costing 2 %", () => {
  const values = Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? -1 : 1) * (i + 1));
  const statistic = values.reduce((sum, d) => sum + Math.max(d, 0), 0);
  const normal = 2 * normalCdf((637.5 + 0.5 - statistic) / Math.sqrt((50 * 51 * 101) / 24));
  const exact = wilcoxonSignedRank(values);
  assert.equal(exact.kind === "test" && exact.method, "exact");
  assert.ok(Math.abs(normal / pValue(values) - 1) < 0.03 && normal !== pValue(values), `${normal} ${pValue(values)}`);
  const beyond = wilcoxonSignedRank([...values, 51]);
  assert.equal(beyond.kind === "test" && beyond.method, "normal");
});

test("so few differences that nothing could be significant are said to be so", () => {
  const five = wilcoxonSignedRank([1, 2, 3, 4, 5]);
  assert.deepEqual(five, { kind: "too few differences", level: 0.05, count: 5, zeros: 0, statistic: 15, rankBiserial: 1, smallestPValue: 0.0625 });
  assert.equal(wilcoxonSignedRank([1, 2, 3, 4, 5], { alternative: "greater" }).kind, "test");
  assert.equal(wilcoxonSignedRank([1, 2, 3, 4, 5, 6]).kind, "test");
  const none = wilcoxonSignedRank(new Array<number>(80).fill(0));
  assert.deepEqual([none.kind, none.count, none.rankBiserial, none.smallestPValue], ["too few differences", 0, 0, 1]);
});

test("the median of Walsh averages has an interval that covers as often as it says", () => {
  const random = seededSource(9);
  let covered = 0;
  for (let run = 0; run < 2000; run += 1) {
    const { low, high } = hodgesLehmann(Array.from({ length: 12 }, () => 5 + random.normal() ** 3)).interval;
    covered += low <= 5 && high >= 5 ? 1 : 0;
  }
  const { coverage } = hodgesLehmann(Array.from({ length: 12 }, (_, i) => i));
  assert.ok(coverage >= 0.95 && coverage < 0.97, `${coverage}`);
  assert.ok(Math.abs(covered / 2000 - coverage) < 4 * Math.sqrt((coverage * (1 - coverage)) / 2000), `${covered}`);
});

test("the interval holds what the test does not reject", () => {
  const random = seededSource(12);
  for (const count of [8, 20, 70]) {
    const differences = Array.from({ length: count }, () => random.normal() + 0.3);
    const { low, high } = hodgesLehmann(differences).interval;
    const shifted = (by: number) => pValue(differences.map((d) => d - by));
    for (const end of [low, high]) {
      const inward = Math.sign((low + high) / 2 - end) * 1e-9;
      assert.ok(shifted(end + inward) > 0.05 && shifted(end - inward) <= 0.05, `${count} differences, ${end}`);
    }
  }
});

test("five differences have no bounded interval at 95 %", () => {
  const { interval, estimate, coverage } = hodgesLehmann([4, 1, 2, 8, 3]);
  assert.deepEqual([interval.low, interval.high, estimate, coverage], [-Infinity, Infinity, 3, 1]);
});

test("what cannot be compared is named", () => {
  assert.throws(() => wilcoxonSignedRank([]), /differences.length: expected at least 1 values, found 0/);
  assert.throws(() => wilcoxonSignedRank([1, NaN]), /differences\[1\]: expected a finite number, found NaN/);
  assert.throws(() => wilcoxonSignedRank([1, 2], { alternative: "more" as Alternative }), /alternative: expected "two-sided", "greater" or "less", found "more"/);
  assert.throws(() => hodgesLehmann(new Float64Array(4001)), /differences.length: expected at most 4000, found 4001/);
  assert.throws(() => signedRankLaw([1, 1.5]), /ranks\[1\]: expected an integer of at least 1, found 1.5/);
});
