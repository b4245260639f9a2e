import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {hillEstimates, thresholdEstimates, verdictEstimates} from "../../../src/papers/heavy-tails/tail-estimates.ts";
import {drawsOf, tailSample, upperTail} from "../../../src/papers/heavy-tails/tail-sample.ts";
import {studentSurvival, survivalOf} from "../../../src/papers/heavy-tails/tail-survival.ts";
import {hillEstimate, studentLaw, tailFits} from "../../../src/statistics/index.ts";

/** Quantiles of a Pareto law of index 3 in a shuffled order. */
const pareto = (count: number) => Float64Array.from({length: count}, (_, i) => (((i * 7919) % count) + 0.5) / count).map((p) => p ** (-1 / 3));

test("a sample keeps its largest values whole, its number and its least value", () => {
  fc.assert(
    fc.property(fc.array(fc.double({min: 0, max: 1e6, noNaN: true}), {minLength: 1, maxLength: 400}), fc.double({min: 0.01, max: 1, noNaN: true}), (values, share) => {
      const sorted = values.toSorted((a, b) => a - b);
      const points = tailSample(Float64Array.from(values), share);
      assert.equal(drawsOf(points), values.length);
      points.forEach(({above, distance}) => assert.equal(distance, sorted[sorted.length - above]));
      const tail = upperTail(points);
      assert.ok(tail.length >= Math.min(values.length, Math.ceil(share * values.length)));
      assert.deepEqual([...tail], sorted.slice(sorted.length - tail.length));
    })
  );
});

test("estimates from the kept tail are those from the whole sample", () => {
  const values = pareto(50_000);
  const points = tailSample(values, 0.05);
  assert.ok(points.length < 3000);
  const whole = tailFits(values);
  const kept = thresholdEstimates(points);
  assert.equal(kept.length, 5);
  kept.forEach(({tailIndex, low, high, threshold, exceedances}, i) => {
    const fit = whole[i]!;
    assert.equal(fit.kind === "fit" ? fit.tailIndex : null, tailIndex);
    assert.deepEqual([threshold, exceedances], [fit.threshold, fit.exceedances]);
    if (fit.kind === "fit") assert.deepEqual([low, high], [fit.low, fit.high]);
  });
  assert.deepEqual(kept.map(({exceedances}) => exceedances), [2500, 1000, 500, 250, 100]);
  assert.deepEqual([kept[4]!.tailIndex, kept[4]!.low], [null, null], "100 exceedances are too few");
  assert.deepEqual(verdictEstimates(kept).map(({probability}) => probability), [0.99, 0.995]);
  const hill = hillEstimates(points).at(-1)!;
  assert.equal(hill.tailIndex, hillEstimate(values, hill.exceedances).estimate);
});

test("thresholds below the kept tail are left out rather than taken from another place", () => {
  assert.deepEqual(thresholdEstimates(tailSample(pareto(100_000), 0.006)).map(({probability}) => probability), [0.995, 0.998]);
});

test("bad values are refused by name", () => {
  assert.throws(() => tailSample(Float64Array.from([1, NaN]), 0.5), {message: "values[1]: expected a finite number, found NaN"});
  assert.throws(() => tailSample(new Float64Array(0), 0.5), {message: "values: expected at least 1 value, found 0"});
  assert.throws(() => tailSample(Float64Array.from([1]), 0), {message: "share: expected a number in (0, 1], found 0"});
});

test("a survival function has its exact shares, and Student's law meets it where 5 % lie beyond", () => {
  const points = tailSample(pareto(20_000), 0.05);
  const rows = survivalOf(points, 50);
  assert.ok(rows.length <= 55 && rows.length >= 30);
  for (const {distance, survival, low, high} of rows) {
    assert.ok(low <= survival && survival <= high);
    assert.ok(Math.abs(survival / distance ** -3 - 1) < 0.12, `${distance}`);
  }
  const survival = studentSurvival(points, 3);
  const meeting = points.find(({above}) => above === 1000)!.distance;
  assert.ok(Math.abs(survival(meeting) - 0.05) < 1e-9);
  const scale = meeting / studentLaw({location: 0, scale: 1, degreesOfFreedom: 3}).quantile(0.975);
  assert.ok(Math.abs(survival(40) / (2 * studentLaw({location: 0, scale, degreesOfFreedom: 3}).survival(40)) - 1) < 1e-12);
});
