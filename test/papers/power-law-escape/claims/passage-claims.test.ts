import assert from "node:assert/strict";
import {test} from "node:test";
import {runExperiment} from "../../../../src/papers/experiment.ts";
import {passageExponents, passageVerdicts} from "../../../../src/papers/power-law-escape/index.ts";
import type {LossPassage, PassageSummary} from "../../../../src/papers/power-law-escape/index.ts";
import type {Verdict} from "../../../../src/verdicts/index.ts";
import {checkOutcome, context, verdictOn} from "./claim-cases.ts";

const lossRatios = [1.25, 1.5, 1.75, 2, 2.25];
const parameters = (dimensions: readonly number[]) => ({stepSize: 0.1, batchSize: 1, dimensions: [...dimensions], lossRatios, replicas: 20, maximumSteps: 1e9, gridCells: 100});

interface Shape {
  readonly dimension?: number;
  readonly slope: number;
  readonly spread?: number;
  /** Whether a slow replica is slow at every level, as a chain is; else levels spread on their own. */
  readonly together?: boolean;
  /** The highest level that replicas reach. */
  readonly reached?: number;
}

/** Replicas that reach c after about 10⁵ c^slope steps, with a relative spread over replicas. */
const passagesOf = ({dimension = 1, slope, spread = 0.01, together = spread <= 0.1, reached = Infinity}: Shape): readonly LossPassage[] =>
  lossRatios.flatMap((lossRatio) =>
    Array.from({length: 20}, (_, replica) => ({dimension, lossRatio, replica, steps: Math.round(1e5 * lossRatio ** slope * (1 + spread * Math.cos(3 * replica + (together ? 0 : 9 * lossRatio)))), crossed: lossRatio <= reached, divergedAt: null}))
  );

/** The summary of passages, with made-up references: the exact times are the measured ones over `ratio`. */
function cellsOf(passages: readonly LossPassage[], {ratio = 1, crossed = 40_000}: {readonly ratio?: number; readonly crossed?: number} = {}): readonly PassageSummary[] {
  const dimensions = [...new Set(passages.map(({dimension}) => dimension))];
  return dimensions.flatMap((dimension) =>
    lossRatios.map((lossRatio): PassageSummary => {
      const own = passages.filter((passage) => passage.dimension === dimension && passage.lossRatio === lossRatio);
      const share = own.filter((passage) => passage.crossed).length / own.length;
      const time = lossRatio ** 3;
      return {dimension, lossRatio, measured: share === 0 ? null : time, low: null, high: null, crossed: Math.round(share * crossed), replicas: crossed, diverged: 0, firstDivergence: null, exact: dimension === 1 ? time / ratio : null, gridError: null, decoupledDiffusion: time, exactCovarianceDiffusion: time};
    })
  );
}

async function judge(passages: readonly LossPassage[], cells: readonly PassageSummary[], dimensions: readonly number[]): Promise<readonly Verdict[]> {
  const problem = parameters(dimensions);
  return passageVerdicts(cells, await runExperiment(passageExponents, problem, context, [passages, cells]), problem);
}

async function verdictsOf(shapes: readonly Shape[], options: Parameters<typeof cellsOf>[1] = {}): Promise<readonly Verdict[]> {
  const passages = shapes.flatMap(passagesOf);
  return judge(passages, cellsOf(passages, options), shapes.map(({dimension = 1}) => dimension));
}

test("SGD's passages are held against its exact chain with each outcome", async () => {
  const operator = async (ratio: number, spread = 0.01) => verdictOn("passage-operator", await verdictsOf([{slope: 3, spread, together: true}], {ratio}));
  checkOutcome(await operator(1), "reproduced");
  checkOutcome(await operator(1.2), "approximate");
  checkOutcome(await operator(1.6), "not reproduced");
  checkOutcome(await operator(1, 0.9), "inconclusive");
  checkOutcome(await operator(1.05), "approximate");
  assert.match((await operator(1.05)).explanation, /a rejection/);
  assert.ok(!(await verdictsOf([{slope: 3, dimension: 2}])).some(({id}) => id.endsWith("passage-operator")));
});

