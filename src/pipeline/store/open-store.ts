import {resolve} from "node:path";
import type {ReplicaRange} from "../../papers/experiment.ts";
import {checkName} from "../names.ts";
import {openClaims} from "./claims.ts";
import type {Claim} from "./claims.ts";
import {cleanStore} from "./clean.ts";
import {openEntries} from "./entries.ts";
import {checkAddress, entryName} from "./entry.ts";
import type {Entry} from "./entry.ts";
import {firstDifference} from "./first-difference.ts";
import {openKeptRuns} from "./kept-runs.ts";
import type {KeptRun} from "./kept-runs.ts";
import {layoutOf} from "./layout.ts";
import {lossText} from "./loss-text.ts";
import {NondeterminismError} from "./nondeterminism-error.ts";
import {openObjects} from "./objects.ts";
import {openOwners} from "./owner.ts";
import {pruneStore} from "./prune.ts";
import type {Pruned} from "./prune.ts";
import {openRunning} from "./running.ts";
import {sha256} from "./sha256.ts";
import {storeStatistics} from "./statistics.ts";
import type {StoreStatistics} from "./statistics.ts";
import {openDisk} from "./store-disk.ts";
import {realEffects} from "./store-effects.ts";
import type {StoreEffects} from "./store-effects.ts";
import {quarantinedFiles} from "./stored-files.ts";
import type {StoredFile} from "./stored-files.ts";
import {verifyStore} from "./verify-store.ts";
import type {StoreVerification} from "./verify-store.ts";

/** What a result is kept with. */
export interface About {
  /** Seconds that it took to compute. */
  readonly seconds: number;
  /** What its key was made of; `cell`, if it is there, names the cell. */
  readonly note: Readonly<Record<string, unknown>>;
}

/**
 * Results by key, in a folder: immutable objects named by their SHA-256 and an
 * index. A table, key or range that can be none is a RangeError before any
 * file is touched. Damage is a miss with one warning; it never throws.
 */
export interface Store {
  readonly folder: string;
  /** The entry and verified bytes of a key, or undefined. */
  readonly read: (table: string, key: string, range: ReplicaRange | null) => {readonly entry: Entry; readonly bytes: Uint8Array} | undefined;
  /** The entry of a key whose object is sound, or undefined: as {@link read}, but an object that this process found sound is read again only where its file has changed. */
  readonly findSound: (table: string, key: string, range: ReplicaRange | null) => Entry | undefined;
  /** The entry of a key whose object is there in the right size, unread; or undefined. */
  readonly find: (table: string, key: string, range: ReplicaRange | null) => Entry | undefined;
  /** What {@link find} gives for every range of a key, sorted by first replica, then count. */
  readonly ranges: (table: string, key: string) => readonly Entry[];
  /** Every readable entry of a table, whether its object is there or not. */
  readonly entries: (table: string) => readonly Entry[];
  /**
   * Keeps the bytes of a key: the object, then its entry. The entry that is there for the same bytes stays as it is.
   * @throws NondeterminismError if the key has other bytes, which stay
   * @throws Error naming the path and the bytes that could not be written there
   */
  readonly write: (table: string, key: string, range: ReplicaRange | null, bytes: Uint8Array, about: About) => Entry;
  /** The verified bytes of an object, or undefined. */
  readonly object: (digest: string) => Uint8Array | undefined;
  /** Keeps bytes without an entry and returns their digest. Pruning leaves them if a kept run names them. */
  readonly put: (bytes: Uint8Array) => string;
  /** The right to compute a key, unless a living process (this one too) holds it. What a dead one held is free. */
  readonly claim: (table: string, key: string, range: ReplicaRange | null) => Claim | {readonly heldBy: number};
  /** Keeps the record of a run under its name, in place of an earlier one. */
  readonly keepRun: <R extends KeptRun>(record: R) => void;
  readonly run: (name: string) => KeptRun | undefined;
  readonly runs: () => readonly KeptRun[];
  /** Forgets a run, also a damaged one; whether there was one. */
  readonly forgetRun: (name: string) => boolean;
  /** Says that this process works with the store, until it calls what is returned. @throws Error while another process prunes */
  readonly enter: () => () => void;
  readonly statistics: () => StoreStatistics;
  /** Reads everything that is stored. @param report hears how many of all objects are read */
  readonly verify: (report?: (done: number, total: number) => void) => StoreVerification;
  /**
   * Removes all that no kept run needs, and what is in quarantine.
   * @throws Error naming the process if another one works with the store, or the kept run that cannot be read
   */
  readonly prune: (options?: {readonly dryRun?: boolean}) => Pruned;
  /** Removes what processes that have ended left: temporary files and claims. Returns how many. */
  readonly clean: () => number;
  /** The damaged files that were set aside. */
  readonly quarantined: () => readonly StoredFile[];
}

