import assert from "node:assert/strict";
import * as files from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { ensurePackages, packagesEffects } from "../../src/setup/packages.mjs";
import type { PackagesEffects } from "../../src/setup/packages.mjs";
import type { ProgramResult } from "../../src/setup/run-program.mjs";
import { done, failed, missing } from "./fake-machine.ts";

interface Checkout {
  readonly root: string;
  readonly commands: string[];
  readonly effects: PackagesEffects;
  install(effects?: Partial<PackagesEffects>): Promise<void>;
}

const inCheckout = (body: (checkout: Checkout) => Promise<void>, answer: ProgramResult = done) => async () => {
  const root = await files.mkdtemp(path.join(os.tmpdir(), "driftbook-packages-"));
  await files.writeFile(path.join(root, "package.json"), '{"engines":{"node":"^20.11 || ^22 || ^24"}}');
  await files.writeFile(path.join(root, "package-lock.json"), "lockfile 1");
  const commands: string[] = [];
  const effects: PackagesEffects = {
    ...packagesEffects,
    environment: {},
    nodeVersion: "22.1.0",
    platform: "linux-x64",
    run: async (program, args) => {
      commands.push([path.basename(program), ...args].join(" "));
      return answer;
    },
  };
  const install = (changes: Partial<PackagesEffects> = {}): Promise<void> =>
    ensurePackages({ root, log: () => undefined }, { ...effects, ...changes });
  try {
    await body({ root, commands, effects, install });
  } finally {
    await files.rm(root, { recursive: true });
  }
};

const command = "npm ci --ignore-scripts --include=dev --prefer-offline --no-audit --no-fund";

test(
  "packages are installed once, without install scripts",
  inCheckout(async ({ commands, install }) => {
    await install();
    await install();
    assert.deepEqual(commands, [command]);
  }),
);

test(
  "a changed lockfile and another platform install again",
  inCheckout(async ({ root, commands, install }) => {
    await install();
    await files.writeFile(path.join(root, "package-lock.json"), "lockfile 2");
    await install();
    await install({ platform: "darwin-arm64" });
    assert.equal(commands.length, 3);
  }),
);

test(
  "a garbled stamp installs again",
  inCheckout(async ({ root, commands, install }) => {
    await install();
    await files.writeFile(path.join(root, "node_modules", ".driftbook", "packages.json"), "{");
    await install();
    assert.equal(commands.length, 2);
  }),
);

test(
  "an installation that failed is tried again",
  inCheckout(async ({ commands, install }) => {
    await assert.rejects(install());
    await assert.rejects(install());
    assert.equal(commands.length, 2);
  }, failed("npm error code X")),
);

test(
  "inside an npm script, that npm is used",
  inCheckout(async ({ commands, install }) => {
    await install({ environment: { npm_execpath: path.join("lib", "npm", "bin", "npm-cli.js") } });
    assert.match(commands[0] as string, /^node(\.exe)? lib.npm.bin.npm-cli\.js ci --ignore-scripts /);
  }),
);

for (const version of ["20.11.0", "20.20.2", "22.0.0", "24.21.0"]) {
  test(
    `Node ${version} is accepted`,
    inCheckout(({ install }) => install({ nodeVersion: version })),
  );
}

for (const version of ["18.20.0", "20.10.9", "21.7.0", "23.1.0", "25.0.0"]) {
  test(
    `Node ${version} is refused before anything runs`,
    inCheckout(async ({ commands, install }) => {
      await assert.rejects(install({ nodeVersion: version }), {
        name: "SetupError",
        message: `Node: expected ^20.11 || ^22 || ^24, found ${version}; install Node 24 and run again`,
      });
      assert.deepEqual(commands, []);
    }),
  );
}

const faults: readonly (readonly [string, ProgramResult, RegExp])[] = [
  ["npm is missing", missing, /^npm: not found; install it with Node and run again$/],
  ["the disk is full", failed("npm error code ENOSPC\nnpm error no space left"), /^npm ci: .*: the disk is full, 1000000000 bytes/],
  ["a checksum differs", failed("npm error code EINTEGRITY"), /^npm ci: a package's checksum differs from the one in/],
  ["node_modules is read-only", failed("npm error code EACCES"), /^npm ci: .*: node_modules cannot be written; give your/],
  ["the lockfile does not fit", failed("npm error code EUSAGE\nnpm error"), /^npm ci: package-lock\.json does not fit/],
  ["there is no network", failed("npm error code ENOTFOUND"), /^npm ci: the package registry cannot be reached; check/],
  [
    "npm fails otherwise",
    failed("npm warn x\nnpm error code E404\nnpm error 404 Not Found: x\nnpm error A complete log"),
    /^npm ci: 404 Not Found: x; run `npm ci` to see all of it$/,
  ],
];

for (const [fault, answer, message] of faults) {
  test(
    `${fault}: one line that says what to do`,
    inCheckout(async ({ install }) => {
      await assert.rejects(install(), (error: Error) => {
        assert.equal(error.name, "SetupError");
        assert.match(error.message, message);
        assert.ok(!error.message.includes("\n"));
        return true;
      });
    }, answer),
  );
}

test(
  "too little space is found before npm runs",
  inCheckout(async ({ root, commands, effects, install }) => {
    const statfs = (async () => ({ bavail: 2, bsize: 512 })) as unknown as PackagesEffects["files"]["statfs"];
    await assert.rejects(install({ files: { ...effects.files, statfs } }), {
      name: "SetupError",
      message: `${root}: expected 1000000000 free bytes for the packages, found 1024; free some space`,
    });
    assert.deepEqual(commands, []);
  }),
);

for (const name of ["mkdir", "writeFile", "rename"] as const) {
  test(
    `a stamp that cannot be written (${name}) is one line, and the next run installs again`,
    inCheckout(async ({ commands, effects, install }) => {
      const broken = (): Promise<never> => Promise.reject(Object.assign(new Error("injected"), { code: "EIO" }));
      await assert.rejects(install({ files: { ...effects.files, [name]: broken } }), {
        name: "SetupError",
        message: /packages\.json: cannot be written \(EIO\); run again$/,
      });
      await install();
      assert.equal(commands.length, 2);
    }),
  );
}

test(
  "an incomplete checkout is named",
  inCheckout(async ({ root, install }) => {
    await files.rm(path.join(root, "package-lock.json"));
    await assert.rejects(install(), {
      name: "SetupError",
      message: "package-lock.json: cannot be read (ENOENT); run from a complete checkout",
    });
  }),
);
