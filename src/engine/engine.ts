import {availableParallelism} from "node:os";
import {planPassages, planSimulation} from "../kernels/index.ts";
import type {Ensembles, EnsemblePlan, RunOptions} from "../kernels/index.ts";
import {nativeLibrary} from "./native-library.ts";
import type {NativeLibrary} from "./native-library.ts";
import {preparedKernels} from "./prepared-kernels.ts";
import type {RanReport} from "./ran-report.ts";
import {runEnsemble, usualWorth} from "./run-ensemble.ts";
import type {Machine, Worth} from "./run-ensemble.ts";
import {createWorkerPool} from "./worker-pool.ts";
import type {WorkerPool} from "./worker-pool.ts";

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
  readonly worth: Worth;
}

/**
 * Ensembles on all cores of this machine, by WebAssembly and native code. Any
 * number may run at once; they share the threads block by block.
 */
export interface Engine extends Ensembles {
  /** Ends the threads. Running ensembles reject when their running blocks have ended, later ones at once. */
  close(): Promise<void>;
}

/**
 * An engine on this machine; it holds threads until it is closed, but does not keep the process alive. Native calls run
 * on the threads of libuv's pool, whose number is set where the process is started: see `threadPoolEnvironment`.
 * @throws RangeError for an option that is none
 */
export function createEngine(options: EngineOptions = {}, parts: Partial<EngineParts> = {}): Engine {
  const {threads = availableParallelism(), native = "auto", report} = options;
  if (!Number.isInteger(threads) || threads < 1 || threads > 256) throw new RangeError(`threads: expected an integer from 1 to 256, found ${String(threads)}`);
  if (!["auto", "never", "always"].includes(native)) throw new RangeError(`native: expected auto, never or always, found ${String(native)}`);
  const {pool = createWorkerPool(threads), library = nativeLibrary(), worth = usualWorth} = parts;
  const closing = new AbortController();
  const machine: Machine = {threads, native, pool, library, prepared: preparedKernels(), worth, report, closing: closing.signal};
  const running = new Set<Promise<unknown>>();

  const run = <BlockResult, Result>(plan: EnsemblePlan<BlockResult, Result>, runOptions: RunOptions | undefined): Promise<Result> => {
    const result = runEnsemble(plan, machine, runOptions);
    running.add(result);
    const end = () => void running.delete(result);
    result.then(end, end);
    return result;
  };

  return {
    simulate: async (dynamics, request, runOptions) => run(planSimulation(dynamics, request), runOptions),
    firstPassages: async (dynamics, request, runOptions) => run(planPassages(dynamics, request), runOptions),
    async close() {
      closing.abort(new Error("the engine was closed"));
      await pool.close();
      await Promise.allSettled(running);
    }
  };
}
