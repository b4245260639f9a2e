import assert from "node:assert/strict";
import {test} from "node:test";
import {finiteIndexVerdicts, lawVerdicts, validityVerdicts} from "../../../../src/papers/heavy-tails/index.ts";
import type {FiniteDataSummary, FiniteTail, LawFit, ValidityRow} from "../../../../src/papers/heavy-tails/index.ts";
import type {Outcome, Verdict} from "../../../../src/verdicts/index.ts";

function check(verdicts: readonly Verdict[], id: string, outcome: Outcome, words = /./): void {
  const found = verdicts.filter((verdict) => verdict.id === `heavy-tails.${id}`);
  assert.equal(found.length, 1, `${id} among ${verdicts.map((verdict) => verdict.id).join(", ")}`);
  assert.equal(found[0]!.outcome, outcome, found[0]!.explanation);
  assert.match(found[0]!.explanation, words);
  assert.ok(found[0]!.used <= found[0]!.total);
}

const cell: FiniteDataSummary = {dataSet: "plane", control: false, samples: 500, dimension: 10, steps: 1000, stepSize: 0.5, threshold: 1, stepRatio: 0.5, ridge: 0.01, batchSize: 1, largestEigenvalue: 1, smallestEigenvalue: 0.01, effectiveRank: 1.5, lowerBound: 3, upperBound: 3.5, greatestStep: 3, expandingShare: 0.1, lyapunovExponent: -0.01, tail: "power law", tailIndex: 3.2, tailIndexLow: 3.1, tailIndexHigh: 3.3};

interface Measured {
  readonly sgd?: readonly [number | null, number | null, number | null];
  readonly halfThreshold?: number;
  readonly exceedances?: number;
}

function tailsOf(of: FiniteDataSummary, {sgd = [3.2, 2.8, 3.7], halfThreshold = 1, exceedances = 400}: Measured = {}): readonly FiniteTail[] {
  const {dataSet, control, stepRatio, lowerBound, upperBound, tail, tailIndex, tailIndexLow, tailIndexHigh} = of;
  return (["SGD", "hSGD"] as const).flatMap((process) =>
    (["half", "whole"] as const).flatMap((length) =>
      [0.95, 0.99].map((probability): FiniteTail => {
        const [index, low, high] = process === "SGD" ? sgd : [3.2, 3, 3.4];
        return {dataSet, control, stepRatio, process, length, lowerBound, upperBound, tail, ownIndex: tailIndex, tailIndexLow, tailIndexHigh, used: 40_000, total: 40_000, probability, threshold: length === "half" ? halfThreshold : 1, exceedances, tailIndex: index, low, high};
      })
    )
  );
}

const judge = (changed: Partial<FiniteDataSummary>, measured: Measured = {}) => finiteIndexVerdicts([{...cell, ...changed}], tailsOf({...cell, ...changed}, measured));

test("SGD's own index is held against hSGD's band with each outcome", () => {
  const id = "finite-band.plane.ratio-0.5";
  check(judge({}), id, "reproduced");
  check(judge({tailIndex: 2.4, tailIndexLow: 2.3, tailIndexHigh: 2.5}), id, "approximate", /−20\.0 % from the band/);
  check(judge({tailIndex: 1.5, tailIndexLow: 1.4, tailIndexHigh: 1.6}), id, "not reproduced");
  check(judge({tailIndex: 3, tailIndexLow: 2, tailIndexHigh: 4}), id, "inconclusive");
  check(judge({lowerBound: -1}), id, "inconclusive", /−1 is not above 0/);
  const none = {tailIndex: null, tailIndexLow: null, tailIndexHigh: null};
  check(judge({...none, tail: "not stationary", lyapunovExponent: 0.04}), id, "not reproduced", /Lyapunov exponent is 0\.04/);
  check(judge({...none, tail: "no power law"}), id, "not reproduced", /bounded support/);
  check(judge({...none, tail: "beyond"}), id, "not reproduced", /above 12/);
  check(judge({...none, tail: "beyond", upperBound: 10}), id, "inconclusive", /above 12/);
});

