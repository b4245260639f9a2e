import * as fs from "node:fs";
import {basename, dirname} from "node:path";
import type {StoreFiles} from "../../../src/pipeline/store/index.ts";
import {fault, watchedFiles} from "./faulty-files.ts";

/** A disk that forgets, when the power fails, what was not flushed to it. */
export interface MortalDisk {
  readonly files: StoreFiles;
  /** Lets the power fail at the n-th operation from now: it and all later ones throw. */
  readonly failAt: (n: number) => void;
  /** Cuts files that were written and not flushed to half, and removes what came by rename or as a folder where the folder above was not flushed. */
  readonly losePower: () => void;
}

/** A disk of which the power can fail. */
export function mortalDisk(): MortalDisk {
  const paths = new Map<number, string>();
  const unflushed = new Set<string>();
  const unlisted = new Set<string>();
  let left = Infinity;
  const watched = watchedFiles(() => {
    if (--left <= 0) throw fault("EPOWER");
  });
  const files = {
    ...watched,
    openSync(path: string, flags: string) {
      const descriptor = watched.openSync(path, flags);
      paths.set(descriptor, path);
      return descriptor;
    },
    writeSync(descriptor: number, bytes: Uint8Array, offset: number) {
      unflushed.add(paths.get(descriptor)!);
      return watched.writeSync(descriptor, bytes, offset);
    },
    fsyncSync(descriptor: number) {
      watched.fsyncSync(descriptor);
      const path = paths.get(descriptor)!;
      unflushed.delete(path);
      for (const listed of unlisted) if (dirname(listed) === path) unlisted.delete(listed);
    },
    renameSync(from: string, to: string) {
      const isNew = !fs.existsSync(to);
      watched.renameSync(from, to);
      if (unflushed.delete(from)) unflushed.add(to);
      unlisted.delete(from);
      if (isNew) unlisted.add(to);
    },
    mkdirSync(path: string, options: fs.MakeDirectoryOptions & {recursive: true}) {
      const first = watched.mkdirSync(path, options);
      for (let made = path; first !== undefined; made = dirname(made)) {
        unlisted.add(made);
        if (made === first) break;
      }
      return first;
    }
  } as unknown as StoreFiles;
  return {
    files,
    failAt: (n) => void (left = n),
    losePower() {
      for (const path of unflushed) if (fs.existsSync(path)) fs.truncateSync(path, fs.statSync(path).size >> 1);
      for (const path of unlisted) if (basename(path) !== "temporary") fs.rmSync(path, {recursive: true, force: true});
    }
  };
}
