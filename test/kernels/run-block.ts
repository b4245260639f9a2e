import {createHash} from "node:crypto";
import {assemble, instantiate, lowerKernel, printC} from "../../src/kernels/index.ts";
import type {Binding, Block, Kernel, LaneBits, LoweredKernel, PassageBlock, PassageRun, SimulationBlock, SimulationRun} from "../../src/kernels/index.ts";
import {interpretPassages, interpretSimulation} from "../../src/kernels/interpreter/index.ts";
import {passagesLayout, simulationLayout} from "../../src/kernels/memory-layout.ts";
import type {MemoryLayout} from "../../src/kernels/memory-layout.ts";
import type {RandomDynamics} from "./random-dynamics.ts";

/** A kernel with what one block of it needs. */
export interface BlockCall {
  readonly kernel: Kernel;
  readonly binding: Binding;
  readonly block: Block;
  readonly run: SimulationRun | PassageRun;
}

/** The three kernels of random dynamics: samples of replicas, sums, first passages. */
export function callsOf({dynamics, observables, quantity, records, binding, block, run, passageRun}: RandomDynamics, bits: LaneBits): readonly BlockCall[] {
  const shared = {dynamics, bits};
  return [
    {kernel: {...shared, kind: "simulation", observables, samples: "replicas"}, binding, block, run},
    {kernel: {...shared, kind: "simulation", observables, samples: "sums"}, binding, block, run},
    {kernel: {...shared, kind: "passages", quantity, records}, binding, block, run: passageRun}
  ];
}

export type BlockResult = SimulationBlock | PassageBlock;

export function layoutOf({kernel, binding, block, run}: BlockCall, {lanes, scratchBytes}: LoweredKernel): MemoryLayout<BlockResult> {
  const shared = {binding, lanes, scratchBytes, capacity: block.count};
  return kernel.kind === "simulation" ? simulationLayout({...shared, kernel, run: run as SimulationRun}) : passagesLayout({...shared, kernel, run: run as PassageRun});
}

/** Puts a call's inputs and arguments into memory of `layout.bytes`. */
export function writeCall(layout: MemoryLayout<BlockResult>, memory: Uint8Array, block: Block): void {
  memory.set(layout.inputs());
  memory.set(new Uint8Array(layout.argumentsOf(block).buffer), layout.argumentsAddress);
}

export const interpretBlock = ({kernel, binding, block, run}: BlockCall): BlockResult =>
  kernel.kind === "simulation" ? interpretSimulation(kernel, binding, block, run as SimulationRun) : interpretPassages(kernel, binding, block, run as PassageRun);

export function runByWebAssembly(call: BlockCall, groups?: number): BlockResult {
  const lowered = lowerKernel(call.kernel, 128 / call.kernel.bits, groups);
  const layout = layoutOf(call, lowered);
  const memory = new WebAssembly.Memory({initial: Math.ceil(layout.bytes / 65_536)});
  writeCall(layout, new Uint8Array(memory.buffer), call.block);
  instantiate(assemble(lowered.program), memory).run(layout.argumentsAddress);
  return layout.read(new Uint8Array(memory.buffer, layout.resultsAddress, layout.bytes - layout.resultsAddress), call.block);
}

/** Runs a call by a C kernel of vectors of `width` replicas. */
export async function runNatively(call: BlockCall, width: number, open: (source: string) => Promise<{run(memory: Uint8Array, offset: number): Promise<void>}>): Promise<BlockResult> {
  const lowered = lowerKernel(call.kernel, width);
  const layout = layoutOf(call, lowered);
  const memory = new Uint8Array(layout.bytes);
  writeCall(layout, memory, call.block);
  await (await open(printC(lowered.program))).run(memory, layout.argumentsAddress);
  return layout.read(memory.subarray(layout.resultsAddress), call.block);
}

/** The bits of a result, all NaNs made one. */
export function bitsOf(result: BlockResult): Record<string, string> {
  return Object.fromEntries(
    Object.entries(result).map(([name, values]: [string, Float32Array | Float64Array | Int32Array]) => {
      const copy = values.slice();
      if (!(copy instanceof Int32Array)) copy.forEach((value, i) => Number.isNaN(value) && (copy[i] = NaN));
      return [name, copy.length <= 6 ? String([...copy].map((value) => (Object.is(value, -0) ? "-0" : value))) : `${createHash("sha256").update(copy).digest("hex").slice(0, 16)} ${copy.slice(0, 4).join()}`];
    })
  );
}
