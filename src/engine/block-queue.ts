import type {Block} from "../kernels/index.ts";
import type {FailedBlock} from "./ensemble-error.ts";

/** The blocks of one ensemble on their way through the back ends. */
export interface BlockQueue<Result> {
  /** The next block to start; none when all were taken or the ensemble was stopped. */
  take(): Block | undefined;
  /** Puts back a block that was taken, to be taken again. */
  putBack(block: Block): void;
  finish(block: Block, result: Result): void;
  fail(block: Block, reason: string): void;
  /** Has no more blocks taken. The first reason stands. */
  stop(reason: unknown): void;
  /** Whether nothing is left to do: each block is finished or failed, or the ensemble was stopped. */
  readonly ended: boolean;
  /** Resolves when the ensemble is stopped. */
  readonly stopped: Promise<void>;
  /** Throws what the ensemble was stopped for. */
  throwIfStopped(): void;
  /** Results by the number of the first replica. */
  readonly finished: ReadonlyMap<number, Result>;
  readonly failures: readonly FailedBlock[];
}

/** A queue of blocks. An error thrown by `progress`, which is told of every block, stops it. */
export function createBlockQueue<Result>(blocks: readonly Block[], progress?: (done: number, total: number) => void): BlockQueue<Result> {
  const finished = new Map<number, Result>();
  const failures: FailedBlock[] = [];
  const returned: Block[] = [];
  let next = 0;
  let stop: {readonly reason: unknown} | undefined;
  let tellStopped: () => void;
  const stopped = new Promise<void>((resolve) => (tellStopped = resolve));

  const queue: BlockQueue<Result> = {
    take: () => (stop === undefined ? (returned.pop() ?? blocks[next++]) : undefined),
    putBack: (block) => void returned.push(block),
    finish(block, result) {
      finished.set(block.first, result);
      tell();
    },
    fail(block, reason) {
      failures.push({block, reason});
      tell();
    },
    stop(reason) {
      stop ??= {reason};
      tellStopped();
    },
    get ended() {
      return stop !== undefined || finished.size + failures.length === blocks.length;
    },
    stopped,
    throwIfStopped() {
      if (stop !== undefined) throw stop.reason;
    },
    finished,
    failures
  };

  function tell(): void {
    if (stop !== undefined) return;
    try {
      progress?.(finished.size + failures.length, blocks.length);
    } catch (error) {
      queue.stop(error);
    }
  }

  return queue;
}
