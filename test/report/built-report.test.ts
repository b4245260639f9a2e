import assert from "node:assert/strict";
import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {pathToFileURL} from "node:url";
import type {Browser, BrowserContext} from "playwright-core";
import type {RunReport, TableDefinition} from "../../src/pipeline/index.ts";
import {checkSite, formatNumber, serveSite, verdictAnchor} from "../../src/site/index.ts";
import type {SiteServer} from "../../src/site/index.ts";
import {launchBrowser, openContext, openPage} from "../support/browser.ts";
import {compareWithGolden, goldenOf, readVerdicts} from "./golden-verdicts.ts";
import {copyReport, digestsBelow, giveMostOfCells, runOffline} from "./report-copy.ts";
import type {Ended} from "./report-copy.ts";

const folder = mkdtempSync(join(tmpdir(), `driftbook-report-${process.pid}-`));
const root = join(folder, "report");
const elsewhere = join(folder, "another place", "с пробелом");
const docs = join(root, "docs");
const quiet = {log: () => {}, report: () => {}};
const parameterFile = join(root, "data", "parameters", "power-law-escape.jsonc");

for (const copy of [root, elsewhere]) copyReport(copy);
const {listTables, openProject, runTables} = (await import(pathToFileURL(join(root, "src", "pipeline", "index.ts")).href)) as typeof import("../../src/pipeline/index.ts");
const project = openProject(root);

let first: Ended;
let given: number;
let second: Ended;
let firstRun: RunReport;
let server: SiteServer;
let browser: Browser;
let visit: BrowserContext;

before(async () => {
  first = await runOffline(root, ["build"], {TZ: "UTC", LC_ALL: "C"});
  assert.equal(first.code, 0, first.words);
  given = giveMostOfCells(root, elsewhere);
  second = await runOffline(elsewhere, ["build"], {TZ: "Asia/Kathmandu", LC_ALL: "tr_TR.UTF-8"});
  assert.equal(second.code, 0, second.words);
  firstRun = await runTables(project, undefined, quiet);
  server = await serveSite({folder: join(root, "dist"), port: 0, base: "/papers/v1/"});
  browser = await launchBrowser();
  visit = await openContext(browser);
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, {recursive: true, force: true});
});

const source = (page: string): string => readFileSync(join(docs, `${page}.md`), "utf8");
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const pages = readdirSync(docs).filter((name) => name.endsWith(".md") && name !== "404.md").map((name) => name.slice(0, -3));

test("from nothing and with no network, every table is computed and the site is built", () => {
  const tables = listTables(project).length;
  assert.match(first.words, new RegExp(`tables \\(quick\\): [\\d,]+ cells computed, 0 kept; ${tables} tables new, 0 unchanged[^]*built dist/ with the preset quick`));
  assert.deepEqual([firstRun.computed, firstRun.kept.length], [[], tables]);
});

test("a build that computes an eighth of the cells anew, at another place, in another time zone and language, is equal byte for byte", () => {
  const [computed, kept] = (/tables \(quick\): ([\d,]+) cells computed, ([\d,]+) kept/.exec(second.words) ?? []).slice(1).map((number) => Number(number.replace(",", "")));
  assert.ok(given > 900);
  assert.ok(computed! > 80 && kept! > 500, second.words);
  const [one, other] = [root, elsewhere].map((copy) => digestsBelow(join(copy, "dist")));
  assert.ok(Object.keys(one!).length > 50);
  assert.deepEqual(one, other);
});

test("the built site is whole", async () => {
  assert.deepEqual(await checkSite(join(root, "dist")), []);
});

test("the verdicts are the golden ones", () => {
  compareWithGolden(readVerdicts(firstRun.manifest));
});

test("a changed outcome, estimate or claim is no golden verdict", () => {
  const verdicts = readVerdicts(firstRun.manifest);
  const golden = goldenOf(verdicts);
  const changed = (change: Partial<(typeof verdicts)[number]>) => [{...verdicts[0]!, ...change}, ...verdicts.slice(1)];
  compareWithGolden(verdicts, golden);
  for (const other of [changed({outcome: "inconclusive"}), changed({estimate: verdicts[0]!.estimate! + 0.03 * verdicts[0]!.predicted!}), changed({id: "another"}), changed({low: null}), verdicts.slice(1)])
    assert.throws(() => compareWithGolden(other, golden), {name: "AssertionError"});
});

const inks = {light: "rgb(34, 38, 46)", dark: "rgb(226, 229, 235)"};

