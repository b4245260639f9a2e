import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {Table, tableFromArrays, tableFromIPC, tableToIPC} from "apache-arrow";
import type {Browser} from "playwright-core";
import {checkSite, finishPages, serveSite} from "../../src/site/index.ts";
import type {SiteServer} from "../../src/site/index.ts";
import {buildFixtureSite, escapeStream, prepareFixtureSite, removeFixtureSite} from "../fixtures/site/build-fixture-site.ts";
import type {FixtureBuild} from "../fixtures/site/build-fixture-site.ts";
import {launchBrowser, openContext, openPage} from "../support/browser.ts";
import type {OpenedPage} from "../support/browser.ts";
import {testKeptRuns} from "./kept-runs.ts";

let build: FixtureBuild;
let server: SiteServer;
let browser: Browser;

before(async () => {
  build = buildFixtureSite(prepareFixtureSite());
  assert.equal(build.status, 0, build.output);
  await finishPages(build.site);
  server = await serveSite({folder: build.site, port: 0, base: "/papers/v1/"});
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await server.close();
  removeFixtureSite(build.folder);
});

test("a site built without any network is whole", async () => {
  assert.deepEqual(await checkSite(build.site), []);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`in ${colorScheme} mode figures and tables are drawn, with no error and no request outside; one whose table is missing says so by name, and the prose around it stays`, async () => {
    const opened = await openPage({url: server.url, colorScheme}, browser);
    const figures = await opened.figuresDrawn(4);
    assert.deepEqual(figures.slice(0, 3).map(({error, marks}) => [error, marks > 20]), [[null, true], [null, true], [null, true]]);
    assert.match(figures[0]!.label!, /fitted slope 4\.4/);
    assert.deepEqual(await opened.tablesFilled(1), [6]);
    const ink = await opened.page.$eval(".figure .role-axis-title text", (text) => getComputedStyle(text).fill);
    assert.equal(ink, colorScheme === "light" ? "rgb(34, 38, 46)" : "rgb(226, 229, 235)");
    assert.match(figures[3]!.error!, /This figure cannot be drawn\. .*Table with name nowhere does not exist/);
    assert.match(await opened.page.innerText("main"), /See the methods and the paper\./);
    assert.deepEqual(opened.errors, []);
    assert.deepEqual(opened.outside, []);
    await opened.close();
  });
}

const whole = escapeStream();
const damages: readonly [string, Uint8Array | null][] = [
  ["no file", null],
  ["an empty file", new Uint8Array()],
  ["a log line", new TextEncoder().encode("epoch 1 done\n")],
  ["Arrow's file format", tableToIPC(tableFromIPC(whole), "file")],
  ["a stream cut between two batches", firstBatch(whole)],
  ["a stream cut in a batch", whole.slice(0, Math.floor(whole.length / 2))],
  ["a stream without its end mark", whole.slice(0, -8)],
  ["a table of other columns", tableToIPC(tableFromArrays({a: [1]}), "stream")]
];

let visit: Promise<OpenedPage> | undefined;

for (const [name, bytes] of damages) {
  test(`${name} in place of a table reaches its figure as a named error, and nothing else breaks`, async () => {
    const data = join(build.site, "_file", "data");
    const [file, ...others] = readdirSync(data).filter((found) => /^escape\..*arrow$/.test(found));
    assert.deepEqual(others, []);
    const path = join(data, file!);
    assert.deepEqual(new Uint8Array(readFileSync(path)), whole);
    const opened = await (visit ??= openContext(browser).then((context) => openPage({url: `${server.url}methods`}, context)));
    try {
      if (bytes === null) rmSync(path);
      else writeFileSync(path, bytes);
      await opened.page.goto(server.url);
      const figures = await opened.figuresDrawn(4);
      assert.match(figures[0]!.error!, /This figure cannot be drawn\. .*(escape|column)/s);
      assert.deepEqual(figures.slice(1, 3).map(({error}) => error), [null, null]);
      assert.match(await opened.page.innerText("main"), /reproduced: The fitted slope 4\.44/);
    } finally {
      writeFileSync(path, whole);
    }
  });
}

