import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import * as files from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { pipeline } from "node:stream/promises";
import envPaths from "env-paths";
import { openPromise } from "yauzl";
import { runProgram } from "./run-program.mjs";
import type { RunProgram } from "./run-program.mjs";

type Files = Pick<
  typeof files,
  | "access"
  | "copyFile"
  | "mkdir"
  | "mkdtemp"
  | "readFile"
  | "readdir"
  | "realpath"
  | "rename"
  | "rm"
  | "stat"
  | "statfs"
  | "symlink"
  | "writeFile"
>;

/** What the set-up of the native library needs from outside. */
export interface NativeEffects {
  readonly files: Files;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's cache folder of this project. */
  readonly cacheFolder: string;
  /** Operating system and processor, such as `linux-x64`; `linux-x64-musl` where the C library is not glibc. */
  readonly platform: string;
  /** Highest version of Node-API that the running Node has. */
  readonly nodeApi: number;
  readonly nodeExecutable: string;
  readonly processId: number;
  isAlive(processId: number): boolean;
  /** SHA-256 of a file's content, in hexadecimal. */
  sha256(file: string): Promise<string>;
  /** Writes the members of a zip file for which `target` gives a path. */
  unzip(file: string, target: (member: string) => string | undefined): Promise<void>;
  readonly run: RunProgram;
}

const hasGlibc = (): boolean => {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
};

/** The machine's own effects. */
export const nativeEffects: NativeEffects = {
  files,
  environment: process.env,
  cacheFolder: envPaths("driftbook", { suffix: "" }).cache,
  get platform() {
    const musl = process.platform === "linux" && !hasGlibc();
    return `${process.platform}-${process.arch}${musl ? "-musl" : ""}`;
  },
  nodeApi: Number(process.versions["napi"] ?? "8"),
  nodeExecutable: process.execPath,
  processId: process.pid,
  isAlive(processId) {
    try {
      process.kill(processId, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "EPERM";
    }
  },
  async sha256(file) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash);
    return hash.digest("hex");
  },
  async unzip(file, target) {
    const archive = await openPromise(file, { autoClose: false });
    try {
      for await (const entry of archive.eachEntry()) {
        const destination = target(entry.fileName);
        if (destination === undefined || entry.fileName.endsWith("/")) continue;
        await files.mkdir(path.dirname(destination), { recursive: true });
        await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(destination));
      }
    } finally {
      archive.close();
    }
  },
  run: runProgram,
};
