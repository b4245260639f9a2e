import {createHash} from "node:crypto";
import type {Store} from "../pipeline/index.ts";

/** What waiting for one's turn needs of the outside. */
export interface TurnEffects {
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: (line: string) => void;
}

const poll = 100;
const realEffects: TurnEffects = {wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)), log: (line) => console.error(line)};

/**
 * Does work that one process of a project does at a time, named by `what`, such as
 * `build the pages`; waits while another does, with a line that names it. The
 * turn of a process that has ended is free.
 * @param isStopped looked at while waiting; its true gives up, and the work is not done
 */
export async function takeTurns<T>(store: Pick<Store, "claim">, what: string, isStopped: () => boolean, work: () => Promise<T>, effects: Partial<TurnEffects> = {}): Promise<T | undefined> {
  const {wait, log} = {...realEffects, ...effects};
  const key = createHash("sha256").update(what).digest("hex");
  let waitedFor: number | undefined;
  while (!isStopped()) {
    const claim = store.claim("turns", key, null);
    if ("heldBy" in claim) {
      if (waitedFor !== claim.heldBy) log(`waiting to ${what} until process ${claim.heldBy} has done so`);
      waitedFor = claim.heldBy;
      await wait(poll);
      continue;
    }
    try {
      return await work();
    } finally {
      claim.release();
    }
  }
  return undefined;
}