test("a page fits a telephone, and figures are drawn again when the width changes", async () => {
  const opened = await openPage({url: server.url, width: 360}, browser);
  await opened.figuresDrawn(4);
  const plotWidth = () => opened.page.$eval(".figure-plot svg", (svg) => svg.getBoundingClientRect().width);
  assert.ok((await plotWidth()) <= 344);
  assert.equal(await opened.page.evaluate(() => document.documentElement.scrollWidth), 360);
  await opened.page.setViewportSize({width: 800, height: 900});
  await opened.page.waitForFunction(() => document.querySelector(".figure-plot svg")!.getBoundingClientRect().width > 600);
  assert.equal(await opened.page.$$eval(".figure-plot svg", (found) => found.length), 3);
  await opened.close();
});

test("prose, formulas, numbers and verdicts stand before any script has run", async () => {
  const opened = await openPage({url: server.url, javaScript: false}, browser);
  const text = await opened.page.innerText("main");
  assert.match(text, /an invented slope of 4\.5 and 6 rows\. It costs from \$5 to \$6/);
  assert.match(text, /reproduced: The fitted slope 4\.44/);
  assert.equal(await opened.page.locator("main math").count(), 2);
  await opened.close();
});

test("text from data is text on the page", async () => {
  const opened = await openPage({url: `${server.url}methods`}, browser);
  await opened.page.$$eval("details.claims-paper", (groups) => groups.forEach((group) => group.setAttribute("open", "")));
  const text = await opened.page.innerText("main");
  assert.match(text, /Values from data are text: <script>alert\(1\)<\/script> \*\*bold\*\* \$x\$ \$\{1 \+ 1\}\./);
  assert.match(text, /A value in HTML: \$\{2 \+ 2\}<i>\./);
  assert.match(text, /Tails are heavy <script>alert\(1\)<\/script>/);
  assert.equal(await opened.page.getAttribute("main p[title]", "title"), '"><b>');
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("the page declares its language and its policy, and links lead inside the sub-path", async () => {
  const opened = await openPage({url: `${server.url}methods`}, browser);
  assert.equal(await opened.page.getAttribute("html", "lang"), "en");
  await opened.page.click("summary:has-text('reproduced')");
  await opened.page.click("text=Escape follows the log-loss barrier");
  await opened.page.waitForURL(/\/papers\/v1\/(index)?#mean-escape/);
  const blocked = await opened.page.evaluate(() => fetch("https://example.org/").then(() => "reached", () => "blocked"));
  assert.equal(blocked, "blocked");
  await opened.close();
});

test("a build from other files, at another time, place, zone and language gives the same bytes", async () => {
  const folder = prepareFixtureSite();
  for (const name of readdirSync(join(folder, "docs"), {recursive: true}) as string[]) utimesSync(join(folder, "docs", name), 1e9, 1e9);
  const again = buildFixtureSite(folder, {TZ: "Asia/Kathmandu", LC_ALL: "tr_TR.UTF-8"});
  assert.equal(again.status, 0, again.output);
  await finishPages(again.site);
  assert.deepEqual(digests(again.site), digests(build.site));
  removeFixtureSite(folder);
});

const failures: readonly [string, string, RegExp][] = [
  ["SQL that DuckDB refuses", "# P\n\n{{ SELECT slope FROM escape }}", /page broken\.md: \{\{ SELECT slope FROM escape \}\}: DuckDB refuses .*"slope" not found/],
  ["a package that is not installed", '# P\n\n```js\nimport _ from "npm:lodash-es";\n```', /lodash-es@0\.0\.0-not-installed is imported but not installed: npm install --save-exact lodash-es/]
];

for (const [name, page, message] of failures) {
  test(`${name} fails the build by name`, () => {
    const folder = prepareFixtureSite({"broken.md": page});
    const {status, output} = buildFixtureSite(folder);
    assert.notEqual(status, 0);
    assert.match(output, message);
    removeFixtureSite(folder);
  });
}

testKeptRuns(() => ({server, browser}));

function firstBatch(stream: Uint8Array): Uint8Array {
  const [batch] = tableFromIPC(stream).batches;
  return tableToIPC(new Table([batch!]), "stream");
}

function digests(folder: string): Readonly<Record<string, string>> {
  const names = (readdirSync(folder, {recursive: true}) as string[]).filter((name) => statSync(join(folder, name)).isFile()).sort();
  return Object.fromEntries(names.map((name) => [name, createHash("sha256").update(readFileSync(join(folder, name))).digest("hex")]));
}
