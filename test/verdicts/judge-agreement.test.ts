import assert from "node:assert/strict";
import {test} from "node:test";
import {add, defineDynamics, div, ensemblesHere, mul, reciprocal, sqrt, square, sub} from "../../src/kernels/index.ts";
import type {Real, RealLike} from "../../src/kernels/index.ts";
import {judgeAgreement, judgeSlope} from "../../src/verdicts/index.ts";
import type {CellAgreement} from "../../src/verdicts/index.ts";
import {runExperiment} from "../../src/papers/experiment.ts";
import {barrierPassageTime, doubleWell, logBarrierEscape, summarizeBarriers} from "../../src/papers/power-law-escape/index.ts";
import {meanPassageTime} from "../../src/papers/power-law-escape/mean-passage-time.ts";
import {createStream} from "../../src/random/index.ts";
import type {Finding} from "../../src/verdicts/index.ts";

const counts = {used: 10, total: 12};
const cell = (name: string, estimate: number, logStandardError: number, exact = 4): CellAgreement => ({name, estimate: estimate * exact, exact, logStandardError});

test("the pooled ratio weighs cells by their precision", () => {
  const {estimate, low, high, discrepancy, used, total} = judgeAgreement([cell("a", 1.02, 0.01), cell("b", 0.98, 0.02, 90)], counts);
  const pooled = Math.exp((4 * Math.log(1.02) + Math.log(0.98)) / 5);
  const half = 1.959963984540054 / Math.sqrt(1e4 + 2500);
  const near = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-9);
  near(estimate!, pooled);
  near(low!, pooled * Math.exp(-half));
  near(high!, pooled * Math.exp(half));
  near(discrepancy!, pooled - 1);
  assert.deepEqual([used, total], [10, 12]);
});

test("a rejected cell undoes a reproduction, after Holm", () => {
  const fair = Array.from({length: 9}, (_, i) => cell(`cell ${i}`, 1 + 0.001 * (i - 4), 0.004));
  assert.equal(judgeAgreement(fair, counts).outcome, "reproduced");
  assert.equal(judgeAgreement([...fair, cell("odd", 1.0115, 0.004)], counts).outcome, "reproduced", "p = 0.004 of ten cells is no rejection at 0.01");
  const rejected = judgeAgreement([...fair, cell("odd", 1.03, 0.004)], counts);
  assert.equal(rejected.outcome, "approximate");
  assert.match(rejected.explanation, /\(odd\), a rejection/);
  assert.equal(judgeAgreement([...fair, cell("far", 1.4, 0.05)], counts).outcome, "not reproduced", "a rejected cell beyond what is tolerated");
  assert.equal(judgeAgreement([...fair, cell("loose", 1.4, 0.4)], counts).outcome, "reproduced", "far by chance");
});

test("no cell, or too few points for a slope, decides nothing", () => {
  assert.equal(judgeAgreement([], counts).outcome, "inconclusive");
  assert.equal(judgeSlope([1, 2, 3].map((x) => ({x, y: x, standardError: 0.01})), 1, counts).outcome, "inconclusive");
  assert.equal(judgeSlope([1, 2, 3, 4].map((x) => ({x, y: x, standardError: 0.001})), 1, counts).outcome, "reproduced");
});

const parameters = {temperatures: [0.5], lossRatios: [1.5, 2], replicas: 8000, relativeTimeStep: 0.08, longestInMeans: 8};
const context = {stream: (cellName: string, block: number) => createStream({seed: 21, experiment: "agreement", cell: cellName, block}), ensembles: ensemblesHere, progress: () => {}};

test("simulated escapes of the right dynamics agree with the exact integral", async () => {
  const cells = summarizeBarriers(await runExperiment(logBarrierEscape, parameters, context));
  assert.equal(cells.length, 3);
  const found = judgeAgreement(cells.map(({lossRatio, halved, measured, exact, crossed}) => ({name: `${lossRatio} ${halved}`, estimate: measured!, exact, logStandardError: 1 / Math.sqrt(crossed)})), counts, {equivalent: 0.05});
  assert.equal(found.outcome, "reproduced", found.explanation);
});

