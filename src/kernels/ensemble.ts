import {bitsOf, checkedBinding, checkInteger, checkReplicas, checkResults, checkSteps, mostSteps, samplesOf, show} from "./check-request.ts";
import {traceObservables} from "./dynamics.ts";
import type {Dynamics, Observables, ParameterShapes, StateShapes, TableColumns} from "./dynamics.ts";
import {endReasons} from "./kernel-arguments.ts";
import type {EndReason} from "./kernel-arguments.ts";
import type {Binding, Block, Kernel, PassageBlock, PassageKernel, PassageRun, RealArray, SimulationBlock, SimulationKernel, SimulationRun} from "./kernel.ts";
import {componentsOf, passagesLayout, simulationLayout} from "./memory-layout.ts";
import type {MemoryLayout} from "./memory-layout.ts";
import {gatherComponents, joinIntegers, mergeSums} from "./merge-blocks.ts";
import type {ParameterShape} from "./value.ts";

/** Numbers that a parameter of a shape is bound to; a matrix row after row. */
export type ParameterBinding<Shape extends ParameterShape> = Shape extends readonly [] ? number : readonly number[] | RealArray;

/** What every ensemble needs. */
export interface EnsembleRequest<P extends ParameterShapes, T extends TableColumns> {
  readonly parameters: {readonly [K in keyof P]: ParameterBinding<P[K]>};
  readonly tables?: {readonly [K in keyof T]: {readonly rows: number; readonly values: RealArray}};
  /** Key of the random numbers, from a stream's ensembleKey. */
  readonly key: readonly [number, number];
  /** Number of replicas, or a range of them: replica number r is the same in every ensemble of this key. */
  readonly replicas: number | Block;
  /** float32 by default. */
  readonly precision?: "float32" | "float64";
}

/** A run of a fixed number of steps. */
export interface SimulationRequest<P extends ParameterShapes, S extends StateShapes, T extends TableColumns> extends EnsembleRequest<P, T> {
  readonly steps: number;
  /** What is read every `every` steps. */
  readonly observe?: Observables<P, S, T>;
  /** Steps between samples, all steps by default; the first sample is taken after `every` steps. */
  readonly every?: number;
  /** Whether samples are kept for every replica, or summed over those that have not diverged. */
  readonly samples?: "replicas" | "sums";
}

/** A run of every replica until a quantity has passed the last of increasing levels. */
export interface PassageRequest<P extends ParameterShapes, S extends StateShapes, T extends TableColumns> extends EnsembleRequest<P, T> {
  /** The one observable that is compared with the levels after every step. */
  readonly quantity: Observables<P, S, T>;
  /** Increasing levels. */
  readonly levels: readonly number[];
  /** Steps after which a replica is censored. */
  readonly steps: number;
  /** What is read at each passage and at the end of each replica. */
  readonly record?: Observables<P, S, T>;
}

/** The replicas of a simulation. */
export interface Simulation {
  readonly replicas: number;
  /** The state after the last step by variable: (replicas) or (replicas, n), row-major. */
  readonly state: Readonly<Record<string, RealArray>>;
  /** (replicas): the step after which the sum of the state's coordinates was first not finite; 0 where it never was. */
  readonly divergedAt: Int32Array;
  /** Number of samples. */
  readonly sampleCount: number;
  /** By observable, (samples, replicas) or (samples, replicas, n); empty unless samples are kept for each replica. */
  readonly samples: Readonly<Record<string, RealArray>>;
  /** By observable, (samples) or (samples, n): sums over the replicas that have not diverged; empty unless asked for. */
  readonly sums: Readonly<Record<string, Float64Array>>;
  /** (samples): how many replicas the sums are of. */
  readonly counts: Float64Array;
}

/** The first passages of an ensemble. */
export interface Passages {
  readonly replicas: number;
  /** (levels, replicas): the first step after which the quantity was at the level or above; 0 where that was not seen. */
  readonly passages: Int32Array;
  /** (replicas): the number of steps made. */
  readonly ends: Int32Array;
  /** (replicas): why the replica ended; one that diverged ended when its quantity was first NaN or ∞; −∞ is below every level. */
  readonly reasons: readonly EndReason[];
  /** By record, (levels, replicas) or (levels, replicas, n): its value at the passage, 0 where there was none. */
  readonly atPassage: Readonly<Record<string, RealArray>>;
  /** By record, (replicas) or (replicas, n): its value at the end. */
  readonly atEnd: Readonly<Record<string, RealArray>>;
}

/** A checked ensemble, ready to be run block by block on any back end. */
export interface EnsemblePlan<BlockResult, Result> {
  readonly kernel: Kernel;
  readonly binding: Binding;
  readonly run: SimulationRun | PassageRun;
  readonly replicas: Block;
  /** Steps that a replica makes at most. */
  readonly steps: number;
  /** Memory for calls of up to `capacity` replicas. */
  readonly layout: (lowered: {readonly lanes: number; readonly scratchBytes: number}, capacity: number) => MemoryLayout<BlockResult>;
  /** Blocks of at most `size` replicas, in order. */
  readonly blocks: (size: number) => readonly Block[];
  /** The results of all blocks, which stand in the order of the blocks. */
  readonly merge: (blocks: readonly Block[], results: readonly BlockResult[]) => Result;
}

function blocksOf({first, count}: Block, size: number): readonly Block[] {
  return Array.from({length: Math.ceil(count / size)}, (_, i) => ({first: first + i * size, count: Math.min(size, count - i * size)}));
}

/**
 * Checks a simulation.
 * @throws RangeError or TypeError that names the dynamics, the value and what was expected, before any work.
 */
