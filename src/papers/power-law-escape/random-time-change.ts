import type {ExperimentContext} from "../experiment.ts";
import {chainEnds} from "./chain-end.ts";
import type {ChainEnd} from "./chain-end.ts";
import {clockEquations} from "./clock-equations.ts";
import type {Clock} from "./clock-equations.ts";
import type {RandomTimeChangeParameters} from "./parameters.ts";

/** One chain at stationarity of its clock. */
export interface ClockChain extends ChainEnd {
  readonly clock: Clock;
  readonly relativeTimeStep: number;
  readonly chain: number;
}

const relaxationRate = {t: 1, tau: 2};

/**
 * The random time change dτ = L dt: chains of the multiplicative-noise
 * equation in t and of the additive-noise equation in τ, on one bowl at one
 * temperature, each run to stationarity in its own clock, with the time step
 * and half of it. One position a chain.
 */
export async function randomTimeChange({temperature, replicas, relativeTimeStep, relaxationTimes}: RandomTimeChangeParameters, {stream, ensembles, progress}: ExperimentContext): Promise<readonly ClockChain[]> {
  const cells = (["t", "tau"] as const).flatMap((clock) => [relativeTimeStep, relativeTimeStep / 2].map((step) => ({clock, step, steps: Math.ceil(relaxationTimes / step)})));
  const total = cells.reduce((sum, {steps}) => sum + steps, 0);
  const chains: ClockChain[] = [];
  let finished = 0;
  for (const {clock, step, steps} of cells) {
    const {state, divergedAt} = await ensembles.simulate(
      clockEquations[clock],
      {parameters: {temperature, timeStep: step / relaxationRate[clock]}, key: stream(`clock ${clock} step ${step}`, 0).ensembleKey(), replicas, steps},
      {progress: (done, blocks) => progress(finished + (steps * done) / blocks, total)}
    );
    finished += steps;
    chainEnds(state.position, divergedAt).forEach((end, chain) => chains.push({clock, relativeTimeStep: step, chain, ...end}));
  }
  return chains;
}
