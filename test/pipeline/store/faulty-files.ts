import * as fs from "node:fs";
import type {StoreFiles} from "../../../src/pipeline/store/index.ts";

const operations = ["openSync", "writeSync", "fsyncSync", "closeSync", "renameSync", "mkdirSync", "readFileSync", "readdirSync", "statSync", "unlinkSync", "rmdirSync"] as const;
type Operation = (typeof operations)[number];

const longestWrite = 300;

/**
 * Files that tell `before` of each operation, which may throw in its place. A
 * write takes 300 bytes at most; one that fails has put half of that down, and
 * a descriptor is closed even if closing fails. Nothing waits for the disk.
 */
export function watchedFiles(before: (operation: Operation, path: unknown) => void): StoreFiles {
  const wrapped = operations.map((name) => [
    name,
    (...args: unknown[]) => {
      const run = (...changed: unknown[]) => (fs[name] as (...args: unknown[]) => unknown)(...changed);
      const [descriptor, bytes, offset] = args as [number, Uint8Array, number];
      const part = (most: number) => run(descriptor, bytes, offset, Math.min(most, bytes.length - offset));
      try {
        before(name, args[0]);
      } catch (error) {
        if (name === "writeSync") part(longestWrite / 2);
        if (name === "closeSync") run(...args);
        throw error;
      }
      if (name === "fsyncSync") return undefined;
      return name === "writeSync" ? part(longestWrite) : run(...args);
    }
  ]);
  return Object.fromEntries(wrapped) as StoreFiles;
}

/** An error of the file system. */
export const fault = (code: string): Error => Object.assign(new Error(`${code}: the disk said no`), {code});

/** Files whose operation number `n`, from 1, fails with `code`, and the operations done so far. */
export function failingFiles(n: number, code: string): {readonly done: Operation[]; readonly files: StoreFiles} {
  const done: Operation[] = [];
  const files = watchedFiles((operation) => {
    done.push(operation);
    if (done.length === n) throw fault(code);
  });
  return {done, files};
}
