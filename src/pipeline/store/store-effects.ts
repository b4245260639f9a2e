import * as fs from "node:fs";

/** The file operations of the store. */
export type StoreFiles = Pick<
  typeof fs,
  "openSync" | "writeSync" | "fsyncSync" | "closeSync" | "renameSync" | "mkdirSync" | "readFileSync" | "readdirSync" | "statSync" | "unlinkSync" | "rmdirSync"
>;

/** What the store needs of the outside, so that its failures can be tried. */
export interface StoreEffects {
  readonly files: StoreFiles;
  readonly processId: number;
  readonly isAlive: (processId: number) => boolean;
  /** What tells a process from a later one of the same id, or null where the system does not say. */
  readonly startTime: (processId: number) => string | null;
  /** Milliseconds since 1970, by the clock that stamps files. */
  readonly now: () => number;
}

/** The state and the start time of a process (fields 3 and 22 of `/proc/<id>/stat`), where there are such files. */
function processStat(processId: number): {readonly state: string; readonly startTime: string} | null {
  try {
    const text = fs.readFileSync(`/proc/${processId}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return {state: fields[0] ?? "", startTime: fields[19] ?? ""};
  } catch {
    return null;
  }
}

function answers(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The file system and the processes of this machine. A process that has ended and waits for its parent is not alive. */
export const realEffects: StoreEffects = {
  files: fs,
  processId: process.pid,
  isAlive: (processId) => answers(processId) && !/^[ZX]/.test(processStat(processId)?.state ?? ""),
  startTime: (processId) => processStat(processId)?.startTime ?? null,
  now: Date.now
};
