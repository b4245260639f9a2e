import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {coupledPairs, coupledPaths, criticalMomentOrder, horizonErrors, momentGrowth, multiplicativeErrors, ordersOfErrors, pairErrors, pairMeans, pairQuantiles, parameterSections, picturedPairs, weakErrors} from "../../../src/papers/stochastic-modified-flows/index.ts";
import {createStream} from "../../../src/random/index.ts";
import {assertCells, assertRanges} from "../cells.ts";

const context = {
  stream: (cell: string, block: number) => createStream({seed: 4, experiment: "flows", cell, block}),
  ensembles: ensemblesHere,
  progress: () => {}
};

const circle = {noise: 0.7, horizon: 0.5, steps: [2, 4, 8, 16], onePointNodes: 64, twoPointNodes: 32, threePointHorizon: 0.25, threePointSteps: [1, 2, 4, 8], threePointNodes: 16, pictureSteps: 10};
const errors = await runExperiment(weakErrors, circle, context);
const errorOf = (points: number, standIn: string, stepSize: number) => errors.find((row) => row.points === points && row.standIn === standIn && row.stepSize === stepSize)!;

test("weak errors fall by about four a halving for the flow, by about two for all that lacks a term", () => {
  const ratio = (points: number, standIn: string, horizon: number) => errorOf(points, standIn, horizon / 4).error / errorOf(points, standIn, horizon / 8).error;
  for (const [points, horizon] of [[1, 0.5], [2, 0.5], [3, 0.25]] as const) assert.ok(ratio(points, "modified flow", horizon) > 3.2 && ratio(points, "modified flow", horizon) < 4.4, `${points}: ${ratio(points, "modified flow", horizon)}`);
  for (const [points, standIn] of [[1, "uncorrected flow"], [1, "gradient flow"], [2, "modified equation"]] as const) assert.ok(Math.abs(ratio(points, standIn, 0.5) - 2) < 0.2, `${standIn}: ${ratio(points, standIn, 0.5)}`);
});

test("one point has no way to tell the modified equation from the modified flow", () => {
  for (const steps of circle.steps) assert.equal(errorOf(1, "modified equation", 0.5 / steps).error, errorOf(1, "modified flow", 0.5 / steps).error);
});

test("the symmetric pair hides the equation's error", () => {
  for (const steps of circle.steps) {
    const {error, symmetricPairError} = errorOf(2, "modified equation", 0.5 / steps);
    assert.ok(symmetricPairError! < error / 4);
  }
  assert.equal(errorOf(1, "modified flow", 0.25).symmetricPairError, null);
});

test("the errors of all pairs are symmetric, and the greatest of them is near the stated one", async () => {
  const pairs = await runExperiment(pairErrors, {...circle, pictureSteps: 8}, context);
  const size = 16;
  assert.equal(pairs.length, size * size);
  for (const [i, j] of [[3, 7], [1, 12], [15, 4]] as const) assert.ok(Math.abs(pairs[i * size + j]!.equationError - pairs[j * size + i]!.equationError) < 1e-12);
  const greatest = Math.max(...pairs.map(({equationError}) => Math.abs(equationError)));
  const {error} = errorOf(2, "modified equation", 0.0625);
  assert.ok(greatest <= 1.0001 * error && greatest > 0.9 * error, `${greatest} of ${error}`);
});

test("local slopes are followed by their limit, for each statistic and stand-in", () => {
  const orders = ordersOfErrors(errors);
  assert.equal(orders.length, (4 + 2 + 1) * 4);
  const limits = orders.filter(({kind}) => kind === "limit");
  assert.ok(limits.every(({stepSize, uncertainty}) => stepSize === 0 && uncertainty > 0));
  assert.throws(() => ordersOfErrors(errors.filter(({stepSize}) => stepSize > 0.04)), /at least 4 step sizes for an order, found 3/);
});

const scalar = {noise: 0.7, horizon: 1, steps: [5, 10, 20, 40], upper: 1, lower: -1, third: 0.5};

