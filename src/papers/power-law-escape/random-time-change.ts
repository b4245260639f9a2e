import {eulerMaruyamaStep, runEnsemble, stochasticHeunStep} from "../../dynamics/index.ts";
import type {Dynamics} from "../../dynamics/index.ts";
import type {RandomStream} from "../../random/index.ts";
import {normals, tf} from "../../tensors/index.ts";
import type {Tensor} from "../../tensors/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import type {RandomTimeChangeParameters} from "./parameters.ts";

/** The clock that a chain is run in: t of the multiplicative-noise equation, τ of the additive-noise one. */
export type Clock = "t" | "tau";

/** One chain's position at stationarity of its clock. */
export interface ClockChain {
  readonly clock: Clock;
  readonly relativeTimeStep: number;
  readonly chain: number;
  /** θ in units in which L = (1 + θ²)/2. */
  readonly position: number;
}

interface ClockCell {
  readonly clock: Clock;
  readonly temperature: number;
  readonly timeStep: number;
  readonly replicas: number;
  readonly stream: RandomStream;
}

/**
 * The two equations on the bowl L = (1 + θ²)/2:
 * dθ = −θ dt + √(T (1 + θ²)) dW by Euler–Maruyama, and
 * dθ = −2θ/(1 + θ²) dτ + √(2T) dW by stochastic Heun.
 */
function clockDynamics({clock, temperature, timeStep, replicas, stream}: ClockCell): Dynamics {
  const twiceLoss = (x: Tensor) => tf.add(tf.square(x), 1);
  return {
    initial: () => [tf.zeros([replicas])],
    draw: (chunk, steps) => [normals(stream, chunk, [steps, replicas])],
    step: ([position], [noise]) =>
      clock === "t"
        ? [eulerMaruyamaStep(position!, (x) => tf.mul(x, -timeStep), (x) => tf.sqrt(tf.mul(twiceLoss(x), temperature * timeStep)), noise!)]
        : [stochasticHeunStep(position!, (x) => tf.div(tf.mul(x, -2 * timeStep), twiceLoss(x)), tf.mul(noise!, Math.sqrt(2 * temperature * timeStep)))]
  };
}

const chunkSteps = 32;

/**
 * The random time change dτ = L dt: chains of the multiplicative-noise
 * equation in t and of the additive-noise equation in τ, on one bowl at one
 * temperature, each run to stationarity in its own clock, with the time step
 * and half of it. One position a chain.
 */
export function randomTimeChange({temperature, replicas, relativeTimeStep, relaxationTimes}: RandomTimeChangeParameters, {stream, progress}: ExperimentContext): readonly ClockChain[] {
  const relaxationRate = {t: 1, tau: 2};
  const cells = (["t", "tau"] as const).flatMap((clock) => [relativeTimeStep, relativeTimeStep / 2].map((step) => ({clock, step})));
  const stepsOf = (step: number) => Math.ceil(relaxationTimes / step);
  const total = cells.reduce((sum, {step}) => sum + stepsOf(step), 0);
  let finished = 0;
  return cells.flatMap(({clock, step}) => {
    const dynamics = clockDynamics({clock, temperature, timeStep: step / relaxationRate[clock], replicas, stream: stream(`clock ${clock} step ${step}`, 0)});
    const [position] = runEnsemble(dynamics, {
      steps: stepsOf(step),
      chunkSteps,
      progress: (done) => progress(finished + done, total)
    });
    finished += stepsOf(step);
    const positions = position!.dataSync();
    tf.dispose(position!);
    return Array.from(positions, (value, chain): ClockChain => ({clock, relativeTimeStep: step, chain, position: value}));
  });
}
