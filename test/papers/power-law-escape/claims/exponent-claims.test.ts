import assert from "node:assert/strict";
import {test} from "node:test";
import {runExperiment} from "../../../../src/papers/experiment.ts";
import {exponentVerdicts, kurtosisReferences, kurtosisVerdicts, stationaryReferences, summarizeExponents, summarizeKurtosis} from "../../../../src/papers/power-law-escape/index.ts";
import type {ExponentSummary, KurtosisSummary, StationaryChain} from "../../../../src/papers/power-law-escape/index.ts";
import {checkOutcome, context, random, verdictOn} from "./claim-cases.ts";

interface Shape {
  /** The fitted exponent over the exact one. */
  readonly ratio?: number;
  /** The exact exponent at B/η. */
  readonly exact?: (batchOverStep: number) => number;
  readonly relativeError?: number;
  readonly batchSizes?: readonly number[];
}

function cellsOf({ratio = 1, exact = (x) => 1 + x, relativeError = 0.001, batchSizes = [1, 2, 4, 8, 16]}: Shape = {}): readonly ExponentSummary[] {
  return batchSizes.map((batchSize) => {
    const batchOverStep = batchSize / 0.5;
    const fitted = ratio * exact(batchOverStep);
    return {stepSize: 0.5, batchSize, batchOverStep, fitted, standardError: relativeError * fitted, low: null, high: null, used: 99, total: 100, firstDivergence: 30, exact: exact(batchOverStep), gridError: 0, tailIndex: null, predicted: 1 + batchOverStep};
  });
}

const judge = (id: string, cells: readonly ExponentSummary[]) => verdictOn(id, exponentVerdicts(cells));

test("chains are held against the exact operator with each outcome", () => {
  const operator = (shape: Shape) => judge("exponent-operator", cellsOf(shape));
  checkOutcome(operator({}), "reproduced");
  checkOutcome(operator({ratio: 1.1}), "approximate");
  checkOutcome(operator({ratio: 1.6}), "not reproduced");
  checkOutcome(operator({relativeError: 0.2}), "inconclusive");
  checkOutcome(operator({ratio: 1.02, relativeError: 0.0005}), "approximate");
  checkOutcome(judge("exponent-operator", cellsOf().map((cell) => ({...cell, exact: null}))), "inconclusive");
});

test("the slope on B/η is held against 1 with each outcome, whatever the level", () => {
  const slope = (shape: Shape) => judge("exponent-slope", cellsOf(shape));
  const lower = slope({exact: (x) => 0.3 + x});
  checkOutcome(lower, "reproduced");
  assert.ok(Math.abs(lower.estimate! - 1) < 1e-9);
  checkOutcome(slope({exact: (x) => 1 + 0.85 * x}), "approximate");
  checkOutcome(slope({exact: (x) => 1 + 0.4 * x}), "not reproduced");
  checkOutcome(slope({relativeError: 0.3}), "inconclusive");
  const three = slope({batchSizes: [1, 2, 4]});
  checkOutcome(three, "inconclusive");
  assert.match(three.explanation, /at least 4 points, found 3/);
});

test("the level at a step size is held against 1 + B/η with each outcome", () => {
  const level = (shape: Shape) => judge("exponent-level.step-0.5", cellsOf(shape));
  checkOutcome(level({ratio: 0.99}), "reproduced");
  const approximate = level({ratio: 0.8});
  checkOutcome(approximate, "approximate");
  assert.ok(Math.abs(approximate.discrepancy! + 0.2) < 1e-9);
  checkOutcome(level({ratio: 0.5}), "not reproduced");
  checkOutcome(level({relativeError: 0.2}), "inconclusive");
});

test("cells with diverging chains enter no estimate and are counted", () => {
  const diverged = cellsOf().map((cell, i) => (i < 2 ? {...cell, fitted: null, standardError: null, used: 90} : cell));
  const some = judge("exponent-level.step-0.5", diverged);
  assert.deepEqual([some.outcome, some.used], ["reproduced", 297]);
  const operator = judge("exponent-operator", diverged);
  assert.deepEqual([operator.used, operator.total], [297, 500]);
  assert.match(operator.explanation, /pooled over 3 cells/);
  const all = judge("exponent-level.step-0.5", cellsOf().map((cell) => ({...cell, fitted: null, standardError: null})));
  checkOutcome(all, "inconclusive");
  assert.deepEqual([all.used, all.total], [0, 500]);
  assert.match(all.explanation, /no stationary law/);
});

