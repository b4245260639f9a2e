import assert from "node:assert/strict";
import {test} from "node:test";
import {runExperiment} from "../../../../src/papers/experiment.ts";
import {ensemblesHere} from "../../../../src/kernels/index.ts";
import {angularVerdicts, directionRates, directionVerdicts, summarizeDirections} from "../../../../src/papers/noise-geometry/index.ts";
import type {AngularAlignment, DirectionDraw} from "../../../../src/papers/noise-geometry/index.ts";
import {pooledErrorBound} from "../../../../src/papers/noise-geometry/claims/correlated-cells.ts";
import {createStream} from "../../../../src/random/index.ts";
import {assertCells} from "../../cells.ts";
import {checkOutcome, verdictOn} from "./geometry-cases.ts";

interface Shape {
  readonly slope?: number;
  readonly scatter?: number;
  readonly fewSamples?: number;
  readonly ratios?: readonly number[];
}

/** Draws whose infimum and supremum come to 1 and 2 as (n/d)^slope. */
function drawsOf({slope = -0.5, scatter = 0.01, fewSamples = 0, ratios = [0.5, 64, 256, 1024, 4096, 16384, 65536]}: Shape = {}): readonly DirectionDraw[] {
  return ratios.flatMap((samplesPerDimension) =>
    Array.from({length: 30}, (_, draw) => {
      const distance = 2 * samplesPerDimension ** slope * (1 + scatter * Math.sin(7 * draw));
      const isFew = samplesPerDimension < 1;
      return {samplesPerDimension, samples: 20 * samplesPerDimension, draw, least: isFew ? fewSamples : 1 - distance, greatest: isFew ? 3 : 2 + distance};
    })
  );
}

const context = {stream: (cell: string, block: number) => createStream({seed: 1, experiment: "claims", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const parameters = {draws: 30, dimension: 20, ratios: [0.5, 1, 2, 4, 64, 256, 1024, 4096, 16384, 65536], fitFrom: 64, kurtoses: [3], angleRatio: 64, angles: [0, 45, 90]};

const judge = async (id: string, shape: Shape = {}) => {
  const draws = drawsOf(shape);
  const rates = id.startsWith("direction-rate") ? await runExperiment(directionRates, parameters, context, [draws]) : [];
  return verdictOn(id, directionVerdicts(draws, summarizeDirections(draws), rates, {fitFrom: 64}));
};

test("the negative control fails if a direction of few samples has noise", async () => {
  checkOutcome(await judge("direction-few-samples"), "reproduced");
  checkOutcome(await judge("direction-few-samples", {fewSamples: 0.1}), "not reproduced");
  checkOutcome(await judge("direction-few-samples", {ratios: [64, 256, 1024, 4096]}), "inconclusive");
});

test("the limits are held at the largest sample with each outcome", async () => {
  for (const end of ["least", "greatest"]) {
    checkOutcome(await judge(`direction-limit.${end}`), "reproduced");
    checkOutcome(await judge(`direction-limit.${end}`, {slope: -0.2}), "approximate");
    checkOutcome(await judge(`direction-limit.${end}`, {slope: -0.05}), "not reproduced");
    checkOutcome(await judge(`direction-limit.${end}`, {slope: -0.2, scatter: 9}), "inconclusive");
  }
});

test("the rates are held against −1/2 with each outcome, over the sizes of the fit alone", async () => {
  for (const end of ["least", "greatest"]) {
    const right = await judge(`direction-rate.${end}`);
    checkOutcome(right, "reproduced");
    assert.deepEqual([right.used, right.total], [180, 210]);
    checkOutcome(await judge(`direction-rate.${end}`, {slope: -0.4}), "approximate");
    checkOutcome(await judge(`direction-rate.${end}`, {slope: -0.1}), "not reproduced");
    checkOutcome(await judge(`direction-rate.${end}`, {scatter: 30}), "inconclusive");
    checkOutcome(await judge(`direction-rate.${end}`, {ratios: [1, 2, 4, 64, 256, 1024]}), "inconclusive");
  }
});

test("rates read the draws from where their fit begins, and no others", () => {
  const from = (ratio: number) => ({ratios: [0.7, ...parameters.ratios.slice(1, -1), ratio]});
  assertCells(directionRates, parameters, [{change: {fitFrom: 65}, affects: /^/}, {change: from(9000), affects: /^/}, {change: {draws: 40, fitFrom: 5, ...from(65536), angles: [0, 30, 60]}, affects: []}]);
});

const anglesOf = (factor: number, standardError = 0.001, kurtosis = 3): readonly AngularAlignment[] =>
  [0, 45, 90].map((angle) => {
    const exact = 1 + Math.cos((angle * Math.PI) / 180) ** 2;
    const alignment = factor * exact;
    return {kurtosis, angle, draws: 40, alignment, standardError, low: alignment - 2 * standardError, high: alignment + 2 * standardError, exact};
  });

test("angles are held against the exact covariance, the gradient against a doubled noise, with each outcome", () => {
  const outcomes = [[1, 0.001, "reproduced"], [0.85, 0.001, "approximate"], [0.5, 0.001, "not reproduced"], [1, 0.5, "inconclusive"]] as const;
  for (const [factor, error, outcome] of outcomes) {
    checkOutcome(verdictOn("direction-angles", angularVerdicts(anglesOf(factor, error))), outcome);
    checkOutcome(verdictOn("direction-gradient.kurtosis-3", angularVerdicts(anglesOf(factor, error))), outcome);
  }
  checkOutcome(verdictOn("direction-angles", angularVerdicts(anglesOf(1.02, 0.0005))), "approximate");
});

test("cells that share an ensemble do not narrow an interval, independent ones do", () => {
  const cells = (ensembles: readonly string[]) => ensembles.map((ensemble) => ({ensemble, logStandardError: 0.1}));
  assert.ok(Math.abs(pooledErrorBound(cells(["a", "a", "a", "a"])) - 0.1) < 1e-15);
  assert.ok(Math.abs(pooledErrorBound(cells(["a", "b", "c", "d"])) - 0.05) < 1e-15);
});
