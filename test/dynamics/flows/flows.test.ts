import assert from "node:assert/strict";
import {test} from "node:test";
import {eulerMaruyama, eulerMaruyamaPair, gradientFlow, itoEquation, leastSquaresModel, sgdFlow, stochasticModifiedEquation, stochasticModifiedFlow, weakSecondOrder} from "../../../src/dynamics/index.ts";
import {cos, defineDynamics, mul, neg, sin, stack} from "../../../src/kernels/index.ts";
import type {Real} from "../../../src/kernels/index.ts";
import {eulerMaruyamaTwoPointMoments, gradientCovariances, leastSquaresSamples, modifiedFlowTwoPointMoments, sgdTwoPointMoments, symmetricSquareRoot} from "../../../src/numerics/index.ts";
import {deviationsFrom, simulate} from "./moment-averages.ts";

/** Deviations are of 8 means each, over fewer than 100 in all: 5 standard errors are passed by chance with probability 6·10⁻⁵. */
const near = (deviations: readonly number[]) => deviations.every((deviation) => Math.abs(deviation) < 5);

const features = [[1, 0.5], [-0.5, 1], [0.2, -1]];
const labels = [1, 0.3, 1];
const samples = leastSquaresSamples({features, labels});
const rows = features.map((row, i) => [...row, labels[i]!]).flat();
const model = leastSquaresModel({samples: 3, dimension: 2});
const [stepSize, timeStep, xStart, yStart] = [0.2, 1 / 16, [1, 0.5], [-1, 0.3]];
const starts = [xStart, yStart] as const;
const flow = {model, points: ["x", "y"]} as const;
const bound = {stepSize, xStart, yStart};
const affine = {samples, stepSize, starts};
const table = {samples: {rows: 3, values: Float64Array.from(rows)}};

test("the engine's SGD flow has the exact moments of two points, and not those of independent samples", async () => {
  const {state} = await simulate(sgdFlow(flow), {parameters: bound, tables: table, replicas: 40_000, steps: 5});
  const exact = sgdTwoPointMoments(affine, 5);
  assert.ok(near(deviationsFrom(state, exact)));
  const independent = {...exact, product: exact.first.map((a) => exact.second.map((b) => a * b))};
  assert.ok(!near(deviationsFrom(state, independent)));
});

test("Euler and Maruyama's scheme of the modified flow has its exact moments; those of the equation at two points are others, at one point the same", async () => {
  const request = {parameters: {...bound, timeStep, samples: rows}, replicas: 40_000, steps: 16};
  const exact = eulerMaruyamaTwoPointMoments(affine, {timeStep, steps: 16});
  const [ofFlow, ofEquation] = await Promise.all([stochasticModifiedFlow(flow), stochasticModifiedEquation(flow)].map((equation) => simulate(eulerMaruyama(equation), request)));
  assert.ok(near(deviationsFrom(ofFlow!.state, exact)));
  assert.ok(!near(deviationsFrom(ofEquation!.state, exact)));
  for (const point of ["x", "y"] as const) {
    const own = point === "x" ? xStart : yStart;
    const onePoint = eulerMaruyamaTwoPointMoments({...affine, starts: [own, own]}, {timeStep, steps: 16});
    const {[point]: values} = ofEquation!.state;
    assert.ok(near(deviationsFrom({x: values!, y: values!}, onePoint)), point);
  }
});

test("the scheme of weak order 2 takes the modified flow to its exact moments in eight steps", async () => {
  const {state} = await simulate(weakSecondOrder(stochasticModifiedFlow(flow)), {parameters: {...bound, timeStep: 1 / 8, samples: rows}, replicas: 20_000, steps: 8});
  assert.ok(near(deviationsFrom(state, modifiedFlowTwoPointMoments(affine, 1))));
});

/** Drift and columns of an equation at given points, in float64. */
async function generatorAt(kind: "flow" | "equation", d: number, data: readonly number[], points: readonly [readonly number[], readonly number[]]) {
  const own = {model: leastSquaresModel({samples: data.length / (d + 1), dimension: d}), points: ["x", "y"]} as const;
  const equation = kind === "flow" ? stochasticModifiedFlow(own) : stochasticModifiedEquation(own);
  const [drift, diffusion] = [equation.drift, equation.diffusion];
  assert.equal(diffusion.kind, "general");
  const count = kind === "flow" ? own.model.samples : d;
  const dynamics = defineDynamics({
    name: "one evaluation",
    parameters: equation.parameters,
    state: Object.fromEntries([...["x", "y", "driftX", "driftY"], ...Array.from({length: 2 * count}, (_, i) => `column${i}`)].map((name) => [name, [d]])) as Record<string, readonly [number]>,
    start: ({parameters}) => {
      const at = equation.start!({parameters} as never);
      const speeds = drift(at as never, {parameters} as never);
      const columns = (diffusion as Extract<typeof diffusion, {kind: "general"}>).columns(at as never, {parameters} as never);
      return {...at, driftX: speeds.x, driftY: speeds.y, ...Object.fromEntries(columns.flatMap((column, j) => [[`column${2 * j}`, column.x!], [`column${2 * j + 1}`, column.y!]]))};
    },
    step: (values) => values
  });
  const {state} = await simulate(dynamics, {parameters: {stepSize: 0.3, samples: data, xStart: points[0], yStart: points[1]}, replicas: 1, steps: 0});
  const covariance = (a: 0 | 1, b: 0 | 1) => Array.from({length: d}, (_, i) => Array.from({length: d}, (__, j) => Array.from({length: count}, (___, k) => state[`column${2 * k + a}`]![i]! * state[`column${2 * k + b}`]![j]!).reduce((sum, value) => sum + value) / 0.3));
  return {drift: [state.driftX!, state.driftY!].map((value) => Array.from(value)), atX: covariance(0, 0), atY: covariance(1, 1), across: covariance(0, 1)};
}

