import assert from "node:assert/strict";
import {once} from "node:events";
import {mkdirSync, readdirSync, symlinkSync, writeFileSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {previewFolders} from "../../src/command-line/preview-folders.ts";
import {pruneResults} from "../../src/command-line/prune-results.ts";
import {openStore} from "../../src/pipeline/index.ts";
import {temporaryFolder} from "../pipeline/small-project.ts";

/** What a command prints as JSON. */
async function printed(t: TestContext, work: () => Promise<number>): Promise<unknown> {
  let text = "";
  const write = t.mock.method(process.stdout, "write", (part: string) => Boolean((text += part)));
  try {
    assert.equal(await work(), 0);
  } finally {
    write.mock.restore();
  }
  return JSON.parse(text);
}

/** A port that somebody has, as a preview has its own, and one that is free. */
async function ports(t: TestContext): Promise<{readonly taken: number; readonly free: number}> {
  const servers = [createServer(), createServer()];
  for (const server of servers) await once(server.listen(0, "127.0.0.1"), "listening");
  const [taken, free] = servers.map((server) => (server.address() as AddressInfo).port) as [number, number];
  t.after(() => servers[0]!.close());
  await new Promise((resolve) => servers[1]!.close(resolve));
  return {taken, free};
}

test("the folders of previews that have ended go, those of living ones and of other names stay, also when another process works", async (t) => {
  const root = temporaryFolder(t);
  const {taken, free} = await ports(t);
  const previews = join(root, ".cache", "preview");
  writeFileSync(join(root, "page.md"), "a page that a preview links to");
  for (const name of [String(taken), String(free), "notes"]) {
    mkdirSync(join(previews, name, "pages"), {recursive: true});
    writeFileSync(join(previews, name, "pages", "table"), "x".repeat(100));
    symlinkSync(join(root, "page.md"), join(previews, name, "pages", "index.md"));
  }
  assert.deepEqual(previewFolders(root).map(({port, bytes}) => [port, bytes]).sort(), [[taken, 100], [free, 100]].sort());
  const nothing = {removedObjects: 0, removedEntries: 0, removedQuarantined: 0, removedCodeRecords: 0};
  const all = readdirSync(previews).sort();

  assert.deepEqual(await printed(t, () => pruneResults(root, {json: true, dryRun: true})), {...nothing, removedPreviews: 1, freedBytes: 100});
  assert.deepEqual(readdirSync(previews).sort(), all);

  const other = openStore(join(root, ".cache", "store"), assert.fail, {processId: process.ppid});
  const leave = other.enter();
  await assert.rejects(pruneResults(root, {json: true}), new RegExp(`^Error: cannot prune the store while process ${process.ppid} works with it`));
  assert.deepEqual(readdirSync(previews).sort(), all);
  leave();

  assert.deepEqual(await printed(t, () => pruneResults(root, {json: true})), {...nothing, removedPreviews: 1, freedBytes: 100});
  assert.deepEqual(readdirSync(previews).sort(), [String(taken), "notes"].sort());
  assert.deepEqual(readdirSync(root).sort(), [".cache", "page.md"]);
  const again = createServer().listen(free, "127.0.0.1");
  await once(again, "listening");
  again.close();
});
