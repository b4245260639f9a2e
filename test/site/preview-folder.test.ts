import assert from "node:assert/strict";
import {existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {openPreviewFolder, siteHead} from "../../src/site/index.ts";
import {temporaryFolder} from "../pipeline/small-project.ts";

function lay(t: TestContext) {
  const root = temporaryFolder(t);
  const write = (path: string, text: string, time?: Date): string => {
    mkdirSync(join(root, path, ".."), {recursive: true});
    writeFileSync(join(root, path), text);
    if (time !== undefined) utimesSync(join(root, path), time, time);
    return join(root, path);
  };
  write("docs/index.md", "# Home\n");
  write("docs/components/figure.ts", "");
  write("docs/.observablehq/cache/data/decay.arrow", "of a build");
  write("docs/bundle.js", "of a build");
  write("loaders/decay.arrow.ts", "decay");
  write("loaders/[table].csv.ts", "");
  const place = {folder: join(root, "preview"), docsRoot: join(root, "docs"), loadersRoot: join(root, "loaders"), written: ["bundle.js"]};
  return {root, write, place, data: (name: string) => join(root, "preview", "pages", "data", name)};
}

test("pages are links, what a build made is not among them, and pages come and go", (t) => {
  const {root, write, place} = lay(t);
  const folder = openPreviewFolder(place);
  assert.deepEqual(readdirSync(folder.root).sort(), ["components", "data", "index.md", "preview.css"]);
  assert.equal(readlinkSync(join(folder.root, "index.md")), join(root, "docs", "index.md"));
  write("docs/methods.md", "# Methods\n");
  rmSync(join(root, "docs", "index.md"));
  folder.link();
  assert.deepEqual(readdirSync(folder.root).sort(), ["components", "data", "methods.md", "preview.css"]);
});

test("a table that goes back to older bytes is a later file, one that stays is the same file", (t) => {
  const {write, place, data} = lay(t);
  const [first, second] = [write("objects/a", "first", new Date(2001, 1, 1)), write("objects/b", "second", new Date(2002, 1, 1))];
  const folder = openPreviewFolder(place);
  const shown = (file: string): readonly [string, number, string] => {
    folder.show({decay: file});
    return [readFileSync(data("decay.arrow"), "utf8"), statSync(data("decay.arrow")).mtimeMs, readlinkSync(data("decay.arrow"))];
  };
  const [one, two, three, four] = [shown(first), shown(second), shown(first), shown(first)];
  assert.deepEqual([one[0], two[0], three[0]], ["first", "second", "first"]);
  assert.equal(two[1] >= one[1] && three[1] >= two[1] && one[1] > new Date(2020, 1, 1).getTime(), true);
  assert.deepEqual(four, three);
});

test("a table that failed stands as its loader, which says why, until it is there; one that is gone leaves nothing", (t) => {
  const {root, write, place, data} = lay(t);
  const folder = openPreviewFolder(place);
  folder.show({decay: null});
  assert.deepEqual([readlinkSync(data("decay.arrow.ts")), existsSync(data("decay.arrow"))], [join(root, "loaders", "decay.arrow.ts"), false]);
  folder.show({decay: write("objects/a", "rows")});
  assert.deepEqual([readFileSync(data("decay.arrow"), "utf8"), existsSync(data("decay.arrow.ts"))], ["rows", false]);
  folder.show({});
  assert.deepEqual(readdirSync(join(folder.root, "data")), ["[table].csv.ts"]);
});

test("an announcement drops what loaders printed, of kept runs where these are others, and keeps copies of packages, also for the next preview", (t) => {
  const {write, place} = lay(t);
  const folder = openPreviewFolder(place);
  const [printed, ofRun, copied] = ["data/decay.csv", "data/runs/before/decay.arrow", "_npm/vega.js"].map((name) => write(`preview/pages/.observablehq/cache/${name}`, "")) as [string, string, string];
  folder.announce(false);
  assert.deepEqual([printed, ofRun, copied].map((path) => existsSync(path)), [false, true, true]);
  folder.announce(true);
  assert.deepEqual([ofRun, copied].map((path) => existsSync(path)), [false, true]);
  assert.equal(openPreviewFolder(place).root, folder.root);
  assert.equal(lstatSync(copied).isFile(), true);
});

test("the head of a built site names no preview and connects to itself alone", () => {
  assert.doesNotMatch(siteHead(), /preview|EventSource|DuckDBClient/);
  assert.match(siteHead(), /connect-src 'self' blob: data:;/);
  assert.match(siteHead({status: "http://127.0.0.1:5/", tables: {}}), /connect-src 'self' blob: data: http:\/\/127\.0\.0\.1:5\/;/);
});
