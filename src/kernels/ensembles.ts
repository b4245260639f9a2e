import type {Dynamics, ParameterShapes, StateShapes, TableColumns} from "./dynamics.ts";
import {planPassages, planSimulation} from "./ensemble.ts";
import type {PassageRequest, Passages, Simulation, SimulationRequest} from "./ensemble.ts";
import {runHere} from "./run-here.ts";
import type {RunOptions} from "./run-here.ts";

/**
 * Runs ensembles of small stochastic recursions. Where and on how many threads
 * does not show in the results: replica r of a key is the same bit for bit.
 */
export interface Ensembles {
  /** Runs all replicas for a fixed number of steps. */
  simulate<P extends ParameterShapes, S extends StateShapes, T extends TableColumns>(dynamics: Dynamics<P, S, T>, request: SimulationRequest<P, S, T>, options?: RunOptions): Promise<Simulation>;
  /** Runs every replica until a quantity has passed the last of increasing levels, and records the step of each passage. */
  firstPassages<P extends ParameterShapes, S extends StateShapes, T extends TableColumns>(dynamics: Dynamics<P, S, T>, request: PassageRequest<P, S, T>, options?: RunOptions): Promise<Passages>;
}

/** Ensembles on this thread, by WebAssembly; in Node and in browsers. */
export const ensemblesHere: Ensembles = {
  simulate: async (dynamics, request, options) => runHere(planSimulation(dynamics, request), options),
  firstPassages: async (dynamics, request, options) => runHere(planPassages(dynamics, request), options)
};
