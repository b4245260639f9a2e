import assert from "node:assert/strict";
import {test} from "node:test";
import {homogenizedVerdicts, streamingVerdicts, trendVerdicts} from "../../../../src/papers/heavy-tails/index.ts";
import type {GrowthRow, HomogenizedTailRow, MomentRow, StationaryLawRow, StreamingTailRow, TailTrendRow} from "../../../../src/papers/heavy-tails/index.ts";
import {indexStandardError} from "../../../../src/papers/heavy-tails/claims/index-standard-error.ts";
import type {Verdict} from "../../../../src/verdicts/index.ts";

const on = (id: string, verdicts: readonly Verdict[]) => {
  const found = verdicts.find((verdict) => verdict.id === `heavy-tails.${id}`);
  assert.ok(found !== undefined, `${id} among ${verdicts.map((verdict) => verdict.id).join(", ")}`);
  return found;
};
const around = (tailIndex: number, relative: number) => ({tailIndex, low: tailIndex / (1 + relative), high: tailIndex * (1 + relative)});

interface HomogenizedShape {
  readonly index?: number;
  readonly below?: number;
  readonly relative?: number;
  readonly bounds?: readonly [number, number];
  readonly thresholds?: readonly number[];
  readonly open?: boolean;
}

function homogenizedRows({index = 3, below = index, relative = 0.05, bounds = [2.8, 3.5], thresholds = [0.995, 0.998], open = false}: HomogenizedShape): readonly HomogenizedTailRow[] {
  const common = {cell: "one", estimator: "generalised Pareto", dimension: 2, stepSize: 1, batchSize: 1, ridge: 0, threshold: 9, exceedances: 900, exact: 3, lowerBound: bounds[0], upperBound: bounds[1], used: 1000, total: 1000} as const;
  const rows = thresholds.map((probability, i): HomogenizedTailRow => ({...common, variant: "as fixed", probability, ...around(i === 0 ? below : index, relative), ...(open ? {high: null} : {})}));
  return [...rows, {...common, variant: "half time step", probability: 0.998, threshold: 9.9, ...around(3, 0.05)}];
}

const parameters = {cells: [{name: "one", eigenvalues: [1, 0.5], ridge: 0, stepSize: 1, batchSize: 1}], pearson: {curvature: 1, solution: 2, ridge: 0.25, stepSize: 0.8, batchSize: 1}} as unknown as Parameters<typeof homogenizedVerdicts>[3];
const law = (pValues: readonly [number, number], control = 0): readonly StationaryLawRow[] => [false, true].map((halved, i) => ({relativeTimeStep: 0.02, halved, distance: 0.003, pValue: pValues[i]!, symmetricDistance: 0.2, symmetricPValue: control, used: 100, total: 100}));
const moment = (ratio: number, relative = 0.002, stepRatio = 0.3): MomentRow => ({cell: "one", dimension: 1, stepSize: 0.3, stepRatio, tailIndex: 6, exact: 2, coarse: 2, fine: 2, extrapolated: 2 * ratio, standardError: 2 * relative, used: 100, total: 100});
const judgeHomogenized = (shape: HomogenizedShape = {}, laws = law([0.5, 0.5]), moments: readonly MomentRow[] = [moment(1)]) => homogenizedVerdicts(homogenizedRows(shape), laws, moments, parameters);

test("hSGD's index is held against its bounds at both thresholds with each outcome", () => {
  const band = (shape: HomogenizedShape) => on("hsgd-band.one", judgeHomogenized(shape));
  assert.equal(band({}).outcome, "reproduced");
  assert.equal(band({relative: 0.2}).outcome, "reproduced", "meets the band and is narrow");
  assert.equal(band({relative: 0.6}).outcome, "inconclusive", "meets the band and is wide");
  assert.equal(band({index: 4.2}).outcome, "approximate");
  assert.equal(band({index: 9}).outcome, "not reproduced");
  assert.equal(band({index: 9, below: 3}).outcome, "inconclusive", "the thresholds disagree");
  assert.match(band({thresholds: [0.995]}).explanation, /two thresholds with 200 exceedances are needed/);
  assert.match(band({open: true}).explanation, /interval is open/);
  assert.equal(band({bounds: [3, 3], relative: 0.2}).outcome, "reproduced", "a band of one point");
});

test("hSGD's index is held against the exact one, with its checks", () => {
  const exact = (shape: HomogenizedShape) => on("hsgd-exact-index", judgeHomogenized(shape));
  assert.equal(exact({}).outcome, "reproduced");
  assert.match(exact({}).explanation, /10\.0 % with half of the time step/);
  assert.equal(exact({index: 3.6}).outcome, "approximate");
  assert.equal(exact({index: 9}).outcome, "not reproduced");
  assert.equal(exact({relative: 0.5}).outcome, "inconclusive");
  assert.equal(exact({thresholds: []}).outcome, "inconclusive");
});

