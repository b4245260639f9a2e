import {createHash, randomUUID} from "node:crypto";
import * as fs from "node:fs";
import {join} from "node:path";
import {checkArrowStream, readMetadata} from "./arrow-table.ts";
import {checkName} from "./names.ts";

/** The file operations of the store, so that their failures can be tried. */
export type StoreFiles = Pick<typeof fs, "openSync" | "writeSync" | "fsyncSync" | "closeSync" | "renameSync" | "mkdirSync" | "readFileSync" | "rmSync">;

/** What an index entry says: the object that holds a key's table. */
export interface Entry {
  readonly version: 1;
  readonly table: string;
  /** SHA-256 of the object. */
  readonly object: string;
  /** Seconds that the table took to compute. */
  readonly seconds: number;
}

/** Tables by key, in a folder: immutable objects named by their SHA-256 and an index. */
export interface Store {
  /** The entry and verified bytes of `key`, or undefined where either is absent or damaged. */
  readonly read: (table: string, key: string) => {readonly entry: Entry; readonly bytes: Uint8Array} | undefined;
  /**
   * Keeps the bytes of `key`, whose metadata must say `key`: the object first,
   * its index entry after it, each by rename.
   * @throws RangeError for bytes that are no table of that key
   * @throws Error naming the path and the bytes that could not be written there
   */
  readonly write: (table: string, key: string, bytes: Uint8Array, seconds: number) => Entry;
  /** The verified bytes of an object, or undefined. */
  readonly object: (digest: string) => Uint8Array | undefined;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const isDigest = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

/**
 * Opens the store in `folder`. A damaged object is moved to `quarantine`, a
 * damaged entry is a miss; `warn` hears of both once.
 */
export function openStore(folder: string, warn: (message: string) => void, files: StoreFiles = fs): Store {
  const objectPath = (digest: string) => join(folder, "objects", `${digest}.arrow`);
  const entryPath = (table: string, key: string) => join(folder, "index", checkName(table, "table"), `${key}.json`);

  const writeWhole = (path: string, bytes: Uint8Array) => {
    const temporary = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
    try {
      files.mkdirSync(join(path, ".."), {recursive: true});
      const descriptor = files.openSync(temporary, "wx");
      try {
        for (let written = 0; written < bytes.length; ) written += files.writeSync(descriptor, bytes, written);
        files.fsyncSync(descriptor);
      } finally {
        files.closeSync(descriptor);
      }
      files.renameSync(temporary, path);
    } catch (cause) {
      attempt(() => files.rmSync(temporary, {force: true}));
      const code = (cause as NodeJS.ErrnoException).code ?? "error";
      throw new Error(`could not write ${bytes.length} bytes to ${path} (${code}): ${code === "ENOSPC" ? "free that much disk" : "check the folder's permissions"} and run again`, {cause});
    }
  };

  const attempt = (operation: () => void): void => {
    try {
      operation();
    } catch {}
  };

  const readWhole = (path: string): Uint8Array | undefined => {
    try {
      return files.readFileSync(path) as Uint8Array;
    } catch {
      return undefined;
    }
  };

  const object = (digest: string, onAbsent?: () => void): Uint8Array | undefined => {
    const bytes = isDigest(digest) ? readWhole(objectPath(digest)) : undefined;
    if (bytes === undefined) onAbsent?.();
    if (bytes === undefined || sha256(bytes) === digest) return bytes;
    attempt(() => {
      files.mkdirSync(join(folder, "quarantine"), {recursive: true});
      files.renameSync(objectPath(digest), join(folder, "quarantine", `${digest}.${randomUUID().slice(0, 8)}`));
    });
    warn(`cached table ${digest.slice(0, 12)} was damaged; it is set aside in quarantine and computed again`);
    return undefined;
  };

  const keyOf = (bytes: Uint8Array, table: string): string | undefined => {
    try {
      return readMetadata(bytes, `table ${table}`).key;
    } catch {
      return undefined;
    }
  };

  const readEntry = (table: string, key: string): Entry | undefined => {
    const bytes = readWhole(entryPath(table, key));
    if (bytes === undefined) return undefined;
    try {
      const entry = JSON.parse(Buffer.from(bytes).toString("utf8")) as Entry;
      if (entry.version === 1 && entry.table === table && isDigest(entry.object)) return entry;
    } catch {}
    warn(`the cache's entry for ${table} was damaged; it is computed again`);
    return undefined;
  };

  return {
    object: (digest) => object(digest),
    read(table, key) {
      const entry = readEntry(table, key);
      if (entry === undefined) return undefined;
      const bytes = object(entry.object, () => warn(`the cached table that the entry for ${table} names is gone; it is computed again`));
      if (bytes === undefined) return undefined;
      if (keyOf(bytes, table) === key) return {entry, bytes};
      warn(`the cache's entry for ${table} names another table; it is computed again`);
      return undefined;
    },
    write(table, key, bytes, seconds) {
      checkArrowStream(bytes, `table ${table}`);
      if (keyOf(bytes, table) !== key) throw new RangeError(`table ${table}: expected metadata with the key ${key.slice(0, 12)}, found ${keyOf(bytes, table)?.slice(0, 12) ?? "none"}`);
      const entry: Entry = {version: 1, table, object: sha256(bytes), seconds: Math.round(seconds * 1000) / 1000};
      writeWhole(objectPath(entry.object), bytes);
      writeWhole(entryPath(table, key), Buffer.from(`${JSON.stringify(entry)}\n`));
      return entry;
    }
  };
}
