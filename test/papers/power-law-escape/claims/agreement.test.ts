import assert from "node:assert/strict";
import {test} from "node:test";
import {recordFirstPassages, runEnsemble, stochasticHeunStep} from "../../../../src/dynamics/index.ts";
import {judgeAgreement, judgeSlope} from "../../../../src/papers/power-law-escape/claims/agreement.ts";
import type {CellAgreement} from "../../../../src/papers/power-law-escape/claims/agreement.ts";
import {barrierPassageTime, doubleWell, logBarrierEscape, summarizeBarriers} from "../../../../src/papers/power-law-escape/index.ts";
import {createStream} from "../../../../src/random/index.ts";
import {censoredExponential} from "../../../../src/statistics/index.ts";
import {normals, tf} from "../../../../src/tensors/index.ts";
import type {Tensor} from "../../../../src/tensors/index.ts";
import type {Finding} from "../../../../src/verdicts/index.ts";
import {guarded} from "../../../support/tensors.ts";

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
  assert.equal(rejected.outcome, "not reproduced");
  assert.match(rejected.explanation, /\(odd\), a rejection/);
});

test("no cell, or too few points for a slope, decides nothing", () => {
  assert.equal(judgeAgreement([], counts).outcome, "inconclusive");
  assert.equal(judgeSlope([1, 2, 3].map((x) => ({x, y: x, standardError: 0.01})), 1, counts).outcome, "inconclusive");
  assert.equal(judgeSlope([1, 2, 3, 4].map((x) => ({x, y: x, standardError: 0.001})), 1, counts).outcome, "reproduced");
});

const parameters = {temperatures: [0.5], lossRatios: [1.5, 2], replicas: 2000, relativeTimeStep: 0.08, longestInMeans: 3};
const context = {stream: (cellName: string, block: number) => createStream({seed: 21, experiment: "agreement", cell: cellName, block}), progress: () => {}};

test("simulated escapes of the right dynamics agree with the exact integral", guarded(() => {
  const cells = summarizeBarriers(logBarrierEscape(parameters, context));
  assert.equal(cells.length, 3);
  const found = judgeAgreement(cells.map(({lossRatio, halved, measured, exact, crossed}) => ({name: `${lossRatio} ${halved}`, estimate: measured!, exact, logStandardError: 1 / Math.sqrt(crossed)})), counts, {equivalent: 0.05});
  assert.equal(found.outcome, "reproduced", found.explanation);
}));

interface Twin {
  /** dt/dτ at a loss. */
  readonly clock: (loss: Tensor, minimumLoss: number) => Tensor;
  /** What the gradient of the loss is divided by. */
  readonly divisor?: (loss: Tensor) => Tensor;
  readonly noise?: number;
}

/** Escapes over two barriers by a log-loss equation with parts of it replaced. */
function judgeTwin({clock, divisor = (loss) => loss, noise = 1}: Twin): Finding {
  const temperature = 0.5;
  const replicas = 1500;
  const cells = [1.5, 2].map((lossRatio): CellAgreement => {
    const {minimumLoss} = doubleWell(lossRatio);
    const timeStep = 0.01 * minimumLoss;
    const loss = (x: Tensor) => tf.add(tf.square(tf.sub(tf.square(x), 1)), minimumLoss);
    const increment = (x: Tensor) => tf.div(tf.mul(tf.mul(x, tf.sub(tf.square(x), 1)), -4 * timeStep), divisor(loss(x)));
    const recorder = recordFirstPassages([1 - 0.5826 * Math.sqrt(2 * temperature * timeStep)], replicas);
    const exact = barrierPassageTime(lossRatio, temperature);
    const [position, elapsed] = runEnsemble(
      {
        initial: () => [tf.fill([replicas], -1), tf.zeros([replicas])],
        draw: (chunk, steps) => [tf.mul(normals(context.stream(`twin ${lossRatio}`, 0), chunk, [steps, replicas]), noise * Math.sqrt(2 * temperature * timeStep))],
        step([x, t], [kick]) {
          const next = stochasticHeunStep(x!, increment, kick!);
          return [next, tf.add(t!, tf.mul(clock(loss(next), minimumLoss), timeStep))];
        }
      },
      {steps: Math.ceil((4 * exact * minimumLoss) / timeStep), chunkSteps: 64, observe: ([x, t]) => [x!, t!], receive: ([x, t], before) => recorder.take(x!, t!, before)}
    );
    const last = elapsed!.dataSync();
    tf.dispose([position!, elapsed!]);
    const completed = Array.from(recorder.passages.steps, (step) => step > 0);
    const {mean, events} = censoredExponential({times: completed.map((crossed, i) => (crossed ? recorder.passages.clocks[i]! : last[i]!)), completed});
    return {name: `c = ${lossRatio}`, estimate: mean!, exact, logStandardError: 1 / Math.sqrt(events)};
  });
  return judgeAgreement(cells, counts, {equivalent: 0.05});
}

const inverse = (loss: Tensor): Tensor => tf.reciprocal(loss);

test("the same equation written out here agrees too", guarded(() => {
  const found = judgeTwin({clock: inverse});
  assert.ok(found.outcome === "reproduced" || found.outcome === "inconclusive", found.explanation);
  assert.ok(Math.abs(found.discrepancy!) < 0.06);
}));

const twins: readonly (readonly [name: string, twin: Twin])[] = [
  ["whose clock is not turned from τ into t", {clock: (loss) => tf.onesLike(loss)}],
  ["whose clock takes the loss at the minimum for that of the path", {clock: (loss, minimumLoss) => tf.fill(loss.shape, 1 / minimumLoss)}],
  ["whose clock runs with the loss, not with its inverse", {clock: (loss) => loss}],
  ["whose drift is the gradient of the loss, not of its logarithm", {clock: inverse, divisor: (loss) => tf.onesLike(loss)}],
  ["whose noise lacks the factor √2", {clock: inverse, noise: Math.SQRT1_2}]
];

for (const [name, twin] of twins) {
  test(`an equation ${name} is rejected`, guarded(() => {
    const found = judgeTwin(twin);
    assert.ok(found.outcome === "not reproduced" || (found.outcome === "approximate" && Math.abs(found.discrepancy!) > 0.06), `${found.outcome}: ${found.explanation}`);
  }));
}
