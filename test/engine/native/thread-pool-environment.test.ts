import assert from "node:assert/strict";
import { test } from "node:test";
import { threadPoolEnvironment, threadPoolSize } from "../../../src/engine/native/index.ts";

test("a process has a thread of libuv's pool for every core and four more, unless it is told another number", () => {
  const sizeOn = (cores: number, set?: string) =>
    threadPoolSize({ environment: threadPoolEnvironment({ PATH: "/bin", UV_THREADPOOL_SIZE: set }, cores) });
  assert.deepEqual([1, 2, 64, 2000].map((cores) => sizeOn(cores)), [5, 6, 68, 1024]);
  assert.deepEqual(["2", "100"].map((set) => sizeOn(16, set)), [2, 100]);
  assert.equal(sizeOn(16, ""), 20);
  assert.equal(threadPoolEnvironment({ PATH: "/bin" }, 2)["PATH"], "/bin");
});
