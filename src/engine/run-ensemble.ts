import {replicasOfBlock, runHere} from "../kernels/index.ts";
import type {Block, EnsemblePlan, Kernel, RunOptions} from "../kernels/index.ts";
import {createBlockQueue} from "./block-queue.ts";
import type {BlockRunner, KernelJob} from "./block-runner.ts";
import {EnsembleError} from "./ensemble-error.ts";
import type {NativeLibrary} from "./native-library.ts";
import {onAbort} from "./on-abort.ts";
import type {PreparedKernels} from "./prepared-kernels.ts";
import type {RanReport} from "./ran-report.ts";
import type {WorkerPool} from "./worker-pool.ts";

/** Estimated seconds from which an ensemble is worth what comes before its first block. */
export interface Worth {
  /** Of one thread: shorter work stays on the calling thread. */
  readonly threads: number;
  /** Of all threads: shorter work is not worth looking for native code that was compiled before. */
  readonly looking: number;
  /** Of all threads: shorter work is not worth a compilation. */
  readonly compiling: number;
}

export const usualWorth: Worth = {threads: 0.02, looking: 0.05, compiling: 0.5};

/** What ensembles run on. */
export interface Machine {
  readonly threads: number;
  readonly native: "auto" | "never" | "always";
  readonly pool: WorkerPool;
  readonly library: NativeLibrary;
  readonly prepared: PreparedKernels;
  readonly worth: Worth;
  readonly report: ((ran: RanReport) => void) | undefined;
  /** Aborted when the engine is closed. */
  readonly closing: AbortSignal;
}

const secondsOfOperation = 0.3e-9;

/** Replicas that fill the widest vectors, several side by side. */
const replicasOfVectors = 64;

function blockSize({kernel, replicas: {count}}: {readonly kernel: Kernel; readonly replicas: Block}, threads: number): number {
  if (kernel.kind === "simulation" && kernel.samples === "sums") return replicasOfBlock;
  const share = (parts: number, multiple: number) => Math.ceil(count / parts / multiple) * multiple;
  const usual = Math.min(4 * replicasOfBlock, share(4 * threads, replicasOfBlock));
  return Math.min(usual, share(threads, replicasOfVectors));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Runs an ensemble on a machine: by WebAssembly at once, by native code as soon
 * as there is some, which then takes over the blocks that were not started.
 * A native call that fails gives its block, and the rest, back to WebAssembly.
 * @throws EnsembleError if blocks failed, when the others are finished; the
 * reason of an abort, or what `progress` threw, when the running blocks are
 * finished; RangeError, before any work, for memory that is too large.
 */
export async function runEnsemble<BlockResult, Result>(plan: EnsemblePlan<BlockResult, Result>, machine: Machine, options: RunOptions = {}): Promise<Result> {
  const {native, pool, library, prepared, worth} = machine;
  const {kernel, replicas} = plan;
  const {name} = kernel.dynamics;
  machine.closing.throwIfAborted();
  options.signal?.throwIfAborted();
  const {lowered, operations, module} = prepared.webAssembly(kernel);
  const blocks = plan.blocks(blockSize(plan, machine.threads));
  const threads = Math.min(machine.threads, blocks.length);
  const capacity = blocks[0]!.count;
  const layout = plan.layout(lowered, capacity);
  const work = (operations * plan.steps * replicas.count * secondsOfOperation) / lowered.lanes;
  if (native !== "always" && work < worth.threads) {
    const result = await runHere(plan, options, {lowered, module: await module()});
    machine.report?.({dynamics: name, webAssemblyBlocks: plan.blocks(replicasOfBlock).length, nativeBlocks: 0});
    return result;
  }

  const seconds = work / threads;
  /** Native code is taken if it is there, and nothing is missed if it is not. */
  const isTooShortToCompile = native === "auto" && seconds < worth.compiling;
  const queue = createBlockQueue<BlockResult>(blocks, options.progress);
  const ran = {webAssemblyBlocks: 0, nativeBlocks: 0};
  let nativeStands = native === "always";
  let nativeWork: Promise<void> | undefined;
  let description: string | undefined;
  let unavailable: string | undefined;

  const jobOf = (of: typeof layout): KernelJob => ({bytes: of.bytes, inputs: of.inputs(), argumentsAddress: of.argumentsAddress, resultsAddress: of.resultsAddress});

  const drain = async (runner: BlockRunner, of: typeof layout, backEnd: keyof typeof ran, goOn: () => boolean, onFailure: (block: Block, reason: string) => void) => {
    const thread = async () => {
      for (let block; goOn() && (block = queue.take()) !== undefined; ) {
        try {
          const result = of.read(await runner.run(of.argumentsOf(block)), block);
          ran[backEnd]++;
          queue.finish(block, result);
        } catch (error) {
          onFailure(block, messageOf(error));
        }
      }
    };
    await Promise.all(Array.from({length: threads}, thread));
    runner.close();
  };

  const runWebAssembly = async () => {
    await drain(pool.open(await module(), jobOf(layout)), layout, "webAssemblyBlocks", () => !nativeStands, queue.fail);
  };

  const openNative = async () => {
    const vectorBits = await library.vectorBits();
    const {lowered: wide, source} = prepared.native(kernel, vectorBits / kernel.bits);
    const wideLayout = plan.layout(wide, capacity);
    const program = await library.open(source, {vectorBits, onlyCached: isTooShortToCompile});
    if (queue.ended) return;
    const runner = await program.runner(jobOf(wideLayout), threads);
    if (queue.ended) return runner.close();
    description = `${vectorBits}-bit vectors, ${program.compiler}`;
    unavailable = undefined;
    nativeStands = true;
    nativeWork = drain(runner, wideLayout, "nativeBlocks", () => nativeStands, (block, reason) => {
      if (native === "always") return queue.fail(block, reason);
      nativeStands = false;
      unavailable = `a native call failed: ${reason}`;
      queue.putBack(block);
    });
  };

  const unlisten = [options.signal, machine.closing].flatMap((signal) => (signal === undefined ? [] : [onAbort(signal, queue.stop)]));
  try {
    if (native === "always") {
      const opening = openNative().catch((error: unknown) => {
        throw new Error(`${name}: native code: expected to be available, found that it is not: ${messageOf(error)}`, {cause: error});
      });
      await Promise.race([opening, queue.stopped]);
      await nativeWork;
    } else {
      if (native === "auto" && seconds >= worth.looking) {
        if (!isTooShortToCompile) unavailable = "it was not ready before the work was done";
        void openNative().catch((error: unknown) => {
          if (!isTooShortToCompile) unavailable = messageOf(error);
        });
      }
      await runWebAssembly();
      await nativeWork;
      if (!queue.ended) await runWebAssembly();
    }
  } catch (error) {
    queue.stop(error);
    await nativeWork;
  } finally {
    for (const end of unlisten) end();
  }
  queue.throwIfStopped();
  machine.report?.({dynamics: name, ...ran, ...(description === undefined || ran.nativeBlocks === 0 ? {} : {native: description}), ...(unavailable === undefined ? {} : {nativeUnavailable: unavailable})});
  if (queue.failures.length > 0) throw new EnsembleError(name, queue.failures, queue.finished);
  return plan.merge(blocks, blocks.map(({first}) => queue.finished.get(first)!));
}
