import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {fileURLToPath} from "node:url";
import {test} from "node:test";

import {kernelChecksum} from "./kernel-checksum.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const script = `import(${JSON.stringify(new URL("./kernel-checksum.ts", import.meta.url).href)}).then(({kernelChecksum}) => console.log(kernelChecksum()))`;

for (const flag of ["--liftoff-only", "--no-liftoff"])
  test(`kernels leave the same memory under ${flag}: V8's two compilers agree`, () => {
    const {stdout, stderr, status} = spawnSync(process.execPath, ["--import", "tsx", flag, "--eval", script], {cwd: root, encoding: "utf8"});
    assert.equal(status, 0, stderr);
    assert.equal(stdout.trim(), kernelChecksum());
  });
