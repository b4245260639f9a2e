import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {build} from "esbuild";
import type {Browser} from "playwright-core";
import * as kernels from "../../src/kernels/index.ts";
import {runStudentDiffusion} from "../../src/live/index.ts";
import {finishPages, serveSite} from "../../src/site/index.ts";
import type {SiteServer} from "../../src/site/index.ts";
import {buildFixtureSite, prepareFixtureSite, removeFixtureSite} from "../fixtures/site/build-fixture-site.ts";
import type {FixtureBuild} from "../fixtures/site/build-fixture-site.ts";
import {catalogueChecksums, checksumCatalogue} from "../kernels/checksum-catalogue.ts";
import {launchBrowser, openPage} from "../support/browser.ts";
import type {OpenedPage} from "../support/browser.ts";

const committed = JSON.parse(readFileSync(join(import.meta.dirname, "..", "kernels", "checksums.json"), "utf8")) as Readonly<Record<string, string>>;

let site: FixtureBuild;
let server: SiteServer;
let browser: Browser;
let catalogue: string;

before(async () => {
  site = buildFixtureSite(prepareFixtureSite());
  assert.equal(site.status, 0, site.output);
  await finishPages(site.site);
  server = await serveSite({folder: site.site, port: 0, base: "/papers/v1/"});
  browser = await launchBrowser();
  const bundled = await build({entryPoints: [join(import.meta.dirname, "..", "kernels", "checksum-catalogue.ts")], bundle: true, write: false, format: "iife", globalName: "catalogue", logLevel: "silent"});
  catalogue = bundled.outputFiles[0]!.text;
});

after(async () => {
  await browser?.close();
  await server?.close();
  removeFixtureSite(site.folder);
});

/** The page that has put the site's own module at `live`, with nothing outside the site to be had. */
async function openLive(): Promise<OpenedPage> {
  const opened = await openPage({url: `${server.url}live`}, browser);
  await opened.page.waitForFunction("globalThis.live !== undefined");
  await opened.page.route((url) => url.origin !== new URL(server.url).origin, (route) => route.abort());
  await opened.page.addScriptTag({content: catalogue});
  return opened;
}

async function checksumsInPage({page}: OpenedPage, by: "ensemblesHere" | "ensembles"): Promise<unknown> {
  return page.evaluate(`catalogue.catalogueChecksums(catalogue.checksumCatalogue(live), live.${by})`);
}

for (const [where, by] of [["on the page's thread", "ensemblesHere"], ["in workers", "ensembles"]] as const)
  test(`the catalogue has the same bits in Chromium ${where} as in Node, the committed ones`, async () => {
    const opened = await openLive();
    const inPage = await checksumsInPage(opened, by);
    assert.deepEqual(inPage, await catalogueChecksums(checksumCatalogue(kernels), kernels.ensemblesHere));
    assert.deepEqual(inPage, committed);
    assert.deepEqual(opened.errors, []);
    assert.deepEqual(opened.outside, []);
    await opened.close();
  });

test("a run on a page ends with its result, of the same bits as in Node", async () => {
  const opened = await openLive();
  const {checksum} = await runStudentDiffusion(kernels.ensemblesHere, {seed: 0, timeStep: 0.1, replicas: 1000});
  const line = opened.page.locator(".live-run").first();
  await line.and(opened.page.locator("[data-state=done]")).waitFor();
  assert.equal(await line.innerText(), checksum);
  await opened.close();
});

test("a run is cancelled by its button at once, says so, and its worker is gone", async () => {
  const opened = await openLive();
  const {page} = opened;
  const line = page.locator(".live-run").nth(1);
  await page.locator(".live-run[data-state=done]").waitFor();
  const [worker] = await Promise.all([
    page.waitForEvent("worker"),
    page.evaluate(`document.querySelector("main").append(live.liveRun({run: (options) => live.runStudentDiffusion(live.ensembles, {seed: 0, timeStep: 1e-4, replicas: 1e6}, options), done: String}).element)`)
  ]);
  const gone = worker.waitForEvent("close");
  await page.waitForFunction(() => document.querySelector("progress")!.value > 0);
  await line.getByRole("button", {name: "Cancel"}).click();
  await line.and(page.locator("[data-state=failed]")).waitFor();
  assert.equal(await line.innerText(), "the run was cancelled");
  await gone;
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("a run whose worker cannot be loaded says so by the equation's name", async () => {
  const opened = await openPage({url: `${server.url}methods`}, browser);
  await opened.page.route("**/kernel-worker.*.js", (route) => route.abort());
  await opened.page.goto(`${server.url}live`);
  const line = opened.page.locator(".live-run").first();
  await line.and(opened.page.locator("[data-state=failed]")).waitFor();
  assert.match(await line.innerText(), /^Student diffusion: expected a worker to run 4 blocks, found a worker that could not be started in block 0$/);
  await opened.close();
});
