import assert from "node:assert/strict";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {answerOrders, parameterSections, sideBySide, sideBySideMeasured, sideBySidePaths, sideBySideVerdicts} from "../../../src/papers/one-noise-model/index.ts";
import type {Answer, AnswerOrder, MeasuredAnswer, Question} from "../../../src/papers/one-noise-model/index.ts";
import {createStream} from "../../../src/random/index.ts";

const parameters = {
  horizon: 1,
  steps: [4, 8, 16, 32, 64],
  measuredSteps: [4, 8, 16, 32],
  start: 1.5,
  oppositeStart: 0.5,
  controlKurtoses: [1, 2],
  averagingHorizon: 10,
  replicas: 20_000,
  averagingReplicas: 5000,
  diffusionSteps: 32,
  pathSteps: [4]
};
const context = {
  stream: (cell: string, block: number) => createStream({seed: 11, experiment: "side by side", cell, block}),
  ensembles: ensemblesHere,
  progress: () => {}
};

const answers = sideBySide(parameters);
const orders = answerOrders(answers);
const measured = await runExperiment(sideBySideMeasured, parameters, context);
const at = (question: Question, model: Answer["model"], stepSize: number, kurtosis = 3) => answers.find((row) => row.question === question && row.model === model && row.stepSize === stepSize && row.kurtosis === kurtosis);
const verdictsOf = (changes: {readonly answers?: readonly Answer[]; readonly orders?: readonly AnswerOrder[]; readonly measured?: readonly MeasuredAnswer[]} = {}) => Object.fromEntries(sideBySideVerdicts({answers, orders, measured, parameters, ...changes}).map((verdict) => [verdict.id.replace("one-noise-model.", ""), verdict]));

test("stationary variances of one weight: κη for SGD, η for escape, averaging and flow alike", () => {
  const found = (model: Answer["model"]) => at("stationary variance", model, 0.25)!.value;
  assert.ok(Math.abs(found("SGD") - 0.25 / (2 - 0.75)) < 1e-14);
  for (const model of ["decoupled diffusion", "frozen-noise recursion", "modified flow"] as const) assert.ok(Math.abs(found(model) - 0.25 / 1.75) < 1e-14, model);
  assert.equal(found("exact-covariance recursion").toFixed(13), found("SGD").toFixed(13));
});

test("escape's diffusion and the modified flow have one mean loss for Gaussian inputs and two at kurtosis 2", () => {
  for (const stepSize of [0.25, 1 / 64]) {
    const difference = (kurtosis: number) => Math.abs(at("mean loss", "decoupled diffusion", stepSize, kurtosis)!.value - at("mean loss", "modified flow", stepSize, kurtosis)!.value);
    assert.ok(difference(3) < 1e-14 && difference(2) > 0.05 * stepSize, `${difference(3)} ${difference(2)}`);
  }
});

test("ratios are relative to SGD's distance from the gradient flow; a frozen law has no tail, a square root no product of points", () => {
  for (const {model, ratio, error} of answers) if (model === "SGD") assert.ok(ratio === 1 && error === 0);
  assert.equal(at("tail index", "frozen-noise recursion", 0.25), undefined);
  assert.equal(at("tail index", "decoupled diffusion", 0.25)!.value, 9);
  assert.equal(at("two points", "decoupled diffusion", 0.25), undefined);
  assert.equal(at("tail index", "SGD", 0.25, 2), undefined);
});

test("orders: 2 where only the next term is wrong, none where there is no error, refused below four step sizes", () => {
  const order = (question: Question, model: AnswerOrder["model"], kurtosis = 3) => orders.find((row) => row.question === question && row.model === model && row.kurtosis === kurtosis)!.order;
  assert.ok(Math.abs(order("variance", "exact-covariance diffusion")! - 2) < 0.05 && Math.abs(order("variance", "decoupled diffusion")! - 1) < 0.05);
  assert.equal(order("variance", "exact-covariance recursion"), null);
  assert.equal(order("mean loss", "frozen-noise recursion", 1), null, "inputs ±1 have no multiplicative noise");
  assert.throws(() => answerOrders(sideBySide({...parameters, steps: [4, 8, 16]})), /stepSizes\.length: expected at least 4 step sizes for an order, found 3/);
});

test("simulations have the exact answers of what they simulate, and not those of another noise", () => {
  const verdicts = verdictsOf();
  for (const row of measured) if (row.exact !== null) assert.ok(Math.abs(row.estimate - row.exact) < 4.5 * row.standardError, `${row.process} ${row.question} ${row.stepSize}: ${row.estimate} ± ${row.standardError}, exactly ${row.exact}`);
  assert.ok(measured.filter(({exact}) => exact === null).every(({process, question}) => question === "two points" && process !== "SGD"));
  assert.equal(verdicts["sgd-answers"]!.outcome, "reproduced");
  const asSgd = measured.map((row) => (row.process === "SGD" ? {...row, sgd: measured.find((other) => other.process === "homogenized SGD" && other.question === row.question && other.stepSize === row.stepSize)?.exact ?? row.sgd} : row));
  assert.equal(verdictsOf({measured: asSgd})["sgd-answers"]!.outcome, "not reproduced");
});

