import assert from "node:assert/strict";
import {test} from "node:test";
import {alignmentVerdicts, widthVerdicts} from "../../../../src/papers/noise-geometry/index.ts";
import type {AlignmentSummary} from "../../../../src/papers/noise-geometry/index.ts";
import {checkOutcome, verdictOn} from "./geometry-cases.ts";

const cellOf = (cell: Partial<AlignmentSummary>): AlignmentSummary => {
  const {alignment = 1, standardError = 0.001} = cell;
  return {
    sweep: "samples", model: "a = 1", setting: 1000, samples: 1000, effectiveDimension: 2, participationRatio: 10, draws: 50, alignment, standardError, low: alignment - 2 * standardError, high: alignment + 2 * standardError,
    leastDraw: 0.9, centred: 1, certificateLow: 0.5, certificateHigh: 2, certificateError: 0.001, excess: -0.1, population: 1, populationRatio: 1, populationRatioError: 0.001, ...cell
  };
};

const linear = (cells: readonly Partial<AlignmentSummary>[]) => (id: string) => verdictOn(id, alignmentVerdicts([...cells.map(cellOf), cellOf({sweep: "condition", setting: 1})], []));

test("the certificate stands or falls with the worst draw of all cells, networks included", () => {
  checkOutcome(linear([{excess: -1e-3}])("alignment-certificate"), "reproduced");
  checkOutcome(linear([{excess: 1e-12}])("alignment-certificate"), "reproduced");
  checkOutcome(linear([{}, {excess: 1e-6}])("alignment-certificate"), "not reproduced");
  const networks = verdictOn("alignment-certificate", alignmentVerdicts([cellOf({sweep: "condition"})], [cellOf({sweep: "width", excess: 0.01})]));
  checkOutcome(networks, "not reproduced");
});

test("the population's value is held against cells of many samples with each outcome", () => {
  const population = (cell: Partial<AlignmentSummary>) => linear([cell])("alignment-population");
  checkOutcome(population({}), "reproduced");
  checkOutcome(population({populationRatio: 0.8}), "approximate");
  checkOutcome(population({populationRatio: 0.5}), "not reproduced");
  checkOutcome(population({populationRatio: 1.02, populationRatioError: 0.0005}), "approximate");
  checkOutcome(population({populationRatioError: 0.2}), "inconclusive");
  checkOutcome(population({samples: 199}), "inconclusive");
  checkOutcome(linear([{sweep: "noisy labels", populationRatio: 0.8}])("alignment-population-noisy"), "approximate");
});

const dimensions = (slope: number, error = 1e-4, least = 256) =>
  [1, 4, 16, 64].map((factor) => ({sweep: "dimension", samples: 16, setting: least * factor, certificateLow: 1 - 0.5 * factor ** slope, certificateHigh: 1 + 0.5 * factor ** slope, certificateError: error}));

test("the bounds close as one over the root of the dimension, with each outcome", () => {
  const few = (cells: readonly Partial<AlignmentSummary>[]) => linear(cells)("alignment-few-samples");
  checkOutcome(few(dimensions(-0.5)), "reproduced");
  checkOutcome(few(dimensions(-0.4)), "approximate");
  checkOutcome(few(dimensions(-0.1)), "not reproduced");
  checkOutcome(few(dimensions(-0.5, 0.2)), "inconclusive");
  const close = few(dimensions(-0.5, 1e-4, 64));
  checkOutcome(close, "inconclusive");
  assert.match(close.explanation, /at least 4 points, found 3/);
});

test("alignment may fall with the condition number as its bound does, and no faster", () => {
  const conditioned = (slope: number, error = 0.01) => verdictOn("alignment-condition", alignmentVerdicts([1, 10, 100].map((setting) => cellOf({sweep: "condition", setting, alignment: setting ** slope, standardError: error * setting ** slope})), []));
  checkOutcome(conditioned(0.02), "reproduced");
  checkOutcome(conditioned(-1.9), "reproduced");
  checkOutcome(conditioned(-2.2), "not reproduced");
  checkOutcome(conditioned(-2, 0.1), "inconclusive");
  checkOutcome(linear([])("alignment-condition"), "inconclusive");
});

test("width counts by what it does to the alignment in a decade, not by whether zero is in an interval", () => {
  const width = (factor: number, error = 0.003, count = 4) => {
    const cells = [16, 64, 256, 1024].slice(0, count).map((setting) => cellOf({sweep: "width", model: "relu", setting, alignment: setting ** Math.log10(factor), standardError: error * setting ** Math.log10(factor)}));
    return verdictOn("alignment-width.relu", widthVerdicts(cells));
  };
  const slight = width(1.02, 1e-4);
  checkOutcome(slight, "reproduced");
  assert.ok(Math.abs(slight.estimate! - 1.02) < 1e-9 && slight.low! > 1);
  checkOutcome(width(0.85), "approximate");
  checkOutcome(width(0.5), "not reproduced");
  checkOutcome(width(1, 0.1), "inconclusive");
  checkOutcome(width(1, 0.001, 3), "inconclusive");
});
