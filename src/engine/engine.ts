import {availableParallelism} from "node:os";
import {planPassages, planSimulation, replicasOfBlock, runHere} from "../kernels/index.ts";
import type {Block, EnsemblePlan, Ensembles, RunOptions} from "../kernels/index.ts";
import type {BlockRunner, KernelJob} from "./block-runner.ts";
import {EnsembleError} from "./ensemble-error.ts";
import type {FailedBlock} from "./ensemble-error.ts";
import {nativeLibrary} from "./native-library.ts";
import type {NativeLibrary} from "./native-library.ts";
import {preparedKernels} from "./prepared-kernels.ts";
import {createWorkerPool} from "./worker-pool.ts";
import type {WorkerPool} from "./worker-pool.ts";

/** Which back end ran how many blocks of an ensemble. */
export interface RanReport {
  readonly dynamics: string;
  readonly webAssemblyBlocks: number;
  readonly nativeBlocks: number;
  /** Vector width and compiler of the native blocks. */
  readonly native?: string;
  /** Why native code that was wanted did not run. */
  readonly nativeUnavailable?: string;
}

export interface EngineOptions {
  /** Threads that compute; as many as the machine runs at once by default. */
  readonly threads?: number;
  /**
   * `auto` compiles where the work is worth it and goes on by WebAssembly until
   * the compiler is done; `never` and `always` are for tests and measurements,
   * `always` fails where there is no native code.
   */
  readonly native?: "auto" | "never" | "always";
  /** Told after each ensemble which back end ran it. */
  readonly report?: (ran: RanReport) => void;
}

/** What an engine is made of; tests replace parts. */
export interface EngineParts {
  readonly pool: WorkerPool;
  readonly library: NativeLibrary;
}

/** Ensembles on all cores of this machine, by WebAssembly and native code. */
export interface Engine extends Ensembles {
  close(): Promise<void>;
}

const secondsOfOperation = 0.3e-9;
/** Shorter work stays on this thread. */
const worthThreads = 0.02;
/** Shorter work is not worth looking for native code that was compiled before. */
const worthLooking = 0.05;
/** Shorter work is not worth a compilation. */
const worthCompiling = 0.5;

function blockSize(replicas: number, threads: number, isPassage: boolean): number {
  if (!isPassage) return replicasOfBlock;
  const share = Math.ceil(replicas / (4 * threads) / replicasOfBlock) * replicasOfBlock;
  return Math.min(4 * replicasOfBlock, share);
}

/** An engine on this machine; it holds threads until it is closed, but does not keep the process alive. */
export function createEngine(options: EngineOptions = {}, parts?: Partial<EngineParts>): Engine {
  const threads = options.threads ?? availableParallelism();
  if (!Number.isInteger(threads) || threads < 1 || threads > 256) throw new RangeError(`threads: expected an integer from 1 to 256, found ${String(threads)}`);
  const native = options.native ?? "auto";
  const pool = parts?.pool ?? createWorkerPool(threads);
  const library = parts?.library ?? nativeLibrary();
  const prepared = preparedKernels();

  async function run<BlockResult, Result>(plan: EnsemblePlan<BlockResult, Result>, {progress, signal}: RunOptions = {}): Promise<Result> {
    const {kernel, replicas} = plan;
    const {name} = kernel.dynamics;
    signal?.throwIfAborted();
    const {lowered, operations, module} = prepared.webAssembly(kernel);
    const seconds = (operations * plan.steps * replicas.count * secondsOfOperation) / lowered.lanes / threads;
    if (native !== "always" && seconds < worthThreads) {
      const result = await runHere(plan, {...(progress === undefined ? {} : {progress}), ...(signal === undefined ? {} : {signal})}, {lowered, module: await module()});
      options.report?.({dynamics: name, webAssemblyBlocks: plan.blocks(replicasOfBlock).length, nativeBlocks: 0});
      return result;
    }

    const blocks = plan.blocks(blockSize(replicas.count, threads, kernel.kind === "passages"));
    const capacity = Math.max(...blocks.map(({count}) => count));
    const finished = new Map<number, BlockResult>();
    const failures: FailedBlock[] = [];
    const ran = {webAssemblyBlocks: 0, nativeBlocks: 0};
    let next = 0;
    let nativeStands = native === "always";
    let description: string | undefined;
    let unavailable: string | undefined;

    const work = async (runner: BlockRunner, layout: ReturnType<typeof plan.layout>, count: () => void, goOn: () => boolean) => {
      while (next < blocks.length && goOn() && signal?.aborted !== true) {
        const block = blocks[next++]!;
        try {
          finished.set(block.first, layout.read(await runner.run(layout.argumentsOf(block)), block));
          count();
        } catch (error) {
          failures.push({block, reason: (error as Error).message});
        }
        progress?.(finished.size + failures.length, blocks.length);
      }
      runner.close();
    };
    const jobOf = (layout: ReturnType<typeof plan.layout>): KernelJob => ({bytes: layout.bytes, inputs: layout.inputs(), argumentsAddress: layout.argumentsAddress, resultsAddress: layout.resultsAddress});

    const runNative = async () => {
      const vectorBits = await library.vectorBits();
      const {lowered: wide, source} = prepared.native(kernel, vectorBits / kernel.bits);
      const opened = await library.open(source, {vectorBits, onlyCached: native === "auto" && seconds < worthCompiling});
      if (next >= blocks.length || signal?.aborted === true) return;
      description = `${vectorBits}-bit vectors, ${opened.compiler}`;
      nativeStands = true;
      const layout = plan.layout(wide, capacity);
      const runners = await Promise.all(Array.from({length: Math.min(threads, blocks.length)}, () => opened.runner(jobOf(layout))));
      await Promise.all(runners.map((runner) => work(runner, layout, () => ran.nativeBlocks++, () => true)));
    };
    const nativeDone =
      native === "never" || (native === "auto" && seconds < worthLooking)
        ? undefined
        : runNative().catch((error: Error) => {
            if (native === "always") throw error;
            nativeStands = false;
            unavailable = error.message;
          });

    const runWebAssembly = async () => {
      const layout = plan.layout(lowered, capacity);
      const compiled = await module();
      const job = jobOf(layout);
      await Promise.all(Array.from({length: Math.min(threads, blocks.length)}, (_, thread) => work(pool.open(thread, compiled, job), layout, () => ran.webAssemblyBlocks++, () => !nativeStands)));
    };
    if (native !== "always") await runWebAssembly();
    await nativeDone;
    if (native !== "always" && next < blocks.length && signal?.aborted !== true) await runWebAssembly();
    signal?.throwIfAborted();
    options.report?.({dynamics: name, ...ran, ...(description === undefined || ran.nativeBlocks === 0 ? {} : {native: description}), ...(unavailable === undefined ? {} : {nativeUnavailable: unavailable})});
    if (failures.length > 0) throw new EnsembleError(name, failures, finished);
    return plan.merge(blocks, blocks.map(({first}: Block) => finished.get(first)!));
  }

  return {
    simulate: async (dynamics, request, runOptions) => run(planSimulation(dynamics, request), runOptions),
    firstPassages: async (dynamics, request, runOptions) => run(planPassages(dynamics, request), runOptions),
    close: () => pool.close()
  };
}
