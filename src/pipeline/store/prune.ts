import {dirname, join} from "node:path";
import {unneededCodeRecords} from "./code-records.ts";
import type {Entries} from "./entries.ts";
import type {KeptRuns} from "./kept-runs.ts";
import {reachableFrom} from "./reachable.ts";
import type {StoreDisk} from "./store-disk.ts";
import {quarantinedFiles, storedObjects} from "./stored-files.ts";

/** What pruning removed, or would remove. */
export interface Pruned {
  readonly removedObjects: number;
  readonly removedEntries: number;
  readonly removedQuarantined: number;
  /** Descriptions of projects and records of sources, which explain what is computed. */
  readonly removedCodeRecords: number;
  /** Size of the removed objects and code records, and of what was in quarantine. */
  readonly freedBytes: number;
}

/**
 * Removes all that no kept run needs: first entries, for good, then objects, so
 * that pruning that stops on the way leaves no entry without its object, and
 * descriptions before the sources that they name.
 * @throws Error before anything is removed if a kept run cannot be read, since what it needs is not known
 */
export function pruneStore(disk: StoreDisk, entries: Entries, runs: KeptRuns, dryRun: boolean): Pruned {
  const kept = runs.names().map((name) => {
    const run = runs.run(name);
    if (run === undefined) throw new Error(`cannot prune the store: the kept run ${name} cannot be read, so what it needs is not known; forget it, or put ${disk.layout.run(name)} back from a copy`);
    return run;
  });
  const needed = reachableFrom(kept, disk);
  const loseEntries = entries.tables().flatMap((table) => entries.names(table).filter((name) => !needed.entries.has(name)));
  const loseObjects = storedObjects(disk).filter(({name}) => !needed.objects.has(name));
  const loseQuarantined = quarantinedFiles(disk);
  const loseCode = unneededCodeRecords(disk, needed.sources);

  if (!dryRun) {
    for (const name of loseEntries) entries.remove(name);
    const folders = new Set(loseEntries.map((name) => dirname(disk.layout.entry(name))));
    for (const folder of folders) disk.flush(folder);
    for (const folder of [...folders, ...entries.tables().map((table) => join(disk.layout.index, table))]) disk.removeEmpty(folder);
    for (const {name} of loseObjects) {
      disk.remove(disk.layout.object(name));
      disk.removeEmpty(dirname(disk.layout.object(name)));
    }
    for (const {name} of loseQuarantined) disk.remove(join(disk.layout.quarantine, name));
    for (const {name} of loseCode.descriptions) disk.remove(join(disk.layout.descriptions, name));
    for (const {name} of loseCode.sources) disk.remove(join(disk.layout.sources, name));
  }
  return {
    removedObjects: loseObjects.length,
    removedEntries: loseEntries.length,
    removedQuarantined: loseQuarantined.length,
    removedCodeRecords: loseCode.descriptions.length + loseCode.sources.length,
    freedBytes: [...loseObjects, ...loseQuarantined, ...loseCode.descriptions, ...loseCode.sources].reduce((sum, {bytes}) => sum + bytes, 0)
  };
}
