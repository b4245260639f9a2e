import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {gradientCovariances, leastSquaresSamples} from "../../../src/numerics/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {equationDefects, exactWeakErrors, incrementCovariances, regressionBatches, regressionOrders} from "../../../src/papers/stochastic-modified-flows/index.ts";
import {finiteDataParameters} from "../../../src/papers/stochastic-modified-flows/finite-data-parameters.ts";
import {defectDirection, regressionProblem, regressionsOf} from "../../../src/papers/stochastic-modified-flows/regression-problem.ts";
import {createStream} from "../../../src/random/index.ts";
import {assertCells} from "../cells.ts";

const context = {stream: (cell: string, block: number) => createStream({seed: 0, experiment: "finite data", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const parameters = {
  oneWeight: {pairs: [[1, 0.5], [0.5, -1], [-1.5, -1]], first: [2], second: [-1.5]},
  twoWeights: {pairs: [[1, 0, 0.5], [0.6, 0.8, -0.5], [0, 1, 1], [-0.8, 0.6, 0]], first: [1.5, -1], second: [-1, 0.5]},
  horizon: 1,
  stepCounts: [64, 8, 16, 32],
  sampledStepCounts: [8, 16, 32, 64],
  timeSteps: 16,
  batches: 40,
  pathsPerBatch: 50,
  separations: [0.25, 1],
  draws: 20_000
};

test("exact weak errors: one row for each problem, statistic, law and step size, falling with the law's order", () => {
  const errors = exactWeakErrors(parameters);
  assert.equal(errors.length, 2 * 2 * 2 * 4);
  for (const problem of ["one weight", "two weights"])
    for (const [law, order] of [["modified flow", 2], ["gradient flow", 1]] as const) {
      const own = errors.filter((row) => row.problem === problem && row.statistic === "one point" && row.law === law);
      assert.deepEqual(own.map(({stepSize}) => stepSize), [1 / 8, 1 / 16, 1 / 32, 1 / 64]);
      assert.ok(Math.abs(Math.log2(own[2]!.error / own[3]!.error) - order) < 0.05, `${problem}, ${law}`);
      own.forEach(({sgd, value, error}) => assert.equal(error, Math.abs(value - sgd)));
    }
  const [first] = errors.filter(({statistic, law}) => statistic === "one point" && law === "gradient flow");
  const [hessian, pull] = [(1 + 0.25 + 2.25) / 3, (0.5 - 0.5 + 1.5) / 3];
  assert.ok(Math.abs(first!.value - (pull / hessian + (2 - pull / hessian) * Math.exp(-hessian)) ** 2) < 1e-12);
});

test("simulated defects meet the predicted integral, and not the rival without transport; orders follow", async () => {
  const batches = await runExperiment(regressionBatches, parameters, context);
  assert.equal(batches.length, 2 * 4 * 40);
  const defects = await runExperiment(equationDefects, parameters, context, [batches]);
  for (const row of defects) {
    const deviation = Math.abs(row.rate / row.predictedRate - 1);
    assert.ok(deviation < 2 * row.stepSize + 0.02, `${row.problem} at ${row.stepSize}: ${deviation}`);
    assert.ok(row.low < row.rate && row.rate < row.high && row.errorLow <= row.error && row.error <= row.errorHigh);
    assert.ok(Math.abs(Math.abs(row.rate * row.stepSize + row.flowError) - row.error) < 1e-15);
  }
  const untransported = gradientCovariances(regressionProblem(regressionsOf(parameters)[0]!).samples, [[2], [-1.5]]);
  const rival = Math.abs(untransported.separate[0]![0]! - untransported.common[0]![0]!);
  assert.ok(defects.filter(({problem}) => problem === "one weight").every(({high}) => high < 0.5 * rival));
  const orders = await runExperiment(regressionOrders, parameters, context, [exactWeakErrors(parameters), batches]);
  assert.equal(orders.length, 2 * 2 * 2 + 2);
  const ofEquation = orders.filter(({law}) => law === "modified equation");
  ofEquation.forEach(({order, low, high, batches: count}) => assert.ok(Math.abs(order - 1) < 0.05 && low <= order && order <= high && count === 40));
  await assert.rejects(runExperiment(regressionOrders, parameters, context, [exactWeakErrors({...parameters, stepCounts: [8, 16, 32]}), batches]), {name: "RangeError", message: /stepSizes\.length: expected at least 4 step sizes for an order, found 3/});
});

test("the same noise drives every step size: the scatter of a defect's ratio is far below that of the defects", async () => {
  const small = {...parameters, batches: 30, sampledStepCounts: [16, 32, 64, 128]};
  const rows = (await runExperiment(regressionBatches, small, context)).filter(({problem}) => problem === "one weight");
  const rates = (count: number) => rows.filter(({stepSize}) => stepSize === 1 / count).map(({defect}) => defect * count);
  const deviation = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  };
  const [fine, coarse] = [rates(128), rates(64)];
  assert.ok(deviation(fine.map((value, i) => value - coarse[i]!)) < 0.3 * deviation(fine));
});

test("single steps have the flow's covariance, entry by entry, and not the equation's", async () => {
  const rows = await runExperiment(incrementCovariances, parameters, context);
  assert.equal(rows.length, 2 * (1 + 4));
  for (const row of rows) {
    assert.ok(Math.abs(row.measured - row.flow) < 5 * row.standardError, JSON.stringify(row));
    assert.ok(Math.abs(row.flowRatio - 1) < 5 * row.flowError && Math.abs(row.equationRatio - row.exactEquationRatio) < 5 * row.equationError);
  }
  const far = rows.find(({problem, separation}) => problem === "one weight" && separation === 1)!;
  const exact = gradientCovariances(leastSquaresSamples({features: [[1], [0.5], [-1.5]], labels: [0.5, -1, -1]}), [[2], [-1.5]]);
  assert.deepEqual([far.flow, far.equation], [exact.common[0]![0], exact.separate[0]![0]]);
  assert.ok(Math.abs(far.measured - far.equation) > 50 * far.standardError);
});

test("what has no answer is refused by name", async () => {
  const {oneWeight, twoWeights} = parameters;
  const expanding = {...parameters, oneWeight: {...oneWeight, pairs: [[1, 0], [3, 1]]}, horizon: 2};
  const refusal = {name: "RangeError", message: "oneWeight.pairs[1]: η|a|² at the largest step size η = 0.25: expected a number below 2, for which a step of SGD does not expand, found 2.25"};
  assert.throws(() => exactWeakErrors(expanding), refusal);
  assert.throws(() => regressionBatches.cells(expanding), refusal);
  assert.equal(regressionBatches.cells({...expanding, sampledStepCounts: [16, 32, 64, 128]}).length, 8, "the exact errors' step counts are not read");
  assert.throws(() => exactWeakErrors({...parameters, oneWeight: {...oneWeight, second: [2]}}), {message: /^one weight: predicted defect of the modified equation: expected a norm above 0\.000001; .*found/});
  assert.throws(() => exactWeakErrors({...parameters, stepCounts: [8, 16, 16, 32]}), {message: "stepCounts: expected counts that differ, found 16"});
  await assert.rejects(runExperiment(regressionBatches, {...parameters, sampledStepCounts: [8, 8, 16, 32]}, context), {message: "sampledStepCounts: expected counts that differ, found 8"});
  await assert.rejects(runExperiment(incrementCovariances, {...parameters, twoWeights: {...twoWeights, pairs: [[1, 0, 0], [1, 0, 0]]}}, context), {message: /^two weights: covariance of the gradients at separation 0\.25: expected one that is not 0 by either prediction, found 0$/});
  assert.ok(defectDirection(regressionProblem(regressionsOf(parameters)[1]!), 1).rate > 0);
});

test("a cell reads one regression at one step size, or one pair of points", () => {
  const {oneWeight} = parameters;
  const changes = {data: {oneWeight: {...oneWeight, first: [1]}}, counts: {sampledStepCounts: [8, 16, 32, 128]}, exact: {stepCounts: [4, 8, 16, 32]}, separations: {separations: [0.5, 1]}, draws: {draws: 30_000}, batches: {batches: 50}};
  assertCells(regressionBatches, parameters, [
    {change: changes.data, affects: /^one weight/},
    {change: changes.counts, affects: ["one weight steps 128", "two weights steps 128"]},
    {change: {...changes.exact, ...changes.separations, ...changes.draws}, affects: []},
    {change: changes.batches, affects: /./}
  ]);
  assertCells(incrementCovariances, parameters, [
    {change: changes.data, affects: /^one weight/},
    {change: changes.separations, affects: /separation 0\.5$/},
    {change: {...changes.counts, ...changes.exact, ...changes.batches, horizon: 2}, affects: []},
    {change: changes.draws, affects: /./}
  ]);
  const ofDefects = [
    {change: changes.data, affects: ["modified equation, one weight"]},
    {change: {...changes.counts, ...changes.exact, ...changes.separations, ...changes.draws, ...changes.batches}, affects: []},
    {change: {horizon: 2}, affects: /^modified equation/}
  ];
  assertCells(equationDefects, parameters, ofDefects);
  assertCells(regressionOrders, parameters, ofDefects);
});

test("the schema refuses data of the wrong shape, too few step sizes, and no batches", () => {
  const refused = (change: object) => !finiteDataParameters.safeParse({...parameters, ...change}).success;
  assert.ok(!refused({}));
  const {oneWeight} = parameters;
  assert.ok(refused({oneWeight: {...oneWeight, pairs: [[1, 0.5]]}}));
  assert.ok(refused({oneWeight: {...oneWeight, pairs: [[1, 0.5, 2], [1, 2, 3]]}}));
  assert.ok(refused({oneWeight: {...oneWeight, first: []}}));
  assert.ok(refused({oneWeight: {...oneWeight, first: [0.125]}}));
  assert.ok(refused({stepCounts: [8, 16, 32]}));
  assert.ok(refused({sampledStepCounts: [8, 16, 32]}));
  assert.ok(refused({batches: 0}));
  assert.ok(refused({draws: 0}));
  assert.ok(refused({separations: [0.5, 1, 0.5]}));
});
