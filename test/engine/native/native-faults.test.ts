import assert from "node:assert/strict";
import * as files from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { compileNative, findCompiler, loadNative, openNative } from "../../../src/engine/native/index.ts";
import type { KernelEffects } from "../../../src/engine/native/index.ts";
import { runProgram } from "../../../src/engine/native/run-program.ts";
import { addingKernel, compiles, kernelMachine, pretend } from "./kernel-machine.ts";

const unavailable = (message: string | RegExp) => ({ name: "NativeUnavailableError", message });

test("a text that does not compile is one line with the compiler's first error, and nothing is kept", async (t) => {
  const { effects, kept } = await kernelMachine(t);
  const source = "#warning first\nvoid run(unsigned char *memory, int arguments) {\n  a = 1;\n  b = 2;\n}\n";
  await assert.rejects(openNative(source, {}, effects), unavailable(/^cc: kernel\.c:3:3: error: .*\Wa\W[^\n]*$/));
  assert.deepEqual(await kept(), []);
});

test("a text without the function, or with one that is nowhere, is refused when it is loaded", async (t) => {
  const { effects } = await kernelMachine(t);
  const reason = /^the compiled kernel cannot be loaded: [^\n]+$/;
  await assert.rejects(openNative("void walk(void) {}", {}, effects), unavailable(/cannot be loaded: .*run/));
  const calling = "int gone(void);\nvoid run(unsigned char *memory, int arguments) { *memory = gone(); }";
  await assert.rejects(openNative(calling, {}, effects), unavailable(/cannot be loaded: .*gone/));
  await assert.rejects(loadNative(path.join(effects.cacheFolder, "none.so"), effects), unavailable(reason));
});

test("without a compiler the reason names the ones that were tried", async (t) => {
  const { effects } = await kernelMachine(t, { run: pretend({}), environment: { CC: "mycc -m64" } });
  const reason = "no C compiler answers (tried mycc -m64, cc, gcc, clang)";
  await assert.rejects(openNative(addingKernel, {}, effects), unavailable(reason));
});

test("the compiler of $CC comes first, with its arguments, then cc, gcc and clang", async (t) => {
  const answers = { "mycc -m64 --version": "mycc 1\nmore", "clang --version": "\nclang 14\n" };
  const { effects } = await kernelMachine(t, { run: pretend(answers) });
  const chosen = { ...effects, environment: { CC: " mycc  -m64 " } };
  assert.deepEqual(await findCompiler(chosen), { program: "mycc", args: ["-m64"], version: "mycc 1" });
  assert.deepEqual(await findCompiler(effects), { program: "clang", args: [], version: "clang 14" });
});

test("macOS is asked for its tools first: a stand-in would open a window", async (t) => {
  const answers = { "cc --version": "stand-in" };
  const { effects, ran } = await kernelMachine(t, { platform: "darwin-arm64", run: pretend(answers) });
  await assert.rejects(findCompiler(effects), unavailable("no C compiler answers"));
  assert.deepEqual(ran, ["xcode-select -p"]);
});

test("a platform that is not known has no kernels, and arm64 none wider than 128 bits", async (t) => {
  const { effects, ran } = await kernelMachine(t);
  const on = (platform: string, vectorBits: 128 | 256) =>
    compileNative(addingKernel, { vectorBits }, { ...effects, platform });
  await assert.rejects(on("win32-x64", 128), unavailable("no native kernels on the platform win32-x64"));
  await assert.rejects(on("linux-arm64", 256), unavailable("no vectors of 256 bits on the platform linux-arm64"));
  const message = "vectorBits: expected 128, 256 or 512, found 64";
  await assert.rejects(on("linux-x64", 64 as 128), { name: "RangeError", message });
  assert.deepEqual(ran, []);
});

test("a compiler that hangs is stopped with the passes it started", async (t) => {
  const { effects } = await kernelMachine(t);
  const pass = path.join(effects.cacheFolder, "pass");
  const script = `sleep 1000 & echo $! > ${pass}; wait`;
  const run: KernelEffects["run"] = (program, args, options) =>
    compiles(args.join(" "))
      ? runProgram("sh", ["-c", script], { ...options, timeLimit: options.timeLimit / 60 })
      : runProgram(program, args, options);
  const stopped = unavailable("cc: stopped after 60 s of compiling a kernel");
  await assert.rejects(openNative(addingKernel, {}, { ...effects, run }), stopped);
  const alive = `ps -o stat= -p ${(await files.readFile(pass, "utf8")).trim()} | grep -qv Z`;
  const wait = `while ${alive}; do sleep 0.1; done; echo ended`;
  const { output } = await runProgram("sh", ["-c", wait], { timeLimit: 20 });
  assert.equal(output.trim(), "ended");
});

const failing = (code: string, message: string): Error => Object.assign(new Error(message), { code });

for (const operation of ["mkdir", "mkdtemp", "writeFile", "readFile", "open", "rename"] as const) {
  test(`the disk is full at ${operation}: one reason, nothing half-done, the next run has its kernel`, async (t) => {
    const { effects, kept } = await kernelMachine(t);
    const full = async (name: unknown, ...rest: unknown[]): Promise<unknown> => {
      if (name === "/proc/cpuinfo") return files.readFile(name, ...(rest as ["utf8"]));
      throw failing("ENOSPC", "ENOSPC: no space left on device");
    };
    const broken = { ...effects, files: { ...effects.files, [operation]: full } };
    await assert.rejects(
      openNative(addingKernel, {}, broken),
      unavailable(`${effects.cacheFolder}: the disk is full, free some space`),
    );
    assert.deepEqual(await kept().catch(() => []), []);
    assert.equal((await openNative(addingKernel, {}, effects)).cached, false);
    assert.equal((await kept()).length, 1);
  });
}

test("a disk that is full for the compiler is its first error", async (t) => {
  const { effects, kept } = await kernelMachine(t);
  const output = "kernel.c: note\n/usr/bin/as: BFD: output: No space left on device\nmore";
  const run: KernelEffects["run"] = async (program, args, options) =>
    compiles(args.join(" ")) ? { code: 1, timedOut: false, output } : effects.run(program, args, options);
  await assert.rejects(
    openNative(addingKernel, {}, { ...effects, run }),
    unavailable("cc: /usr/bin/as: BFD: output: No space left on device"),
  );
  assert.deepEqual(await kept(), []);
});

test("a cache that cannot be made is a reason too", async (t) => {
  const { effects } = await kernelMachine(t);
  const cacheFolder = path.join(effects.cacheFolder, "file");
  await files.writeFile(cacheFolder, "");
  const reason = /file: the compiled kernel could not be kept \(ENOTDIR[^\n]*\)$/;
  await assert.rejects(openNative(addingKernel, {}, { ...effects, cacheFolder }), unavailable(reason));
});

test("what a killed process left is removed an hour later, what another is at work on is not", async (t) => {
  const { effects } = await kernelMachine(t);
  const root = path.join(effects.cacheFolder, "kernels");
  for (const name of ["partial-old", "partial-new"]) {
    await files.mkdir(path.join(root, name), { recursive: true });
    await files.writeFile(path.join(root, name, "kernel.c"), addingKernel);
  }
  const longAgo = new Date(Date.now() - 7_200_000);
  await files.utimes(path.join(root, "partial-old"), longAgo, longAgo);
  await openNative(addingKernel, {}, effects);
  const partial = (await files.readdir(root)).filter((name) => name.startsWith("partial-"));
  assert.deepEqual(partial, ["partial-new"]);
});