interface Twin {
  /** dt/dτ at a loss. */
  readonly clock: (loss: Real, minimumLoss: Real) => RealLike;
  /** What the gradient of the loss is divided by. */
  readonly divisor?: (loss: Real) => RealLike;
  readonly noise?: number;
}

/** Escapes over two barriers by a log-loss equation with parts of it replaced. */
async function judgeTwin({clock, divisor = (loss) => loss, noise = 1}: Twin): Promise<Finding> {
  const temperature = 0.5;
  const twin = defineDynamics({
    name: "twin",
    parameters: {minimumLoss: [], timeStep: []},
    state: {position: [], time: []},
    start: () => ({position: -1}),
    step({position, time}, {parameters: {minimumLoss, timeStep}, normal}) {
      const loss = (x: Real) => add(minimumLoss, square(sub(square(x), 1)));
      const drift = (x: Real) => div(mul(mul(-4, x), sub(square(x), 1)), divisor(loss(x)));
      const kick = mul(mul(noise, sqrt(mul(2 * temperature, timeStep))), normal());
      const predicted = add(add(position, kick), mul(timeStep, drift(position)));
      const next = add(add(position, kick), mul(mul(0.5, timeStep), add(drift(position), drift(predicted))));
      return {position: next, time: add(time, mul(timeStep, clock(loss(next), minimumLoss)))};
    }
  });
  const cells: CellAgreement[] = [];
  for (const lossRatio of [1.5, 2]) {
    const {minimumLoss} = doubleWell(lossRatio);
    const timeStep = 0.01 * minimumLoss;
    const exact = barrierPassageTime(lossRatio, temperature);
    const {reasons, ends, atPassage, atEnd} = await ensemblesHere.firstPassages(twin, {
      parameters: {minimumLoss, timeStep},
      key: context.stream(`twin ${lossRatio}`, 0).ensembleKey(),
      replicas: 6000,
      quantity: ({position}) => ({position}),
      levels: [1 - 0.5826 * Math.sqrt(2 * temperature * timeStep)],
      steps: Math.ceil((8 * exact * minimumLoss) / timeStep),
      record: ({time}) => ({time})
    });
    const passages = reasons.map((reason, i) => ({crossed: reason === "passed", time: (reason === "passed" ? atPassage : atEnd).time![i]!, divergedAt: reason === "diverged" ? ends[i]! : null}));
    const {measured, crossed} = meanPassageTime(passages);
    cells.push({name: `c = ${lossRatio}`, estimate: measured!, exact, logStandardError: 1 / Math.sqrt(crossed)});
  }
  return judgeAgreement(cells, counts, {equivalent: 0.05});
}

const inverse = (loss: Real): Real => reciprocal(loss);

test("the same equation written out here agrees too", async () => {
  const found = await judgeTwin({clock: inverse});
  assert.equal(found.outcome, "reproduced", found.explanation);
});

const twins: readonly (readonly [name: string, twin: Twin])[] = [
  ["whose clock is not turned from τ into t", {clock: () => 1}],
  ["whose clock takes the loss at the minimum for that of the path", {clock: (_loss, minimumLoss) => reciprocal(minimumLoss)}],
  ["whose clock runs with the loss, not with its inverse", {clock: (loss) => loss}],
  ["whose drift is the gradient of the loss, not of its logarithm", {clock: inverse, divisor: () => 1}],
  ["whose noise lacks the factor √2", {clock: inverse, noise: Math.SQRT1_2}]
];

for (const [name, twin] of twins) {
  test(`an equation ${name} is rejected`, async () => {
    const found = await judgeTwin(twin);
    assert.ok(found.outcome === "not reproduced" || (found.outcome === "approximate" && Math.abs(found.discrepancy!) > 0.06), `${found.outcome}: ${found.explanation}`);
  });
}
