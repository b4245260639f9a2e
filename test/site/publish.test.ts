import assert from "node:assert/strict";
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, test} from "node:test";
import {publish, recoverPublished} from "../../src/site/publish.ts";
import type {PublishEffects} from "../../src/site/publish.ts";

let folder: string;
let from: string;
let to: string;

function layOut(): void {
  rmSync(folder, {recursive: true, force: true});
  for (const [site, text] of [[from, "new"], [to, "old"]] as const) {
    mkdirSync(join(site, "_file"), {recursive: true});
    writeFileSync(join(site, "index.html"), text);
    writeFileSync(join(site, "_file", `${text}.arrow`), text);
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "driftbook-publish-"));
  from = join(folder, "work/built");
  to = join(folder, "dist");
  layOut();
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const published = () => (existsSync(to) ? Object.fromEntries(["index.html", ...readdirSync(join(to, "_file")).map((name) => `_file/${name}`)].map((name) => [name, readFileSync(join(to, name), "utf8")])) : null);
const oldSite = {"index.html": "old", "_file/old.arrow": "old"};
const newSite = {"index.html": "new", "_file/new.arrow": "new"};

function effectsThatFail(at: number, code: string, then: "throw" | "die"): PublishEffects {
  let count = 0;
  let isDead = false;
  const step = <Result>(apply: () => Result) => {
    if (isDead || ++count === at) {
      isDead = then === "die";
      return Promise.reject(Object.assign(new Error(`${code}: step ${at}`), {code}));
    }
    return Promise.resolve(apply());
  };
  return {
    rename: (source, target) => step(() => renameSync(source, target)),
    copy: (source, target) => step(() => cpSync(source, target, {recursive: true})),
    remove: (path) => step(() => rmSync(path, {recursive: true, force: true})),
    exists: (path) => Promise.resolve(existsSync(path)),
    makeFolder: (path) => step(() => void mkdirSync(path, {recursive: true}))
  };
}

test("the new site takes the old one's place and leaves nothing beside it", async () => {
  await publish({from, to});
  assert.deepEqual(published(), newSite);
  assert.deepEqual(readdirSync(folder).sort(), ["dist", "work"]);
  assert.equal(existsSync(from), false);
});

test("a first site needs no old one", async () => {
  rmSync(to, {recursive: true});
  await publish({from, to: join(folder, "deep/er/dist")});
  assert.equal(readFileSync(join(folder, "deep/er/dist/index.html"), "utf8"), "new");
});

test("a build that gave no site leaves the old one", async () => {
  await assert.rejects(publish({from: join(folder, "nowhere"), to}), /there is no built site at/);
  await assert.rejects(publish({from: to, to}), /expected two folders/);
  assert.deepEqual(published(), oldSite);
});

test("whichever step fails, a reader finds the old site or the new one", async () => {
  for (const code of ["EIO", "ENOSPC", "EACCES"]) {
    for (let at = 1; at <= 6; at++) {
      layOut();
      const failed = await publish({from, to}, effectsThatFail(at, code, "throw")).then(() => false, () => true);
      assert.deepEqual(published(), failed ? oldSite : newSite, `${code} at step ${at}`);
    }
  }
});

test("a process that dies between the steps loses neither site", async () => {
  for (let at = 1; at <= 6; at++) {
    layOut();
    await publish({from, to}, effectsThatFail(at, "EIO", "die")).catch(() => {});
    await recoverPublished(to);
    const found = published();
    assert.ok(found !== null, `step ${at} left no site`);
    assert.deepEqual(found, found["index.html"] === "new" ? newSite : oldSite, `step ${at}`);
    assert.equal(existsSync(join(folder, ".dist.previous")), false);
  }
});

test("a site on another disk is copied first", async () => {
  let renames = 0;
  const effects = effectsThatFail(-1, "", "throw");
  const rename = (source: string, target: string) =>
    ++renames === 1 ? Promise.reject(Object.assign(new Error("EXDEV"), {code: "EXDEV"})) : effects.rename(source, target);
  await publish({from, to}, {...effects, rename});
  assert.deepEqual(published(), newSite);
  assert.equal(existsSync(from), false);
});
