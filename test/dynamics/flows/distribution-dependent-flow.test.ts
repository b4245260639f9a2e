import assert from "node:assert/strict";
import {test} from "node:test";
import {antitheticPair, distributionDependentFlow, eulerMaruyama, independentNoiseFlow, itoEquation, meanFieldModel, sgdFlow, squareNeuron, stochasticModifiedFlow, tanhNeuron, weakSecondOrder, wienerMomentCovariance, withNoiseContrasts, withWienerMoments} from "../../../src/dynamics/index.ts";
import type {DistributionDependentFlow} from "../../../src/dynamics/index.ts";
import {ensemblesHere, mul} from "../../../src/kernels/index.ts";
import {meanFieldDrift, meanFieldTree, meanFieldVelocity, squareUnit, tanhUnit} from "../../../src/numerics/index.ts";

const key = [3, 9] as const;
const data = [{input: 1, label: 1.6}, {input: 1.5, label: -1}, {input: -0.5, label: 0.4}];
const samples = data.flatMap(({input, label}) => [input, label]);
const theta = [-0.8, 0.1, 1.3, 2.2];
const shape = {neurons: theta.length, samples: data.length, neuron: tanhNeuron};
const bound = {samples, thetaStart: theta, ownDerivative: 1, lionsDerivative: 1};

/** Drift over one Euler–Maruyama step of an equation whose noise vanishes against it. */
async function driftOf(flow: DistributionDependentFlow, parameters: {readonly stepSize: number; readonly ownDerivative: number; readonly lionsDerivative: number}): Promise<readonly number[]> {
  const {state} = await ensemblesHere.simulate(eulerMaruyama({...flow, diffusion: {kind: "diagonal", coefficient: () => ({theta: 0})}}), {parameters: {...bound, ...parameters, timeStep: 2 ** -10}, key, replicas: 1, steps: 1, precision: "float64"});
  return theta.map((value, k) => (state.theta![k]! - value) * 2 ** 10);
}

test("the traced drift is the reference's, with each part of the correction switched on its own", async () => {
  for (const [neuron, unit] of [[tanhNeuron, tanhUnit], [squareNeuron, squareUnit]] as const)
    for (const [own, lions] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
      const found = await driftOf(distributionDependentFlow({...shape, neuron}), {stepSize: 0.3, ownDerivative: own, lionsDerivative: lions});
      meanFieldDrift({unit, data}, theta, {own: 0.3 * own, lions: 0.3 * lions}).forEach((value, k) => assert.ok(Math.abs(found[k]! - value) < 1e-9, `${found[k]} is not ${value}`));
    }
});

/** Covariance of one Euler–Maruyama step over Δ, (M, M). */
async function stepCovariance(flow: DistributionDependentFlow): Promise<readonly (readonly number[])[]> {
  const [replicas, timeStep, count] = [40_000, 2 ** -6, theta.length];
  const {state} = await ensemblesHere.simulate(eulerMaruyama(flow), {parameters: {...bound, stepSize: 0.3, timeStep}, key, replicas, steps: 1});
  const column = (k: number) => Float64Array.from({length: replicas}, (_, i) => state.theta![i * count + k]!);
  const means = theta.map((_, k) => column(k).reduce((sum, value) => sum + value, 0) / replicas);
  return theta.map((_, j) => theta.map((_unused, k) => column(j).reduce((sum, value, i) => sum + (value - means[j]!) * (state.theta![i * count + k]! - means[k]!), 0) / replicas / timeStep));
}

test("the common noise has the covariance η E (V − V̄)(V − V̄)ᵀ by N − 1 Wiener processes, the control its diagonal alone", async () => {
  const velocities = data.map((_, i) => meanFieldVelocity({unit: tanhUnit, data}, theta, i));
  const mean = theta.map((_, k) => velocities.reduce((sum, velocity) => sum + velocity[k]! / data.length, 0));
  const exact = (j: number, k: number) => (0.3 * velocities.reduce((sum, velocity) => sum + (velocity[j]! - mean[j]!) * (velocity[k]! - mean[k]!), 0)) / data.length;
  const [common, independent] = [await stepCovariance(distributionDependentFlow(shape)), await stepCovariance(independentNoiseFlow(shape))];
  theta.forEach((_, j) =>
    theta.forEach((_unused, k) => {
      const scale = Math.sqrt(exact(j, j) * exact(k, k));
      assert.ok(Math.abs(common[j]![k]! - exact(j, k)) < 0.04 * scale, `${j}, ${k}: ${common[j]![k]} is not ${exact(j, k)}`);
      assert.ok(Math.abs(independent[j]![k]! - (j === k ? exact(j, j) : 0)) < 0.04 * scale);
    })
  );
  assert.ok(Math.abs(exact(0, 3)) > 0.2 * Math.sqrt(exact(0, 0) * exact(3, 3)), "common noise is seen off the diagonal");
});