test("the law in one dimension passes with both time steps, and only if the control fails", () => {
  const pearson = (pValues: readonly [number, number], control?: number) => on("hsgd-pearson", judgeHomogenized({}, law(pValues, control))).outcome;
  assert.equal(pearson([0.5, 0.02]), "reproduced");
  assert.equal(pearson([0.001, 0.5]), "approximate");
  assert.equal(pearson([0.5, 0.001]), "not reproduced");
  assert.equal(pearson([0.5, 0.5], 0.1), "inconclusive");
});

test("the second moment is judged below half of γ̃ only, with γ/γ̃ where it is not", () => {
  const judged = (moments: readonly MomentRow[]) => on("hsgd-moment", judgeHomogenized({}, undefined, moments));
  assert.equal(judged([moment(1)]).outcome, "reproduced");
  assert.equal(judged([moment(1.1)]).outcome, "approximate");
  assert.equal(judged([moment(2)]).outcome, "not reproduced");
  const refused = judged([{...moment(1), stepRatio: 1.2, exact: null, extrapolated: null, standardError: null, used: 0}]);
  assert.equal(refused.outcome, "inconclusive");
  assert.match(refused.explanation, /γ\/γ̃ = 1\.2, no second moment/);
  assert.match(judged([moment(1), moment(1, 0.002, 0.8)]).explanation, /not judged: one \(γ\/γ̃ = 0\.8, above 0\.5\)/);
});

function streamingRow(change: Partial<StreamingTailRow>): StreamingTailRow {
  return {cell: "cell", isotropic: true, dimension: 5, batchSize: 1, stepRatio: 0.5, stepSize: 0.2, lowerBound: 4, upperBound: 8, homogenized: 4, kesten: 4, lyapunovExponent: -0.1, steps: 9, chains: 1000, note: "", word: "agrees", inBand: "yes", tailIndexBelow: 4, lowBelow: 3, highBelow: 5, exceedances: 400, tailIndexHalfway: 4, used: 1000, ...around(4, 0.05), ...change};
}
const growth: GrowthRow = {dimension: 5, stepSize: 0.36, stepRatio: 0.9, exact: 0.006, measured: 0.006, standardError: 0.0001, homogenized: 2.56, used: 10, total: 10};

test("hSGD's index is held against SGD's by the cell at which they differ most", () => {
  const transfer = (...kestens: readonly (number | null)[]) => on("sgd-transfer.dimension-5", streamingVerdicts(kestens.map((kesten, i) => streamingRow({kesten, stepRatio: 0.1 * (i + 1)})), [growth]));
  assert.equal(transfer(4.1, 3.9).outcome, "reproduced");
  const heavier = transfer(3.9, 3);
  assert.deepEqual([heavier.outcome, heavier.estimate, heavier.discrepancy], ["approximate", 0.75, -0.25]);
  assert.equal(transfer(4, 8).outcome, "not reproduced");
  const diverging = transfer(4, null);
  assert.equal(diverging.outcome, "reproduced");
  assert.match(diverging.explanation, /SGD diverges in 1 of 2 cells/);
  const all = transfer(null);
  assert.equal(all.outcome, "not reproduced");
  assert.match(all.explanation, /diverges at every step ratio/);
});

test("other batch sizes are judged over all dimensions at once", () => {
  const verdicts = streamingVerdicts([streamingRow({}), streamingRow({batchSize: 4, kesten: 3}), streamingRow({batchSize: 4, dimension: 9, kesten: 1})], []);
  assert.deepEqual(verdicts.filter(({id}) => id.includes("transfer")).map(({id, outcome}) => [id, outcome]), [["heavy-tails.sgd-transfer.dimension-5", "reproduced"], ["heavy-tails.sgd-transfer.batch-4", "not reproduced"]]);
});

test("measured indices of other spectra are held against the band with each outcome", () => {
  const band = (change: Partial<StreamingTailRow>) => on("sgd-band.two-values", streamingVerdicts([streamingRow({}), streamingRow({cell: "two-values", isotropic: false, kesten: null, lyapunovExponent: null, ...change})], []));
  assert.equal(band(around(5, 0.1)).outcome, "reproduced");
  assert.equal(band(around(3, 0.1)).outcome, "approximate");
  assert.equal(band(around(1, 0.1)).outcome, "not reproduced");
  assert.equal(band(around(4, 0.3)).outcome, "inconclusive");
  assert.match(band(around(1, 0.1)).explanation, /below the band/);
  assert.match(band({tailIndex: null, low: null, high: null}).explanation, /fewer than 200 chains/);
  assert.match(band({high: null}).explanation, /the interval is open/);
});

