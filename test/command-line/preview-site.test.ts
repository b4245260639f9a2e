import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {once} from "node:events";
import {cpSync, existsSync, readdirSync, readlinkSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {pathToFileURL} from "node:url";
import type {Browser, Page} from "playwright-core";
import {openStore, readManifest, verdictColumns} from "../../src/pipeline/index.ts";
import {bareProject, checkout, derivedLoader, experimentLoader, filesBelow} from "../pipeline/small-project.ts";
import type {SmallProject} from "../pipeline/small-project.ts";
import {launchBrowser, openPage} from "../support/browser.ts";
import type {DrawnFigure, OpenedPage} from "../support/browser.ts";

const parameters = (rates: string): string => `{"seed": 1, "quick": {"decay": {"rates": ${rates}}}, "full": {}}`;

const figureOf = (table: string, label: string): string => `\`\`\`js
display(figure({mark: "point", encoding: {x: {field: "x", type: "quantitative", scale: {domain: [0, 10]}}}}, {data: sql\`SELECT x FROM ${table}\`, files: [FileAttachment("./data/${table}.arrow")], description: "${label}"}));
\`\`\`
`;

const imports = `\`\`\`js
import {figure} from "./components/figure.js";
import {sql} from "./components/sql.js";
\`\`\`
`;

const pageOf = (tables: readonly string[], body: string): string => `---
title: Decay
sql:
${tables.map((table) => `  ${table}: ./data/${table}.arrow`).join("\n")}
---

# Decay

${imports}
${body}
`;

const words = `The largest is <b id="largest">{{ SELECT printf('%.2f', max(x)) FROM decay }}</b>.

\`\`\`sql
SELECT x FROM decay ORDER BY x
\`\`\`
`;

const pages = {
  "docs/index.md": pageOf(["decay", "half"], `${words}\n${figureOf("decay", "Rates")}\n${figureOf("half", "Halves")}\n<div style="height: 3000px"></div>`),
  "docs/unlucky.md": pageOf(["lucky"], figureOf("lucky", "Lucky rates"))
};

const files = 'import {existsSync} from "node:fs";\nimport {join} from "node:path";';
const numbers = {predicted: 1, estimate: 1, low: 1, high: 1, used: 1, total: 1, discrepancy: 0, minimumDetectableEffect: 0};
const verdict = {...Object.fromEntries(Object.keys(verdictColumns).map((column) => [column, column])), ...numbers, href: "unlucky", outcome: "reproduced", sourceKind: "paper"};
const loaders = {
  "loaders/half.arrow.ts": derivedLoader("return [{x: 0.5}];"),
  "loaders/lucky.arrow.ts": derivedLoader('const rows = input("decay"); if (rows.some(({x}) => x === 3)) throw new Error("3 is unlucky"); return rows;', {inputs: ["decay"]}),
  "loaders/verdicts.arrow.ts": derivedLoader('while (existsSync(join(import.meta.dirname, "..", "wait"))) await new Promise((resolve) => setTimeout(resolve, 20)); return [verdict];', {inputs: ["decay"], head: `${files}\nconst verdict = ${JSON.stringify(verdict)};`}).replace(/columns: .*/, `columns: ${JSON.stringify(verdictColumns)},`),
  "loaders/runs/[run]/[table].arrow.ts": "export {};\n"
};

const urlOf = (...parts: readonly string[]): string => JSON.stringify(pathToFileURL(join(checkout, ...parts)).href);

const config = `import {openReport} from ${urlOf("src", "command-line", "report-values.ts")};
import {siteConfig} from ${urlOf("src", "site", "index.ts")};
const {DRIFTBOOK_MANIFEST: manifest, DRIFTBOOK_DOCS: docsRoot, DRIFTBOOK_STATUS: previewStatus} = process.env;
export default siteConfig({projectRoot: ${JSON.stringify(checkout)}, docsRoot, previewStatus, loaderCommand: ["node", ${JSON.stringify(join(checkout, "src", "pipeline", "run-loader.mjs"))}], values: await openReport(import.meta.dirname, manifest)});
`;

/** A preview in a process of its own, with what it says. */
interface Preview {
  readonly process: ChildProcess;
  readonly words: () => string;
  /** Resolves to the address once it is said, rejects if the process ends first. */
  readonly address: Promise<string>;
}

function startPreview(root: string, port = "0"): Preview {
  const child = spawn(process.execPath, ["--import", "tsx/esm", join(checkout, "test", "command-line", "command-process.ts"), root, "dev", "--port", port], {cwd: root, stdio: ["ignore", "inherit", "pipe"]});
  let words = "";
  const address = new Promise<string>((resolve, reject) => {
    child.stderr!.on("data", (chunk: Buffer) => {
      words += chunk.toString("utf8");
      const [, said] = /the report is at (http:\S+)/.exec(words) ?? [];
      if (said !== undefined) resolve(said);
    });
    child.on("exit", () => reject(new Error(words)));
  });
  address.catch(() => {});
  return {process: child, words: () => words, address};
}

/** Ids of the processes that work in a folder, as Linux lists them; none elsewhere. */
function processesIn(folder: string): readonly string[] {
  if (!existsSync("/proc")) return [];
  return readdirSync("/proc").filter((id) => {
    try {
      return /^\d+$/.test(id) && readlinkSync(join("/proc", id, "cwd")).startsWith(folder);
    } catch {
      return false;
    }
  });
}

const undone: (() => void)[] = [];
let small: SmallProject;
let preview: Preview;
let browser: Browser;
let opened: OpenedPage;
let unlucky: OpenedPage;
let saidByUnlucky: string | null;

const write = (rates: string): void => writeFileSync(join(small.root, "data", "parameters", "small.jsonc"), parameters(rates));
const largest = (): Promise<string> => opened.page.innerText("#largest");
const marksOf = (label: string): string => `.figure-plot[aria-label^="${label}"] g.role-mark path`;
const points = (on: Page, label = "Rates"): Promise<readonly (string | null)[]> => on.$$eval(marksOf(label), (marks) => marks.map((mark) => mark.getAttribute("transform")));
const untilPoints = (count: number, on = opened.page, label = "Rates"): Promise<unknown> => on.waitForFunction(([selector, wanted]) => document.querySelectorAll(selector).length === wanted, [marksOf(label), count] as const, {timeout: 60_000});
const untilRows = (rows: readonly string[]): Promise<unknown> =>
  opened.page.waitForFunction((wanted) => [...document.querySelectorAll("form table tbody tr")].map((row) => row.textContent).join() === wanted.join(), rows, {timeout: 60_000});
const untilWords = (words: string): Promise<unknown> => opened.page.waitForFunction((wanted) => document.querySelector("#largest")!.textContent === wanted, words, {timeout: 60_000});
/** The figure of a table that never changes. */
const rememberHalf = (): Promise<unknown> => opened.page.evaluate(() => Object.assign(window, {half: document.querySelector('.figure-plot[aria-label^="Halves"] svg')}) && null);
/** Whether that figure is the one that was remembered. */
const isHalfAsDrawn = (): Promise<boolean> => opened.page.evaluate(() => (window as unknown as {half: Element}).half === document.querySelector('.figure-plot[aria-label^="Halves"] svg'));
const saidStatus = (): Promise<readonly string[]> => opened.page.evaluate(() => (window as unknown as {said: string[]}).said);
const untilStatus = (state: string): Promise<unknown> => opened.page.waitForFunction((wanted) => document.querySelector<HTMLElement>("[role=status]")?.dataset.state === wanted, state, {timeout: 60_000});

before(async () => {
  small = bareProject({after: (undo) => void undone.push(undo as () => void)}, {
    "data/parameters/small.jsonc": parameters("[1, 3]"),
    "loaders/decay.arrow.ts": experimentLoader("parameters.rates.map((rate) => ({name: `rate ${rate}`, reads: {rate}}))", "context.progress(1, 2); await new Promise((resolve) => setTimeout(resolve, 300)); return [{x: reads.rate}];", {
      head: 'import {z} from "zod";\nconst sections = {decay: z.strictObject({rates: z.array(z.number().min(0)).min(1)})};',
      parameters: 'parameters: {paper: "small", sections, section: "decay"},'
    }),
    ...loaders,
    ...pages,
    "observablehq.config.ts": config
  });
  cpSync(join(checkout, "docs", "components"), join(small.root, "docs", "components"), {recursive: true});
  cpSync(join(checkout, "docs", "style.css"), join(small.root, "docs", "style.css"));
  preview = startPreview(small.root);
  browser = await launchBrowser();
  opened = await openPage({url: await preview.address}, browser);
  await opened.figuresDrawn(2);
  await rememberHalf();
  unlucky = await openPage({url: new URL("unlucky", await preview.address).href}, browser);
  [{error: saidByUnlucky}] = (await unlucky.figuresDrawn(1)) as readonly [DrawnFigure];
  await opened.page.evaluate(() => {
    const line = document.querySelector<HTMLElement>("[role=status]")!;
    const said: string[] = [];
    Object.assign(window, {said});
    new MutationObserver(() => said.push(`${line.dataset.state}: ${line.textContent}`)).observe(line, {childList: true, attributes: true});
    window.scrollTo(0, 900);
  });
});

after(async () => {
  preview.process.kill("SIGKILL");
  await browser.close();
  for (const undo of undone) undo();
});

test("a saved value runs its cells alone, moves the marks at once and the words when the run has ended, and leaves other figures as they are", async () => {
  const before = await points(opened.page);
  const workers = opened.page.workers().length;
  assert.equal(before.length, 2);
  writeFileSync(join(small.root, "wait"), "");
  write("[1, 4]");
  await opened.page.waitForFunction(([selector, first, second]) => {
    const marks = [...document.querySelectorAll(selector!)].map((mark) => mark.getAttribute("transform"));
    return marks.length === 2 && marks[0] === first && marks[1] !== second;
  }, [marksOf("Rates"), ...before] as const, {timeout: 60_000});
  await untilRows(["1", "4"]);
  assert.deepEqual([await largest(), await isHalfAsDrawn()], ["3.00", true]);
  const moved = await opened.page.$(".figure-plot svg");
  rmSync(join(small.root, "wait"));
  await untilWords("4.00");
  await untilStatus("done");
  assert.equal(await opened.page.evaluate(() => window.scrollY), 900);
  const said = (await saidStatus()).join("\n");
  assert.match(said, /running: looking for what has changed\n[^]*running: recomputing decay: 1 cell .*\n[^]*done: up to date in .*: 1 cell computed, 1 kept/);
  assert.equal(await opened.page.evaluate((one) => one === document.querySelector(".figure-plot svg"), moved), true, "the figure was drawn again at the run's end");
  assert.deepEqual([await isHalfAsDrawn(), opened.page.workers().length, opened.errors], [true, workers, []]);
});

test("a table that was not there comes onto the page that said so", async () => {
  assert.match(saidByUnlucky!, /lucky\.arrow/);
  await untilPoints(2, unlucky.page, "Lucky rates");
});

test("of two changes one after the other the last one is shown, in the same database", async () => {
  const workers = opened.page.workers().length;
  write("[1, 4, 8, 9]");
  await opened.page.waitForFunction(() => document.querySelector<HTMLElement>("[role=status]")!.dataset.state === "running");
  write("[1, 4, 8]");
  await untilPoints(3);
  await untilPoints(3, unlucky.page, "Lucky rates");
  await untilWords("8.00");
  await untilStatus("done");
  await untilRows(["1", "4", "8"]);
  assert.deepEqual([opened.page.workers().length, await isHalfAsDrawn()], [workers, true]);
});

test("a wrong value is told with its place on the page and in the terminal, and what was good stays", async () => {
  const good = await points(opened.page);
  write('[1, "4", 8]');
  await untilStatus("failed");
  const place = /small\.jsonc[^]*decay\.rates\[1\]: expected a number[^]*"4"/;
  assert.match(await opened.page.innerText("[role=status]"), place);
  assert.match(preview.words(), place);
  assert.deepEqual([await points(opened.page), await largest()], [good, "8.00"]);
  write("[1, 3]");
  await opened.page.waitForFunction(() => /3 is unlucky/.test(document.querySelector("[role=status]")!.textContent!), undefined, {timeout: 60_000});
  await opened.page.waitForFunction(([selector, wanted]) => [...document.querySelectorAll(selector!)].map((mark) => mark.getAttribute("transform")).join() === wanted, [marksOf("Rates"), good.join()] as const, {timeout: 60_000});
  assert.deepEqual([await largest(), (await points(unlucky.page, "Lucky rates")).length], ["8.00", 3]);
  write("[1, 2]");
  await untilPoints(2);
  await untilWords("2.00");
  assert.deepEqual([await isHalfAsDrawn(), opened.errors], [true, []]);
  assert.equal((await saidStatus()).length > 0, true, "the page was never loaded again");
});

test("a run that is kept meanwhile can be chosen, and lies beneath the figure as it was whatever is shown", async () => {
  const manifests = filesBelow(join(small.root, ".cache")).filter((path) => /preview-\d+\.json$/.test(path));
  assert.equal(manifests.length, 1);
  openStore(small.project.storeFolder, assert.fail).keepRun({...readManifest(join(small.root, ".cache", manifests[0]!)).run, name: "before"});
  const line = (words: string): Promise<unknown> => opened.page.waitForFunction((wanted) => document.querySelector<HTMLElement>(".figure-runs")?.innerText.trim() === wanted, words, {timeout: 60_000});
  write("[1, 5, 6]");
  await opened.page.locator(".compared-runs input").check({timeout: 60_000});
  await line("before, dashed and hollow");
  await untilPoints(3 + 2);
  const kept = (await points(opened.page)).slice(0, 2);
  write("[1, 5, 6, 7]");
  await untilPoints(4 + 2);
  assert.deepEqual((await points(opened.page)).slice(0, 2), kept);
  write("[1, 2]");
  await line("same as in before");
  write("[1, 9]");
  await line("before, dashed and hollow");
  await opened.page.locator(".compared-runs input").uncheck();
  await untilPoints(2);
  assert.deepEqual(opened.errors, []);
});

test("an edited page takes one more table, and its tables are replaced as before", async () => {
  const text = pages["docs/index.md"].replace("  half:", "  lucky: ./data/lucky.arrow\n  half:");
  writeFileSync(join(small.root, "docs", "index.md"), `${text}\n${figureOf("lucky", "Lucky rates")}`);
  await untilPoints(2, opened.page, "Lucky rates");
  await rememberHalf();
  write("[1, 2]");
  await untilWords("2.00");
  await opened.page.waitForFunction((selector) => {
    const [rates, lucky] = ["Rates", "Lucky rates"].map((label) => [...document.querySelectorAll(selector.replace("Rates", label))].map((mark) => mark.getAttribute("transform")).join());
    return rates === lucky;
  }, marksOf("Rates"), {timeout: 60_000});
  assert.equal(await isHalfAsDrawn(), true);
});

test("a preview on a port that is taken is refused with the way out; on another one it runs beside the first", async () => {
  const refused = startPreview(small.root, new URL(await preview.address).port);
  const [code] = await once(refused.process, "close");
  assert.deepEqual([code, /port: expected a free one, found \d+ taken by another process; choose another with --port/.test(refused.words())], [2, true], refused.words());
  const beside = startPreview(small.root);
  try {
    assert.match(await (await fetch(await beside.address)).text(), /<b id="largest">2\.00<\/b>/);
    assert.match(await (await fetch(await preview.address)).text(), /<b id="largest">2\.00<\/b>/);
    assert.equal(existsSync(join(small.root, "docs", ".observablehq")), false);
  } finally {
    beside.process.kill("SIGTERM");
    assert.deepEqual((await once(beside.process, "close"))[0], 143, beside.words());
  }
});

test("SIGINT during a run ends the preview with 130 and leaves no process", async () => {
  write("[3, 5, 6, 7]");
  await untilStatus("running");
  preview.process.kill("SIGINT");
  assert.equal((await once(preview.process, "close"))[0], 130, preview.words());
  for (let left = 20; left > 0 && processesIn(small.root).length > 0; left--) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(processesIn(small.root), []);
  assert.deepEqual(readdirSync(join(small.root, ".cache", "preview")), [], "what a preview on any free port had for itself");
});
