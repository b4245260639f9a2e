import type {ReplicaRange} from "../../papers/experiment.ts";
import {checkName} from "../names.ts";
import {unseal} from "./sealed-json.ts";
import {isDigest} from "./sha256.ts";

/** What the index says of a key: the object that holds its rows. */
export interface Entry {
  readonly version: 2;
  readonly table: string;
  /** 64 hex digits. */
  readonly key: string;
  /** The replicas of the rows, or null for the rows of the whole key. */
  readonly range: ReplicaRange | null;
  /** SHA-256 of the object. */
  readonly object: string;
  /** Size of the object. */
  readonly bytes: number;
  /** Seconds that the rows took to compute. */
  readonly seconds: number;
  /** What the key was made of, for explanations. */
  readonly note: Readonly<Record<string, unknown>>;
  /** SHA-256 of all the rest as canonical JSON. */
  readonly check: string;
}

const isCount = (value: unknown, least: number): value is number => Number.isSafeInteger(value) && (value as number) >= least;

/** @throws RangeError naming what is no table, key or range, before any file is touched */
export function checkAddress(table: string, key: string, range: ReplicaRange | null): void {
  checkName(table, "table");
  if (!isDigest(key)) throw new RangeError(`table ${table}: expected a key of 64 hex digits, found ${JSON.stringify(String(key).slice(0, 80))}`);
  if (range !== null && !(isCount(range.first, 0) && isCount(range.count, 1)))
    throw new RangeError(`table ${table}: expected a range of whole numbers with first ≥ 0 and count ≥ 1, found ${JSON.stringify(range)}`);
}

/**
 * The name of an index entry, which kept runs list: `<table>/<key>` or
 * `<table>/<key>/<first>-<count>`. Also its path in the index, without `.json`.
 */
export function entryName({table, key, range}: Pick<Entry, "table" | "key" | "range">): string {
  return `${table}/${key}${range === null ? "" : `/${range.first}-${range.count}`}`;
}

const namePattern = /^([^/]+)\/([^/]+)(?:\/(\d+)-(\d+))?$/;

/** What {@link entryName} named. @throws RangeError for anything else */
export function parseEntryName(name: string): Pick<Entry, "table" | "key" | "range"> {
  const [whole, table, key, first, count] = namePattern.exec(name) ?? [];
  const address = {table: table ?? "", key: key ?? "", range: first === undefined ? null : {first: Number(first), count: Number(count)}};
  if (whole === undefined || entryName(address) !== name) throw new RangeError(`expected the name of an index entry, found ${JSON.stringify(name.slice(0, 200))}`);
  checkAddress(address.table, address.key, address.range);
  return address;
}

/** The entry of that name in a file's bytes, or undefined if they are damaged, of another version or another entry's. */
export function parseEntry(bytes: Uint8Array, name: string): Entry | undefined {
  const entry = unseal(bytes) as Entry | undefined;
  return entry?.version === 2 && isDigest(entry.object) && typeof entry.range === "object" && entryName(entry) === name ? entry : undefined;
}
