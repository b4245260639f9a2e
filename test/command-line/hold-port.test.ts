import assert from "node:assert/strict";
import {test} from "node:test";
import {holdPort} from "../../src/command-line/hold-port.ts";

test("a held port answers that the site is not ready, and nobody else gets it until it is released", async () => {
  const held = await holdPort(0);
  const answer = await fetch(`http://127.0.0.1:${held.port}/`);
  assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "2"]);
  await assert.rejects(holdPort(held.port), {name: "RangeError", message: `port: expected a free one, found ${held.port} taken by another process; choose another with --port`});
  await held.release();
  await (await holdPort(held.port)).release();
});
