import type {Entries} from "./entries.ts";
import type {KeptRuns} from "./kept-runs.ts";
import type {Objects} from "./objects.ts";
import type {StoreDisk} from "./store-disk.ts";
import {storedObjects} from "./stored-files.ts";

/** What is stored, read whole. */
export interface StoreVerification {
  readonly objects: number;
  readonly objectBytes: number;
  readonly entries: number;
  readonly runs: number;
  /** Digests of objects whose bytes are not theirs; they were set aside in quarantine. */
  readonly damagedObjects: readonly string[];
  /** Names of index entries that cannot be read; they were set aside in quarantine. */
  readonly damagedEntries: readonly string[];
  /** Names of kept runs that cannot be read. */
  readonly damagedRuns: readonly string[];
  /** Entries and kept runs whose object is not there, or was damaged: what of it is needed is computed again. */
  readonly missing: readonly {readonly of: string; readonly object: string}[];
  /** Objects that no entry and no kept run names. */
  readonly unreferenced: number;
  readonly unreferencedBytes: number;
}

/**
 * Reads every object, index entry and kept run of a store.
 * @param report hears how many of all objects are read
 */
export function verifyStore(disk: StoreDisk, objects: Objects, index: Entries, kept: KeptRuns, report: (done: number, total: number) => void = () => {}): StoreVerification {
  const stored = storedObjects(disk);
  const sound = new Set<string>();
  for (const [i, {name}] of stored.entries()) {
    if (objects.read(name) !== undefined) sound.add(name);
    report(i + 1, stored.length);
  }
  const names = index.tables().flatMap(index.names);
  const read = names.map((name) => ({name, entry: index.read(name)}));
  const runs = kept.names().map((name) => ({name, run: kept.run(name)}));
  const ofEntries = read.flatMap(({name, entry}) => {
    if (entry === undefined) return [];
    const {csv} = entry.note;
    return [{of: name, object: entry.object}, ...(typeof csv === "string" ? [{of: name, object: csv}] : [])];
  });
  const ofRuns = runs.flatMap(({name, run}) => Object.values(run?.tables ?? {}).flatMap((table) => ("error" in table ? [] : [{of: `run ${name}`, object: table.object}, {of: `run ${name}`, object: table.csv}])));
  const references = [...ofEntries, ...ofRuns];
  const isThere = (object: string): boolean => sound.has(object) || objects.read(object) !== undefined;
  const named = new Set(references.map(({object}) => object));
  const unreferenced = stored.filter(({name}) => sound.has(name) && !named.has(name));
  return {
    objects: stored.length,
    objectBytes: stored.reduce((sum, {bytes}) => sum + bytes, 0),
    entries: names.length,
    runs: runs.length,
    damagedObjects: stored.flatMap(({name}) => (sound.has(name) ? [] : [name])),
    damagedEntries: read.flatMap(({name, entry}) => (entry === undefined ? [name] : [])),
    damagedRuns: runs.flatMap(({name, run}) => (run === undefined ? [name] : [])),
    missing: [...new Map(references.filter(({object}) => !isThere(object)).map((reference) => [`${reference.of} ${reference.object}`, reference])).values()],
    unreferenced: unreferenced.length,
    unreferencedBytes: unreferenced.reduce((sum, {bytes}) => sum + bytes, 0)
  };
}
