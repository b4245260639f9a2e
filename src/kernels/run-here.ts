import type {Block, Kernel} from "./kernel.ts";
import type {EnsemblePlan} from "./ensemble.ts";
import {lowerKernel} from "./lowering/index.ts";
import type {LoweredKernel} from "./lowering/index.ts";
import {assemble, instantiate, missingWebAssembly} from "./webassembly/index.ts";

/** How a run reports, and is ended. */
export interface RunOptions {
  readonly progress?: (done: number, total: number) => void;
  /** Ends the run between two blocks. */
  readonly signal?: AbortSignal;
}

/** A kernel as a WebAssembly module. */
export interface CompiledKernel {
  readonly lowered: LoweredKernel;
  readonly module: WebAssembly.Module;
}

/** Compiles a kernel on this thread. */
export function compileKernel(kernel: Kernel): CompiledKernel {
  const lowered = lowerKernel(kernel, 128 / kernel.bits);
  const missing = missingWebAssembly();
  if (missing !== undefined) throw new Error(`${kernel.dynamics.name}: expected a host with WebAssembly and its 128-bit SIMD, found one without ${missing}`);
  return {lowered, module: new WebAssembly.Module(assemble(lowered.program))};
}

/** Replicas of a block: a multiple of the 16 lanes of sums, so that their order does not depend on it. */
export const replicasOfBlock = 256;

const pageBytes = 65_536;
const longestTurn = 25;

/**
 * Runs an ensemble by WebAssembly on this thread, in Node or in a browser,
 * giving way to other tasks between blocks.
 * @throws the signal's reason, if it is aborted; Error where there is no WebAssembly SIMD.
 */
export async function runHere<BlockResult, Result>(plan: EnsemblePlan<BlockResult, Result>, {progress, signal}: RunOptions = {}, prepared?: CompiledKernel): Promise<Result> {
  const {lowered, module} = prepared ?? compileKernel(plan.kernel);
  const blocks = plan.blocks(replicasOfBlock);
  const layout = plan.layout(lowered, Math.min(replicasOfBlock, plan.replicas.count));
  const memory = new WebAssembly.Memory({initial: Math.ceil(layout.bytes / pageBytes)});
  const bytes = new Uint8Array(memory.buffer);
  const kernel = instantiate(module, memory);
  bytes.set(layout.inputs());
  const results: BlockResult[] = [];
  let turn = performance.now();
  for (const block of blocks) {
    signal?.throwIfAborted();
    results.push(runBlock(block));
    progress?.(results.length, blocks.length);
    if (performance.now() - turn < longestTurn) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    turn = performance.now();
  }
  return plan.merge(blocks, results);

  function runBlock(block: Block): BlockResult {
    new Int32Array(memory.buffer, layout.argumentsAddress).set(layout.argumentsOf(block));
    bytes.fill(0, layout.resultsAddress, layout.bytes);
    kernel.run(layout.argumentsAddress);
    return layout.read(bytes.subarray(layout.resultsAddress, layout.bytes), block);
  }
}
