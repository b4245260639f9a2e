import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {openBuildFolder} from "../../src/command-line/build-folder.ts";

test("what dead processes left is removed, what living ones use is kept", (t) => {
  const root = mkdtempSync(join(tmpdir(), "driftbook-build-"));
  t.after(() => rmSync(root, {recursive: true}));
  const {pid: dead} = spawnSync(process.execPath, ["-e", ""]);
  const folder = join(root, ".cache", "build");
  mkdirSync(join(folder, `site-${dead}`), {recursive: true});
  writeFileSync(join(folder, `site-${dead}`, "index.html"), "half");
  writeFileSync(join(folder, `manifest-${dead}.json`), "{}");
  mkdirSync(join(folder, `site-${process.pid}`));
  writeFileSync(join(folder, `preview-${process.pid}.json`), "{}");
  assert.equal(openBuildFolder(root), folder);
  assert.deepEqual(readdirSync(folder).sort(), [`preview-${process.pid}.json`, `site-${process.pid}`]);
});
