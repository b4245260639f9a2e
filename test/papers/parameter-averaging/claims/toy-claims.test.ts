import assert from "node:assert/strict";
import {test} from "node:test";
import {judgeEveryCell, judgeTransition, toyBoundVerdicts, toyDistanceVerdicts, toyLawVerdicts, toyOvershootVerdicts, toySelectionVerdicts} from "../../../../src/papers/parameter-averaging/index.ts";
import type {ToyBlock, ToyDistance, ToyReference} from "../../../../src/papers/parameter-averaging/index.ts";

const reference = (change: Partial<ToyReference> = {}): ToyReference => ({
  objective: "asymmetric valley",
  stepSize: 0.1,
  minimiser: -0.4,
  smoothedMinimiser: -0.5,
  smoothedMinima: 1,
  basinLower: -9,
  basinUpper: 9,
  leastConvexity: 0.5,
  greatestConvexity: 3,
  curvature: 2,
  remainder: 4,
  supportLower: -2,
  supportUpper: 2,
  mean: -0.52,
  distance: 0.3,
  squaredDistance: 0.09,
  meanSquareStep: 1,
  bias: 0.02,
  identityDefect: 1e-12,
  gridError: 1e-9,
  averageMean: -0.52,
  averageSquare: 0.0005,
  averageVariance: 0.0001,
  fluctuation: 1,
  quadraticFluctuation: 1,
  excess: 0.1,
  ...change
});
const distance = (change: Partial<ToyDistance> = {}): ToyDistance => ({
  objective: "asymmetric valley",
  stepSize: 0.1,
  runs: 1000,
  last: 0.3,
  lastLow: 0.295,
  lastHigh: 0.305,
  average: 0.02,
  averageLow: 0.019,
  averageHigh: 0.021,
  exactLast: 0.3,
  exactAverage: 0.02,
  exactBias: 0.02,
  mean: -0.52,
  meanError: 0.0003,
  exactMean: -0.52,
  variance: 0.0001,
  varianceLogError: 0.01,
  exactVariance: 0.0001,
  squaredDistance: 0.09,
  squaredLow: 0.089,
  squaredHigh: 0.091,
  lowerBound: 0.02,
  upperBound: 0.2,
  biasBound: 0.09,
  worstExcess: 3,
  lastExcess: 0.1,
  averageExcess: 0.01,
  lastSelected: 900,
  averageSelected: 1000,
  share: 1,
  shareLow: 0.99,
  shareHigh: 1,
  ...change
});
const outcomes = (verdicts: readonly {readonly id: string; readonly outcome: string}[]) => Object.fromEntries(verdicts.map(({id, outcome}) => [id.replace("parameter-averaging.", ""), outcome]));

test("laws: means and variances are held cell by cell, the identity to a millionth", () => {
  const parabola = distance({objective: "parabola", mean: 0, exactMean: 0});
  assert.deepEqual(outcomes(toyLawVerdicts([distance(), parabola], [reference()])), {"toy-identity": "reproduced", "toy-mean": "reproduced", "toy-variance": "reproduced", "toy-parabola": "reproduced"});
  const off = outcomes(toyLawVerdicts([distance({mean: -0.5, variance: 0.0002}), {...parabola, mean: 0.2, exactMean: 0.2}], [reference({identityDefect: 1e-3})]));
  assert.deepEqual(off, {"toy-identity": "not reproduced", "toy-mean": "approximate", "toy-variance": "not reproduced", "toy-parabola": "not reproduced"});
  const [, noMean] = toyLawVerdicts([distance({exactMean: null, exactVariance: null}), parabola], [reference()]);
  assert.equal(noMean!.used, 1000);
});

const blocksOf = (objective: ToyBlock["objective"], stepSize: number, ratios: readonly number[]): ToyBlock[] =>
  ratios.map((ratio, block) => ({objective, stepSize, block, lastSquare: 1, averageSquare: ratio ** 2, lastExcess: 1, averageExcess: ratio}));
const spread = (centre: number) => Array.from({length: 20}, (_, i) => centre * (1 + 0.02 * Math.sin(7 * i)));

