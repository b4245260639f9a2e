import {defineExperiment} from "../experiment.ts";
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

type ClockCell = Pick<ClockChain, "clock" | "relativeTimeStep">;

const relaxationRate = {t: 1, tau: 2};

const nameOf = ({clock, relativeTimeStep}: ClockCell): string => `clock ${clock} step ${relativeTimeStep}`;

/**
 * The random time change dτ = L dt: chains of the multiplicative-noise
 * equation in t and of the additive-noise equation in τ, on one bowl at one
 * temperature, each run to stationarity in its own clock, with the time step
 * and half of it. One position a chain.
 */
export const randomTimeChange = /* @__PURE__ */ defineExperiment({
  cells: ({temperature, replicas, relativeTimeStep, relaxationTimes}: RandomTimeChangeParameters) =>
    (["t", "tau"] as const)
      .flatMap((clock) => [relativeTimeStep, relativeTimeStep / 2].map((step): ClockCell => ({clock, relativeTimeStep: step})))
      .map((cell) => ({name: nameOf(cell), reads: {...cell, temperature, relaxationTimes}, replicas})),

  async run({temperature, relaxationTimes, ...cell}: ClockCell & Pick<RandomTimeChangeParameters, "temperature" | "relaxationTimes">, {stream, ensembles, progress, replicas}): Promise<readonly ClockChain[]> {
    const {clock, relativeTimeStep} = cell;
    const {state, divergedAt} = await ensembles.simulate(
      clockEquations[clock],
      {parameters: {temperature, timeStep: relativeTimeStep / relaxationRate[clock]}, key: stream(nameOf(cell), 0).ensembleKey(), replicas, steps: Math.ceil(relaxationTimes / relativeTimeStep)},
      {progress}
    );
    return chainEnds(state.position, divergedAt).map(({position, divergedAt}, i) => ({clock, relativeTimeStep, chain: replicas.first + i, position, divergedAt}));
  }
});
