import {randomUUID} from "node:crypto";
import type {StoreEffects} from "./store-effects.ts";

/** The processes to whom files of a store belong: a file's name says whose it is. */
export interface Owners {
  /** A new name, never given before, of a file that belongs to this process. */
  readonly name: () => string;
  /** The id of the process that a file belongs to, or undefined if it has ended or the name is none. */
  readonly alive: (name: string) => number | undefined;
}

const pattern = /^(\d+)\.(\d+)\.[0-9a-f]{8}$/;

/** Names of the form `<process id>.<its start time, 0 if not known>.<random>`: a later process of the same id is another owner. */
export function openOwners({processId, isAlive, startTime}: StoreEffects): Owners {
  const own = `${processId}.${startTime(processId) ?? 0}`;
  return {
    name: () => `${own}.${randomUUID().slice(0, 8)}`,
    alive(name) {
      const [, id, started] = pattern.exec(name) ?? [];
      if (id === undefined) return undefined;
      if (`${id}.${started}` === own) return processId;
      const now = isAlive(Number(id)) ? (startTime(Number(id)) ?? started) : undefined;
      return now !== undefined && (started === "0" || now === started) ? Number(id) : undefined;
    }
  };
}