test("a claim on every cell has the outcome of its worst one", () => {
  const cells = [{objective: "plane", stepSize: 0.1}, {objective: "plane", stepSize: 0.2}] as const;
  const judge = (first: number, second: number) => judgeEveryCell([...blocksOf("plane", 0.1, spread(first)), ...blocksOf("plane", 0.2, spread(second))], {cells, ratio: ({averageExcess}) => averageExcess});
  assert.equal(judge(0.3, 0.4).outcome, "reproduced");
  assert.ok(Math.abs(judge(0.3, 0.4).estimate! - 0.4) < 0.01 && Math.abs(judge(0.4, 0.3).estimate! - 0.4) < 0.01);
  assert.equal(judge(0.3, 1.3).outcome, "not reproduced");
  assert.equal(judge(1, 0.3).outcome, "inconclusive");
  assert.match(judge(0.3, 1.3).explanation, /below 1 at 1 of 2 step sizes; worst, on the plane at η = 0\.2/);
  assert.equal(judge(0.3, 0.4).used, 40);
  assert.equal(judgeEveryCell([], {cells: [], ratio: () => 1}).outcome, "inconclusive");
  assert.equal(judgeEveryCell(blocksOf("plane", 0.1, [0.3, 0.3]), {cells: [cells[0]], ratio: ({averageExcess}) => averageExcess}).outcome, "inconclusive", "two blocks decide nothing");
});

const steps = [0.02, 0.04, 0.06, 0.08, 0.1];
function scaling(distancePower: number, biasPower: number, count = 5) {
  const chosen = steps.slice(0, count);
  const references = chosen.map((stepSize) => reference({stepSize, distance: stepSize ** distancePower, bias: stepSize ** biasPower / 10}));
  const distances = chosen.map((stepSize) => distance({stepSize, last: stepSize ** distancePower, lastLow: 0.998 * stepSize ** distancePower, lastHigh: 1.002 * stepSize ** distancePower, mean: -0.5 - stepSize ** biasPower / 10, meanError: stepSize ** biasPower / 2000}));
  return outcomes(toyDistanceVerdicts(chosen.flatMap((stepSize) => blocksOf("asymmetric valley", stepSize, spread(0.2))), distances, references, 0.1));
}

test("slopes: √η for SGD, the exact one and 1 for the bias, nothing from three points", () => {
  const slopes = (found: Record<string, string>) => [found["toy-slope.distance"], found["toy-slope.bias"], found["toy-slope.order"]];
  assert.deepEqual(slopes(scaling(0.5, 1)), ["reproduced", "reproduced", "reproduced"]);
  assert.deepEqual(slopes(scaling(0.6, 0.85)), ["approximate", "reproduced", "approximate"]);
  assert.deepEqual(slopes(scaling(1, 0.5)), ["not reproduced", "reproduced", "not reproduced"]);
  assert.deepEqual(slopes(scaling(0.5, 1, 3)), ["inconclusive", "inconclusive", "inconclusive"]);
});

test("cells count as one-point convex only where c > 0, and a claim without cells is inconclusive", () => {
  const references = [reference(), reference({stepSize: 0.05, leastConvexity: 0})];
  const blocks = [...blocksOf("asymmetric valley", 0.1, spread(0.3)), ...blocksOf("asymmetric valley", 0.05, spread(1.5))];
  const found = outcomes(toyDistanceVerdicts(blocks, [distance()], references, 0.1));
  assert.equal(found["toy-closer.asymmetric-valley"], "reproduced");
  assert.equal(found["toy-closer.beyond-convexity"], "not reproduced");
  assert.equal(found["toy-lower.one-point-convex"], "reproduced");
  assert.equal(found["toy-lower.beyond-convexity"], "not reproduced");
  assert.equal(found["toy-closer.plane"], "inconclusive");
});

