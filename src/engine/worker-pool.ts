import {Worker} from "node:worker_threads";
import type {BlockRunner, KernelJob} from "./block-runner.ts";

/** The part of a worker thread that the pool needs. */
export type KernelThread = Pick<Worker, "postMessage" | "on" | "ref" | "unref" | "terminate">;

/** Threads that stay ready between jobs. */
export interface WorkerPool {
  /**
   * Opens a job on whichever threads will run its blocks. A block goes to a thread that is free, else waits; blocks of
   * all jobs run in the order in which they came. A thread that dies fails the block that it was running, and no other.
   */
  open(module: WebAssembly.Module, job: KernelJob): BlockRunner;
  /** Ends the threads; blocks that run or wait fail, and so do later ones. */
  close(): Promise<void>;
}

const startThread = (): KernelThread => new Worker(new URL("./kernel-worker.mjs", import.meta.url), {execArgv: []});

interface Job extends KernelJob {
  readonly number: number;
  readonly module: WebAssembly.Module;
}

interface Task {
  readonly job: Job;
  readonly callArguments: Int32Array<ArrayBuffer>;
  readonly resolve: (results: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Member {
  readonly thread: KernelThread;
  /** Numbers of the jobs that were opened on it. */
  readonly opened: Set<number>;
  task: Task | undefined;
}

const closedMessage = "the worker threads were closed";

/**
 * A pool of at most `most` worker threads, each started when it is first
 * needed. An idle pool does not keep the process alive.
 */
export function createWorkerPool(most: number, start: () => KernelThread = startThread): WorkerPool {
  const members = new Set<Member>();
  const waiting: Task[] = [];
  let jobs = 0;
  let closed = false;

  function startMember(): Member {
    const member: Member = {thread: start(), opened: new Set(), task: undefined};
    const end = (reason: string) => {
      if (!members.delete(member)) return;
      const {task} = member;
      member.task = undefined;
      task?.reject(new Error(reason));
      dispatch();
    };
    member.thread.on("message", ({results}: {readonly results: Uint8Array}) => {
      const {task} = member;
      member.task = undefined;
      member.thread.unref();
      task?.resolve(results);
      dispatch();
    });
    member.thread.on("error", (error: Error) => end(`the worker thread failed: ${error.message}`));
    member.thread.on("exit", (code: number) => end(closed ? closedMessage : `the worker thread ended with code ${code}`));
    member.thread.unref();
    members.add(member);
    return member;
  }

  /** A thread without a block, or why there is none; nothing where all are busy. */
  function freeMember(): Member | Error | undefined {
    for (const member of members) if (member.task === undefined) return member;
    if (members.size === most) return undefined;
    try {
      return startMember();
    } catch (error) {
      return new Error(`no worker thread could be started: ${(error as Error).message}`, {cause: error});
    }
  }

  function give(member: Member, task: Task): void {
    const {number, ...job} = task.job;
    member.task = task;
    member.thread.ref();
    if (!member.opened.has(number)) {
      member.opened.add(number);
      member.thread.postMessage({kind: "open", job: number, ...job});
    }
    member.thread.postMessage({kind: "run", job: number, arguments: task.callArguments});
  }

  function dispatch(): void {
    while (waiting.length > 0) {
      const member = closed ? new Error(closedMessage) : freeMember();
      if (member === undefined) return;
      const task = waiting.shift()!;
      if (member instanceof Error) task.reject(member);
      else give(member, task);
    }
  }

  return {
    open(module, kernelJob) {
      const job: Job = {number: jobs++, module, ...kernelJob};
      return {
        run: (callArguments) =>
          new Promise((resolve, reject) => {
            waiting.push({job, callArguments, resolve, reject});
            dispatch();
          }),
        close() {
          for (const {opened, thread} of members) if (opened.delete(job.number)) thread.postMessage({kind: "close", job: job.number});
        }
      };
    },
    async close() {
      closed = true;
      dispatch();
      await Promise.all(Array.from(members, ({thread}) => thread.terminate()));
    }
  };
}
