import {argumentNames, sumLanes} from "./kernel-arguments.ts";
import type {Binding, Block, Kernel, PassageBlock, PassageKernel, PassageRun, RealArray, SimulationBlock, SimulationKernel, SimulationRun} from "./kernel.ts";
import type {LaneBits} from "./lane-arithmetic.ts";
import type {Graph} from "./dynamics.ts";
import {reachable} from "./dynamics.ts";
import {sizeOf} from "./value.ts";

/** Where the arguments, inputs and results of a kernel's calls lie in one memory. */
export interface MemoryLayout<Result> {
  readonly bytes: number;
  readonly argumentsAddress: number;
  /** What all blocks share: the bytes from address 0 on. */
  inputs(): Uint8Array<ArrayBuffer>;
  /** The int32 at `argumentsAddress` for a block. */
  argumentsOf(block: Block): Int32Array<ArrayBuffer>;
  /** Where the results begin; they are zero before a call and end with the memory. */
  readonly resultsAddress: number;
  /** A copy of the results of a block, from the bytes from `resultsAddress` on, aligned to 8. */
  read(results: Uint8Array, block: Block): Result;
}

/** What a layout is made for. `capacity` is the greatest number of replicas of a block. */
export interface LayoutRequest<K extends Kernel, Run> {
  readonly kernel: K;
  readonly binding: Binding;
  readonly run: Run;
  readonly lanes: number;
  readonly scratchBytes: number;
  readonly capacity: number;
}

const alignment = 64;
const mostBytes = 2 ** 31 - 2 ** 16;

/** Number of coordinates of all values of a graph. */
export const componentsOf = (graph: Graph): number => Object.values(graph).reduce((total, {shape}) => total + sizeOf(shape), 0);

interface Areas {
  readonly addresses: ReadonlyMap<string, number>;
  readonly bytes: number;
}

function placeAreas(dynamics: string, sizes: readonly (readonly [string, number])[]): Areas {
  const addresses = new Map<string, number>();
  let bytes = 0;
  for (const [name, size] of sizes) {
    addresses.set(name, bytes);
    bytes += Math.ceil(size / alignment) * alignment;
  }
  if (bytes > mostBytes) throw new RangeError(`${dynamics}: memory of a block of replicas: expected at most ${mostBytes} bytes, found ${bytes}: take fewer samples or levels, or smaller tables`);
  return {addresses, bytes};
}

const reals = (memory: Uint8Array, bits: LaneBits, address: number, length: number): RealArray =>
  bits === 32 ? new Float32Array(memory.buffer, memory.byteOffset + address, length) : new Float64Array(memory.buffer, memory.byteOffset + address, length);

const integers = (memory: Uint8Array, address: number, length: number) => new Int32Array(memory.buffer, memory.byteOffset + address, length);

/** Rows of `count` of a matrix whose rows are `stride` apart, packed. */
function packed<T extends RealArray | Int32Array>(values: T, rows: number, stride: number, count: number): T {
  const copy = new (values.constructor as new (length: number) => T)(rows * count);
  for (let row = 0; row < rows; row++) copy.set(values.subarray(row * stride, row * stride + count) as never, row * count);
  return copy;
}

interface Shared {
  readonly bytes: number;
  readonly resultsAddress: number;
  readonly stride: number;
  readonly at: (name: string) => number;
  inputs(more?: (memory: Uint8Array) => void): Uint8Array<ArrayBuffer>;
  argumentsOf(values: Readonly<Record<string, number>>): Int32Array<ArrayBuffer>;
}