for (const page of pages)
  test(`page ${page} under a sub-path: figures and tables full, in the ink of light and of dark mode, no error, no request outside`, async () => {
    const opened = await openPage({url: `${server.url}${page === "index" ? "" : page}`}, visit);
    const figures = await opened.figuresDrawn(count(source(page), /\bdisplay\(figure\(/g));
    for (const {label, marks, error} of figures) {
      assert.equal(error, null);
      assert.ok(marks >= 5, `${marks} marks in: ${label}`);
      assert.ok(label !== null && label.length > 40);
    }
    for (const colorScheme of ["dark", "light"] as const) {
      await opened.page.emulateMedia({colorScheme});
      const found = await opened.page.$$eval(".figure .role-axis-title text", (titles) => titles.map((title) => getComputedStyle(title).fill));
      assert.ok(found.length >= figures.length && found.every((ink) => ink === inks[colorScheme]), `${colorScheme}: ${found}`);
    }
    const tables = await opened.tablesFilled(count(source(page), /^```sql .*\bdisplay\b/gm));
    assert.ok(tables.every((rows) => rows >= 2), String(tables));
    assert.equal(await opened.page.locator(".observablehq--error").count(), 0);
    assert.deepEqual(opened.errors, []);
    assert.deepEqual(opened.outside, []);
    await opened.close();
  });

test("no figure and no table is missing from the report's page", () => {
  assert.ok(count(source("power-law-escape"), /\bdisplay\(figure\(/g) >= 7);
  assert.ok(count(source("power-law-escape"), /^```sql .*\bdisplay\b/gm) >= 7);
});

test("without JavaScript every claim stands on the home page with its outcome, and on its page with its numbers", async () => {
  const verdicts = readVerdicts(firstRun.manifest);
  const home = await openPage({url: server.url, javaScript: false}, browser);
  const rows = await home.page.$$eval("table.claims tr[data-outcome]", (found) => found.map((row) => row.textContent));
  assert.equal(rows.length, verdicts.length);
  verdicts.forEach(({title, outcome}, i) => assert.ok(rows[i]!.includes(title) && rows[i]!.includes(outcome), title));
  const tally = (outcome: string) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  assert.match(await home.page.innerText("main"), new RegExp(`Of ${verdicts.length} claims[^]*${tally("reproduced")} [^]*${tally("approximate")} `));
  await home.close();
  for (const paper of new Set(verdicts.map(({href}) => href.split("#")[0]!))) {
    const page = await openPage({url: `${server.url}${paper}`, javaScript: false}, browser);
    for (const {id, href, outcome, title, explanation, estimate} of verdicts) {
      if (!href.startsWith(`${paper}#`)) continue;
      const text = await page.page.locator(`#${verdictAnchor(id)}`).innerText();
      for (const shown of [title, outcome, explanation, ...(estimate === null ? [] : [formatNumber(estimate).replace(/<.*/, "")])]) assert.ok(text.includes(shown), `${id}: ${shown}`);
    }
    assert.ok((await page.page.locator("main math").count()) >= 5, paper);
    await page.close();
  }
});

test("every link of the home page's claims leads to the section of its evidence", async () => {
  const opened = await openPage({url: server.url, javaScript: false}, browser);
  const links = await opened.page.$$eval("table.claims th[scope=row] a", (found) => found.map((link) => (link as HTMLAnchorElement).href));
  const {href} = new URL(server.url);
  for (const link of links) {
    assert.ok(link.startsWith(href), link);
    const [page, anchor] = link.slice(href.length).split("#");
    assert.ok(readFileSync(join(root, "dist", `${page}.html`), "utf8").includes(`id="${decodeURIComponent(anchor!)}"`), link);
  }
  await opened.close();
});

/** The tables that read one of the paper's sections, and all that are made of them. */
async function tablesOf(section: string): Promise<readonly string[]> {
  const definitions = await Promise.all(
    listTables(project).map(async (table) => [table, ((await import(pathToFileURL(join(root, "loaders", `${table}.arrow.ts`)).href)) as {default: TableDefinition}).default] as const)
  );
  const found = new Set(definitions.filter(([, {parameters}]) => parameters?.section === section).map(([table]) => table));
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const [table, {inputs}] of definitions) if (inputs.some((input) => found.has(input))) found.add(table);
  }
  return [...found].sort();
}

function changeParameter(section: string, from: RegExp, to: string): () => void {
  const text = readFileSync(parameterFile, "utf8");
  const start = text.indexOf(`"${section}"`);
  const changed = text.slice(0, start) + text.slice(start).replace(from, to);
  assert.notEqual(changed, text);
  writeFileSync(parameterFile, changed);
  return () => writeFileSync(parameterFile, text);
}

test("a changed number computes again the tables that rest on it and no others; changed back, none", async () => {
  const expected = await tablesOf("firstPassage");
  assert.ok(expected.includes("escape-loss-passages") && expected.includes("verdicts") && expected.length < listTables(project).length / 2);
  const changeBack = changeParameter("firstPassage", /"replicas": \d+/, '"replicas": 40');
  const {computed, kept, failed} = await runTables(project, undefined, quiet);
  assert.deepEqual([computed, failed], [expected, []]);
  assert.equal(kept.length, listTables(project).length - expected.length);
  changeBack();
  const again = await runTables(project, undefined, quiet);
  assert.deepEqual(again.computed, []);
  assert.deepEqual(again.manifest, firstRun.manifest);
});

test("a key that no experiment has fails the build by its place and its nearest name, and the site stays byte for byte", async () => {
  const dist = digestsBelow(join(root, "dist"));
  const changeBack = changeParameter("firstPassage", /"replicas":/, '"replcas":');
  const {code, words} = await runOffline(root, ["build"]);
  changeBack();
  assert.equal(code, 2, words);
  assert.match(words, /power-law-escape\.jsonc:\d+:\d+.*quick\.firstPassage.*replcas.*replicas/);
  assert.doesNotMatch(words, /^ +at .*:\d+:\d+\)?$/m);
  assert.deepEqual(digestsBelow(join(root, "dist")), dist);
});
