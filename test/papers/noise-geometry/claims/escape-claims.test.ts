import assert from "node:assert/strict";
import {test} from "node:test";
import {escapeVerdicts, thresholdVerdicts} from "../../../../src/papers/noise-geometry/index.ts";
import type {EscapeGrowth, EscapeSummary} from "../../../../src/papers/noise-geometry/index.ts";
import {checkOutcome, verdictOn} from "./geometry-cases.ts";

const parameters = {flatEigenvalue: 0.2, flatDirections: 99, scales: [1.1], sharpCounts: [1], steps: 6, start: 0.01, replicas: 4000, blocks: 20, gradientDescentStep: 2.2, pictured: 4, picturedGrowth: 100};

const cellsOf = (factor: number, logStandardError = 0.002, exact = 4): readonly EscapeSummary[] =>
  Array.from({length: 6}, (_, i) => {
    const [ratio, growth] = [factor * exact, factor * 2 ** (i + 1)];
    return {scale: 1.1, stepSize: 0.5, sharpCount: 1, step: i + 1, runs: 4000, ratio, logStandardError, low: ratio * Math.exp(-2 * logStandardError), high: ratio * Math.exp(2 * logStandardError), exact, aligned: 5, growth, growthLogError: logStandardError, exactGrowth: 2 ** (i + 1)};
  });

test("ratio and growth are held against the exact recursion with each outcome", () => {
  for (const id of ["escape-ratio", "escape-growth"]) {
    const outcome = (factor: number, error?: number) => verdictOn(id, escapeVerdicts(cellsOf(factor, error), parameters));
    checkOutcome(outcome(1), "reproduced");
    checkOutcome(outcome(0.8), "approximate");
    checkOutcome(outcome(2), "not reproduced");
    checkOutcome(outcome(1.015), "approximate");
    checkOutcome(outcome(1, 0.05), "inconclusive");
    assert.equal(outcome(1).used, 4000);
  }
});

test("SGD must end with more loss in flat directions than in sharp ones", () => {
  const contrast = (ratio: number, error?: number) => verdictOn("escape-contrast.sgd", escapeVerdicts(cellsOf(1, error, ratio), parameters));
  checkOutcome(contrast(4), "reproduced");
  checkOutcome(contrast(0.5), "not reproduced");
  checkOutcome(contrast(1.01, 0.1), "inconclusive");
  checkOutcome(verdictOn("escape-contrast.sgd", escapeVerdicts(cellsOf(1).map((cell) => ({...cell, scale: 9})), {...parameters, scales: [1.1, 9]})), "inconclusive");
});

test("gradient descent ends in the sharpest direction, unless it is stopped before its flat part is gone", () => {
  const contrast = (changed: Partial<typeof parameters>) => verdictOn("escape-contrast.gd", escapeVerdicts(cellsOf(1), {...parameters, ...changed}));
  const right = contrast({});
  checkOutcome(right, "reproduced");
  // (0.56/1.2)^(2t) after t = 15 steps, the first with 1.44^t/2 ≥ 100.
  assert.ok(Math.abs(right.estimate! / (0.56 / 1.2) ** 30 - 1) < 1e-9);
  checkOutcome(contrast({picturedGrowth: 1.01}), "not reproduced");
  checkOutcome(contrast({gradientDescentStep: 2.000001}), "inconclusive");
});

test("the simple ratio is judged as the lower bound that it is stated to be", () => {
  const ratio = (scale: number, flatEigenvalue = 0.2) => verdictOn(`escape-simple-ratio.beta-${scale}`, escapeVerdicts(cellsOf(1).map((cell) => ({...cell, scale})), {...parameters, scales: [scale], flatEigenvalue}));
  const usual = ratio(1.1);
  checkOutcome(usual, "reproduced");
  assert.ok(Math.abs(usual.predicted! - 3.96) < 1e-9 && usual.estimate! / 3.96 > 1.25 && usual.estimate! / 3.96 < 1.3);
  assert.match(usual.explanation, /perfectly aligned noise would give 5\.91/);
  checkOutcome(ratio(0.6), "reproduced");
  checkOutcome(ratio(10), "not reproduced");
});

const growthOf = (cell: Partial<EscapeGrowth>): EscapeGrowth => ({spectrum: "two levels", dimension: 100, relativeStep: 5, scale: 1, stepSize: 0.5, runs: 4000, rate: 1.5, logStandardError: 0.001, low: 1.497, high: 1.503, exact: 1.5, thresholdScale: 0.2, alignedThresholdScale: 0.21, gradientDescentScale: 4, ...cell});

test("growth rates, instability and the scale of the paper are judged with each outcome", () => {
  const on = (id: string, cell: Partial<EscapeGrowth>) => verdictOn(id, thresholdVerdicts([growthOf(cell)]));
  checkOutcome(on("escape-rates", {}), "reproduced");
  checkOutcome(on("escape-rates", {exact: 1.8}), "approximate");
  checkOutcome(on("escape-rates", {exact: 3}), "not reproduced");
  checkOutcome(on("escape-rates", {logStandardError: 0.1}), "inconclusive");
  checkOutcome(on("escape-instability", {}), "reproduced");
  checkOutcome(on("escape-instability", {rate: 0.9, low: 0.8, high: 0.95}), "not reproduced");
  checkOutcome(on("escape-instability", {rate: 1.1, low: 0.9, high: 1.3}), "inconclusive");
  checkOutcome(on("escape-instability", {scale: 0.5}), "inconclusive");
  checkOutcome(on("escape-scale.two-levels", {}), "not reproduced");
  checkOutcome(on("escape-scale.two-levels", {thresholdScale: 0.7}), "approximate");
  checkOutcome(on("escape-scale.two-levels", {thresholdScale: 1.01}), "reproduced");
});
