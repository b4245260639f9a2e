import assert from "node:assert/strict";
import { test } from "node:test";
import { contains, drawStable, heldOutLikelihood, likelihoodDifference, normalFamily, pearsonFourFamily, stableFamily, studentFamily, studentLaw, type LawFamily } from "../../src/statistics/index.ts";
import { seededSource } from "./seeded-source.ts";

const near = (found: number, expected: number, error: number) => assert.ok(Math.abs(found - expected) <= error, `${found} is not ${expected} to ${error}`);
const fixed = (name: string, logDensity: (x: number) => number): LawFamily => ({
  name,
  parameterCount: 1,
  fit: () => ({ logDensity, cdf: () => 0.5, survival: () => 0.5, draws: () => () => 0 }),
});

test("mean, interval and criterion are those of the numbers", () => {
  const [first, second] = heldOutLikelihood([fixed("a", (x) => -x), fixed("b", (x) => -2 * x)], { training: [1, 2], heldOut: [1, 2, 3] });
  assert.equal(first.meanLogLikelihood.estimate, -2);
  near(first.meanLogLikelihood.interval.low, -2 - 4.302652729911275 / Math.sqrt(3), 1e-9);
  assert.equal(first.akaike, 8);
  assert.deepEqual([...second.logDensities], [-2, -4, -6]);
  assert.equal(likelihoodDifference(first, second).estimate, 2);
});

test("normal draws have the likelihood of their entropy", () => {
  const random = seededSource(13);
  const values = Float64Array.from({ length: 40000 }, () => 10 + 3 * random.normal());
  const [found] = heldOutLikelihood([normalFamily], { training: values.subarray(0, 20000), heldOut: values.subarray(20000) });
  near(found.meanLogLikelihood.estimate, -0.5 - Math.log(3 * Math.sqrt(2 * Math.PI)), 4 * found.meanLogLikelihood.standardError);
  near(found.akaike / 40000, 0.5 + Math.log(3 * Math.sqrt(2 * Math.PI)), 0.02);
});

test("the family that the draws come from wins, and a larger one that holds it neither wins nor loses", () => {
  const random = seededSource(37);
  const law = studentLaw({ location: 0, scale: 1, degreesOfFreedom: 3 });
  const draws = () => Float64Array.from({ length: 4000 }, () => law.draw(random));
  const [student, pearson, stable, normal] = heldOutLikelihood([studentFamily, pearsonFourFamily, stableFamily, normalFamily], { training: draws(), heldOut: draws() });
  assert.ok(likelihoodDifference(student, stable).interval.low > 0);
  assert.ok(likelihoodDifference(stable, normal).interval.low > 0);
  assert.ok(contains(likelihoodDifference(student, pearson, 0.999).interval, 0));
  near(likelihoodDifference(normal, student).estimate, -likelihoodDifference(student, normal).estimate, 1e-12);
  assert.ok(student.akaike < stable.akaike && student.akaike < normal.akaike);
  const skewed = () => Float64Array.from({ length: 3000 }, () => drawStable({ stability: 1.5, skewness: 0.7, scale: 1, location: 0 }, random));
  const [byStable, byStudent] = heldOutLikelihood([stableFamily, studentFamily], { training: skewed(), heldOut: skewed() });
  assert.ok(likelihoodDifference(byStable, byStudent).interval.low > 0);
});

test("a law that gives a draw no chance loses without bound, and only one of two may", () => {
  const families = [fixed("bounded", (x) => (x > 2 ? -Infinity : 0)), fixed("wide", (x) => -x), fixed("below", (x) => (x < 2 ? -Infinity : 0))];
  const [bounded, wide, below] = heldOutLikelihood(families, { training: [1, 2], heldOut: [1, 3] });
  assert.equal(bounded.meanLogLikelihood.estimate, -Infinity);
  assert.equal(likelihoodDifference(wide, bounded).interval.low, Infinity);
  assert.throws(() => likelihoodDifference(bounded, below), /log-densities of bounded and below: expected one of them finite at every draw/);
});

test("a density that is not a number and draws that do not pair are refused by name", () => {
  assert.throws(() => heldOutLikelihood([fixed("broken", () => NaN)], { training: [1, 2], heldOut: [1, 2] }), /log-density of the broken law at heldOut\[0\]/);
  assert.throws(() => heldOutLikelihood([normalFamily], { training: [1, NaN], heldOut: [1, 2] }), /training\[1\]/);
  const [three] = heldOutLikelihood([normalFamily], { training: [1, 2], heldOut: [1, 2, 3] });
  const [two] = heldOutLikelihood([normalFamily], { training: [1, 2], heldOut: [1, 2] });
  assert.throws(() => likelihoodDifference(three, two), /length/);
});
