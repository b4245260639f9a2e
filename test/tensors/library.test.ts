import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import util from "node:util";
import { test } from "node:test";
import { tensorLibrary, tf } from "../../src/tensors/index.ts";
import { applyLoadOptions } from "../../src/tensors/load-options.ts";
import { loadTensorModule } from "../../src/tensors/load-tensor-module.ts";
import { restoreRemovedFunctions } from "../../src/tensors/restore-removed-functions.ts";

test("the native backend computes, and says which library it is", () => {
  assert.equal(tf.getBackend(), "tensorflow");
  const { tfjs, tensorflow, source, sha256 } = tensorLibrary();
  assert.equal(tfjs, "4.22.0");
  assert.match(tensorflow, /^2\.\d+\.\d+/);
  assert.match(source, /^(wheel|folder|package|unrecorded)$/);
  assert.ok(sha256 === null || /^[0-9a-f]{64}$/.test(sha256));
});

test("loading prints nothing", () => {
  const program = `const { tf } = await import("./src/tensors/index.ts"); tf.add(1, 2).dispose();`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", program],
    { cwd: new URL("../..", import.meta.url), encoding: "utf8" },
  );
  assert.deepEqual({ stdout, stderr, status }, { stdout: "", stderr: "", status: 0 });
});

test("a missing native library is one line that says what to do", () => {
  const missing = (name: string): unknown => {
    if (name === "node:util") return {};
    throw new Error("The Node.js native addon module can not be found at path: x. \nPlease run command …");
  };
  assert.throws(() => loadTensorModule(missing, {}), {
    message:
      "The native tensor library is not set up; run `npm run setup` " +
      "(The Node.js native addon module can not be found at path: x.)",
  });
});

test("load options give way to what the user has set", () => {
  const environment: Record<string, string | undefined> = { TF_NUM_INTRAOP_THREADS: "2" };
  applyLoadOptions(environment);
  assert.deepEqual(environment, {
    TF_CPP_MIN_LOG_LEVEL: "3",
    TF_ENABLE_ONEDNN_OPTS: "0",
    TF_NUM_INTRAOP_THREADS: "2",
    TF_NUM_INTEROP_THREADS: "1",
    TF_CPU_ALLOCATOR_USE_BFC: "1",
  });
});

test("functions that Node removed come back", () => {
  const stripped: Record<string, unknown> = {};
  restoreRemovedFunctions(stripped);
  const { isArray, isNullOrUndefined } = stripped as Record<string, (value: unknown) => boolean>;
  assert.deepEqual([null, undefined, 0, "", Number.NaN].map((value) => isNullOrUndefined?.(value)), [
    true,
    true,
    false,
    false,
    false,
  ]);
  assert.deepEqual([[], {}].map((value) => isArray?.(value)), [true, false]);
});

test("Node's own util has what tfjs-node calls", () => {
  assert.equal((util as unknown as { isNullOrUndefined(value: unknown): boolean }).isNullOrUndefined(null), true);
});
