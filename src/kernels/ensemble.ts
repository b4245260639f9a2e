import {reachable, traceObservables} from "./dynamics.ts";
import type {Dynamics, Graph, Observables, ParameterShapes, StateShapes, TableColumns} from "./dynamics.ts";
import {endReasons, sumLanes} from "./kernel-arguments.ts";
import type {EndReason} from "./kernel-arguments.ts";
import type {Binding, Block, Kernel, PassageBlock, PassageKernel, PassageRun, RealArray, SimulationBlock, SimulationKernel, SimulationRun, Table} from "./kernel.ts";
import type {LaneBits} from "./lane-arithmetic.ts";
import {componentsOf, passagesLayout, simulationLayout} from "./memory-layout.ts";
import type {MemoryLayout} from "./memory-layout.ts";
import {sizeOf} from "./value.ts";
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

const mostSteps = 2 ** 31 - 2;
const mostReplicas = 2 ** 31 - 2 ** 16;

const show = (value: unknown) => (typeof value === "number" || value === undefined || value === null ? String(value) : (JSON.stringify(value)?.slice(0, 60) ?? String(value)));

function checkInteger(where: string, value: unknown, least: number, most: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) throw new RangeError(`${where}: expected an integer from ${least} to ${most}, found ${show(value)}`);
  return value;
}

function checkReplicas(name: string, replicas: number | Block): Block {
  const {first, count} = typeof replicas === "object" && replicas !== null ? replicas : {first: 0, count: replicas};
  checkInteger(`${name}: replicas`, count, 1, mostReplicas);
  checkInteger(`${name}: first replica`, first, 0, mostReplicas - count);
  return {first, count};
}

function checkedBinding(dynamics: Dynamics, {parameters, tables = {}, key}: EnsembleRequest<ParameterShapes, TableColumns>): Binding {
  const {name} = dynamics;
  const unknown = Object.keys(parameters).find((parameter) => !(parameter in dynamics.parameters));
  if (unknown !== undefined) throw new RangeError(`${name}: parameter ${unknown}: expected one of ${Object.keys(dynamics.parameters).join(", ") || "(none)"}`);
  for (const [parameter, shape] of Object.entries(dynamics.parameters)) {
    const value: unknown = parameters[parameter];
    const where = `${name}: parameter ${parameter}`;
    if (value === undefined) throw new RangeError(`${where}: expected ${shape.length === 0 ? "a number" : `${sizeOf(shape)} numbers`}, found nothing`);
    if (shape.length === 0 ? typeof value !== "number" : typeof value !== "object" || value === null || (value as RealArray).length !== sizeOf(shape))
      throw new RangeError(`${where}: expected ${shape.length === 0 ? "a number" : `${sizeOf(shape)} numbers`}, found ${show(value)}`);
    const numbers: ArrayLike<unknown> = typeof value === "number" ? [value] : (value as RealArray);
    for (let i = 0; i < numbers.length; i++) if (typeof numbers[i] !== "number" || Number.isNaN(numbers[i])) throw new RangeError(`${where}${shape.length === 0 ? "" : `[${i}]`}: expected a number, found ${show(numbers[i])}`);
  }
  const bound = Object.fromEntries(
    Object.entries(dynamics.tables).map(([table, columns]): [string, Table] => {
      const given = tables[table];
      const where = `${name}: table ${table}`;
      if (given === undefined) throw new RangeError(`${where}: expected rows of ${columns} numbers, found nothing`);
      checkInteger(`${where}: rows`, given.rows, 1, 2 ** 31 - 1);
      if (given.values.length !== given.rows * columns) throw new RangeError(`${where}: expected ${given.rows} rows of ${columns} numbers, found ${given.values.length} numbers`);
      return [table, {rows: given.rows, columns, values: given.values}];
    })
  );
  if (!Array.isArray(key) || key.length !== 2) throw new RangeError(`${name}: key: expected two integers, found ${show(key)}`);
  key.forEach((word, i) => checkInteger(`${name}: key[${i}]`, word, -(2 ** 31), 2 ** 32 - 1));
  return {parameters: parameters as Binding["parameters"], tables: bound, key};
}

function checkSteps(dynamics: Dynamics, graphs: readonly Graph[], steps: unknown, least: number, bits: LaneBits): number {
  const checked = checkInteger(`${dynamics.name}: steps`, steps, least, mostSteps);
  const readsStep = graphs.some((graph) => reachable(Object.values(graph)).some(({operation}) => operation.op === "step"));
  if (bits === 32 && readsStep && checked > 2 ** 24) throw new RangeError(`${dynamics.name}: steps: expected at most ${2 ** 24} where a float32 step reads its number, found ${checked}`);
  return checked;
}