function sharedLayout<Run>({kernel, binding, lanes, scratchBytes, capacity}: LayoutRequest<Kernel, Run>, levels: number, results: (stride: number) => readonly (readonly [string, number])[]): Shared {
  const {dynamics, bits} = kernel;
  const elementBytes = bits / 8;
  const multiple = Math.max(sumLanes, lanes);
  const stride = Math.ceil(capacity / multiple) * multiple;
  const graphs = [...Object.values(dynamics.step), ...Object.values(dynamics.start)];
  const shuffled = new Set(reachable(graphs).flatMap(({operation}) => (operation.op === "drawRow" && !operation.replacement ? [operation.table] : [])));
  const tableNames = Object.keys(dynamics.tables);
  const parameterSize = Object.values(dynamics.parameters).reduce((total, shape) => total + sizeOf(shape), 0);
  const areas = placeAreas(dynamics.name, [
    ["arguments", 4 * (argumentNames[kernel.kind].length + 4 * tableNames.length)],
    ["key", 2 * elementBytes],
    ["parameters", parameterSize * elementBytes],
    ...tableNames.map((name) => [`table ${name}`, binding.tables[name]!.values.length * elementBytes] as const),
    ["levels", levels * elementBytes],
    ["scratch", scratchBytes],
    ...tableNames.map((name) => [`passes ${name}`, shuffled.has(name) ? binding.tables[name]!.rows * lanes * 4 : 0] as const),
    ["results", 0],
    ...results(stride)
  ]);
  const at = (name: string) => areas.addresses.get(name)!;
  return {
    bytes: areas.bytes,
    resultsAddress: at("results"),
    stride,
    at,
    inputs(more) {
      const memory = new Uint8Array(at("scratch"));
      const key = integers(memory, at("key"), (2 * elementBytes) / 4);
      key.fill(0);
      binding.key.forEach((word, i) => (key[(i * elementBytes) / 4] = word | 0));
      let address = at("parameters");
      for (const [name, shape] of Object.entries(dynamics.parameters)) {
        const given = binding.parameters[name]!;
        reals(memory, bits, address, sizeOf(shape)).set(typeof given === "number" ? [given] : given);
        address += sizeOf(shape) * elementBytes;
      }
      for (const name of tableNames) reals(memory, bits, at(`table ${name}`), binding.tables[name]!.values.length).set(binding.tables[name]!.values);
      more?.(memory);
      return memory;
    },
    argumentsOf(values) {
      const named = argumentNames[kernel.kind].map((name) => values[name] ?? at(name));
      const tables = tableNames.flatMap((name) => [at(`table ${name}`), binding.tables[name]!.rows, binding.tables[name]!.columns * elementBytes, at(`passes ${name}`)]);
      return Int32Array.of(...named, ...tables);
    }
  };
}

/** The layout of a simulation. */
export function simulationLayout(request: LayoutRequest<SimulationKernel, SimulationRun>): MemoryLayout<SimulationBlock> {
  const {kernel, run} = request;
  const {bits} = kernel;
  const elementBytes = bits / 8;
  const states = componentsOf(kernel.dynamics.step);
  const components = componentsOf(kernel.observables);
  const sampleCount = components === 0 ? 0 : Math.floor(run.steps / run.every);
  const rows = kernel.samples === "replicas" ? sampleCount * components : sampleCount * (components + 1);
  const sampleStride = (stride: number) => (kernel.samples === "replicas" ? stride : sumLanes);
  const {stride, at, ...shared} = sharedLayout(request, 0, (stride) => [
    ["states", states * stride * elementBytes],
    ["divergences", stride * elementBytes],
    ["samples", rows * sampleStride(stride) * elementBytes]
  ]);
  const within = (name: string) => at(name) - shared.resultsAddress;
  return {
    bytes: shared.bytes,
    argumentsAddress: at("arguments"),
    resultsAddress: shared.resultsAddress,
    inputs: shared.inputs,
    argumentsOf: ({first, count}) => shared.argumentsOf({first, count, stride, steps: run.steps, every: run.every}),
    read(results, {count}) {
      const words = integers(results, within("divergences"), (stride * elementBytes) / 4);
      return {
        states: packed(reals(results, bits, within("states"), states * stride), states, stride, count),
        divergences: Int32Array.from({length: count}, (_, replica) => words[(replica * elementBytes) / 4]!),
        samples: packed(reals(results, bits, within("samples"), rows * sampleStride(stride)), rows, sampleStride(stride), kernel.samples === "replicas" ? count : sumLanes)
      };
    }
  };
}

/** The layout of first passages. */
export function passagesLayout(request: LayoutRequest<PassageKernel, PassageRun>): MemoryLayout<PassageBlock> {
  const {kernel, run} = request;
  const {bits} = kernel;
  const levelCount = run.levels.length;
  const rows = (levelCount + 1) * componentsOf(kernel.records);
  const {stride, at, ...shared} = sharedLayout(request, levelCount + 1, (stride) => [
    ["passages", levelCount * stride * 4],
    ["ends", stride * 4],
    ["reasons", stride * 4],
    ["records", (rows * stride * bits) / 8]
  ]);
  const within = (name: string) => at(name) - shared.resultsAddress;
  return {
    bytes: shared.bytes,
    argumentsAddress: at("arguments"),
    resultsAddress: shared.resultsAddress,
    inputs: () => shared.inputs((memory) => reals(memory, bits, at("levels"), levelCount + 1).set([...run.levels, Infinity])),
    argumentsOf: ({first, count}) => shared.argumentsOf({first, count, stride, steps: run.steps, levelCount}),
    read: (results, {count}) => ({
      passages: packed(integers(results, within("passages"), levelCount * stride), levelCount, stride, count),
      ends: packed(integers(results, within("ends"), stride), 1, stride, count),
      reasons: packed(integers(results, within("reasons"), stride), 1, stride, count),
      records: packed(reals(results, bits, within("records"), rows * stride), rows, stride, count)
    })
  };
}
