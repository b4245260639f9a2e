import assert from "node:assert/strict";
import * as files from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { ensureNativeLibrary } from "../../src/setup/index.ts";
import type { NativeEffects } from "../../src/setup/native-effects.ts";
import { cacheEntries, failed, headers, missing, onMachine, read } from "./fake-machine.ts";
import type { FakeMachine } from "./fake-machine.ts";

test(
  "a bare machine gets the wheel's library, its headers and a compiled binding, and the record says so",
  onMachine(async (machine) => {
    const library = await ensureNativeLibrary(machine.options, machine.effects);
    const sha256 = machine.options.wheel?.sha256 as string;
    assert.deepEqual(library, {
      source: "wheel",
      tensorflow: "2.21.0",
      sha256,
      library: path.join("deps", "lib", "libtensorflow.so"),
      tfjs: "4.22.0",
      request: `default ${sha256}`,
    });
    for (const name of ["libtensorflow.so", "libtensorflow.so.2", "libtensorflow_cc.so.2"]) {
      assert.equal(await read(machine, `deps/lib/${name}`), "main library");
    }
    assert.equal(await read(machine, "deps/lib/libtensorflow_framework.so"), "framework library");
    for (const header of headers) assert.equal(await read(machine, `deps/include/${header}`), header);
    const cached = await files.readdir(path.join(machine.options.cacheFolder, "native-library", sha256));
    assert.deepEqual(cached.sort(), ["include", "lib", "tfjs-node-4.22.0-napi-v8.node"]);
    const record = path.join(machine.options.root, "node_modules", ".driftbook", "native-library.json");
    assert.deepEqual(JSON.parse(await files.readFile(record, "utf8")), library);
  }),
);

test(
  "a second run starts no program, another checkout neither downloads nor compiles",
  onMachine(async (machine) => {
    const { options, effects, packageFolder, ran } = machine;
    const first = await ensureNativeLibrary(options, effects);
    ran.length = 0;
    assert.deepEqual(await ensureNativeLibrary(options, effects), first);
    assert.equal(ran.length, 0);

    const root = path.join(options.root, "..", "another");
    const folder = path.join(root, "node_modules", "@tensorflow", "tfjs-node");
    await files.mkdir(folder, { recursive: true });
    await files.copyFile(path.join(packageFolder, "package.json"), path.join(folder, "package.json"));
    assert.deepEqual(await ensureNativeLibrary({ ...options, root }, effects), first);
    assert.deepEqual(ran.filter((line) => !line.includes("--eval")), []);
  }),
);

const repairs: Readonly<Record<string, (machine: FakeMachine) => Promise<void>>> = {
  "the record is garbage": ({ options }) =>
    files.writeFile(path.join(options.root, "node_modules", ".driftbook", "native-library.json"), "{"),
  "the binding is gone": ({ packageFolder }) => files.rm(path.join(packageFolder, "lib"), { recursive: true }),
  "the cache is gone": ({ options }) => files.rm(options.cacheFolder, { recursive: true }),
};

for (const [fault, damage] of Object.entries(repairs)) {
  test(
    `the library is put back when ${fault}`,
    onMachine(async (machine) => {
      const first = await ensureNativeLibrary(machine.options, machine.effects);
      await damage(machine);
      assert.deepEqual(await ensureNativeLibrary(machine.options, machine.effects), first);
      assert.equal(await read(machine, "deps/lib/libtensorflow.so"), "main library");
      assert.equal(await read(machine, "lib/napi-v8/tfjs_binding.node"), "binding");
    }),
  );
}

test(
  "where a tool is missing but tfjs-node's own installation works, that is recorded",
  onMachine(
    async ({ options, effects, ran }) => {
      const library = await ensureNativeLibrary(options, effects);
      assert.equal(library.source, "package");
      assert.match(library.sha256, /^[0-9a-f]{64}$/);
      ran.length = 0;
      assert.deepEqual(await ensureNativeLibrary(options, effects), library);
      assert.equal(ran.length, 0);
    },
    { "g++ --version": missing },
  ),
);

test(
  "another platform uses tfjs-node's own installation and says what to do when that fails",
  onMachine(async ({ options, effects, ran }) => {
    const library = await ensureNativeLibrary(options, { ...effects, platform: "darwin-arm64" });
    assert.equal(library.source, "package");
    assert.ok(!ran.some((line) => line.includes("pip")));
  }),
);

