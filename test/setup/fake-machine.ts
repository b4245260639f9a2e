import { createHash } from "node:crypto";
import * as files from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nativeEffects } from "../../src/setup/native-effects.ts";
import type { NativeEffects } from "../../src/setup/native-effects.ts";
import type { NativeLibraryOptions } from "../../src/setup/native-library.ts";
import type { ProgramResult } from "../../src/setup/run-program.mjs";
import { storedZip } from "./stored-zip.ts";

export const headers = [
  "tensorflow/c/c_api.h",
  "tensorflow/c/eager/c_api.h",
  "tensorflow/core/platform/ctstring_internal.h",
];

const wheelContent = storedZip({
  "tensorflow/libtensorflow_cc.so.2": "main library",
  "tensorflow/libtensorflow_framework.so.2": "framework library",
  "tensorflow/python/big.so": "not needed",
  "tensorflow/include/Eigen/Core": "not needed",
  ...Object.fromEntries(headers.map((header) => [`tensorflow/include/${header}`, header])),
});

export const done: ProgramResult = { code: 0, missing: false, output: "" };
export const failed = (output: string): ProgramResult => ({ code: 1, missing: false, output });
export const missing: ProgramResult = { code: -1, missing: true, output: "spawn ENOENT" };

/** A checkout and a user's cache in a new temporary folder, and a machine whose programs only pretend. */
export interface FakeMachine {
  readonly options: NativeLibraryOptions & { readonly cacheFolder: string };
  readonly effects: NativeEffects;
  readonly packageFolder: string;
  /** The programs that ran, one line each. */
  readonly ran: string[];
  readonly logged: string[];
  remove(): Promise<void>;
}

/** Answers of programs, by a part of their command line; they come before what the machine does by itself. */
export type Answers = Readonly<Record<string, ProgramResult>>;

export const fakeMachine = async (answers: Answers = {}): Promise<FakeMachine> => {
  const folder = await files.mkdtemp(path.join(os.tmpdir(), "driftbook-setup-"));
  const root = path.join(folder, "checkout");
  const packageFolder = path.join(root, "node_modules", "@tensorflow", "tfjs-node");
  await files.mkdir(packageFolder, { recursive: true });
  await files.writeFile(
    path.join(packageFolder, "package.json"),
    JSON.stringify({
      version: "4.22.0",
      binary: { module_path: "./lib/napi-v{napi_build_version}", napi_versions: [3, 8] },
    }),
  );
  const ran: string[] = [];
  const logged: string[] = [];
  const writeBinding = async (): Promise<void> => {
    await files.mkdir(path.join(packageFolder, "lib", "napi-v8"), { recursive: true });
    await files.writeFile(path.join(packageFolder, "lib", "napi-v8", "tfjs_binding.node"), "binding");
  };
  const run: NativeEffects["run"] = async (program, args) => {
    const line = `${path.basename(program)} ${args.join(" ")}`;
    ran.push(line);
    const answer = Object.entries(answers).find(([part]) => line.includes(part))?.[1];
    if (answer !== undefined) return answer;
    if (line.includes("pip download")) {
      await files.writeFile(path.join(args[args.indexOf("--dest") + 1] as string, "tensorflow.whl"), wheelContent);
    }
    if (line.includes("node-pre-gyp")) await writeBinding();
    if (line.includes("--eval")) return { ...done, output: "version 2.21.0" };
    if (line.includes("install.js")) {
      await files.rm(path.join(packageFolder, "deps"), { recursive: true, force: true });
      await files.mkdir(path.join(packageFolder, "deps", "lib"), { recursive: true });
      await files.writeFile(path.join(packageFolder, "deps", "lib", "libtensorflow.so"), "own library");
      await writeBinding();
    }
    return done;
  };
  return {
    options: {
      root,
      log: (line) => void logged.push(line),
      cacheFolder: path.join(folder, "cache"),
      wheel: {
        name: "tensorflow-cpu",
        version: "2.21.0",
        sha256: createHash("sha256").update(wheelContent).digest("hex"),
        bytesNeeded: 1000,
      },
    },
    effects: {
      ...nativeEffects,
      environment: { PATH: "" },
      cacheFolder: path.join(folder, "unused"),
      platform: "linux-x64",
      nodeApi: 9,
      nodeExecutable: path.join(folder, "bin", "node"),
      processId: 4242,
      isAlive: (processId) => processId === 4242,
      run,
    },
    packageFolder,
    ran,
    logged,
    remove: () => files.rm(folder, { recursive: true, force: true }),
  };
};

/** A test body on a new fake machine, which is removed afterwards. */
export const onMachine = (body: (machine: FakeMachine) => Promise<void>, answers: Answers = {}) => async () => {
  const machine = await fakeMachine(answers);
  try {
    await body(machine);
  } finally {
    await machine.remove();
  }
};

/** What stands in the cache of libraries. */
export const cacheEntries = ({ options }: FakeMachine): Promise<string[]> =>
  files.readdir(path.join(options.cacheFolder, "native-library")).catch(() => []);

/** The text of a file below tfjs-node's folder. */
export const read = (machine: FakeMachine, name: string): Promise<string> =>
  files.readFile(path.join(machine.packageFolder, name), "utf8");
