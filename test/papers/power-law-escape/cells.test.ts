import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {barrierSlopes, clockExponents, firstPassage, kurtosisControl, kurtosisReferences, logBarrierEscape, passageCurves, passageExponents, passageReferences, randomTimeChange, stationaryExponent, stationaryReferences, trainingRecord} from "../../../src/papers/power-law-escape/index.ts";
import type {NoiseAlongTrainingParameters} from "../../../src/papers/power-law-escape/noise-along-training-parameters.ts";
import type {KurtosisControlParameters, StationaryExponentParameters} from "../../../src/papers/power-law-escape/parameters.ts";
import {createStream} from "../../../src/random/index.ts";
import {assertCells, assertRanges} from "../cells.ts";
import type {CellChange} from "../cells.ts";

const context = {stream: (cell: string, block: number) => createStream({seed: 3, experiment: "cells", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const every = /./;

const barrier = {temperatures: [0.4, 0.5], lossRatios: [1.4, 1.6, 2], replicas: 100, relativeTimeStep: 0.2, longestInMeans: 1};
const clocks = {temperature: 0.5, replicas: 100, relativeTimeStep: 0.1, relaxationTimes: 5, bins: 10};
const stationary: StationaryExponentParameters = {stepSizes: [0.5, 1], batchSizes: [1, 2], inputs: {kind: "gaussian"}, chains: 100, relaxationTimes: 10, gridCells: 100};
const passage = {stepSize: 0.2, batchSize: 1, dimensions: [1, 3], lossRatios: [1.2, 1.3, 1.4, 1.5], replicas: 100, maximumSteps: 1000, gridCells: 100};
const kurtosis: KurtosisControlParameters = {stepSizes: [0.5, 1], batchSize: 1, kurtoses: [1, 3], chains: 100, relaxationTimes: 10, gridCells: 100};
const training: NoiseAlongTrainingParameters = {dataSet: "teacher", samples: 30, teacherInputs: 4, teacherWidths: [5], widths: [6], activation: "relu", stepSize: 0.05, batchSize: 10, epochs: 20, recordEvery: 10, runs: 12, spectrumEpochs: [0], spectrumSamples: 20};

test("a change of the escape's parameters reaches the barriers and temperatures that read it", () => {
  assertCells(logBarrierEscape, barrier, [
    {change: {temperatures: [0.4, 0.6]}, affects: /^temperature 0\.6 /},
    {change: {lossRatios: [1.4, 1.6, 2.5]}, affects: /ratio 2\.5 /},
    {change: {relativeTimeStep: 0.1}, affects: /step 0\.05$|ratio (1\.4|2) step 0\.1$/},
    {change: {longestInMeans: 2}, affects: every},
    {change: {replicas: 200}, affects: []}
  ]);
  assertCells(barrierSlopes, barrier, [{change: {temperatures: [0.4, 0.6]}, affects: ["temperature 0.6"]}, {change: {lossRatios: [1.5, 3], longestInMeans: 2, relativeTimeStep: 0.1, replicas: 200}, affects: []}]);
});

test("a change of the clocks' parameters reaches the chains that read it, of their bins none", () => {
  assertCells(randomTimeChange, clocks, [
    {change: {relativeTimeStep: 0.05}, affects: /step 0\.025$/},
    {change: {temperature: 0.4}, affects: every},
    {change: {relaxationTimes: 6}, affects: every},
    {change: {replicas: 200, bins: 20}, affects: []}
  ]);
  assertCells(clockExponents, clocks, [{change: {temperature: 0.4}, affects: every}, {change: {relativeTimeStep: 0.05, relaxationTimes: 6, bins: 20, replicas: 200}, affects: []}]);
});

test("a change of the stationary chains' parameters reaches the step and batch sizes that read it, and the grid the exact laws alone", () => {
  const sweeps: readonly CellChange<StationaryExponentParameters>[] = [{change: {stepSizes: [0.5, 0.9]}, affects: /^step 0\.9 /}, {change: {batchSizes: [1, 4]}, affects: /batch 4$/}, {change: {inputs: {kind: "three-point", kurtosis: 2}}, affects: every}, {change: {chains: 200}, affects: []}];
  assertCells(stationaryExponent, stationary, [...sweeps, {change: {gridCells: 200}, affects: []}, {change: {relaxationTimes: 20}, affects: every}]);
  assertCells(stationaryReferences, stationary, [...sweeps, {change: {gridCells: 200}, affects: every}, {change: {relaxationTimes: 20}, affects: []}]);
});

test("a change of the kurtosis control's parameters reaches the kurtoses and step sizes that read it, and the grid the exact laws alone", () => {
  const sweeps: readonly CellChange<KurtosisControlParameters>[] = [{change: {stepSizes: [0.5, 0.9]}, affects: /step 0\.9$/}, {change: {kurtoses: [1, 2]}, affects: /^kurtosis 2 /}, {change: {batchSize: 2}, affects: every}, {change: {chains: 200}, affects: []}];
  assertCells(kurtosisControl, kurtosis, [...sweeps, {change: {gridCells: 200}, affects: []}, {change: {relaxationTimes: 20}, affects: every}]);
  assertCells(kurtosisReferences, kurtosis, [...sweeps, {change: {gridCells: 200}, affects: every}, {change: {relaxationTimes: 20}, affects: []}]);
});

test("a change of first passage's parameters reaches the dimensions that read it, and of the exact chain the levels", () => {
  assertCells(firstPassage, passage, [
    {change: {dimensions: [1, 2]}, affects: ["dimension 2"]},
    {change: {lossRatios: [1.2, 1.3, 1.4, 1.6]}, affects: every},
    {change: {stepSize: 0.1}, affects: every},
    {change: {maximumSteps: 2000}, affects: every},
    {change: {gridCells: 200, replicas: 200}, affects: []}
  ]);
  assertCells(passageReferences, passage, [
    {change: {dimensions: [1, 2]}, affects: /dimension 2$/},
    {change: {lossRatios: [1.2, 1.3, 1.4, 1.6]}, affects: /diffusion|ratio 1\.6$/},
    {change: {gridCells: 200}, affects: /^exact SGD/},
    {change: {maximumSteps: 2000, replicas: 200}, affects: []}
  ]);
  assertCells(passageCurves, passage, [{change: {lossRatios: [1.2, 1.35, 1.4, 1.5]}, affects: []}, {change: {lossRatios: [1.2, 1.3, 1.4, 1.6], maximumSteps: 2000}, affects: /diffusion|ratio 1\.[2-9]|ratio 1\.1[89]/}]);
  assertCells(passageExponents, passage, [{change: {dimensions: [1, 2]}, affects: /2$/}, {change: {stepSize: 0.1}, affects: ["log ratio to the exact chain"]}, {change: {lossRatios: [1.2, 1.3], gridCells: 200, batchSize: 2}, affects: []}]);
});

test("a change of the trainings' parameters reaches both blocks, of the spectra the first, of the teacher none on images; more runs add to the last block", () => {
  const spectra = [{change: {spectrumEpochs: [0, 20]}, affects: ["runs 0 to 9"]}, {change: {spectrumSamples: 30}, affects: ["runs 0 to 9"]}];
  assertCells(trainingRecord, training, [...spectra, {change: {stepSize: 0.1}, affects: every}, {change: {teacherWidths: [7]}, affects: every}, {change: {runs: 25}, affects: ["runs 10 to 19", "runs 20 to 24"]}, {change: {runs: 10}, affects: []}]);
  assertCells(trainingRecord, {...training, dataSet: "digits"}, [...spectra, {change: {teacherWidths: [7], teacherInputs: 5}, affects: []}, {change: {dataSet: "mnist"}, affects: every}]);
});

test("replicas of every ensemble are the same in ranges of any size", async () => {
  const replicas = 57;
  await assertRanges(logBarrierEscape, {...barrier, temperatures: [0.5], lossRatios: [1.4], replicas}, context);
  await assertRanges(randomTimeChange, {...clocks, replicas}, context);
  await assertRanges(stationaryExponent, {...stationary, stepSizes: [1], batchSizes: [2], chains: replicas}, context);
  await assertRanges(kurtosisControl, {...kurtosis, stepSizes: [1], kurtoses: [2], chains: replicas}, context);
  await assertRanges(firstPassage, {...passage, dimensions: [3], replicas}, context);
});