test("bounds are judged at their closest cell, the criterion where it says no", () => {
  const judge = (change: Partial<ToyDistance>, exact: Partial<ToyReference>) => outcomes(toyBoundVerdicts([distance(), distance(change)], [reference(exact)]));
  const good = judge({}, {});
  assert.equal(good["toy-bound.distance-upper"], "reproduced");
  assert.equal(good["toy-bound.distance-lower"], "reproduced");
  assert.equal(good["toy-bound.bias"], "reproduced");
  assert.equal(good["toy-bound.bias-of-runs"], "reproduced");
  assert.equal(good["toy-bound.criterion"], "inconclusive", "no cell in which the criterion says no");
  assert.equal(good["toy-fluctuation.formula"], "reproduced");
  assert.equal(good["toy-fluctuation.quadratic"], "inconclusive", "no nearly quadratic F");
  assert.equal(judge({upperBound: 0.08}, {})["toy-bound.distance-upper"], "not reproduced");
  assert.equal(judge({upperBound: 0.088}, {})["toy-bound.distance-upper"], "inconclusive");
  assert.equal(judge({lowerBound: 0.1}, {})["toy-bound.distance-lower"], "not reproduced");
  assert.equal(judge({worstExcess: 7}, {})["toy-bound.bias-of-runs"], "not reproduced");
  assert.equal(judge({}, {bias: 0.1})["toy-bound.bias"], "not reproduced");
  assert.equal(judge({}, {remainder: 0})["toy-bound.bias"], "inconclusive");
  assert.equal(judge({}, {remainder: 20})["toy-bound.criterion"], "not reproduced");
  assert.equal(judge({}, {remainder: 20, bias: 0.31})["toy-bound.criterion"], "reproduced");
  assert.equal(judge({}, {fluctuation: 1.2})["toy-fluctuation.formula"], "approximate");
  assert.equal(judge({}, {fluctuation: 1.7, quadraticFluctuation: 1.7, remainder: 0.1})["toy-fluctuation.quadratic"], "reproduced");
  const none = outcomes(toyBoundVerdicts([distance({upperBound: null})], [reference({leastConvexity: -1})]));
  assert.equal(none["toy-bound.distance-upper"], "inconclusive");
  assert.equal(none["toy-fluctuation.formula"], "inconclusive");
});

test("the selecting step is the one from which on all shares are large, between two of the grid", () => {
  const rows = (shares: readonly number[]) => shares.map((share, i) => distance({objective: "two wells", stepSize: 0.1 * 1.05 ** i, share}));
  const judge = (shares: readonly number[], predicted: number | null) => judgeTransition(rows(shares), predicted, "moves");
  assert.equal(judge([0.5, 1, 1], 0.1 * 1.05 ** 0.5).outcome, "reproduced");
  assert.equal(judge([0.5, 1, 1], 0.12).outcome, "approximate");
  assert.equal(judge([0.5, 1, 1], 0.3).outcome, "not reproduced");
  assert.equal(judge([0.5, 1, 0.9, 1], 0.113).outcome, "reproduced", "the last share below 95 % counts");
  assert.equal(judge([1, 1], 0.1).outcome, "inconclusive");
  assert.match(judge([1, 0.5], 0.1).explanation, /at the largest step size, 0\.105, 50\.0 % of the averages are there; larger ones would decide/);
  assert.equal(judge([0.5, 1], null).outcome, "inconclusive");
  const both = toySelectionVerdicts(rows([0.5, 1, 1]), [{objective: "two wells", singleFrom: null, lowestMovesAt: 0.3}]);
  assert.deepEqual(both.map(({outcome}) => outcome), ["inconclusive", "not reproduced"]);
});

test("overshoot: the limit at the smallest step, the place of averages at both ends of the grid", () => {
  const overshoot = (stepSize: number, ratio: number) => ({stepSize, minimiser: 0, smoothedMinimiser: 0, mean: 0, ratio, leading: 10});
  const references = [reference(), reference({stepSize: 0.4})];
  const judge = (ratio: number, small: number, large: number) => toyOvershootVerdicts([overshoot(0.1, 1), overshoot(0.01, ratio)], [distance({mean: small}), distance({stepSize: 0.4, mean: large})], references).map(({outcome}) => outcome);
  assert.deepEqual(judge(10.1, -0.5, -0.52), ["reproduced", "reproduced", "approximate"]);
  assert.deepEqual(judge(12, -0.9, -0.4999), ["approximate", "not reproduced", "reproduced"]);
  assert.equal(toyOvershootVerdicts([], [], references)[0]!.outcome, "inconclusive");
});
