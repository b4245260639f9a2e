import {compileKernel, planPassages, planSimulation, replicasOfBlock} from "../kernels/index.ts";
import type {EnsemblePlan, Ensembles, RunOptions} from "../kernels/index.ts";

/** What a worker is told: run the module for each block's arguments, in order. */
export interface WorkerTask {
  readonly module: WebAssembly.Module;
  /** Size of the memory, whose first bytes are `inputs`. */
  readonly bytes: number;
  readonly inputs: Uint8Array<ArrayBuffer>;
  readonly argumentsAddress: number;
  /** Where the results begin; they end with the memory. */
  readonly resultsAddress: number;
  readonly calls: readonly Int32Array<ArrayBuffer>[];
}

/** The part of a browser's Worker that is needed. */
export type WorkerHandle = Pick<Worker, "postMessage" | "addEventListener" | "terminate">;

/**
 * Ensembles by WebAssembly, each run in a worker of its own, so that the page
 * stays responsive. The worker answers a {@link WorkerTask} with the bytes of
 * each block's results, in order. A cancelled run ends at once, with its worker.
 */
export function ensemblesByWorkers(start: () => WorkerHandle): Ensembles {
  return {
    simulate: async (dynamics, request, options) => runInWorker(planSimulation(dynamics, request), start, options),
    firstPassages: async (dynamics, request, options) => runInWorker(planPassages(dynamics, request), start, options)
  };
}

function runInWorker<BlockResult, Result>(plan: EnsemblePlan<BlockResult, Result>, start: () => WorkerHandle, {progress, signal}: RunOptions = {}): Promise<Result> {
  const {name} = plan.kernel.dynamics;
  signal?.throwIfAborted();
  const {lowered, module} = compileKernel(plan.kernel);
  const blocks = plan.blocks(replicasOfBlock);
  const layout = plan.layout(lowered, Math.min(replicasOfBlock, plan.replicas.count));
  const {bytes, argumentsAddress, resultsAddress} = layout;
  const task: WorkerTask = {module, bytes, inputs: layout.inputs(), argumentsAddress, resultsAddress, calls: blocks.map((block) => layout.argumentsOf(block))};
  const worker = start();
  const results: BlockResult[] = [];
  return new Promise<Result>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`${name}: expected a worker to run ${blocks.length} blocks, found ${reason} in block ${results.length}`));
    signal?.addEventListener("abort", () => reject(signal.reason), {once: true});
    worker.addEventListener("error", (event) => fail((event as ErrorEvent).message || "a worker that could not be started"));
    worker.addEventListener("messageerror", () => fail("a message that cannot be read"));
    worker.addEventListener("message", (event) => {
      results.push(layout.read((event as MessageEvent<Uint8Array>).data, blocks[results.length]!));
      progress?.(results.length, blocks.length);
      if (results.length === blocks.length) resolve(plan.merge(blocks, results));
    });
    worker.postMessage(task);
  }).finally(() => worker.terminate());
}