const close = (found: readonly (readonly number[])[], expected: readonly (readonly number[])[], tolerance = 1e-12) =>
  found.forEach((row, i) => row.forEach((value, j) => assert.ok(Math.abs(value - expected[i]![j]!) <= tolerance, `entry ${i}, ${j}: ${value} and ${expected[i]![j]}`)));

for (const [d, data, points] of [[1, [1, 0.5, 0.5, -1, -1.5, -1], [[2], [-1.5]]], [2, rows, [xStart, yStart]], [2, [...rows, 0.6, 0.8, -0.5, 1.2, -0.4, -1], [[1.5, -1], [-1, 0.5]]]] as const)
  test(`flow and equation have one generator at one point and those of the exact covariances at two: d = ${d}, N = ${data.length / (d + 1)}`, async () => {
    const [ofFlow, ofEquation] = await Promise.all((["flow", "equation"] as const).map((kind) => generatorAt(kind, d, data, points)));
    assert.deepEqual(ofEquation!.drift, ofFlow!.drift);
    close(ofEquation!.atX, ofFlow!.atX);
    close(ofEquation!.atY, ofFlow!.atY);
    const pairs = Array.from({length: data.length / (d + 1)}, (_, i) => data.slice(i * (d + 1), (i + 1) * (d + 1)));
    const exact = gradientCovariances(leastSquaresSamples({features: pairs.map((row) => row.slice(0, d)), labels: pairs.map((row) => row[d]!)}), points);
    close(ofFlow!.across, exact.common);
    close(ofEquation!.across, exact.separate);
    assert.ok(exact.common.flat().some((value, i) => Math.abs(value - exact.separate.flat()[i]!) > 0.1));
  });

test("points that start together stay together to the last bit in every flow, as one noise moves both", async () => {
  const together = {...bound, yStart: xStart};
  const data = {...together, timeStep, samples: rows};
  const runs = [
    await simulate(sgdFlow(flow), {parameters: together, tables: table, replicas: 50, steps: 30}),
    await simulate(eulerMaruyama(stochasticModifiedFlow(flow)), {parameters: data, replicas: 50, steps: 30}),
    await simulate(eulerMaruyama(stochasticModifiedEquation(flow)), {parameters: data, replicas: 50, steps: 30}),
    await simulate(weakSecondOrder(stochasticModifiedFlow(flow)), {parameters: data, replicas: 50, steps: 30})
  ];
  for (const {state} of runs) {
    assert.deepEqual(state.y, state.x);
    assert.ok(new Set(state.x).size > 50);
  }
});

test("a point moves as it does alone, whatever other points are followed", async () => {
  const alone = {model, points: ["x"]} as const;
  const {yStart: _, ...own} = bound;
  const data = {timeStep, samples: rows};
  assert.deepEqual((await simulate(sgdFlow(alone), {parameters: own, tables: table, replicas: 20, steps: 9})).state.x, (await simulate(sgdFlow(flow), {parameters: bound, tables: table, replicas: 20, steps: 9})).state.x);
  assert.deepEqual((await simulate(eulerMaruyama(stochasticModifiedFlow(alone)), {parameters: {...own, ...data}, replicas: 20, steps: 9})).state.x, (await simulate(eulerMaruyama(stochasticModifiedFlow(flow)), {parameters: {...bound, ...data}, replicas: 20, steps: 9})).state.x);
});

test("gradient flow is exact to order 4, with and without the correction of order η", async () => {
  for (const [corrected, eta] of [[false, 0], [true, stepSize]] as const) {
    const error = async (steps: number) => {
      const {state} = await simulate(gradientFlow({...flow, corrected}), {parameters: {...bound, timeStep: 1 / steps, samples: rows}, replicas: 1, steps});
      const exact = modifiedFlowTwoPointMoments({...affine, stepSize: eta}, 1).first;
      return Math.max(...exact.map((value, i) => Math.abs(value - state.x![i]!)));
    };
    const [coarse, fine] = [await error(4), await error(8)];
    assert.ok(fine < 1e-5 && coarse / fine > 13 && coarse / fine < 20, `${coarse} and ${fine}`);
  }
});

