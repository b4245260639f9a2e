import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {takeTurns} from "../../src/command-line/take-turns.ts";
import {openStore} from "../../src/pipeline/index.ts";
import {publish} from "../../src/site/index.ts";
import {checkout, temporaryFolder} from "../pipeline/small-project.ts";

const holder = `
const {openStore} = await import(process.argv[1]);
const {takeTurns} = await import(process.argv[2]);
await takeTurns(openStore(process.argv[3], console.error), "publish", () => false, () => new Promise((resolve) => { console.log("holds"); process.stdin.on("end", resolve).resume(); }));
`;

test("the second process waits with a message that names the first, and goes on when that has finished or died", async (t) => {
  const folder = temporaryFolder(t);
  const module = (path: string) => join(checkout, "src", path);
  for (const dies of [false, true]) {
    const first = spawn(process.execPath, ["--import", "tsx/esm", "--input-type=module", "-e", holder, module("pipeline/store/index.ts"), module("command-line/take-turns.ts"), folder], {cwd: checkout, stdio: ["pipe", "pipe", "inherit"]});
    await once(first.stdout, "data");
    const lines: string[] = [];
    let waits = 0;
    const store = openStore(folder, assert.fail);
    const wait = async (): Promise<void> => {
      if (++waits < 3) return;
      const closed = once(first, "close");
      if (dies) first.kill("SIGKILL");
      else first.stdin.end();
      await closed;
    };
    assert.equal(await takeTurns(store, "publish", () => false, async () => "done", {wait, log: (line) => void lines.push(line)}), "done");
    assert.deepEqual([lines, waits], [[`waiting to publish until process ${first.pid} has done so`], 3]);
  }
});

test("one that is stopped while it waits does nothing", async (t) => {
  const store = openStore(temporaryFolder(t), assert.fail);
  const inner = await takeTurns(store, "publish", () => false, async () => {
    let waits = 0;
    return [await takeTurns(store, "publish", () => waits === 2, () => assert.fail("worked"), {wait: async () => void waits++, log: () => {}}), waits];
  });
  assert.deepEqual(inner, [undefined, 2]);
});

test("two publish at once: the site is whole at every moment, and in the end the later one's", async (t) => {
  const root = temporaryFolder(t);
  const store = openStore(join(root, "store"), assert.fail);
  const to = join(root, "dist");
  const pages = ["index.html", "a.html", "b.html"];
  const sites = ["old", "one", "two"].map((name) => {
    mkdirSync(join(root, name));
    for (const page of pages) writeFileSync(join(root, name, page), name);
    return join(root, name);
  });
  cpSync(sites[0]!, to, {recursive: true});
  const seen = new Set<string>();
  const look = (): void => void seen.add([...new Set(readdirSync(to).map((page) => readFileSync(join(to, page), "utf8")))].join("+"));
  const order: string[] = [];
  const build = (site: string) => takeTurns(store, "publish", () => false, async () => {
    look();
    await publish({from: site, to});
    look();
    order.push(site);
  }, {wait: () => new Promise((resolve) => setImmediate(resolve)), log: () => {}});
  await Promise.all(sites.slice(1).map(build));
  assert.deepEqual([...seen], ["old", ...order.map((site) => site.slice(root.length + 1))]);
  assert.deepEqual(readdirSync(root).sort(), ["dist", "old", "store"]);
});
