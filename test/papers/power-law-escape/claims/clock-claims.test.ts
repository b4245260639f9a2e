import assert from "node:assert/strict";
import {test} from "node:test";
import {clockHistograms, clockLaws, clockOf, clockVerdicts, fitClockExponent} from "../../../../src/papers/power-law-escape/index.ts";
import type {Clock, ClockChain} from "../../../../src/papers/power-law-escape/index.ts";
import type {Verdict} from "../../../../src/verdicts/index.ts";
import {checkOutcome, random, verdictOn} from "./claim-cases.ts";

const temperature = 0.25;

/** Chains with the density ∝ (1 + θ²)^−φ for 2φ − 1 = `degrees`: a normal over the length of so many others. */
function chainsOf(clock: Clock, degrees: number, count: number, relativeTimeStep = 0.01): readonly ClockChain[] {
  const {normals} = random(`${clock} ${degrees} ${count} ${relativeTimeStep}`);
  return Array.from({length: count}, (_, chain) => {
    const [x = 0, ...others] = normals(degrees + 1);
    return {clock, relativeTimeStep, chain, position: x / Math.hypot(...others), divergedAt: null};
  });
}

const coarseChains = [...chainsOf("t", 9, 100, 0.02), ...chainsOf("tau", 7, 100, 0.02)];
const judge = (chains: readonly ClockChain[]): readonly Verdict[] => clockVerdicts(clockLaws.map((law) => fitClockExponent(chains.filter(({clock}) => clock === clockOf(law)), law, temperature, random(`clock ${law}`))), temperature);
const verdictsOf = (inT: number, inTau: number, count: number, coarse: readonly ClockChain[] = coarseChains) =>
  judge([...chainsOf("t", inT, count), ...chainsOf("tau", inTau, count), ...coarse]);

const ofExactLaws = verdictsOf(9, 7, 24_000);

test("chains of the exact laws reproduce both clocks and the factor between them", () => {
  for (const [law, predicted] of [["t", 5], ["tau-reweighted", 5], ["tau", 4]] as const) {
    const verdict = verdictOn(`time-change.${law}`, ofExactLaws);
    checkOutcome(verdict, "reproduced");
    assert.equal(verdict.predicted, predicted);
    assert.deepEqual([verdict.used, verdict.total], [24_000, 24_000]);
  }
});

test("chains of the other clock's law are told apart", () => {
  const verdicts = verdictsOf(7, 9, 6000);
  checkOutcome(verdictOn("time-change.t", verdicts), "approximate");
  assert.ok(Math.abs(verdictOn("time-change.t", verdicts).discrepancy! + 0.2) < 0.05);
  assert.ok(verdictOn("time-change.tau", verdicts).discrepancy! > 0.2);
});

test("an exponent far off is not reproduced, few chains are inconclusive, fewer than 100 have no estimate", () => {
  checkOutcome(verdictOn("time-change.t", verdictsOf(3, 7, 6000)), "not reproduced");
  checkOutcome(verdictOn("time-change.t", verdictsOf(9, 7, 200)), "inconclusive");
  const few = verdictOn("time-change.tau", verdictsOf(9, 7, 99));
  checkOutcome(few, "inconclusive");
  assert.deepEqual([few.estimate, few.used], [null, 99]);
  assert.match(few.explanation, /100 chains are needed, found 99/);
});

test("a law of another shape with the right exponent is rejected by Kolmogorov and Smirnov", () => {
  const chains = chainsOf("t", 9, 24_000);
  const size = Math.sqrt(Math.expm1(chains.reduce((sum, {position}) => sum + Math.log1p(position! ** 2), 0) / chains.length));
  const twoPoints = chains.map((chain, i) => ({...chain, position: i % 2 === 0 ? size : -size}));
  const verdict = verdictOn("time-change.t", judge([...twoPoints, ...chainsOf("tau", 7, 100), ...chainsOf("t", 9, 100, 0.02), ...chainsOf("tau", 7, 100, 0.02)]));
  checkOutcome(verdict, "not reproduced");
  assert.ok(Math.abs(verdict.discrepancy!) < 0.03);
  assert.match(verdict.explanation, /p < 0\.001/);
});

test("the chains of the coarser time step are told of but not judged", () => {
  const wrong = [...chainsOf("t", 3, 500, 0.02), ...chainsOf("tau", 3, 500, 0.02)];
  const verdict = verdictOn("time-change.t", verdictsOf(9, 7, 24_000, wrong));
  checkOutcome(verdict, "reproduced");
  assert.match(verdict.explanation, /, (1\.9|2|2\.\d+) with twice the time step/);
});

test("chains that diverged are counted and enter no estimate", () => {
  const lost = (clock: Clock): readonly ClockChain[] => Array.from({length: 50}, (_, chain) => ({clock, relativeTimeStep: 0.01, chain: 24_000 + chain, position: null, divergedAt: 9}));
  const verdicts = verdictsOf(9, 7, 24_000, [...coarseChains, ...lost("t"), ...lost("tau")]);
  for (const law of ["t", "tau-reweighted", "tau"]) {
    const [found, without] = [verdictOn(`time-change.${law}`, verdicts), verdictOn(`time-change.${law}`, ofExactLaws)];
    assert.deepEqual([found.used, found.total, found.estimate], [24_000, 24_050, without.estimate]);
  }
  const bins = clockHistograms([...chainsOf("t", 9, 400), ...chainsOf("tau", 7, 400), ...lost("t")], temperature, 10);
  assert.deepEqual(bins, clockHistograms([...chainsOf("t", 9, 400), ...chainsOf("tau", 7, 400)], temperature, 10));
});

test("histograms of the finest chains lie on the exact densities, weights included", () => {
  const bins = clockHistograms([...chainsOf("t", 9, 40_000), ...chainsOf("tau", 7, 40_000), ...chainsOf("t", 2, 500, 0.02)], temperature, 12);
  assert.equal(bins.length, 36);
  for (const {law, density, exact, low, high, count} of bins) {
    assert.ok(low <= density && density <= high);
    if (count >= 100) assert.ok(Math.abs(density - exact) <= (2.6 * (high - low)) / 2 + 1e-12, `${law}: ${density} is not ${exact}`);
  }
  const mass = (law: string) => bins.filter((bin) => bin.law === law).reduce((sum, {exact}) => sum + (exact * 8 * Math.sqrt(temperature / 2)) / 12, 0);
  for (const law of ["t", "tau", "tau reweighted"]) assert.ok(mass(law) > 0.98 && mass(law) <= 1);
});
