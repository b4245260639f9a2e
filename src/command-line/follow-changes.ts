import {InterruptedError} from "../pipeline/index.ts";

/** Brings something up to date again and again, at most one update at a time. */
export interface Follower {
  /** Something changed: an update that goes on is interrupted, and another one follows when changes have settled. */
  readonly changed: () => void;
  /** No update follows any more; resolves when the last one has ended. */
  readonly close: () => Promise<void>;
}

/**
 * Follows changes with updates.
 * @param update one update; an InterruptedError from it is not a fault
 * @param settled ms without a change after which an update begins
 */
export function followChanges({update, interrupt, settled, onFault}: {readonly update: () => Promise<void>; readonly interrupt: () => void; readonly settled: number; readonly onFault: (error: unknown) => void}): Follower {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isClosed = false;
  let again = false;

  const start = (): void => {
    if (running !== undefined) {
      again = true;
      return interrupt();
    }
    running = update()
      .catch((error: unknown) => {
        if (!(error instanceof InterruptedError)) onFault(error);
      })
      .finally(() => {
        running = undefined;
        if (again && !isClosed) {
          again = false;
          start();
        }
      });
  };

  return {
    changed() {
      clearTimeout(timer);
      if (!isClosed) timer = setTimeout(start, settled);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      if (running === undefined) return;
      interrupt();
      await running;
    }
  };
}