test("products of the scalar example: known exponents, and a leading term for pairs of the equation alone", () => {
  const rows = multiplicativeErrors(scalar);
  assert.equal(rows.length, 3 * 4 * 3);
  const pair = rows.find(({points, standIn, stepSize}) => points === 2 && standIn === "modified equation" && stepSize === 0.05)!;
  assert.ok(Math.abs(pair.sgd + (0.95 ** 2 + 0.05 ** 2 * 0.49) ** 20) < 1e-15);
  assert.ok(Math.abs(pair.moment + Math.exp(-2 - 0.05 - 0.05 * 0.49)) < 1e-15);
  assert.ok(Math.abs(pair.leadingError! - 2 * 0.49 * 0.05 * Math.exp(-2)) < 1e-10);
  assert.equal(rows.filter(({leadingError}) => leadingError !== null).length, 4);
});

const drawn = {noise: 0.9, stepSize: 0.1, steps: 20, upper: 1, lower: -1, substeps: 4, pictured: 20, replicas: 3000};

test("under one noise SGD and the modified flow keep mirror images, the modified equation the product", async () => {
  const pairs = await runExperiment(coupledPairs, drawn, context);
  for (const {process, upper, lower} of pairs.slice(0, 4000)) if (process !== "modified equation") assert.ok(Math.abs(upper + lower) < 1e-9 * Math.abs(upper));
  for (const {upper, lower} of pairs.filter(({process, substeps}) => process === "modified equation" && substeps === 4)) assert.ok(Math.abs(upper * lower + Math.exp(-2 * 2.1 - 0.2 * 0.81)) < 1e-4);
  const means = pairMeans(pairs, drawn);
  assert.equal(means.length, 6);
  for (const {process, quantity, mean, exact, standardError, schemeError} of means) assert.ok(Math.abs(mean - exact) < 4.5 * Math.hypot(standardError, schemeError), `${process}, ${quantity}: ${mean} ± ${standardError}, exactly ${exact}`);
  const quantiles = pairQuantiles(pairs);
  assert.equal(quantiles.length, 3 * 2 * 99);
  const spread = (process: string, quantity: string) => quantiles.findLast((row) => row.process === process && row.quantity === quantity)!.value - quantiles.find((row) => row.process === process && row.quantity === quantity)!.value;
  assert.ok(spread("modified equation", "product") < 0.01 * spread("modified flow", "product"));
  assert.ok(Math.abs(spread("modified equation", "one point") / spread("modified flow", "one point") - 1) < 0.25);
  const pictured = await runExperiment(picturedPairs, drawn, context);
  assert.deepEqual(pictured, ["SGD", "modified flow", "modified equation"].flatMap((name) => pairs.filter(({process, substeps}) => process === name && substeps !== 2).slice(0, 20)));
});

test("a path starts at its points and takes every step", async () => {
  const paths = await runExperiment(coupledPaths, {...drawn, steps: 5}, context);
  const of = (process: string) => paths.filter((row) => row.process === process);
  assert.deepEqual([of("SGD").length, of("modified flow").length, of("modified equation").length], [6, 21, 21]);
  for (const process of ["SGD", "modified flow", "modified equation"]) {
    assert.deepEqual([of(process)[0]!.upper, of(process)[0]!.lower, of(process)[0]!.time], [1, -1, 0]);
    assert.ok(Math.abs(of(process).at(-1)!.time - 0.5) < 1e-12);
  }
  for (const {upper} of of("SGD").slice(1, 2)) assert.ok([1 - 0.1 * 1.9, 1 - 0.1 * 0.1].some((value) => Math.abs(upper - value) < 1e-12));
});

test("over horizons the relative error of pairs grows in proportion, and moments of the flow turn at the critical order", async () => {
  const parameters = {noise: 0.7, stepSize: 0.1, steps: [5, 10, 20, 40], nodes: 64, momentOrders: [1, 2, 20, 60]};
  const rows = await runExperiment(horizonErrors, parameters, context);
  assert.deepEqual(rows.map(({horizon}) => horizon), [0.5, 1, 2, 4]);
  assert.ok(Math.abs(rows[1]!.relativeError / rows[0]!.relativeError - 2) < 0.01);
  const critical = criticalMomentOrder(0.7, 0.1);
  assert.ok(Math.abs(critical - (1 + 2.1 / 0.049)) < 1e-12);
  const growth = momentGrowth(parameters);
  const rate = (order: number, process: string) => growth.find((row) => row.order === order && row.process === process)!.rate;
  assert.ok(rate(20, "modified flow") < 0 && rate(60, "modified flow") > 0 && rate(45, "modified flow") > 0, "45 is the first order beyond the critical one, and one more");
  assert.ok(growth.filter(({process}) => process === "SGD").every((row) => row.rate < 0));
});

