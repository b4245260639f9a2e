import { createHash } from "node:crypto";
import path from "node:path";
import type { KernelEffects } from "./kernel-effects.ts";

/** Compiled libraries by key. What a killed process left in the store goes an hour later. */
export interface KernelStore {
  /** The path of an undamaged library of `key`, or undefined. */
  find(key: string): Promise<string | undefined>;
  /** Lets `build` write a library into a new folder under the name it is given, keeps it and returns its path. */
  keep(key: string, build: (folder: string, name: string) => Promise<void>): Promise<string>;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const partial = "partial-";
const partialLifetime = 3_600_000;
const library = "kernel.so";

/**
 * Opens the store `kernels` in the user's cache folder. The library of a key is the one file in the folder of that
 * name, and is itself named by the SHA-256 of its bytes, which is checked whenever it is found. So an entry appears by
 * one rename, processes that compile the same kernel at once do not disturb each other, and a path never has other
 * code than when it was loaded before, which the dynamic linker would not notice.
 */
export const openKernelStore = ({ files, cacheFolder }: KernelEffects): KernelStore => {
  const root = path.join(cacheFolder, "kernels");

  const removeAbandoned = async (present: string): Promise<void> => {
    const { mtimeMs: now } = await files.stat(present);
    for (const name of await files.readdir(root)) {
      if (!name.startsWith(partial)) continue;
      const folder = path.join(root, name);
      const { mtimeMs } = await files.stat(folder);
      if (now - mtimeMs > partialLifetime) await files.rm(folder, { recursive: true, force: true });
    }
  };

  const flush = async (file: string): Promise<void> => {
    const handle = await files.open(file, "r+");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  };

  return {
    async find(key) {
      const folder = path.join(root, key);
      for (const name of await files.readdir(folder).catch(() => [])) {
        const file = path.join(folder, name);
        const bytes = await files.readFile(file).catch(() => undefined);
        if (bytes !== undefined && name === `${sha256(bytes)}.so`) return file;
      }
      return undefined;
    },
    async keep(key, build) {
      await files.mkdir(path.join(root, key), { recursive: true, mode: 0o700 });
      const folder = await files.mkdtemp(path.join(root, partial));
      await removeAbandoned(folder).catch(() => undefined);
      try {
        await build(folder, library);
        const built = path.join(folder, library);
        const target = path.join(root, key, `${sha256(await files.readFile(built))}.so`);
        await flush(built);
        await files.rename(built, target);
        return target;
      } finally {
        await files.rm(folder, { recursive: true, force: true }).catch(() => undefined);
      }
    },
  };
};