const chainsOf = (diverged: number): readonly StationaryChain[] =>
  Array.from({length: 200}, (_, chain) => ({stepSize: 0.5, batchSize: 4, chain, position: chain < diverged ? null : 0.3 * random("chains").normals(200)[chain]!, divergedAt: chain < diverged ? 40 - chain : null}));
const references = await runExperiment(stationaryReferences, {stepSizes: [0.5], batchSizes: [4], inputs: {kind: "gaussian"}, chains: 200, relaxationTimes: 40, gridCells: 100}, context);

test("a summary fits where at most one chain in a hundred diverged, and never where more did", () => {
  const summary = (diverged: number) => summarizeExponents(chainsOf(diverged), references)[0]!;
  const {fitted, low, high, used, total, firstDivergence, predicted, exact} = summary(2);
  assert.deepEqual([used, total, firstDivergence, predicted], [198, 200, 39, 9]);
  assert.equal(summary(0).firstDivergence, null);
  assert.ok(low! < fitted! && fitted! < high! && exact! > 5 && exact! < 9);
  assert.deepEqual((({fitted, standardError, low, high, used, total}) => [fitted, standardError, low, high, used, total])(summary(3)), [null, null, null, null, 197, 200]);
  assert.equal(summary(3).exact, exact);
});

test("the summary over kurtosis solves the second moment for the multiplicative noise", async () => {
  const exactAt = (stepSize: number) => runExperiment(kurtosisReferences, {stepSizes: [stepSize], batchSize: 1, kurtoses: [3], chains: 400, relaxationTimes: 40, gridCells: 100}, context);
  const stepSize = 0.2;
  const exactLaws = await exactAt(stepSize);
  const cell = (secondMoment: number, diverged = 0) => {
    const chains = Array.from({length: 400}, (_, chain) => ({kurtosis: 3, stepSize, chain, position: chain < diverged ? null : Math.sqrt(secondMoment * (chain % 2 === 0 ? 0.9 : 1.1)), divergedAt: chain < diverged ? 5 : null}));
    return summarizeKurtosis(chains, exactLaws)[0]!;
  };
  const exact = cell(stepSize / (2 - 3 * stepSize));
  assert.ok(Math.abs(exact.multiplicativeNoise! - 2) < 1e-9);
  assert.ok(Math.abs(exact.secondMoment! - exact.exactSecondMoment!) < 1e-12);
  assert.ok(Math.abs(cell(stepSize / (2 - 2 * stepSize)).multiplicativeNoise! - 1) < 1e-9);
  assert.ok(exact.multiplicativeNoiseError! > 0);
  const diverged = cell(0.1, 8);
  assert.deepEqual([diverged.secondMoment, diverged.multiplicativeNoise, diverged.multiplicativeNoiseError, diverged.used], [null, null, null, 392]);
});

const kurtosisCells = (strength: number, error: number, exactSecondMoment: number | null = 0.1): readonly KurtosisSummary[] =>
  cellsOf().map((cell) => ({...cell, kurtosis: 3, secondMoment: 0.1, exactSecondMoment, multiplicativeNoise: strength, multiplicativeNoiseError: error}));

test("the strength of the multiplicative noise is held against the decoupled 1 with each outcome", () => {
  const noise = (cells: readonly KurtosisSummary[]) => verdictOn("multiplicative-noise.kurtosis-3", kurtosisVerdicts(cells));
  checkOutcome(noise(kurtosisCells(1.05, 0.05)), "reproduced");
  checkOutcome(noise(kurtosisCells(1.4, 0.05)), "approximate");
  checkOutcome(noise(kurtosisCells(2, 0.05)), "not reproduced");
  checkOutcome(noise(kurtosisCells(0, 0.05)), "not reproduced");
  checkOutcome(noise(kurtosisCells(1, 1)), "inconclusive");
  const infinite = noise(kurtosisCells(1, 0.05, null));
  checkOutcome(infinite, "inconclusive");
  assert.match(infinite.explanation, /infinite or chains diverged/);
  checkOutcome(verdictOn("kurtosis-operator", kurtosisVerdicts(kurtosisCells(2, 0.05))), "reproduced");
});
