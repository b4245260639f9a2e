import assert from "node:assert/strict";
import * as files from "node:fs/promises";
import { test } from "node:test";
import { ensureNativeLibrary } from "../../src/setup/index.ts";
import type { NativeEffects } from "../../src/setup/native-effects.ts";
import { cacheEntries, failed, missing, onMachine, read } from "./fake-machine.ts";
import type { Answers } from "./fake-machine.ts";

const toolFaults: readonly (readonly [string, Answers, RegExp])[] = [
  ["no python3", { python3: missing }, /^python3: not found; install it/],
  ["no make", { "make --version": missing }, /^make: not found; install it/],
  ["no g++", { "g++ --version": missing }, /^g\+\+: not found; install it/],
  ["no pip", { "pip --version": failed("No module named pip") }, /^pip: not found; install it/],
];

for (const [fault, answers, message] of toolFaults) {
  test(
    `${fault}: tfjs-node's own installation is tried, and the missing tool is named if it fails`,
    onMachine(
      async ({ options, effects, ran }) => {
        await assert.rejects(ensureNativeLibrary(options, effects), { name: "SetupError", message });
        assert.ok(ran.some((line) => line.includes("install.js")));
      },
      { ...answers, "install.js": failed("ENOTFOUND") },
    ),
  );
}

const programFaults: readonly (readonly [string, Answers, RegExp])[] = [
  [
    "pip finds no such wheel",
    { "pip download": failed("ERROR: No matching distribution found for tensorflow-cpu==2.21.0") },
    /^pip: tensorflow-cpu 2\.21\.0 was not found; check the network/,
  ],
  [
    "pip fails",
    { "pip download": failed("Looking\nERROR: Read timed out.\n") },
    /^pip: tensorflow-cpu could not be downloaded \(Read timed out\.\); run again$/,
  ],
  [
    "pip finds the disk full",
    { "pip download": failed("ERROR: [Errno 28] No space left on device") },
    /native-library: the disk is full, 1000 bytes are needed/,
  ],
  [
    "the compiler fails",
    { "node-pre-gyp": failed("make: Entering\ntfjs_backend.cc:28:10: fatal error: no such file\nmore") },
    /^tfjs-node's binding could not be compiled: tfjs_backend\.cc:28:10: fatal error: no such file$/,
  ],
  ["the binding does not load", { "--eval": failed("undefined symbol") }, /^tfjs-node's binding was compiled but does not/],
];

for (const [fault, answers, message] of programFaults) {
  test(
    `${fault}: one line that says what to do, and nothing half-done in the cache`,
    onMachine(async (machine) => {
      await assert.rejects(ensureNativeLibrary(machine.options, machine.effects), { name: "SetupError", message });
      assert.deepEqual((await cacheEntries(machine)).filter((name) => name.startsWith("partial")), []);
    }, answers),
  );
}

test(
  "a wrong checksum is refused by both sums and the file is removed",
  onMachine(async (machine) => {
    const wheel = { ...machine.options.wheel!, sha256: "0".repeat(64) };
    await assert.rejects(ensureNativeLibrary({ ...machine.options, wheel }, machine.effects), {
      name: "SetupError",
      message: new RegExp(`^tensorflow\\.whl: expected the SHA-256 0{64}, found ${machine.options.wheel?.sha256}; `),
    });
    assert.deepEqual(await cacheEntries(machine), []);
  }),
);

test(
  "too little space is found before anything is downloaded",
  onMachine(async ({ options, effects, ran }) => {
    const statfs = (async () => ({ bavail: 3, bsize: 100 })) as unknown as NativeEffects["files"]["statfs"];
    await assert.rejects(ensureNativeLibrary(options, { ...effects, files: { ...effects.files, statfs } }), {
      name: "SetupError",
      message: /native-library: expected 1000 free bytes for the native library, found 300; free some space$/,
    });
    assert.ok(!ran.some((line) => line.includes("pip download")));
  }),
);

const writing = ["copyFile", "mkdir", "mkdtemp", "rename", "rm", "symlink", "writeFile"] as const;

/** What a call leaves behind when it fails half-way. */
const halfWay: Readonly<Record<string, (effects: NativeEffects, ...args: never[]) => Promise<void>>> = {
  copyFile: (_effects, _from: string, to: string) => files.writeFile(to, "half"),
  writeFile: (_effects, file: string, text: string) => files.writeFile(file, text.slice(0, text.length / 2)),
  unzip: async ({ unzip }, file: string, target: (member: string) => string | undefined) => {
    let written = 0;
    await unzip(file, (member) => (target(member) === undefined || written++ > 0 ? undefined : target(member)));
  },
};

const failingAt = (effects: NativeEffects, count: number, code: string): { effects: NativeEffects; failed(): boolean } => {
  let calls = 0;
  const guard = (name: string, call: (...args: never[]) => Promise<unknown>) => async (...args: never[]) => {
    calls += 1;
    if (calls !== count) return call(...args);
    await halfWay[name]?.(effects, ...args);
    throw Object.assign(new Error(`${code}: injected`), { code });
  };
  const guarded = Object.fromEntries(writing.map((name) => [name, guard(name, effects.files[name])]));
  return {
    effects: {
      ...effects,
      files: { ...effects.files, ...guarded } as NativeEffects["files"],
      unzip: guard("unzip", effects.unzip) as NativeEffects["unzip"],
    },
    failed: () => calls >= count,
  };
};

const advice: Readonly<Record<string, RegExp>> = {
  EIO: /the native library could not be put in place \(EIO: injected\); run again$/,
  ENOSPC: /the disk is full, 1000 bytes are needed for the native library; free some space$/,
  EACCES: /cannot be written \(EACCES\); give your user the right to write there$/,
};

for (const [code, message] of Object.entries(advice)) {
  test(`the n-th write fails with ${code}, n = 1, 2, 3, …: one line each, and the next run completes`, async () => {
    for (let count = 1, ended = false; !ended; count++) {
      await onMachine(async (machine) => {
        const faulty = failingAt(machine.effects, count, code);
        const outcome = await ensureNativeLibrary(machine.options, faulty.effects).catch((error: unknown) => error);
        ended = !faulty.failed();
        if (!ended && outcome instanceof Error) {
          assert.equal(outcome.name, "SetupError");
          assert.match(outcome.message, message);
        }
        const library = await ensureNativeLibrary(machine.options, machine.effects);
        assert.equal(library.source, "wheel");
        assert.equal(await read(machine, "deps/lib/libtensorflow.so"), "main library");
        assert.equal(await read(machine, "lib/napi-v8/tfjs_binding.node"), "binding");
      })();
      assert.ok(ended ? count > 15 : count < 100);
    }
  });
}
