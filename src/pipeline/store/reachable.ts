import {parseEntry} from "./entry.ts";
import type {Entry} from "./entry.ts";
import type {KeptRun} from "./kept-runs.ts";
import {isDigest} from "./sha256.ts";
import type {StoreDisk} from "./store-disk.ts";

/** What a run needs: names of index entries, digests of objects, and digests of sources, by which its cells are explained. */
export interface Reachable {
  readonly entries: ReadonlySet<string>;
  readonly objects: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

/** The digests with which values of what an entry's key was made of begin. */
function sourcesOf({note}: Entry): readonly string[] {
  const {basis} = note;
  const values: readonly unknown[] = typeof basis === "object" && basis !== null ? Object.values(basis) : [];
  return values.flatMap((value) => (typeof value === "string" && isDigest(value.slice(0, 64)) ? [value.slice(0, 64)] : []));
}

/**
 * What kept runs need: the objects of their tables, their entries and the objects of these.
 * @throws Error naming an entry that is there and cannot be read, since its object is not known then
 */
export function reachableFrom(runs: readonly KeptRun[], disk: StoreDisk): Reachable {
  const entries = new Set(runs.flatMap((run) => run.entries));
  const objects = new Set(runs.flatMap(({tables}) => Object.values(tables).flatMap((table) => ("error" in table ? [] : [table.object, table.content, table.csv]))));
  const sources = new Set<string>();
  for (const name of entries) {
    const bytes = disk.read(disk.layout.entry(name));
    const entry = bytes === undefined ? undefined : parseEntry(bytes, name);
    if (entry === undefined) continue;
    objects.add(entry.object);
    for (const source of sourcesOf(entry)) sources.add(source);
  }
  return {entries, objects, sources};
}