test("two points of the modified equation: order 1, with the defect of the square root", () => {
  const verdicts = verdictsOf();
  assert.ok(Math.abs(verdicts["modified-equation-defect"]!.estimate! / verdicts["modified-equation-defect"]!.predicted! - 1) < 0.15, verdicts["modified-equation-defect"]!.explanation);
  const exactLaw = (slope: number) => measured.map((row) => (row.process === "modified equation" && row.question === "two points" ? {...row, estimate: row.sgd + row.stepSize ** slope, standardError: 1e-4 * row.stepSize ** slope} : row));
  const order = (slope: number) => verdictsOf({measured: exactLaw(slope)})["order.two-points.modified-equation"]!;
  assert.deepEqual([1, 1.2, 2].map((slope) => order(slope).outcome), ["reproduced", "approximate", "not reproduced"]);
  const noise = measured.map((row) => ({...row, standardError: 10}));
  assert.equal(verdictsOf({measured: noise})["order.two-points.modified-equation"]!.explanation, "a slope needs at least 4 points, found 0");
  assert.match(verdictsOf({measured: noise})["sgd-answers"]!.explanation, /no cell has an effect five times its standard error/);
});

test("each rule on orders gives each outcome", () => {
  const withOrder = (order: number | null) => orders.map((row) => ({...row, order, uncertainty: order === null ? null : 0.001}));
  const outcome = (order: number | null) => verdictsOf({orders: withOrder(order)})["order.mean-loss.decoupled"]!.outcome;
  assert.deepEqual([2.05, 1.85, 1, null].map(outcome), ["reproduced", "approximate", "not reproduced", "inconclusive"]);
  assert.match(verdictsOf({orders: orders.filter(({kurtosis}) => kurtosis === 3)})["order.mean-loss.decoupled-kurtosis-2"]!.explanation, /κ = 2 is not among the inputs/);
});

test("the long run is judged by its interval, and averaging by its worst step size", () => {
  const scaled = (factor: number) => measured.map((row) => (row.process === "SGD" && row.question === "average" ? {...row, estimate: at("average", "frozen-noise recursion", row.stepSize)!.value * factor, standardError: 1e-9} : row));
  const outcomes = (factor: number) => ["average.step-0.25", "average-is-closer"].map((id) => verdictsOf({measured: scaled(factor)})[id]!.outcome);
  assert.deepEqual([1, 1.2, 1.5, 40].map(outcomes), [["reproduced", "reproduced"], ["approximate", "reproduced"], ["not reproduced", "reproduced"], ["not reproduced", "not reproduced"]]);
});

test("the flow's skewness is judged at the smallest step size", () => {
  const withRatio = (ratio: number) => answers.map((row) => (row.question === "third cumulant" && row.model === "modified flow" && row.stepSize === 1 / 64 ? {...row, ratio} : row));
  assert.deepEqual([1.01, 0.8, 17].map((ratio) => verdictsOf({answers: withRatio(ratio)})["skewness-of-the-flow"]!.outcome), ["reproduced", "approximate", "not reproduced"]);
});

test("along time SGD's mean loss runs on its exact recursion and ends at the exact answer", async () => {
  const rows = await runExperiment(sideBySidePaths, parameters, context);
  const of = (model: string) => rows.filter((row) => row.model === model);
  assert.equal(of("SGD").length, 5);
  assert.ok(Math.abs(of("SGD").at(-1)!.meanLoss - at("mean loss", "SGD", 0.25)!.value) < 1e-14);
  for (const {time, meanLoss, low, high} of of("SGD, measured")) {
    const exact = of("SGD").find((row) => row.time === time)!.meanLoss;
    assert.ok(Math.abs(meanLoss - exact) < 2.3 * (high - low) / 2, `t = ${time}: ${meanLoss} in [${low}, ${high}], exactly ${exact}`);
  }
});

test("step sizes at which SGD's squares may grow, too few of them or none, and no replicas are refused by the schema", () => {
  const refused = (change: object) => parameterSections.sideBySide.safeParse({...parameters, ...change});
  assert.equal(refused({}).success, true);
  for (const [change, place] of [[{steps: [2, 4, 8, 16]}, "steps"], [{steps: [4, 8, 16]}, "steps"], [{steps: [8, 4, 16, 32]}, "steps"], [{horizon: 3}, "horizon"], [{replicas: 0}, "replicas"], [{measuredSteps: []}, "measuredSteps"], [{controlKurtoses: [0.5]}, "controlKurtoses"]] as const) {
    const result = refused(change);
    assert.ok(!result.success && result.error.issues[0]!.path[0] === place, place);
  }
});