test("SGD's chains are held against Kesten's index; a cell of the wrong index is named", () => {
  const kesten = (...rows: readonly Partial<StreamingTailRow>[]) => on("sgd-kesten", streamingVerdicts(rows.map(streamingRow), []));
  assert.equal(kesten({}, {dimension: 7}).outcome, "reproduced");
  const wrong = kesten({}, {}, {}, {}, {}, {}, {dimension: 7, ...around(5, 0.05)});
  assert.equal(wrong.outcome, "approximate");
  assert.match(wrong.explanation, /\(d = 7, B = 1, γ\/γ̃ = 0\.5\), a rejection; 6 of 7 intervals contain the exact index/);
  assert.equal(kesten({tailIndex: null, low: null, high: null}).outcome, "inconclusive");
});

test("growth above 0 says that SGD diverges, and is held against the exact exponent", () => {
  const judged = (change: Partial<GrowthRow>) => {
    const verdicts = streamingVerdicts([streamingRow({})], [{...growth, ...change}]);
    return [on("sgd-stationary", verdicts).outcome, on("sgd-lyapunov", verdicts).outcome];
  };
  assert.deepEqual(judged({}), ["not reproduced", "reproduced"]);
  assert.deepEqual(judged({exact: -0.006, measured: -0.007}), ["reproduced", "approximate"]);
  assert.deepEqual(judged({standardError: 0.01}), ["inconclusive", "inconclusive"]);
});

function trendRows(sgd: (x: number) => number, hsgd: (x: number) => number = (x) => 1 + 2 * x, relative = 0.02, values = [1, 2, 3, 4]): readonly TailTrendRow[] {
  return values.flatMap((value) =>
    (["SGD", "hSGD"] as const).flatMap((process) =>
      [0.995, 0.998].map((probability): TailTrendRow => {
        const index = (process === "SGD" ? sgd : hsgd)(value);
        const shown = probability === 0.995 ? index : 7 * index;
        return {varied: "step size", value, regressor: value, process, exact: process === "SGD" ? sgd(value) : 1 + 2 * value, predicted: 1 + 2 * value, used: 100, total: 100, probability, threshold: 1, exceedances: 400, ...around(shown, relative)};
      })
    )
  );
}

const trendParameters = {base: {batchSize: 1, ridge: 0, dimension: 2}, ridges: {stepSize: 0.5}} as unknown as Parameters<typeof trendVerdicts>[1];
const judgeTrend = (...shape: Parameters<typeof trendRows>) => trendVerdicts(trendRows(...shape), trendParameters);

test("SGD's slope is held against hSGD's at the lower threshold with each outcome", () => {
  const slope = (...shape: Parameters<typeof trendRows>) => on("trend.step-size", judgeTrend(...shape));
  const same = slope((x) => 0.2 + 2 * x);
  assert.equal(same.outcome, "reproduced", "the level does not matter");
  assert.ok(Math.abs(same.estimate! - 2) < 1e-9);
  assert.equal(slope((x) => 1 + 1.4 * x).outcome, "approximate");
  assert.equal(slope((x) => 1 + 0.5 * x).outcome, "not reproduced");
  assert.equal(slope((x) => 1 + 2 * x, undefined, 0.8).outcome, "inconclusive");
  assert.match(slope((x) => 2 * x, undefined, 0.02, [1, 2, 3]).explanation, /at least 4 points, found 3/);
});

test("hSGD's measured indices are held against its formula, slope and level", () => {
  assert.equal(on("trend.hsgd-slope", judgeTrend((x) => x)).outcome, "reproduced");
  assert.equal(on("trend.hsgd-slope", judgeTrend((x) => x, (x) => 2 + 1.2 * x)).outcome, "approximate");
  assert.equal(on("trend.hsgd-exact", judgeTrend((x) => x)).outcome, "reproduced");
  assert.equal(on("trend.hsgd-exact", judgeTrend((x) => x, (x) => 4 + 8 * x)).outcome, "not reproduced");
  assert.equal(on("trend.sgd-exact", judgeTrend((x) => x)).outcome, "reproduced");
});

test("slopes of each parameter: 2(λ₁ + δ)/λ₁², 2B/(γλ₁²), −1", () => {
  const rows = (["step size", "batch size", "ridge", "dimension"] as const).flatMap((varied) => trendRows((x) => x).map((row) => ({...row, varied})));
  assert.deepEqual(trendVerdicts(rows, trendParameters).slice(0, 4).map(({predicted}) => predicted), [2, 2, 4, -1]);
});

test("an index without a closed interval has no standard error", () => {
  assert.equal(indexStandardError({tailIndex: 3, low: 2, high: null}), null);
  assert.ok(Math.abs(indexStandardError({tailIndex: 3, low: 3 / 1.1, high: 3.3})! - (3 * Math.log(1.1)) / 1.959964) < 1e-6);
});