/** Opens the store in a folder, which need not be there. `warn` hears once of everything damaged. */
export function openStore(folder: string, warn: (message: string) => void, effects: Partial<StoreEffects> = {}): Store {
  const complete = {...realEffects, ...effects};
  const owners = openOwners(complete);
  const disk = openDisk(layoutOf(resolve(folder)), complete.files, owners, warn);
  const objects = openObjects(disk, complete.now);
  const index = openEntries(disk, complete.now);
  const runs = openKeptRuns(disk);
  const claims = openClaims(disk, owners);
  const running = openRunning(disk, owners, complete.processId, claims);

  const nameOf = (table: string, key: string, range: ReplicaRange | null): string => {
    checkAddress(table, key, range);
    return entryName({table, key, range});
  };
  const inQuarantine = (): readonly StoredFile[] => {
    try {
      return quarantinedFiles(disk);
    } catch {
      return [];
    }
  };
  const warnGone = ({table, object}: Entry): void =>
    disk.warn(disk.layout.object(object), `the stored object ${object.slice(0, 12)} of ${table} ${lossText(object, inQuarantine())}; it is computed again`);
  const present = (entry: Entry): boolean => {
    const path = disk.layout.object(entry.object);
    const size = disk.size(path);
    if (size === entry.bytes) disk.sound(path);
    if (size === entry.bytes || (size !== undefined && objects.read(entry.object) !== undefined)) return true;
    warnGone(entry);
    return false;
  };
  const found = (name: string): Entry | undefined => {
    const entry = index.read(name);
    return entry !== undefined && present(entry) ? entry : undefined;
  };

  return {
    folder,
    read(table, key, range) {
      const entry = index.read(nameOf(table, key, range));
      if (entry === undefined) return undefined;
      const bytes = objects.read(entry.object);
      if (bytes === undefined) warnGone(entry);
      return bytes && {entry, bytes};
    },
    findSound(table, key, range) {
      const entry = index.read(nameOf(table, key, range));
      if (entry === undefined || objects.isSound(entry.object)) return entry;
      warnGone(entry);
      return undefined;
    },
    find: (table, key, range) => found(nameOf(table, key, range)),
    ranges(table, key) {
      checkAddress(table, key, null);
      return index.ranges(table, key).flatMap((name) => found(name) ?? []);
    },
    entries: (table) => index.all(checkName(table, "table")),
    write(table, key, range, bytes, {seconds, note}) {
      const name = nameOf(table, key, range);
      const entry = {version: 2, table, key, range: range && {first: range.first, count: range.count}, object: sha256(bytes), bytes: bytes.length, seconds, note} as const;
      const known = index.read(name);
      if (known !== undefined && known.object !== entry.object) {
        const kept = objects.read(known.object);
        if (kept === undefined) index.remove(name);
        throw new NondeterminismError(entry, kept === undefined ? null : firstDifference(kept, bytes));
      }
      objects.put(bytes);
      return known ?? index.write(entry);
    },
    object: objects.read,
    put: objects.put,
    claim: (table, key, range) => claims(nameOf(table, key, range).replaceAll("/", ".")),
    keepRun: runs.keep,
    run: runs.run,
    runs: () => runs.names().flatMap((name) => runs.run(name) ?? []),
    forgetRun: runs.forget,
    enter: running.enter,
    statistics: () => storeStatistics(disk, index, runs),
    verify: (report) => verifyStore(disk, objects, index, runs, report),
    prune: ({dryRun = false} = {}) => (dryRun ? pruneStore(disk, index, runs, true) : running.alone(() => pruneStore(disk, index, runs, false))),
    clean: () => cleanStore(disk, owners),
    quarantined: () => quarantinedFiles(disk)
  };
}