test("chains are held against the computed index with each outcome", () => {
  const id = "finite-chains.plane.ratio-0.5";
  check(judge({}), id, "reproduced");
  check(judge({}, {sgd: [3.2, 2, 5]}), id, "inconclusive");
  check(judge({}, {sgd: [2.5, 2.3, 2.8]}), id, "approximate");
  check(judge({}, {sgd: [1.5, 1.4, 1.7]}), id, "not reproduced");
  check(judge({}, {halfThreshold: 0.8}), id, "inconclusive", /22\.3 %/);
  check(judge({}, {exceedances: 199}), id, "inconclusive", /200 exceedances/);
  assert.ok(!judge({tail: "not stationary", tailIndex: null, tailIndexLow: null, tailIndexHigh: null}).some((verdict) => verdict.id.includes("finite-chains")));
});

test("the control asks for open intervals and for no sample that expands", () => {
  const id = "finite-bounded.plane";
  const control = {control: true, tail: "no power law", tailIndex: null, tailIndexLow: null, tailIndexHigh: null, expandingShare: 0} as const;
  check(judge(control, {sgd: [null, 20, null]}), id, "reproduced");
  check(judge(control, {sgd: [4, 3, 5]}), id, "not reproduced");
  check(judge({...control, expandingShare: 0.1}, {sgd: [null, 20, null]}), id, "inconclusive", /10\.0 % of the samples expand/);
});

const fit: LawFit = {dataSet: "plane", law: "stable", tailIndex: 1.5, skewness: 0, location: 0, scale: 1, aic: 1, heldOut: -2, difference: -0.02, differenceLow: -0.03, differenceHigh: -0.01, distance: 0.02, tabulatedPValue: 0.6, distancePValue: 0.01, andersonDarlingPValue: 0.01, detectableDistance: 0.03, fitted: 2000, heldOutDraws: 2000, total: 4000};

test("Student's law is held against the stable one by held-out likelihood with each outcome", () => {
  const id = "law-student-over-stable.plane";
  check(lawVerdicts([fit]), id, "reproduced");
  check(lawVerdicts([{...fit, difference: 0.02, differenceLow: 0.01, differenceHigh: 0.03}]), id, "not reproduced");
  check(lawVerdicts([{...fit, differenceHigh: 0.01}]), id, "inconclusive");
  check(lawVerdicts([{...fit, heldOutDraws: 60}]), id, "inconclusive", /found 60/);
});

test("a law that passes its test supports the claim on Student's, and leaves that on a stable law open", () => {
  const passing = {...fit, distancePValue: 0.4};
  check(lawVerdicts([passing]), "law-goodness-stable.plane", "inconclusive", /0\.03 or more/);
  check(lawVerdicts([fit]), "law-goodness-stable.plane", "reproduced");
  check(lawVerdicts([{...passing, law: "Student"}]), "law-goodness-student.plane", "reproduced");
  check(lawVerdicts([{...fit, law: "Student"}]), "law-goodness-student.plane", "not reproduced", /tabulated p = 0\.6/);
  const three = (["stream", "plane", "digits"] as const).map((dataSet, i): LawFit => ({...fit, law: "Student", dataSet, distancePValue: [0.02, 0.4, 0.5][i]!}));
  check(lawVerdicts(three), "law-goodness-student.stream", "reproduced", /p = 0\.06 by bootstrap after Holm/);
});

test("levels of tests are judged with each outcome", () => {
  const rows = (rate: number, half: number): readonly ValidityRow[] =>
    (["independent draws", "thinned chain", "consecutive iterates"] as const).flatMap((data) => (["true law", "fitted law", "fitted law, bootstrap"] as const).map((pValue) => ({data, pValue, rejected: Math.round(1000 * rate), replicates: 1000, rate, low: Math.max(0, rate - half), high: rate + half})));
  check(validityVerdicts(rows(0.05, 0.01)), "test-level.known-law", "reproduced");
  check(validityVerdicts(rows(0.05, 0.04)), "test-level.bootstrap", "inconclusive");
  check(validityVerdicts(rows(0.08, 0.01)), "test-level.known-law", "approximate");
  check(validityVerdicts(rows(0.3, 0.02)), "test-level.known-law", "not reproduced");
  check(validityVerdicts(rows(0.3, 0.02)), "test-level.consecutive-iterates", "reproduced");
  check(validityVerdicts(rows(0.3, 0.02)), "test-level.fitted-law", "not reproduced");
  check(validityVerdicts(rows(0.01, 0.01)), "test-level.fitted-law", "reproduced");
  check(validityVerdicts(rows(0.01, 0.01)), "test-level.consecutive-iterates", "not reproduced");
  check(validityVerdicts([]), "test-level.fitted-law", "inconclusive", /no tests of this kind/);
});
