import {dirname, join} from "node:path";
import type {Layout} from "./layout.ts";
import type {Owners} from "./owner.ts";
import type {StoreFiles} from "./store-effects.ts";

/** The files of a store: whole or absent. */
export interface StoreDisk {
  readonly layout: Layout;
  readonly files: StoreFiles;
  /**
   * Puts a file in its place, durably: a temporary file is written, flushed
   * and renamed, and its folder flushed.
   * @throws Error naming the path, the bytes needed and what to do; nothing half-written stays
   */
  readonly write: (path: string, bytes: Uint8Array) => void;
  /** The bytes of a file, or undefined where there is none. @throws Error naming the path of a file that cannot be read */
  readonly read: (path: string) => Uint8Array | undefined;
  /** The same, but a file that cannot be read is as none, with a warning. */
  readonly readOrWarn: (path: string) => Uint8Array | undefined;
  /** The names in a folder, sorted; none of one that is not there. */
  readonly names: (folder: string) => readonly string[];
  /** The size of a file, or undefined where there is none. */
  readonly size: (path: string) => number | undefined;
  /** Removes a file; whether it was there. @throws Error naming the path */
  readonly remove: (path: string) => boolean;
  /** Makes the changes of a folder last. @throws Error naming it */
  readonly flush: (folder: string) => void;
  /** Removes a folder if it is empty. */
  readonly removeEmpty: (folder: string) => void;
  /**
   * Moves a damaged file to quarantine. It goes back, and its bytes are given,
   * if another process has put a good one there meanwhile.
   */
  readonly setAside: (path: string, name: string, isGood: (bytes: Uint8Array) => boolean) => Uint8Array | undefined;
  /** Warns once of a path, until it is found sound again. */
  readonly warn: (path: string, message: string) => void;
  /** Says that a path was found sound. */
  readonly sound: (path: string) => void;
}

/** The code of a failed file operation. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "error";

const isAbsent = (error: unknown): boolean => codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";

/** The disk of a store. */
export function openDisk(layout: Layout, files: StoreFiles, owners: Owners, warn: (message: string) => void): StoreDisk {
  const warned = new Set<string>();
  const attempt = (operation: () => void): void => {
    try {
      operation();
    } catch {}
  };

  const flush = (folder: string): void => {
    const descriptor = files.openSync(folder, "r");
    try {
      files.fsyncSync(descriptor);
    } finally {
      files.closeSync(descriptor);
    }
  };

  const makeFolder = (folder: string): void => {
    const first = files.mkdirSync(folder, {recursive: true});
    for (let made = folder; first !== undefined; made = dirname(made)) {
      flush(dirname(made));
      if (made === first || made === dirname(made)) return;
    }
  };

  const disk: StoreDisk = {
    layout,
    files,
    write(path, bytes) {
      const temporary = join(layout.temporary, owners.name());
      try {
        files.mkdirSync(layout.temporary, {recursive: true});
        makeFolder(dirname(path));
        const descriptor = files.openSync(temporary, "wx");
        try {
          for (let written = 0; written < bytes.length; ) written += files.writeSync(descriptor, bytes, written);
          files.fsyncSync(descriptor);
        } finally {
          files.closeSync(descriptor);
        }
        files.renameSync(temporary, path);
        flush(dirname(path));
        disk.sound(path);
      } catch (cause) {
        attempt(() => files.unlinkSync(temporary));
        const remedy = ["ENOSPC", "EDQUOT"].includes(codeOf(cause)) ? "free that much disk" : "check the disk and the folder's permissions";
        throw new Error(`could not write ${bytes.length} bytes to ${path} (${codeOf(cause)}): ${remedy} and run again`, {cause});
      }
    },
    read(path) {
      try {
        return files.readFileSync(path);
      } catch (cause) {
        if (isAbsent(cause)) return undefined;
        throw new Error(`could not read ${path} (${codeOf(cause)}): check the disk and the file's permissions`, {cause});
      }
    },
    readOrWarn(path) {
      try {
        return disk.read(path);
      } catch (error) {
        disk.warn(path, `${(error as Error).message}; it is taken as absent`);
        return undefined;
      }
    },
    names(folder) {
      try {
        return files.readdirSync(folder).sort();
      } catch (error) {
        if (isAbsent(error)) return [];
        throw new Error(`could not list ${folder} (${codeOf(error)}): check the disk and the folder's permissions`, {cause: error});
      }
    },
    size(path) {
      try {
        return files.statSync(path, {throwIfNoEntry: false})?.size;
      } catch {
        return undefined;
      }
    },
    remove(path) {
      try {
        files.unlinkSync(path);
        return true;
      } catch (cause) {
        if (isAbsent(cause)) return false;
        throw new Error(`could not remove ${path} (${codeOf(cause)}): check the disk and the folder's permissions`, {cause});
      }
    },
    flush(folder) {
      try {
        flush(folder);
      } catch (cause) {
        throw new Error(`could not flush ${folder} (${codeOf(cause)}): check the disk and the folder's permissions`, {cause});
      }
    },
    removeEmpty: (folder) => attempt(() => files.rmdirSync(folder)),
    setAside(path, name, isGood) {
      const aside = join(layout.quarantine, `${name}.${owners.name()}`);
      try {
        files.mkdirSync(layout.quarantine, {recursive: true});
        files.renameSync(path, aside);
        const moved = files.readFileSync(aside);
        if (!isGood(moved)) return undefined;
        files.renameSync(aside, path);
        return moved;
      } catch {
        return undefined;
      }
    },
    warn(path, message) {
      if (warned.has(path)) return;
      warned.add(path);
      warn(message);
    },
    sound: (path) => void warned.delete(path)
  };
  return disk;
}
