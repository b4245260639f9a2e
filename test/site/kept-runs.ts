import assert from "node:assert/strict";
import {test} from "node:test";
import type {Browser, Page} from "playwright-core";
import type {SiteServer} from "../../src/site/index.ts";
import {hostile} from "../fixtures/site/kept-runs.ts";
import {openPage} from "../support/browser.ts";

const lines = (page: Page) => page.$$eval(".figure-runs", (found) => found.map((line) => (line as HTMLElement).innerText.trim()));
const linesWhen = async (page: Page, count: number) => {
  await page.waitForFunction((wanted) => document.querySelectorAll(".figure-runs").length === wanted, count);
  return lines(page);
};
const heights = (page: Page, selector: string) => page.locator(".figure").first().locator(`svg ${selector}`).evaluateAll((marks) => marks.map((mark) => (mark as SVGElement).getBoundingClientRect().y));

/** Declares the tests of the fixture's page with kept runs, on a site that is served when they run. */
export function testKeptRuns(site: () => {readonly server: SiteServer; readonly browser: Browser}): void {
  test("a run that the reader chooses is drawn beneath the figures that its tables change, on the same axes", async () => {
    const opened = await openPage({url: `${site().server.url}kept`}, site().browser);
    const {page} = opened;
    const before_ = await opened.figuresDrawn(3);
    assert.deepEqual(await lines(page), []);
    assert.equal(await page.getAttribute('.compared-runs a[data-tables="escape"]', "download"), "");

    await page.focus(".compared-runs input");
    await page.keyboard.press("Space");
    assert.deepEqual(await linesWhen(page, 3), ["big-step, dashed and hollow", "same as in big-step", "nothing of big-step to compare: this figure is not drawn from its tables"]);
    assert.match((await page.getAttribute(".figure-plot", "aria-label"))!, /^Mean escape time against loss ratio\. Beneath it, dashed and hollow: kept run big-step\.$/);
    assert.equal(new URL(page.url()).searchParams.get("compare"), "big-step");

    const points = ".mark-symbol path";
    const all = await heights(page, points);
    assert.equal(all.length, 12);
    const drops = all.slice(0, 6).map((y, i) => y - all[i + 6]!);
    assert.ok(drops.every((drop) => drop > 1 && Math.abs(drop - drops[0]!) < 0.1), "half the time is one step down a logarithmic axis, the same for every point");
    assert.equal(await page.locator('.figure-plot svg path[stroke-dasharray="4,3"]').count(), 1);
    const after_ = await opened.figuresDrawn(3);
    assert.deepEqual(after_.slice(1).map(({marks}) => marks), before_.slice(1).map(({marks}) => marks));

    await page.keyboard.press("Space");
    assert.deepEqual(await linesWhen(page, 0), []);
    assert.equal(new URL(page.url()).search, "");
    assert.equal((await heights(page, points)).length, 6);
    assert.match(await page.innerText("main"), /The count by the page's own SQL is 6\./);
    assert.deepEqual(opened.errors, []);
    assert.deepEqual(opened.outside, []);
    await opened.close();
  });

  test("an address chooses runs, the visit remembers them, and what a run lacks or has damaged is said by its name", async () => {
    const opened = await openPage({url: `${site().server.url}kept?compare=damaged&compare=gone#top`}, site().browser);
    const {page} = opened;
    await opened.figuresDrawn(3);
    const [damaged] = await linesWhen(page, 3);
    assert.match(damaged!, /^damaged is not shown: escape of damaged: expected a whole Arrow stream, found \d+ bytes without its end mark$/);
    assert.match(page.url(), /kept\?compare=damaged#top$/);
    await page.locator(".compared-runs input").nth(0).check();
    await page.locator(".compared-runs input").nth(1).check();
    await page.waitForFunction(() => document.querySelector(".figure-runs")?.children.length === 3);
    const [, lacking] = await page.locator(".figure").first().locator(".figure-runs span").evaluateAll((spans) => spans.map((span) => (span as HTMLElement).innerText));
    assert.equal(lacking, `${hostile} is not shown: it has no table escape`);
    await page.goto(`${site().server.url}kept`);
    await opened.figuresDrawn(3);
    await linesWhen(page, 3);
    assert.equal(await page.locator(".compared-runs input:checked").count(), 3);
    assert.equal(new URL(page.url()).searchParams.getAll("compare").length, 3);
    await opened.close();
  });

  test("what differs stands in the page before any script, its words as text, and the control waits for a script", async () => {
    const opened = await openPage({url: `${site().server.url}kept`, javaScript: false}, site().browser);
    const {page} = opened;
    assert.equal(await page.locator(".compared-runs fieldset").isVisible(), false);
    const block = await page.locator(".compared-runs").evaluate((element) => element.textContent!);
    const parts = ["What differs in big-step: 2 parameters and 1 verdict here", "escape.escape.stepSizes[1]0.10.2", `escape.escape.lawgaussian${hostile}`, "1 parameter of other papers", "other.sweep.batchSizes[3]–[4,8]", `${hostile}escape.slope`, "not reproduced5.10 [5.00, 5.20]"];
    for (const part of parts) assert.ok(block.includes(part), `${part} in ${block}`);
    assert.ok(!block.includes("of another page"));
    assert.equal(await page.locator(".compared-runs script, .compared-runs img").count(), 0);
    await opened.close();
  });

  test("a page with kept runs fits a telephone and paper", async () => {
    const opened = await openPage({url: `${site().server.url}kept?compare=big-step`, width: 360}, site().browser);
    const {page} = opened;
    await opened.figuresDrawn(3);
    await linesWhen(page, 3);
    await page.$$eval(".compared-runs details", (parts) => parts.forEach((part) => part.setAttribute("open", "")));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await page.emulateMedia({media: "print"});
    const isShown = (selector: string) => page.locator(selector).first().isVisible();
    assert.deepEqual([await isShown(".compared-runs fieldset"), await isShown("[data-run=big-step]"), await isShown("[data-run=damaged]"), await isShown(".figure-runs")], [false, true, false, true]);
    await opened.close();
  });
}
