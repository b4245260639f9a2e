import {checkName} from "../names.ts";
import {parseEntryName} from "./entry.ts";
import {seal, unseal} from "./sealed-json.ts";
import {isDigest} from "./sha256.ts";
import type {StoreDisk} from "./store-disk.ts";

/** What of a run is kept under its name: all that its tables need is a root that pruning leaves. Other fields are kept as they are. */
export interface KeptRun {
  readonly version: 1;
  readonly name: string;
  /** Digests of each table's published stream, rows and CSV, or why it has none. */
  readonly tables: Readonly<Record<string, {readonly object: string; readonly content: string; readonly csv: string} | {readonly error: string}>>;
  /** Names of the index entries that it used, as `entryName` gives them. */
  readonly entries: readonly string[];
}

/** The runs that a store keeps. */
export interface KeptRuns {
  readonly keep: (record: KeptRun) => void;
  readonly run: (name: string) => KeptRun | undefined;
  readonly names: () => readonly string[];
  readonly forget: (name: string) => boolean;
}

const reserved = "latest-";

/**
 * Returns `name` if a person may give it to a run.
 * @throws RangeError for what is no kebab-case name or begins with `latest-`, which names the last run of each preset
 */
export function checkRunName(name: string): string {
  checkName(name, "run");
  if (name.startsWith(reserved)) throw new RangeError(`run: expected a name that does not begin with ${reserved}, which is kept for the last run of each preset, found ${JSON.stringify(name)}`);
  return name;
}

function checkRecord({version, name, tables, entries}: KeptRun): void {
  if (version !== 1) throw new RangeError(`run ${name}: expected version 1, found ${String(version)}`);
  for (const [table, result] of Object.entries(tables)) {
    checkName(table, `run ${name}, table`);
    if ("error" in result) continue;
    for (const part of ["object", "content", "csv"] as const)
      if (!isDigest(result[part])) throw new RangeError(`run ${name}, table ${table}: expected ${part} to be 64 hex digits, found ${JSON.stringify(result[part])}`);
  }
  for (const entry of entries) parseEntryName(entry);
}

const fileName = /^([a-z0-9-]+)\.json$/;

/** The kept runs of a store. */
export function openKeptRuns(disk: StoreDisk): KeptRuns {
  const {runs, run: pathOf} = disk.layout;
  return {
    keep(record) {
      const path = pathOf(checkName(record.name, "run"));
      checkRecord(record);
      disk.write(path, Buffer.from(seal(record)));
    },
    run(name) {
      const path = pathOf(checkName(name, "run"));
      const bytes = disk.readOrWarn(path);
      if (bytes === undefined) return undefined;
      const found = unseal(bytes) as (KeptRun & {readonly check: string}) | undefined;
      if (found?.version === 1 && found.name === name) {
        const {check, ...record} = found;
        return record;
      }
      disk.warn(path, `the kept run ${name} is damaged and cannot be read; forget it, or put ${path} back from a copy`);
      return undefined;
    },
    names: () => disk.names(runs).flatMap((file) => fileName.exec(file)?.[1] ?? []),
    forget: (name) => disk.remove(pathOf(checkName(name, "run")))
  };
}