test("contrasts leave fewer columns, and one data point no noise", async () => {
  const columns = async (count: number) => {
    const flow = distributionDependentFlow({...shape, samples: count});
    const found: number[] = [];
    const counted = {...flow, diffusion: {...flow.diffusion, columns: (...given: Parameters<Extract<typeof flow.diffusion, {kind: "general"}>["columns"]>) => {
      const made = (flow.diffusion as Extract<typeof flow.diffusion, {kind: "general"}>).columns(...given);
      found.push(made.length);
      return made;
    }}} as DistributionDependentFlow;
    const {state} = await ensemblesHere.simulate(eulerMaruyama(counted), {parameters: {...bound, samples: samples.slice(0, 2 * count), stepSize: 0.3, timeStep: 0.1}, key, replicas: 2, steps: 1});
    return {columns: found[0], ends: state.theta!};
  };
  assert.equal((await columns(3)).columns, 2);
  const alone = await columns(1);
  assert.equal(alone.columns, 1);
  assert.deepEqual(alone.ends.slice(0, 4), alone.ends.slice(4));
  assert.throws(() => withNoiseContrasts(independentNoiseFlow(shape)), /diffusion: kind: expected "general", found "diagonal"/);
});

test("SGD of the engine on the lifted model has the tree's mean and variance", async () => {
  const replicas = 40_000;
  const {state} = await ensemblesHere.simulate(sgdFlow({model: meanFieldModel(shape), points: ["theta"]}), {parameters: {stepSize: 0.2, ownDerivative: 1, lionsDerivative: 1, thetaStart: theta}, tables: {samples: {rows: 3, values: Float64Array.from(samples)}}, key, replicas, steps: 5});
  const values = Float64Array.from({length: replicas}, (_, i) => theta.reduce((sum, _value, k) => sum + state.theta![i * 4 + k]! ** 2 / 4, 0));
  const exact = meanFieldTree({network: {unit: tanhUnit, data}, particles: theta, stepSize: 0.2, steps: 5, statistic: (value) => value * value});
  const mean = values.reduce((sum, value) => sum + value, 0) / replicas;
  assert.ok(Math.abs(mean - exact.mean) < 5 * Math.sqrt(exact.variance / replicas));
  assert.ok(Math.abs(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / replicas / exact.variance - 1) < 0.05);
});

test("the mirrored path of a pair has the noise with the other sign, each path the equation's", async () => {
  const additive = itoEquation({name: "additive", parameters: {}, state: {x: []}, drift: () => ({x: 0.5}), diffusion: {kind: "general", columns: () => [{x: 2}]}});
  const {state} = await ensemblesHere.simulate(eulerMaruyama(antitheticPair(additive)), {parameters: {timeStep: 0.25}, key, replicas: 50, steps: 4, precision: "float64"});
  const alone = await ensemblesHere.simulate(eulerMaruyama(additive), {parameters: {timeStep: 0.25}, key, replicas: 50, steps: 4, precision: "float64"});
  assert.deepEqual(state.x, alone.state.x);
  state.x!.forEach((value, i) => assert.ok(Math.abs(value + state.xMirrored![i]! - 1) < 1e-12 && Math.abs(value - state.xMirrored![i]!) > 1e-6));
  assert.throws(() => antitheticPair(independentNoiseFlow(shape)), /diffusion: kind: expected "general", found "diagonal"/);
});

test("Wiener moments are sums of the increments with Legendre's weights, with their covariance", async () => {
  const brownian = itoEquation({name: "Brownian", parameters: {}, state: {x: [], y: []}, drift: () => ({x: 0, y: 0}), diffusion: {kind: "general", columns: ({y}) => [{x: 1}, {x: 0, y: mul(0, y)}]}});
  const [replicas, steps] = [60_000, 8];
  const {state} = await ensemblesHere.simulate(weakSecondOrder(withWienerMoments(brownian, 2)), {parameters: {timeStep: 0.25, horizon: 2}, key, replicas, steps});
  const moment = (replica: number, i: number) => state.wienerMoments![replica * 6 + i]!;
  for (let replica = 0; replica < 100; replica++) assert.ok(Math.abs(state.x![replica]! - moment(replica, 0)) < 1e-5);
  const covariance = wienerMomentCovariance(2, steps);
  assert.ok(Math.abs(covariance[0]! - 2) < 1e-12 && Math.abs(covariance[4]! - 2 / 3) < 0.02 && Math.abs(covariance[1]!) < 1e-12);
  for (let a = 0; a < 6; a++)
    for (let b = 0; b <= a; b++) {
      const expected = Math.floor(a / 3) === Math.floor(b / 3) ? covariance[(a % 3) * 3 + (b % 3)]! : 0;
      let sum = 0;
      for (let replica = 0; replica < replicas; replica++) sum += moment(replica, a) * moment(replica, b);
      assert.ok(Math.abs(sum / replicas - expected) < (5 * 2 * Math.SQRT2) / Math.sqrt(replicas), `${a}, ${b}: ${sum / replicas} is not ${expected}`);
    }
  assert.throws(() => weakSecondOrder(withWienerMoments(brownian, 1)), /diffusion: expected 1 columns, found 2/);
});

test("no neurons and no data are refused", () => {
  assert.throws(() => distributionDependentFlow({...shape, neurons: 0}), /neurons: expected an integer of at least 1, found 0/);
  assert.throws(() => distributionDependentFlow({...shape, samples: 0}), /samples: expected an integer of at least 1, found 0/);
  assert.throws(() => independentNoiseFlow({...shape, neurons: 1.5}), /neurons: expected an integer of at least 1, found 1\.5/);
  assert.equal(stochasticModifiedFlow({model: meanFieldModel(shape), points: ["theta"]}).state.theta[0], 4);
});
