import {codeRecords} from "./code-records.ts";
import type {Entries} from "./entries.ts";
import type {KeptRuns} from "./kept-runs.ts";
import {reachableFrom} from "./reachable.ts";
import type {StoreDisk} from "./store-disk.ts";
import {quarantinedFiles, storedObjects} from "./stored-files.ts";

/** Counts and sizes of a store. */
export interface StoreStatistics {
  readonly objects: number;
  readonly objectBytes: number;
  readonly entries: number;
  /** Each kept run with the size of all objects that it needs, shared ones too. */
  readonly runs: readonly {readonly name: string; readonly bytes: number}[];
  readonly quarantined: number;
  readonly quarantinedBytes: number;
  /** Descriptions of projects and records of sources. */
  readonly codeRecords: number;
  readonly codeRecordBytes: number;
  /** Size of the objects that no kept run needs. */
  readonly unreferencedBytes: number;
}

/** Counts and sizes of a store; runs that cannot be read are left out. */
export function storeStatistics(disk: StoreDisk, entries: Entries, runs: KeptRuns): StoreStatistics {
  const objects = storedObjects(disk);
  const quarantined = quarantinedFiles(disk);
  const code = codeRecords(disk);
  const codeFiles = [...code.descriptions, ...code.sources];
  const bytesOf = (wanted: (digest: string) => boolean): number => objects.reduce((sum, {name, bytes}) => (wanted(name) ? sum + bytes : sum), 0);
  const needs = runs.names().flatMap((name) => {
    const run = runs.run(name);
    return run === undefined ? [] : [{name, needed: reachableFrom([run], disk).objects}];
  });
  return {
    objects: objects.length,
    objectBytes: bytesOf(() => true),
    entries: entries.tables().reduce((sum, table) => sum + entries.names(table).length, 0),
    runs: needs.map(({name, needed}) => ({name, bytes: bytesOf((digest) => needed.has(digest))})),
    quarantined: quarantined.length,
    quarantinedBytes: quarantined.reduce((sum, {bytes}) => sum + bytes, 0),
    codeRecords: codeFiles.length,
    codeRecordBytes: codeFiles.reduce((sum, {bytes}) => sum + bytes, 0),
    unreferencedBytes: bytesOf((digest) => !needs.some(({needed}) => needed.has(digest)))
  };
}