const bitsOf = (name: string, precision: unknown): LaneBits => {
  if (precision === undefined || precision === "float32") return 32;
  if (precision === "float64") return 64;
  throw new RangeError(`${name}: precision: expected float32 or float64, found ${show(precision)}`);
};

function blocksOf({first, count}: Block, size: number): readonly Block[] {
  return Array.from({length: Math.ceil(count / size)}, (_, i) => ({first: first + i * size, count: Math.min(size, count - i * size)}));
}

const realArray = (bits: LaneBits, length: number): RealArray => (bits === 32 ? new Float32Array(length) : new Float64Array(length));

/** Columns (components, count) of blocks to (replicas, n) by name, for the row of components that starts at `firstRow`. */
function gatherComponents(graph: Graph, bits: LaneBits, replicas: Block, blocks: readonly Block[], partOf: (index: number) => RealArray, row: number, rows: number): Readonly<Record<string, RealArray>> {
  const components = componentsOf(graph);
  let before = 0;
  return Object.fromEntries(
    Object.entries(graph).map(([name, {shape}]) => {
      const length = sizeOf(shape);
      const all = realArray(bits, rows * replicas.count * length);
      blocks.forEach(({first, count}, index) => {
        const values = partOf(index);
        for (let r = 0; r < rows; r++)
          for (let i = 0; i < length; i++) {
            const from = ((row + r) * components + before + i) * count;
            for (let replica = 0; replica < count; replica++) all[(r * replicas.count + first - replicas.first + replica) * length + i] = values[from + replica]!;
          }
      });
      before += length;
      return [name, all];
    })
  );
}

/** Sums of the 16 lanes of a block in a fixed order, by pairs. */
function sumOfLanes(values: RealArray, from: number): number {
  const sums = Array.from({length: sumLanes}, (_, lane) => values[from + lane]!);
  for (let width = sumLanes / 2; width >= 1; width /= 2) for (let lane = 0; lane < width; lane++) sums[lane]! += sums[lane + width]!;
  return sums[0]!;
}

function mergeSums(graph: Graph, sampleCount: number, results: readonly SimulationBlock[]): Pick<Simulation, "sums" | "counts"> {
  const components = componentsOf(graph);
  const total = (sample: number, component: number) => results.reduce((sum, {samples}) => sum + sumOfLanes(samples, (sample * (components + 1) + component) * sumLanes), 0);
  let before = 0;
  const sums = Object.fromEntries(
    Object.entries(graph).map(([name, {shape}]) => {
      const [first, length] = [before, sizeOf(shape)];
      before += length;
      return [name, Float64Array.from({length: sampleCount * length}, (_, i) => total(Math.floor(i / length), first + (i % length)))];
    })
  );
  return {sums, counts: Float64Array.from({length: sampleCount}, (_, sample) => total(sample, components))};
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
  const kernel: SimulationKernel = {kind: "simulation", dynamics: untyped, bits, observables, samples: request.samples ?? "replicas"};
  const binding = checkedBinding(untyped, request as EnsembleRequest<ParameterShapes, TableColumns>);
  const observes = Object.keys(observables).length > 0;
  const run = {steps, every: observes ? every : Math.max(steps, 1)};
  const sampleCount = observes ? Math.floor(steps / every) : 0;
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
      divergedAt: Int32Array.from(results.flatMap(({divergences}) => [...divergences])),
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
  const rounded = levels.map((level) => (bits === 32 ? Math.fround(level) : level));
  rounded.forEach((level, i) => {
    if (!Number.isFinite(level) || (i > 0 && level <= rounded[i - 1]!)) throw new RangeError(`${name}: levels[${i}]: expected a finite number above the level before it, found ${show(levels[i])}`);
  });
  const replicas = checkReplicas(name, request.replicas);
  const kernel: PassageKernel = {kind: "passages", dynamics: untyped, bits, quantity, records};
  const binding = checkedBinding(untyped, request as EnsembleRequest<ParameterShapes, TableColumns>);
  const run = {levels: rounded, steps};
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
        ends: Int32Array.from(results.flatMap(({ends}) => [...ends])),
        reasons: results.flatMap(({reasons}) => Array.from(reasons, (reason) => endReasons[reason]!)),
        atPassage: gatherComponents(records, bits, replicas, blocks, (i) => results[i]!.records, 0, levels.length),
        atEnd: gatherComponents(records, bits, replicas, blocks, (i) => results[i]!.records, levels.length, 1)
      };
    }
  };
}
