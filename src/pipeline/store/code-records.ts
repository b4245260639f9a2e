import {join} from "node:path";
import {sha256} from "./sha256.ts";
import type {StoreDisk} from "./store-disk.ts";
import {sizedFiles} from "./stored-files.ts";
import type {StoredFile} from "./stored-files.ts";

/** What a store keeps of a project's code beside results: descriptions of the project and the sources of cells, as shortcuts and for explanations. */
export interface CodeRecords {
  readonly descriptions: readonly StoredFile[];
  /** Records of sources, `<digest>.json`. */
  readonly sources: readonly StoredFile[];
}

/** Every description and every source that a store keeps. */
export function codeRecords(disk: StoreDisk): CodeRecords {
  const {descriptions, sources} = disk.layout;
  return {descriptions: sizedFiles(disk, descriptions), sources: sizedFiles(disk, sources)};
}

interface Described {
  readonly name: string;
  readonly time: number;
  /** Digests of the sources of its tables. */
  readonly tables: readonly string[];
  /** Digests of all sources that it names. */
  readonly sources: readonly string[];
}

/** What a description says of its sources, or undefined if it is damaged. */
function readDescription(disk: StoreDisk, name: string): Described | undefined {
  const path = join(disk.layout.descriptions, name);
  const text = Buffer.from(disk.read(path) ?? []).toString("utf8");
  if (sha256(text.slice(65)) !== text.slice(0, 64)) return undefined;
  const {tables, sources} = JSON.parse(text.slice(65)) as {readonly tables: Readonly<Record<string, {readonly basis?: {readonly source: string}}>>; readonly sources: object};
  return {
    name,
    time: disk.files.statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0,
    tables: Object.values(tables).flatMap(({basis}) => (basis === undefined ? [] : [basis.source])),
    sources: Object.keys(sources)
  };
}

/**
 * The records that nothing needs. A description is needed if entries that are
 * kept name the source of each of its tables, so that it is of code by which
 * kept results were computed, or if it is the newest, which is what completion
 * and the next run look at. A source is needed if such an entry or description
 * names it.
 * @param named digests of the sources that kept entries name
 */
export function unneededCodeRecords(disk: StoreDisk, named: ReadonlySet<string>): CodeRecords {
  const {descriptions, sources} = codeRecords(disk);
  const read = descriptions.flatMap(({name}) => readDescription(disk, name) ?? []);
  const newest = Math.max(...read.map(({time}) => time));
  const needed = read.filter(({time, tables}) => time === newest || tables.every((digest) => named.has(digest)));
  const neededSources = new Set([...named, ...needed.flatMap((description) => description.sources)]);
  return {
    descriptions: descriptions.filter(({name}) => !needed.some((description) => description.name === name)),
    sources: sources.filter(({name}) => !neededSources.has(name.replace(/\.json$/, "")))
  };
}
