import {parseEntry} from "./entry.ts";
import type {KeptRun} from "./kept-runs.ts";
import type {StoreDisk} from "./store-disk.ts";

/** What a run needs: names of index entries and digests of objects. */
export interface Reachable {
  readonly entries: ReadonlySet<string>;
  readonly objects: ReadonlySet<string>;
}

/**
 * What kept runs need: the objects of their tables, their entries and the objects of these.
 * @throws Error naming an entry that is there and cannot be read, since its object is not known then
 */
export function reachableFrom(runs: readonly KeptRun[], disk: StoreDisk): Reachable {
  const entries = new Set(runs.flatMap((run) => run.entries));
  const objects = new Set(runs.flatMap(({tables}) => Object.values(tables).flatMap((table) => ("error" in table ? [] : [table.object, table.content, table.csv]))));
  for (const name of entries) {
    const bytes = disk.read(disk.layout.entry(name));
    const entry = bytes === undefined ? undefined : parseEntry(bytes, name);
    if (entry !== undefined) objects.add(entry.object);
  }
  return {entries, objects};
}
