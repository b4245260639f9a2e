import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import {parameterSections, planeContours, planeEnds, toyBlocks, toyDensities, toyDistances, toyLandscapes, toyOvershoot, toyReferences, toyRuns, toyTransitions} from "../../../src/papers/parameter-averaging/index.ts";
import {resolveParameters} from "../../../src/pipeline/index.ts";
import {createStream} from "../../../src/random/index.ts";
import {toyShapes} from "../../../src/papers/parameter-averaging/toy-shapes.ts";
import {toyOf} from "../../../src/papers/parameter-averaging/toys.ts";
import {assertCells, assertRanges} from "../cells.ts";

const file = readFileSync(join(import.meta.dirname, "../../../data/parameters/parameter-averaging.jsonc"), "utf8");
const {toys: quick} = resolveParameters(file, "parameter-averaging.jsonc", parameterSections, "quick").sections;
const small = {
  ...quick,
  runs: 400,
  averagedSteps: 400,
  burnInTime: 20,
  rippledBowl: {...quick.rippledBowl, stepSizes: [0.3]},
  asymmetricValley: {...quick.asymmetricValley, stepSizes: [0.2], smallSteps: [0.005, 0.4]},
  twoWells: {...quick.twoWells, stepSizes: [0.05, 0.3]},
  parabola: {...quick.parabola, stepSizes: [0.5]},
  plane: {...quick.plane, stepSizes: [0.2]}
};
const context = {stream: (cell: string, block: number) => createStream({seed: 4, experiment: "toys", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const runs = await runExperiment(toyRuns, small, context);
const references = await runExperiment(toyReferences, small, context);
const blocks = toyBlocks(runs, small);
const distances = toyDistances(runs, blocks, references, small);
const toy = (name: string) => toyOf(toyShapes(small).find((each) => each.name === name)!);
const referenceAt = async (name: string, stepSize: number) => {
  const cells = toyReferences.cells(small).filter(({reads}) => reads.toy.name === name);
  const [reference] = await toyReferences.run({...cells[0]!.reads, stepSize}, {...context, replicas: {first: 0, count: 0}, images: () => assert.fail()}, []);
  return reference!;
};
const near = (found: number, expected: number, tolerance: number) => assert.ok(Math.abs(found - expected) <= tolerance, `${found} is not ${expected} to ${tolerance}`);

test("runs have the exact mean and variance of finite averages, the exact distances and mean squares", () => {
  assert.equal(runs.length, 6 * 400);
  for (const row of distances) {
    const name = `${row.objective} ${row.stepSize}`;
    if (row.objective === "two wells") continue;
    assert.ok(Math.abs(row.mean - row.exactMean!) < 4.5 * row.meanError, `${name}: mean ${row.mean} ± ${row.meanError}, exactly ${row.exactMean}`);
    assert.ok(Math.abs(Math.log(row.variance / row.exactVariance!)) < 4.5 * row.varianceLogError, `${name}: variance ${row.variance}, exactly ${row.exactVariance}`);
    const error = (row.lastHigh - row.lastLow) / 3.92;
    assert.ok(Math.abs(row.last - row.exactLast) < 4.5 * error, `${name}: distance ${row.last} ± ${error}, exactly ${row.exactLast}`);
    near(row.average, row.exactAverage!, 4.5 * ((row.averageHigh - row.averageLow) / 3.92));
    const {squaredDistance} = references.find(({objective, stepSize}) => objective === row.objective && stepSize === row.stepSize)!;
    near(row.squaredDistance, squaredDistance, 4.5 * ((row.squaredHigh - row.squaredLow) / 3.92));
    assert.ok(row.worstExcess < 6, name);
  }
});

test("a wrong reference is seen: the mean of another step size is many standard errors away", async () => {
  const valley = distances.find(({objective}) => objective === "asymmetric valley")!;
  const wrong = await referenceAt("asymmetric valley", 0.25);
  assert.ok(Math.abs(valley.mean - wrong.averageMean!) > 10 * valley.meanError);
});

test("the parabola's reference is the autoregression's: D∞, S², bounds that meet, no bias", () => {
  const reference = references.find(({objective}) => objective === "parabola")!;
  const stepSize = 0.5;
  near(reference.distance ** 2, stepSize / (2 - stepSize), 1e-10);
  near(reference.squaredDistance, ((1 - stepSize) ** 2 * stepSize) / (2 - stepSize), 1e-10);
  near(reference.bias, 0, 1e-10);
  near(reference.quadraticFluctuation, 1, 1e-9);
  const row = distances.find(({objective}) => objective === "parabola")!;
  near(row.lowerBound, row.upperBound!, 1e-10);
  near(row.lowerBound, reference.squaredDistance, 1e-9);
});

test("the calibration rows of the rippled bowl and the valley, and a plane that is the valley in its first weight", () => {
  const [bowl, valley, , , , plane] = references as [typeof references[0], typeof references[0], unknown, unknown, unknown, typeof references[0]];
  assert.deepEqual([bowl.smoothedMinimiser, bowl.leastConvexity, bowl.distance, bowl.bias].map((value) => value.toFixed(2)), ["-0.07", "0.63", "0.55", "0.07"]);
  assert.deepEqual([valley.smoothedMinimiser, valley.mean, valley.distance, valley.bias].map((value) => value.toFixed(3)), ["-0.527", "-0.584", "0.305", "0.057"]);
  near(plane.mean, valley.mean, 1e-9);
  const second = (small.plane.secondVariance * 0.2) / (small.plane.curvature * (2 - 0.2 * small.plane.curvature));
  near(plane.distance ** 2, valley.distance ** 2 + second, 1e-9);
  near(plane.identityDefect, 0, 1e-9);
});

test("the end points in the plane have the covariance of correlated autoregressions", () => {
  const own = runs.filter(({objective}) => objective === "plane");
  const [first, second] = [own.map(({last}) => last), own.map(({lastSecond}) => lastSecond!)];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const covariance = mean(first.map((value, i) => (value - mean(first)) * (second[i]! - mean(second))));
  assert.ok(covariance > 0.01, `correlated noise correlates the weights, found ${covariance}`);
  const variance = (small.plane.secondVariance * 0.2) / (small.plane.curvature * (2 - 0.2 * small.plane.curvature));
  near(mean(second.map((value) => value * value)) / variance, 1, 0.35);
});

test("runs start on both sides, and select the flat well only at the larger step", () => {
  const [locked, selected] = distances.filter(({objective}) => objective === "two wells");
  assert.ok(locked!.share > 0.4 && locked!.share < 0.9, String(locked!.share));
  assert.ok(selected!.share > 0.99 && selected!.lastSelected < selected!.averageSelected);
  assert.equal(locked!.exactMean, null);
});

test("blocks hold every run once, and average the values of F", () => {
  const own = blocks.filter(({objective}) => objective === "parabola");
  assert.equal(own.length, small.blocks);
  const square = own.reduce((sum, {lastSquare}) => sum + lastSquare, 0) / own.length;
  near(Math.sqrt(square), distances.find(({objective}) => objective === "parabola")!.last, 1e-12);
  for (const {lastSquare, lastExcess} of own) near(lastExcess, lastSquare / 2, 1e-12);
});

test("F loses minima where its closed form says: a sign change of F″ next to a vanishing F′", async () => {
  const [bowl, wells] = await runExperiment(toyTransitions, quick, context);
  near(bowl!.singleFrom!, 0.20458, 1e-4);
  assert.equal(bowl!.lowestMovesAt, null);
  assert.ok(wells!.lowestMovesAt! > 0.15 && wells!.lowestMovesAt! < 0.2);
  assert.ok(wells!.singleFrom! > wells!.lowestMovesAt!);
});

test("long averages overshoot by 1/(2ηf″) at small steps, and by the exact ratio at large ones", async () => {
  const [least, most] = await runExperiment(toyOvershoot, small, context);
  near(least!.ratio / least!.leading, 1, 0.02);
  assert.equal(least!.leading, 50);
  near(most!.ratio, 1.526, 0.01);
});

test("pictures hold each density over its largest value, level lines of the level that they say", async () => {
  const landscape = toyLandscapes(runs, await runExperiment(toyDensities, small, context), small).filter(({objective, stepSize}) => objective === "two wells" && stepSize === 0.3);
  assert.equal(landscape.length, 105);
  assert.equal(Math.max(...landscape.map(({average}) => average)), 1);
  near(Math.max(...landscape.map(({stationary}) => stationary)), 1, 0.01);
  const areas = landscape.reduce(([first, second], {last, stationary}) => [first! + last, second! + stationary], [0, 0]);
  near(areas[0]! / areas[1]!, 1, 0.02);
  const {weights} = toy("plane");
  const contours = await runExperiment(planeContours, small, context);
  assert.equal(contours.length, 2 * 4 * 73);
  const smoothed = weights[0]!.smoothed(0.2);
  const least = Math.min(...contours.map(({first}) => smoothed.value(first)), smoothed.value(-0.527));
  for (const {stepSize, level, first, second} of contours) if (stepSize === 0.2) near(smoothed.value(first) + (small.plane.curvature / 2) * second ** 2 - least, level, 1e-4);
  assert.equal(planeEnds(runs, small).length, 2 * small.plane.pictured);
});

test("unstable steps, a covariance that is none, no runs and no steps are refused with the deciding number", () => {
  const message = (change: object) => {
    const parsed = parameterSections.toys.safeParse({...quick, ...change});
    return parsed.success ? "" : parsed.error.issues.map(({path, message}) => `${path.join(".")}: ${message}`).join("\n");
  };
  assert.match(message({plane: {...quick.plane, covariance: 0.6}}), /plane\.covariance: one of a positive semidefinite matrix \(its least eigenvalue is -0\.08255\)/);
  assert.match(message({parabola: {curvature: 1.2, stepSizes: [0.1, 1.7]}}), /parabola\.stepSizes: step sizes below 1\.95 over the curvature/);
  assert.match(message({runs: 0}), /^runs: /);
  assert.match(message({averagedSteps: 0}), /^averagedSteps: /);
  assert.match(message({asymmetricValley: {...quick.asymmetricValley, leftSlope: 4}}), /asymmetricValley\.leftSlope: /);
  assert.equal(message({}), "");
});

test("a run that diverges is named with its objective and step size", async () => {
  const unstable = {...small, runs: 200, averagedSteps: 5000, rippledBowl: {...small.rippledBowl, stepSizes: [2.5]}};
  await assert.rejects(runExperiment(toyRuns, unstable, context), /RangeError: rippled bowl: expected step sizes at which all runs stay finite, found 2\.5, at which run \d+ diverged after \d+ steps/);
  await assert.rejects(referenceAt("rippled bowl", 2.5), /RangeError: stepSize: expected one at which a gradient step from/);
});

test("a step size is read by its own cell, the shape of an objective by the cells of objectives that have it", () => {
  const bowl = {rippledBowl: {...small.rippledBowl, phase: 1}};
  const valley = {asymmetricValley: {...small.asymmetricValley, leftSlope: 0.6}};
  const step = {parabola: {...small.parabola, stepSizes: [0.6]}};
  const unread = {blocks: 25, asymmetricValley: {...small.asymmetricValley, fittedBelow: 0.2}, plane: {...small.plane, pictured: 30}};
  assertCells(toyRuns, small, [
    {change: step, affects: ["toy parabola step 0.6"]},
    {change: bowl, affects: /rippled bowl/},
    {change: valley, affects: /asymmetric valley|plane/},
    {change: {plane: {...small.plane, covariance: 0.2}}, affects: /plane/},
    {change: {noise: 2}, affects: /bowl|valley|wells|parabola/},
    {change: {averagedSteps: 500}, affects: /^/},
    {change: {...unread, runs: 800}, affects: []}
  ]);
  assertCells(toyReferences, small, [{change: step, affects: ["toy parabola step 0.6"]}, {change: {averagedSteps: 500, burnInTime: 30}, affects: /bowl|valley|parabola|plane/}, {change: {startWidth: 1.9}, affects: /^/}, {change: {...unread, runs: 800}, affects: []}]);
  assertCells(toyDensities, small, [{change: {...step, averagedSteps: 500, burnInTime: 30, runs: 800}, affects: []}, {change: valley, affects: /valley/}, {change: {twoWells: {...small.twoWells, stepSizes: [0.05, 0.4]}}, affects: ["toy two wells step 0.4"]}]);
  assertCells(toyOvershoot, small, [{change: {asymmetricValley: {...small.asymmetricValley, stepSizes: [0.3], smallSteps: [0.005, 0.3]}}, affects: ["step size 0.3"]}, {change: {noise: 2}, affects: /^/}]);
  assertCells(toyTransitions, small, [{change: {...step, rippledBowl: {...small.rippledBowl, stepSizes: [0.1]}}, affects: []}, {change: bowl, affects: ["rippled bowl"]}]);
  assertCells(planeContours, small, [{change: {plane: {...small.plane, stepSizes: [0.25]}}, affects: ["toy plane step 0.25"]}, {change: valley, affects: /^/}, {change: bowl, affects: []}]);
});

test("runs are the same in every range of them", async () => {
  const short = {...small, averagedSteps: 20, burnInTime: 5};
  const closed = {...short, asymmetricValley: {...small.asymmetricValley, stepSizes: []}, plane: {...small.plane, stepSizes: []}};
  await assertRanges(toyRuns, {...closed, runs: 60, twoWells: {...small.twoWells, stepSizes: []}}, context);
  await assertRanges(toyRuns, {...short, runs: 20}, context, {sizes: [7]});
  assert.deepEqual((await runExperiment(toyRuns, {...closed, runs: 400}, context)).filter(({run}) => run < 200), await runExperiment(toyRuns, {...closed, runs: 200}, context));
});