export function planSimulation<P extends ParameterShapes, S extends StateShapes, T extends TableColumns>(dynamics: Dynamics<P, S, T>, request: SimulationRequest<P, S, T>): EnsemblePlan<SimulationBlock, Simulation> {
  const untyped = dynamics as unknown as Dynamics;
  const bits = bitsOf(dynamics.name, request.precision);
  const observables = request.observe === undefined ? {} : traceObservables(dynamics, request.observe);
  const steps = checkSteps(untyped, [dynamics.step, observables], request.steps, 0, bits);
  const every = request.every === undefined ? 1 : checkInteger(`${dynamics.name}: every`, request.every, 1, mostSteps);
  const replicas = checkReplicas(dynamics.name, request.replicas);
  const kernel: SimulationKernel = {kind: "simulation", dynamics: untyped, bits, observables, samples: samplesOf(dynamics.name, request.samples)};
  const binding = checkedBinding(untyped, request as EnsembleRequest<ParameterShapes, TableColumns>);
  const observes = Object.keys(observables).length > 0;
  const run = {steps, every: observes ? every : Math.max(steps, 1)};
  const sampleCount = observes ? Math.floor(steps / every) : 0;
  const kept = kernel.samples === "replicas" ? sampleCount * componentsOf(observables) : 0;
  checkResults(dynamics.name, replicas.count * ((componentsOf(dynamics.step) + kept) * (bits / 8) + 4));
  return {
    kernel,
    binding,
    run,
    replicas,
    steps,
    layout: (lowered, capacity) => simulationLayout({kernel, binding, run, capacity, ...lowered}),
    blocks: (size) => blocksOf(replicas, size),
    merge: (blocks, results) => ({
      replicas: replicas.count,
      state: gatherComponents(dynamics.step, bits, replicas, blocks, (i) => results[i]!.states, 0, 1),
      divergedAt: joinIntegers(replicas.count, results.map(({divergences}) => divergences)),
      sampleCount,
      samples: kernel.samples === "replicas" ? gatherComponents(observables, bits, replicas, blocks, (i) => results[i]!.samples, 0, sampleCount) : {},
      ...(kernel.samples === "sums" ? mergeSums(observables, sampleCount, results) : {sums: {}, counts: new Float64Array(0)})
    })
  };
}

/**
 * Checks a first-passage run.
 * @throws RangeError or TypeError that names the dynamics, the value and what was expected, before any work.
 */
export function planPassages<P extends ParameterShapes, S extends StateShapes, T extends TableColumns>(dynamics: Dynamics<P, S, T>, request: PassageRequest<P, S, T>): EnsemblePlan<PassageBlock, Passages> {
  const untyped = dynamics as unknown as Dynamics;
  const {name} = dynamics;
  const bits = bitsOf(name, request.precision);
  const watched = Object.values(traceObservables(dynamics, request.quantity));
  const [quantity] = watched;
  if (quantity === undefined || watched.length > 1 || quantity.shape.length > 0) throw new RangeError(`${name}: quantity: expected one scalar observable, found ${watched.length === 1 ? `one of shape [${quantity!.shape.join()}]` : String(watched.length)}`);
  const records = request.record === undefined ? {} : traceObservables(dynamics, request.record);
  const steps = checkSteps(untyped, [dynamics.step, {quantity}, records], request.steps, 1, bits);
  const {levels} = request;
  if (!Array.isArray(levels) || levels.length === 0) throw new RangeError(`${name}: levels: expected at least one number, found ${show(levels)}`);
  const rounded = levels.map((level: unknown) => (typeof level === "number" ? (bits === 32 ? Math.fround(level) : level) : NaN));
  rounded.forEach((level, i) => {
    if (!Number.isFinite(level) || (i > 0 && level <= rounded[i - 1]!)) throw new RangeError(`${name}: levels[${i}]: expected a finite number above the level before it, found ${show(levels[i])}`);
  });
  const replicas = checkReplicas(name, request.replicas);
  const kernel: PassageKernel = {kind: "passages", dynamics: untyped, bits, quantity, records};
  const binding = checkedBinding(untyped, request as EnsembleRequest<ParameterShapes, TableColumns>);
  const run = {levels: rounded, steps};
  checkResults(name, replicas.count * (levels.length * 4 + 8 + (levels.length + 1) * componentsOf(records) * (bits / 8)));
  const safeSize = Math.max(1, Math.floor(mostSteps / (steps + 1)));
  return {
    kernel,
    binding,
    run,
    replicas,
    steps,
    layout: (lowered, capacity) => passagesLayout({kernel, binding, run, capacity, ...lowered}),
    blocks: (size) => blocksOf(replicas, Math.min(size, safeSize)),
    merge: (blocks, results) => {
      const passages = new Int32Array(levels.length * replicas.count);
      blocks.forEach(({first, count}, i) => levels.forEach((_, level) => passages.set(results[i]!.passages.subarray(level * count, (level + 1) * count), level * replicas.count + first - replicas.first)));
      return {
        replicas: replicas.count,
        passages,
        ends: joinIntegers(replicas.count, results.map(({ends}) => ends)),
        reasons: Array.from(joinIntegers(replicas.count, results.map(({reasons}) => reasons)), (reason) => endReasons[reason]!),
        atPassage: gatherComponents(records, bits, replicas, blocks, (i) => results[i]!.records, 0, levels.length),
        atEnd: gatherComponents(records, bits, replicas, blocks, (i) => results[i]!.records, levels.length, 1)
      };
    }
  };
}