test(
  "the failure of tfjs-node's own installation names the way out",
  onMachine(
    ({ options, effects }) =>
      assert.rejects(ensureNativeLibrary(options, { ...effects, platform: "win32-x64" }), {
        name: "SetupError",
        message: /^tfjs-node's own installation failed; .*DRIFTBOOK_LIBTENSORFLOW/,
      }),
    { "install.js": failed("ENOTFOUND") },
  ),
);

test(
  "what a killed run left is removed, what a running one has is not",
  onMachine(async (machine) => {
    const parent = path.join(machine.options.cacheFolder, "native-library");
    await files.mkdir(path.join(parent, "partial-99-abcdef", "unpacked"), { recursive: true });
    await files.mkdir(path.join(parent, "partial-4242-abcdef"), { recursive: true });
    await ensureNativeLibrary(machine.options, machine.effects);
    const left = (await cacheEntries(machine)).filter((name) => name.startsWith("partial"));
    assert.deepEqual(left, ["partial-4242-abcdef"]);
  }),
);

const namedFolder = async (machine: FakeMachine, names: readonly string[]): Promise<string> => {
  const folder = path.join(machine.options.root, "..", "libtensorflow");
  for (const name of names) {
    await files.mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await files.writeFile(path.join(folder, name), name);
  }
  return folder;
};

const libraryFiles = ["lib/libtensorflow.so.2", "lib/libtensorflow_framework.so.2"];
const headerFiles = headers.map((header) => `include/${header}`);

test(
  "a folder that the user names is linked instead, and leaving it goes back",
  onMachine(async (machine) => {
    const folder = await namedFolder(machine, [...libraryFiles, ...headerFiles]);
    const effects = { ...machine.effects, environment: { PATH: "", DRIFTBOOK_LIBTENSORFLOW: folder } };
    const library = await ensureNativeLibrary(machine.options, effects);
    assert.equal(library.source, "folder");
    assert.equal(await read(machine, "deps/lib/libtensorflow.so"), "lib/libtensorflow.so.2");
    assert.ok(!machine.ran.some((line) => line.includes("pip")));
    assert.equal((await ensureNativeLibrary(machine.options, machine.effects)).source, "wheel");
  }),
);

test(
  "a failed change of library does not pass for what was there before",
  onMachine(async (machine) => {
    const { options, effects } = machine;
    await ensureNativeLibrary(options, effects);
    const libraryFolder = await namedFolder(machine, [...libraryFiles, ...headerFiles]);
    const run: NativeEffects["run"] = async (program, args, settings) =>
      args.join(" ").includes("node-pre-gyp") ? failed("error: x") : effects.run(program, args, settings);
    await assert.rejects(ensureNativeLibrary({ ...options, libraryFolder }, { ...effects, run }), /be compiled: error: x$/);
    assert.equal((await ensureNativeLibrary(options, effects)).source, "wheel");
    assert.equal(await read(machine, "deps/lib/libtensorflow.so"), "main library");
  }),
);

const folderFaults: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["holds no library", headerFiles, /libtensorflow: expected libtensorflow in it or in its folder lib, found none$/],
  ["misses a header", libraryFiles, /expected libtensorflow's header include\/tensorflow\/c\/c_api\.h, found none$/],
  ["is missing", [], /^DRIFTBOOK_LIBTENSORFLOW: expected a folder that holds libtensorflow, found ".*libtensorflow"$/],
];

for (const [fault, names, message] of folderFaults) {
  test(
    `a named folder that ${fault} is refused by name`,
    onMachine(async (machine) => {
      const libraryFolder = await namedFolder(machine, names);
      await assert.rejects(ensureNativeLibrary({ ...machine.options, libraryFolder }, machine.effects), {
        name: "SetupError",
        message,
      });
    }),
  );
}

test(
  "without the package, the set-up of packages is asked for",
  onMachine(async ({ options, effects, packageFolder }) => {
    await files.rm(packageFolder, { recursive: true });
    await assert.rejects(ensureNativeLibrary(options, effects), {
      name: "SetupError",
      message: "@tensorflow/tfjs-node: not installed; run `npm run setup`",
    });
  }),
);
