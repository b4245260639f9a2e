import assert from "node:assert/strict";
import {existsSync, readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {filesBelow, loader, smallProject} from "../pipeline/small-project.ts";
import {runCommand} from "./run-command.ts";

const published = {
  "dist/index.html": "<!doctype html><title>The last good site</title>\n",
  "dist/_file/data/escape.arrow": "\u0001\u0002"
};

const config = 'export default {root: "docs", output: process.env.DRIFTBOOK_OUTPUT, search: false};\n';

/** Builds a project and holds the build to a failure that leaves the site as it was. */
async function checkFailure(t: TestContext, files: Readonly<Record<string, string>>, words: RegExp): Promise<void> {
  const small = smallProject(t, {...published, ...files});
  const ended = await runCommand(small, ["build"]);
  assert.deepEqual([ended.code, ended.output], [1, ""], ended.words);
  assert.match(ended.words, words);
  const dist = join(small.root, "dist");
  assert.deepEqual(Object.fromEntries(filesBelow(dist).map((path) => [join("dist", path), readFileSync(join(dist, path), "utf8")])), published);
  const left = join(small.root, ".cache", "build");
  assert.deepEqual(existsSync(left) ? readdirSync(left) : [], []);
}

const sound = loader("return [{x: 1}];");

test("loaders that fail in any way fail the build, and the site stays byte for byte", (t) =>
  checkFailure(
    t,
    {
      "loaders/exits-one.arrow.ts": loader("process.exit(1);"),
      "loaders/exits-zero.arrow.ts": loader("process.exit(0);"),
      "loaders/killed.arrow.ts": loader('process.kill(process.pid, "SIGKILL"); await new Promise(() => {});'),
      "loaders/sound.arrow.ts": sound,
      "loaders/throws.arrow.ts": loader('throw new Error("the chain diverged");')
    },
    new RegExp(
      [
        "table exits-one failed: its process ended with code 1 before it was done\n",
        "table exits-zero failed: its process ended with code 0 before it was done\n",
        "table killed failed: its process was killed by SIGKILL, as the system does when memory runs out\n",
        "tables \\(quick\\): 0 cells computed, 0 kept; 1 table new, 0 unchanged, 4 failed; .*\nthe site was not built; dist/ is as it was\n$"
      ].join("[^]*")
    )
  ));

test("one loader that throws is enough", (t) => checkFailure(t, {"loaders/throws.arrow.ts": loader('throw new Error("the chain diverged");')}, /table throws failed: Error: the chain diverged\n[^]*the site was not built; dist\/ is as it was\n$/));

test("pages that cannot be built fail the build, and the site stays byte for byte", (t) =>
  checkFailure(
    t,
    {"loaders/sound.arrow.ts": sound, "observablehq.config.js": config, "docs/index.md": '# Page\n\n```js\nFileAttachment("numbers.txt")\n```\n', "docs/numbers.txt.js": 'throw new Error("no numbers");\n'},
    /^[^]*driftbook: the pages could not be built \(exit code 1\); dist\/ is as it was:\n[^]*no numbers/
  ));

test("a built site with an outside address is not published, and the old one stays byte for byte", (t) =>
  checkFailure(
    t,
    {"loaders/sound.arrow.ts": sound, "observablehq.config.js": config, "docs/index.md": '# Page\n\n<img src="https://example.com/picture.png" alt="">\n'},
    /index\.html: [^]*the built site has \d+ problems; dist\/ is as it was\n$/
  ));