test("a model that is not affine: the correction is half the step times the Hessian times the gradient", async () => {
  const torus = {name: "torus", dimension: 1, samples: 1, columns: 1, parameters: {}, gradient: (z: Real) => sin(z), hessianProduct: (z: Real, v: Real) => mul(cos(z), v)};
  const {state} = await simulate(gradientFlow({model: torus, points: ["z"], corrected: true}), {parameters: {stepSize: 0.4, timeStep: 1e-6, zStart: [0.7], samples: [0]}, replicas: 1, steps: 1});
  assert.ok(Math.abs((state.z![0]! - 0.7) / 1e-6 + Math.sin(0.7) + 0.2 * Math.cos(0.7) * Math.sin(0.7)) < 1e-5);
});

test("steps of Δ and Δ/2 share their Wiener processes", async () => {
  const brownian = itoEquation({name: "two directions", parameters: {}, state: {x: [2]}, drift: () => ({x: 0}), diffusion: {kind: "general", columns: () => [{x: stack([1, 0.5])}, {x: stack([0, 2])}]}});
  const {state} = await simulate(eulerMaruyamaPair(brownian), {parameters: {timeStep: 0.5}, replicas: 4000, steps: 3});
  state.x!.forEach((value, i) => assert.ok(Math.abs(value - state.xCoarse![i]!) < 1e-14));
  const variance = Array.from({length: 4000}, (_, i) => state.x![2 * i]! ** 2).reduce((sum, value) => sum + value) / 4000;
  assert.ok(Math.abs(variance / 1.5 - 1) < 5 * Math.sqrt(2 / 4000), `variance ${variance} at time 1.5`);
  const decay = itoEquation({name: "decay", parameters: {}, state: {x: []}, start: () => ({x: 1}), drift: ({x}) => ({x: neg(x)}), diffusion: {kind: "scalar", coefficient: () => ({x: 0})}});
  const ends = (await simulate(eulerMaruyamaPair(decay), {parameters: {timeStep: 0.25}, replicas: 1, steps: 4})).state;
  assert.ok(Math.abs(ends.x![0]! - 0.875 ** 8) < 1e-15 && Math.abs(ends.xCoarse![0]! - 0.75 ** 4) < 1e-15);
});

test("the pair has the exact moments of Euler and Maruyama at both steps", async () => {
  const {state} = await simulate(eulerMaruyamaPair(stochasticModifiedFlow(flow)), {parameters: {...bound, timeStep, samples: rows}, replicas: 40_000, steps: 16});
  assert.ok(near(deviationsFrom({x: state.xCoarse!, y: state.yCoarse!}, eulerMaruyamaTwoPointMoments(affine, {timeStep, steps: 16}))));
  assert.ok(near(deviationsFrom(state, eulerMaruyamaTwoPointMoments(affine, {timeStep: timeStep / 2, steps: 32}))));
});

test("the closed square root agrees with the eigenvalues', singular covariances included", async () => {
  const singular = [1, 2, 0, -2, -4, 1.5];
  const {atX, across} = await generatorAt("equation", 2, singular, [[1, 1], [0.5, -1]]);
  const exact = gradientCovariances(leastSquaresSamples({features: [[1, 2], [-2, -4]], labels: [0, 1.5]}), [[1, 1], [0.5, -1]]);
  close(across, exact.separate, 1e-6);
  assert.ok(symmetricSquareRoot(atX).flat().every(Number.isFinite));
});

test("what is no flow is refused by name", () => {
  assert.throws(() => leastSquaresModel({samples: 0, dimension: 1}), {name: "RangeError", message: "least squares: samples: expected an integer of at least 1, found 0"});
  assert.throws(() => sgdFlow({model, points: []}), {name: "RangeError", message: /SGD flow: least squares: points\.length: expected an integer of at least 1, found 0/});
  assert.throws(() => sgdFlow({model: {...model, samples: 0}, points: ["x"]}), {message: /samples: expected an integer of at least 1, found 0/});
  assert.throws(() => stochasticModifiedFlow({model, points: ["x", "x"]}), {message: /points: expected names that differ, found "x"/});
  assert.throws(() => stochasticModifiedFlow({model: {...model, parameters: {stepSize: []}}, points: ["x"]} as never), {message: /parameters: expected names other than those of the flow, found "stepSize"/});
  assert.throws(() => eulerMaruyama(stochasticModifiedEquation({model: leastSquaresModel({samples: 4, dimension: 3}), points: ["x"]})), {message: /dimension: expected 1 or 2.*, found 3/});
  assert.throws(() => eulerMaruyamaPair(itoEquation({name: "diagonal", parameters: {}, state: {x: []}, drift: () => ({x: 0}), diffusion: {kind: "diagonal", coefficient: () => ({x: 1})}})), {message: /diagonal: diffusion: kind: expected "general" or "scalar", found "diagonal"/});
});
