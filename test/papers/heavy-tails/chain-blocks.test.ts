import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {ensemblesHere} from "../../../src/kernels/index.ts";
import {distanceBlocks, distancesOfBlocks} from "../../../src/papers/heavy-tails/distance-blocks.ts";
import {homogenizedDistances, sgdDistances} from "../../../src/papers/heavy-tails/distance-chains.ts";
import {homogenizedTailChains, homogenizedTails, parameterSections, tailTrendChains, tailTrends} from "../../../src/papers/heavy-tails/index.ts";
import {tailSample} from "../../../src/papers/heavy-tails/tail-sample.ts";
import {runExperiment} from "../../../src/papers/experiment.ts";
import type {Experiment} from "../../../src/papers/experiment.ts";
import {resolveParameters} from "../../../src/pipeline/parameters.ts";
import {createStream} from "../../../src/random/index.ts";

const context = {stream: (cell: string, block: number) => createStream({seed: 5, experiment: "blocks", cell, block}), ensembles: ensemblesHere, progress: () => {}};
const text = readFileSync(join(import.meta.dirname, "../../../data/parameters/heavy-tails.jsonc"), "utf8");
const {homogenizedTails: tails, tailTrends: trends} = resolveParameters(text, "file", parameterSections, "quick").sections;
const only = <P, C, R, I extends readonly (readonly unknown[])[]>(experiment: Experiment<P, C, R, I>, names: RegExp): Experiment<P, C, R, I> => ({...experiment, cells: (parameters) => experiment.cells(parameters).filter(({name}) => names.test(name))});

const quadratic = {name: "one", eigenvalues: [1], ridge: 0, stepSize: 1.2, batchSize: 1};
const shortTails = {...tails, cells: [quadratic], chains: 150_000, checkChains: 50_000, settledDraws: 1000, relaxationTimes: 5};
const shortTrends = {...trends, chains: 150_000, homogenizedChains: 100_000, settledDraws: 1000, homogenizedSettledDraws: 1000, relaxationTimes: 5};
const names = /^dimension 1, /;

/** The blocks and the order statistics for parameters, where the first blocks were there before. */
const raised = async <P, C, B, D, T>(chains: Experiment<P, C, B, readonly []>, points: Experiment<P, D, T, readonly [readonly B[]]>, fewer: P, more: P) => {
  const [before, after] = [chains.cells(fewer), chains.cells(more)];
  const asked: string[] = [];
  const rows: B[] = [];
  const images = () => assert.fail("images");
  for (const [i, {name, reads, replicas}] of after.entries()) {
    const known = before[i]!.replicas!;
    assert.deepEqual(reads, before[i]!.reads);
    rows.push(...(await chains.run(reads, {images, ...context, replicas: {first: 0, count: known}}, [])));
    if (replicas === known) continue;
    asked.push(`${name}: ${replicas! - known} from ${known} on`);
    rows.push(...(await chains.run(reads, {images, ...context, replicas: {first: known, count: replicas! - known}}, [])));
  }
  return {asked, blocks: rows, points: await runExperiment(points, more, context, [rows])};
};

test("more chains are the new blocks alone, and the order statistics are those of all chains run at once", async () => {
  const found = await raised(homogenizedTailChains, homogenizedTails, {...shortTails, chains: 50_000}, shortTails);
  assert.deepEqual(found.asked, ["one: 2 from 1 on"]);
  assert.deepEqual(found.blocks.map(({variant, block, used}) => `${variant} ${block} ${used}`), [0, 1, 2].flatMap((block) => [`as fixed ${block} 50000`, `half length ${block} 50000`]).concat("half time step 0 50000"));
  const at = async (refinement: number, chains: number) => {
    const timeStep = tails.relativeTimeStep / refinement / quadratic.stepSize;
    const steps = Math.ceil(Math.ceil((5 + (2 * Math.log(1000)) / (1 + 2 / 1.2)) / (1.2 + 0.5 * 1.2 ** 2)) / timeStep);
    return homogenizedDistances(quadratic, {chains, timeStep, steps}, {ensembles: ensemblesHere, key: context.stream(`hSGD one refinement ${refinement}`, 0).ensembleKey()});
  };
  const [fixed, halved] = [await at(1, 150_000), await at(2, 50_000)];
  const expected = [["as fixed", fixed.end, 0.05], ["half length", fixed.half, 0.006], ["half time step", halved.end, 0.006]] as const;
  assert.deepEqual(found.points, expected.flatMap(([variant, values, share]) => tailSample(values, share).map((point) => ({cell: "one", variant, ...point}))));
});

test("so are those of SGD and hSGD as a parameter varies", async () => {
  const fewer = {...shortTrends, chains: 100_000, homogenizedChains: 50_000};
  const {asked, points} = await raised(only(tailTrendChains, names), only(tailTrends, names), fewer, shortTrends);
  assert.deepEqual(asked, ["dimension 1, SGD: 1 from 2 on", "dimension 1, hSGD: 1 from 1 on"]);
  const whole = await runExperiment(only(tailTrendChains, names), shortTrends, context);
  assert.deepEqual(points, await runExperiment(only(tailTrends, names), shortTrends, context, [whole]));
  for (const [process, chains] of [["SGD", 150_000], ["hSGD", 100_000]] as const) assert.equal(points.findLast((point) => point.process === process)!.above, chains);
});

test("chains that diverged are in no block, and the others are all there", async () => {
  const {end} = await sgdDistances({eigenvalues: [1], ridge: 0, stepSize: 40, batchSize: 1}, {chains: 50_000, steps: 18}, {ensembles: ensemblesHere, key: [1, 2]});
  const sound = end.filter(Number.isFinite);
  assert.ok(sound.length > 100 && sound.length < 49_900, `${sound.length} sound chains`);
  const two = new Float32Array(100_000);
  two.set(end, 50_000);
  const blocks = distanceBlocks(two, {first: 7, count: 2}, 50_000);
  assert.deepEqual(blocks.map(({block, used}) => [block, used]), [[7, 50_000], [8, sound.length]]);
  assert.deepEqual(distancesOfBlocks(blocks.slice(1)), sound.toSorted());
  assert.equal(distancesOfBlocks([]).length, 0);
});

test("a number of chains that is not whole blocks is refused with its place", () => {
  const refuses = (from: string, to: string, message: RegExp) => {
    const changed = text.replace(from, to);
    assert.notEqual(changed, text);
    assert.throws(() => resolveParameters(changed, "file", parameterSections, "quick"), message);
  };
  refuses('"chains": 400000', '"chains": 425000', /quick\.tailTrends\.chains: expected a multiple of 50000, found 425000/);
  refuses('"checkChains": 150000', '"checkChains": 1000', /quick\.homogenizedTails\.checkChains: expected a number of at least 50000, found 1000/);
  for (const {sections} of [resolveParameters(text, "file", parameterSections, "full")]) for (const cell of [...homogenizedTailChains.cells(sections.homogenizedTails), ...tailTrendChains.cells(sections.tailTrends)]) assert.ok(Number.isInteger(cell.replicas), cell.name);
});
