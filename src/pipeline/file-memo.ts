import * as fs from "node:fs";

/** What a memo of files needs of the outside. */
export interface FileMemoEffects {
  readonly files: Pick<typeof fs, "statSync">;
  /** Milliseconds since 1970, by the clock that stamps files. */
  readonly now: () => number;
}

/** What was read of a file the last time, while the file is the same; else what `read` gives now. */
export type FileMemo<T> = (path: string, read: () => T) => T;

/** The state of a file, or undefined where it has none or does not tell. */
function stateOf(path: string, files: FileMemoEffects["files"]): fs.BigIntStats | undefined {
  try {
    return files.statSync(path, {bigint: true, throwIfNoEntry: false});
  } catch {
    return undefined;
  }
}

/** A file system may give two changes that follow closely one time; two seconds are the coarsest step in use. */
const settledMilliseconds = 2000;

const real: FileMemoEffects = {files: fs, now: Date.now};

/**
 * Remembers, within this process, what was read of files, each as long as
 * device, inode, size and both times of the file stay the same. What was read
 * of a file within 2 s of its last change is not remembered, nor of a file
 * whose time lies in the future, nor a failure, nor that nothing was found.
 */
export function openFileMemo<T>({files, now}: FileMemoEffects = real): FileMemo<T> {
  const known = new Map<string, {readonly stamp: string; readonly value: T}>();
  return (path, read) => {
    const stat = stateOf(path, files);
    const stamp = stat === undefined ? undefined : [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(" ");
    const last = known.get(path);
    if (last !== undefined && last.stamp === stamp) return last.value;
    known.delete(path);
    const isSettled = stat !== undefined && [stat.mtimeMs, stat.ctimeMs].every((time) => Number(time) < now() - settledMilliseconds);
    const value = read();
    if (isSettled && value !== undefined) known.set(path, {stamp: stamp!, value});
    return value;
  };
}