test("a cell reads one statistic at one number of steps, or one process", () => {
  assertCells(weakErrors, circle, [
    {change: {steps: [2, 4, 8, 20]}, affects: /^points [12] steps 20/},
    {change: {threePointSteps: [1, 2, 4, 6]}, affects: ["points 3 steps 6 horizon 0.25"]},
    {change: {twoPointNodes: 40}, affects: /^points 2/},
    {change: {threePointHorizon: 0.5}, affects: /^points 3/},
    {change: {pictureSteps: 8}, affects: []},
    {change: {noise: 0.5}, affects: /./}
  ]);
  assertCells(pairErrors, circle, [
    {change: {steps: [2, 4, 8, 20], threePointNodes: 20, onePointNodes: 32}, affects: []},
    {change: {pictureSteps: 8}, affects: ["points 2 steps 8 horizon 0.5"]}
  ]);
  assertCells(horizonErrors, {noise: 0.7, stepSize: 0.1, steps: [5, 10, 20, 40], nodes: 64, momentOrders: [1, 2, 20, 60]}, [
    {change: {steps: [5, 10, 20, 50]}, affects: ["steps 50 step size 0.1"]},
    {change: {momentOrders: [1, 2, 3, 4]}, affects: []},
    {change: {nodes: 32}, affects: /./}
  ]);
  for (const [experiment, halved] of [[coupledPaths, []], [picturedPairs, []], [coupledPairs, [3]]] as const) {
    const what = experiment === coupledPaths ? "path" : "pairs";
    assertCells(experiment, drawn, [
      {change: {substeps: 6}, affects: ["modified flow", "modified equation"].flatMap((process) => [6, ...halved].map((count) => `${what} ${process} ${count}`))},
      {change: {pictured: 50, replicas: 5000}, affects: []},
      {change: {upper: 2}, affects: /./}
    ]);
  }
});

test("pairs are the same in every range of them", async () => {
  await assertRanges(coupledPairs, {...drawn, steps: 3, replicas: 60}, context);
  await assertRanges(picturedPairs, {...drawn, steps: 3, pictured: 40}, context, {sizes: [7]});
});

test("parameters out of bounds are refused", () => {
  const refused = (section: "weakErrors" | "counterExample" | "coupledPoints" | "flowHorizon", value: object) => assert.equal(parameterSections[section].safeParse(value).success, false, JSON.stringify(value));
  assert.equal(parameterSections.weakErrors.safeParse(circle).success, true);
  for (const change of [{steps: [5, 10, 20]}, {steps: [5, 10, 10, 20]}, {steps: [0, 1, 2, 3]}, {onePointNodes: 33}, {twoPointNodes: 0}, {threePointNodes: 50}, {horizon: 4}]) refused("weakErrors", {...circle, ...change});
  assert.equal(parameterSections.counterExample.safeParse(scalar).success, true);
  for (const change of [{steps: [1, 2, 3, 4]}, {lower: 0}, {noise: 1.1}, {third: 0}]) refused("counterExample", {...scalar, ...change});
  assert.equal(parameterSections.coupledPoints.safeParse(drawn).success, true);
  for (const change of [{stepSize: 0.6}, {substeps: 3}, {pictured: 4000}, {replicas: 0}]) refused("coupledPoints", {...drawn, ...change});
  for (const change of [{steps: [5, 10]}, {noise: 1}, {nodes: 63}]) refused("flowHorizon", {noise: 0.7, stepSize: 0.1, steps: [5, 10, 20, 40], nodes: 64, momentOrders: [1, 2, 3, 4], ...change});
});
