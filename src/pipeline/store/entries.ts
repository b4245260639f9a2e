import type {ReplicaRange} from "../../papers/experiment.ts";
import {openFileMemo} from "../file-memo.ts";
import {entryName, parseEntry} from "./entry.ts";
import type {Entry} from "./entry.ts";
import {seal} from "./sealed-json.ts";
import type {StoreDisk} from "./store-disk.ts";

/** The index of a store: an entry for each table, key and range. Addresses are checked by who asks. */
export interface Entries {
  /** The entry of a name, or undefined; a damaged one is set aside in quarantine, with a warning. */
  readonly read: (name: string) => Entry | undefined;
  readonly write: (entry: Omit<Entry, "check">) => Entry;
  /** Removes an entry; whether it was there. */
  readonly remove: (name: string) => boolean;
  /** The names of the entries of a key that have a range, sorted by first replica, then count. */
  readonly ranges: (table: string, key: string) => readonly string[];
  /** The names of all entries of a table. */
  readonly names: (table: string) => readonly string[];
  /** The readable entries of a table. */
  readonly all: (table: string) => readonly Entry[];
  readonly tables: () => readonly string[];
}

const ending = ".json";
const rangeFile = /^(\d+)-(\d+)\.json$/;

/** The index of a store, whose entries are read again only where their files have changed. @param now ms since 1970, by the clock that stamps files */
export function openEntries(disk: StoreDisk, now: () => number): Entries {
  const known = openFileMemo<Entry | undefined>({files: disk.files, now});
  const {index, entry: pathOf} = disk.layout;
  const rangeNames = (table: string, key: string): readonly string[] =>
    disk
      .names(`${index}/${table}/${key}`)
      .flatMap((file) => {
        const [, first, count] = rangeFile.exec(file) ?? [];
        return first === undefined ? [] : [{first: Number(first), count: Number(count)} satisfies ReplicaRange];
      })
      .sort((a, b) => a.first - b.first || a.count - b.count)
      .map((range) => entryName({table, key, range}));
  const names = (table: string): readonly string[] =>
    disk.names(`${index}/${table}`).flatMap((file) => (file.endsWith(ending) ? [`${table}/${file.slice(0, -ending.length)}`] : rangeNames(table, file)));

  const read = (name: string): Entry | undefined => {
    const path = pathOf(name);
    const bytes = disk.readOrWarn(path);
    if (bytes === undefined) return undefined;
    const entry = parseEntry(bytes, name);
    if (entry !== undefined) {
      disk.sound(path);
      return entry;
    }
    const good = disk.setAside(path, name.replaceAll("/", "."), (found) => parseEntry(found, name) !== undefined);
    if (good !== undefined) return parseEntry(good, name);
    disk.warn(path, `the index entry ${name.slice(0, name.indexOf("/") + 13)} was damaged; it is set aside in quarantine and its rows are computed again`);
    return undefined;
  };

  return {
    read: (name) => known(pathOf(name), () => read(name)),
    write(entry) {
      const text = seal(entry);
      const path = pathOf(entryName(entry));
      disk.write(path, Buffer.from(text));
      return JSON.parse(text) as Entry;
    },
    remove: (name) => disk.remove(pathOf(name)),
    ranges: rangeNames,
    names,
    all: (table) =>
      names(table).flatMap((name) => {
        const parse = (): Entry | undefined => {
          const bytes = disk.readOrWarn(pathOf(name));
          return bytes && parseEntry(bytes, name);
        };
        return known(pathOf(name), parse) ?? [];
      }),
    tables: () => disk.names(index)
  };
}
