import {Worker} from "node:worker_threads";
import type {BlockRunner, KernelJob} from "./block-runner.ts";

/** The part of a worker thread that the pool needs. */
export type KernelThread = Pick<Worker, "postMessage" | "on" | "off" | "ref" | "unref" | "terminate">;

/** Threads that stay ready between jobs. */
export interface WorkerPool {
  readonly threads: number;
  /** A runner on thread number `thread`; a thread that died is replaced. */
  open(thread: number, module: WebAssembly.Module, job: KernelJob): BlockRunner;
  close(): Promise<void>;
}

const startThread = (): KernelThread => new Worker(new URL("./kernel-worker.mjs", import.meta.url), {execArgv: []});

interface Waiting {
  readonly resolve: (results: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  readonly thread: KernelThread;
  waiting: Waiting | undefined;
  dead: boolean;
}

/**
 * A pool of `threads` worker threads, started when first used. An idle pool
 * does not keep the process alive.
 */
export function createWorkerPool(threads: number, start: () => KernelThread = startThread): WorkerPool {
  const slots: (Slot | undefined)[] = Array.from({length: threads});
  let jobs = 0;

  function slotOf(number: number): Slot {
    const existing = slots[number];
    if (existing !== undefined && !existing.dead) return existing;
    const slot: Slot = {thread: start(), waiting: undefined, dead: false};
    const end = (reason: string) => {
      slot.dead = true;
      slot.waiting?.reject(new Error(reason));
      slot.waiting = undefined;
    };
    slot.thread.on("message", ({results}: {readonly results: Uint8Array}) => {
      const {waiting} = slot;
      slot.waiting = undefined;
      slot.thread.unref();
      waiting?.resolve(results);
    });
    slot.thread.on("error", (error: Error) => end(`the worker thread failed: ${error.message}`));
    slot.thread.on("exit", (code: number) => end(`the worker thread ended with code ${code}`));
    slot.thread.unref();
    slots[number] = slot;
    return slot;
  }

  return {
    threads,
    open(number, module, kernelJob) {
      const job = jobs++;
      const opened = new Set<Slot>();
      return {
        run: (callArguments) =>
          new Promise((resolve, reject) => {
            const slot = slotOf(number);
            if (!opened.has(slot)) {
              opened.add(slot);
              slot.thread.postMessage({kind: "open", job, module, ...kernelJob});
            }
            slot.waiting = {resolve, reject};
            slot.thread.ref();
            slot.thread.postMessage({kind: "run", job, arguments: callArguments});
          }),
        close() {
          for (const slot of opened) if (!slot.dead) slot.thread.postMessage({kind: "close", job});
        }
      };
    },
    async close() {
      await Promise.all(slots.map((slot) => (slot === undefined || slot.dead ? undefined : slot.thread.terminate())));
    }
  };
}
