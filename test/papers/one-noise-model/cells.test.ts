import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {noiseAlongGradient, sideBySideMeasured, sideBySidePaths, stepLimit, twoReadings} from "../../../src/papers/one-noise-model/index.ts";
import {createStream} from "../../../src/random/index.ts";
import {assertCells} from "../cells.ts";

const context = {stream: (cell: string, block: number) => createStream({seed: 3, experiment: "cells", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const every = /./;

const readings = {stepSizes: [0.5, 0.7, 0.9, 1], chains: 1000, relaxationTimes: 10, relativeTimeStep: 0.1};
const directions = {dimensions: [1, 10], kurtoses: [1, 3], signals: [0.5, 9], replicas: 1000};
const limit = {dimensions: [1, 5], leastStepSize: 0.01, points: 8};
const sides = {
  horizon: 1,
  steps: [4, 8, 16, 32],
  measuredSteps: [4, 8, 32],
  start: 1.5,
  oppositeStart: 0.5,
  controlKurtoses: [1, 2],
  averagingHorizon: 10,
  replicas: 1000,
  averagingReplicas: 1000,
  diffusionSteps: 16,
  pathSteps: [4, 8]
};

test("a change of the readings' parameters reaches the step sizes that read it, and the diffusion's time step no chain of SGD", () => {
  assertCells(twoReadings, readings, [
    {change: {stepSizes: [0.5, 0.7, 0.8, 1]}, affects: /step 0\.8$/},
    {change: {relativeTimeStep: 0.05}, affects: /^hSGD/},
    {change: {chains: 2000}, affects: every},
    {change: {relaxationTimes: 20}, affects: every}
  ]);
});

test("a change of the directions' parameters reaches the dimensions, kurtoses and distances that read it", () => {
  assertCells(noiseAlongGradient, directions, [
    {change: {dimensions: [1, 8]}, affects: /^dimension 8,/},
    {change: {kurtoses: [2, 3]}, affects: /kurtosis 2,/},
    {change: {signals: [0.5, 4]}, affects: /signal 4$/},
    {change: {replicas: 2000}, affects: every}
  ]);
});

test("a change of the step limit's parameters reaches the dimensions and step sizes that read it", () => {
  assertCells(stepLimit, limit, [
    {change: {dimensions: [1, 3]}, affects: /^dimension 3,/},
    {change: {leastStepSize: 0.001}, affects: /step 0\./},
    {change: {points: 9}, affects: /step 0\.(?!01$)/}
  ]);
});

test("a change of what stands side by side reaches the step sizes and dynamics that read it", () => {
  assertCells(sideBySideMeasured, sides, [
    {change: {measuredSteps: [4, 8, 64]}, affects: / 64 steps$/},
    {change: {start: 2}, affects: /^(?!averaged)/},
    {change: {oppositeStart: 1}, affects: /^(?!averaged)/},
    {change: {replicas: 2000}, affects: /^(?!averaged)/},
    {change: {averagingHorizon: 20}, affects: /^averaged/},
    {change: {averagingReplicas: 2000}, affects: /^averaged/},
    {change: {diffusionSteps: 24}, affects: /^(homogenized SGD|modified equation), [48] steps$/},
    {change: {horizon: 2}, affects: every},
    {change: {steps: [4, 8, 16, 64], controlKurtoses: [2], pathSteps: [8]}, affects: []}
  ]);
  assertCells(sideBySidePaths, sides, [
    {change: {pathSteps: [4, 16]}, affects: ["16 steps"]},
    {change: {start: 2}, affects: every},
    {change: {replicas: 2000}, affects: every},
    {change: {oppositeStart: 1, diffusionSteps: 24, averagingReplicas: 2000, measuredSteps: [4], steps: [8]}, affects: []}
  ]);
});

test("a cell has the rows of its own, whatever sweep it stands in", async () => {
  const one = await runExperiment(sideBySideMeasured, {...sides, measuredSteps: [8]}, context);
  assert.deepEqual((await runExperiment(sideBySideMeasured, {...sides, measuredSteps: [4, 8]}, context)).filter(({stepSize}) => stepSize === 1 / 8), one);
  const half = await runExperiment(noiseAlongGradient, {...directions, dimensions: [10], kurtoses: [3]}, context);
  assert.deepEqual((await runExperiment(noiseAlongGradient, directions, context)).filter(({dimension, kurtosis}) => dimension === 10 && kurtosis === 3), half);
});