test("the slope over the loss ratio is held against φ − n/2 with each outcome", async () => {
  const slope = async (shape: Shape) => verdictOn(`passage-slope.dimension-${shape.dimension ?? 1}`, await verdictsOf([shape]));
  const exact = await slope({slope: 10.5});
  checkOutcome(exact, "reproduced");
  assert.equal(exact.predicted, 10.5);
  assert.ok(Math.abs(exact.estimate! - 10.5) < 1e-3);
  checkOutcome(await slope({slope: 7, dimension: 8}), "reproduced");
  checkOutcome(await slope({slope: 12}), "approximate");
  checkOutcome(await slope({slope: 3}), "not reproduced");
  checkOutcome(await slope({slope: 10.5, spread: 0.95}), "inconclusive");
  checkOutcome(await slope({slope: -10.5}), "not reproduced");
});

test("levels that fewer than half of the replicas reached are left out, and four must remain", async () => {
  const four = verdictOn("passage-slope.dimension-1", await verdictsOf([{slope: 10.5, reached: 2}]));
  checkOutcome(four, "reproduced");
  assert.match(four.explanation, /over c = 1\.25 to 2;/);
  assert.deepEqual([four.used, four.total], [80, 100]);
  const three = verdictOn("passage-slope.dimension-1", await verdictsOf([{slope: 10.5, reached: 1.8}]));
  checkOutcome(three, "inconclusive");
  assert.deepEqual([three.estimate, three.predicted], [null, 10.5]);
  assert.match(three.explanation, /^3 levels were reached by half of the replicas, 4 are needed/);
});

test("replicas that diverged bend no slope", async () => {
  const passages = passagesOf({slope: 10.5});
  const diverged = passages.map((passage) => ({...passage, replica: passage.replica + 20, steps: 3, crossed: passage.lossRatio < 1.6, divergedAt: passage.lossRatio < 1.6 ? null : 3}));
  const slope = async (all: readonly LossPassage[]) => verdictOn("passage-slope.dimension-1", await judge(all, cellsOf(passages), [1]));
  const early = diverged.map((passage) => (passage.crossed ? {...passage, steps: passages.find(({lossRatio, replica}) => lossRatio === passage.lossRatio && replica === passage.replica - 20)!.steps} : passage));
  checkOutcome(await slope([...passages, ...early]), "reproduced");
  assert.ok(Math.abs((await slope([...passages, ...early])).estimate! - 10.5) < 1e-3);
});

test("beyond the critical dimension there is no law to hold anything against", async () => {
  for (const dimension of [22, 30]) {
    const verdict = verdictOn(`passage-slope.dimension-${dimension}`, await verdictsOf([{slope: 1, dimension}]));
    checkOutcome(verdict, "inconclusive");
    assert.match(verdict.explanation, /below 22, the critical dimension/);
    assert.equal(verdict.predicted, null);
  }
});

test("the effect of the dimension is held against one half each, with each outcome", async () => {
  const effect = async (few: number, many: number, spread = 0.01) => verdictOn("passage-dimension", await verdictsOf([{slope: few, spread}, {slope: 9, dimension: 2, spread}, {slope: many, dimension: 8, spread}]));
  const exact = await effect(10.5, 7);
  assert.equal(exact.predicted, -3.5);
  checkOutcome(exact, "reproduced");
  checkOutcome(await effect(10.5, 6.4), "approximate");
  checkOutcome(await effect(10.5, 3), "not reproduced");
  checkOutcome(await effect(7, 10.5), "not reproduced");
  checkOutcome(await effect(10.5, 7, 0.95), "inconclusive");
});

test("the effect of the dimension needs two dimensions and four common levels", async () => {
  checkOutcome(verdictOn("passage-dimension", await verdictsOf([{slope: 10.5}])), "inconclusive");
  const few = verdictOn("passage-dimension", await verdictsOf([{slope: 10.5}, {slope: 7, dimension: 8, reached: 1.8}]));
  checkOutcome(few, "inconclusive");
  assert.match(few.explanation, /4 common levels are needed, found 3/);
});
