import {join} from "node:path";
import type {Claims} from "./claims.ts";
import type {Owners} from "./owner.ts";
import type {StoreDisk} from "./store-disk.ts";

/** The processes that work with a store. */
export interface Running {
  /**
   * Says that this process works with the store until it leaves.
   * @throws Error while another process prunes the store
   */
  readonly enter: () => () => void;
  /**
   * Runs `work` while no other process works with the store.
   * @throws Error naming a process that does
   */
  readonly alone: <T>(work: () => T) => T;
}

const pruning = "pruning";

/** Who enters first says so and then looks for pruning; who prunes first claims that and then looks who has entered: one of them sees the other. */
export function openRunning(disk: StoreDisk, owners: Owners, processId: number, claims: Claims): Running {
  const {folder, running, claims: claimed} = disk.layout;
  return {
    enter() {
      const path = join(running, owners.name());
      disk.write(path, new Uint8Array());
      const leave = (): void => void disk.remove(path);
      const pruner = disk.names(join(claimed, pruning)).map(owners.alive).find((id) => id !== undefined && id !== processId);
      if (pruner === undefined) return leave;
      leave();
      throw new Error(`the store in ${folder} is being pruned by process ${pruner}: run again when it has finished`);
    },
    alone(work) {
      const claim = claims(pruning);
      if ("heldBy" in claim) throw new Error(`the store is being pruned by process ${claim.heldBy} already`);
      try {
        const other = disk.names(running).map(owners.alive).find((id) => id !== undefined && id !== processId);
        if (other !== undefined) throw new Error(`cannot prune the store while process ${other} works with it: stop it or wait until it has finished, and prune again`);
        return work();
      } finally {
        claim.release();
      }
    }
  };
}
