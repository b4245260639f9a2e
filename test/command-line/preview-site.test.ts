import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {once} from "node:events";
import {cpSync, existsSync, readdirSync, readlinkSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {pathToFileURL} from "node:url";
import type {Browser, Page} from "playwright-core";
import {bareProject, checkout, experimentLoader} from "../pipeline/small-project.ts";
import type {SmallProject} from "../pipeline/small-project.ts";
import {launchBrowser, openPage} from "../support/browser.ts";
import type {OpenedPage} from "../support/browser.ts";

const parameters = (rates: string): string => `{"seed": 1, "quick": {"decay": {"rates": ${rates}}}, "full": {}}`;

const page = `---
title: Decay
sql:
  decay: ./data/decay.arrow
---

# Decay

The largest is <b id="largest">{{ SELECT printf('%.2f', max(x)) FROM decay }}</b>.

\`\`\`js
import {figure} from "./components/figure.js";
import {sql} from "./components/sql.js";
\`\`\`

\`\`\`js
display(figure({mark: "point", encoding: {x: {field: "x", type: "quantitative", scale: {domain: [0, 10]}}}}, {data: sql\`SELECT x FROM decay\`, description: "Rates"}));
\`\`\`

<div style="height: 3000px"></div>
`;

const urlOf = (...parts: readonly string[]): string => JSON.stringify(pathToFileURL(join(checkout, ...parts)).href);

const config = `import {openReport} from ${urlOf("src", "command-line", "report-values.ts")};
import {siteConfig} from ${urlOf("src", "site", "index.ts")};
const {DRIFTBOOK_MANIFEST: manifest, DRIFTBOOK_DOCS: docsRoot, DRIFTBOOK_STATUS: previewStatus} = process.env;
export default siteConfig({projectRoot: ${JSON.stringify(checkout)}, docsRoot, previewStatus, values: await openReport(import.meta.dirname, manifest)});
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

const write = (rates: string): void => writeFileSync(join(small.root, "data", "parameters", "small.jsonc"), parameters(rates));
const largest = (): Promise<string> => opened.page.innerText("#largest");
const points = (on: Page): Promise<readonly (string | null)[]> => on.$$eval(".figure-plot g.role-mark path", (marks) => marks.map((mark) => mark.getAttribute("transform")));
const saidStatus = (): Promise<readonly string[]> => opened.page.evaluate(() => (window as unknown as {said: string[]}).said);
const untilStatus = (state: string): Promise<unknown> => opened.page.waitForFunction((wanted) => document.querySelector<HTMLElement>("[role=status]")?.dataset.state === wanted, state, {timeout: 60_000});

before(async () => {
  small = bareProject({after: (undo) => void undone.push(undo as () => void)}, {
    "data/parameters/small.jsonc": parameters("[1, 2]"),
    "loaders/decay.arrow.ts": experimentLoader("parameters.rates.map((rate) => ({name: `rate ${rate}`, reads: {rate}}))", "context.progress(1, 2); await new Promise((resolve) => setTimeout(resolve, 300)); return [{x: reads.rate}];", {
      head: 'import {z} from "zod";\nconst sections = {decay: z.strictObject({rates: z.array(z.number().min(0)).min(1)})};',
      parameters: 'parameters: {paper: "small", sections, section: "decay"},'
    }),
    "docs/index.md": page,
    "observablehq.config.ts": config
  });
  cpSync(join(checkout, "docs", "components"), join(small.root, "docs", "components"), {recursive: true});
  cpSync(join(checkout, "docs", "style.css"), join(small.root, "docs", "style.css"));
  preview = startPreview(small.root);
  browser = await launchBrowser();
  opened = await openPage({url: await preview.address}, browser);
  await opened.figuresDrawn(1);
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

test("a saved value runs its cells alone and moves the figure's marks and the words on the open page", async () => {
  const before = await points(opened.page);
  assert.equal(before.length, 2);
  write("[1, 4]");
  await opened.page.waitForFunction((first) => {
    const marks = [...document.querySelectorAll(".figure-plot g.role-mark path")].map((mark) => mark.getAttribute("transform"));
    return marks.length === 2 && marks[0] === first[0] && marks[1] !== first[1];
  }, before, {timeout: 60_000});
  assert.equal(await largest(), "4.00");
  await untilStatus("done");
  assert.equal(await opened.page.evaluate(() => window.scrollY), 900);
  const said = (await saidStatus()).join("\n");
  assert.match(said, /running: looking for what has changed\n[^]*running: recomputing decay: 1 cell .*\n[^]*done: up to date in .*: 1 cell computed, 1 kept/);
});

test("a second change takes the same database and adds a mark", async () => {
  const workers = opened.page.workers().length;
  write("[1, 4, 8]");
  await opened.page.waitForFunction(() => document.querySelectorAll(".figure-plot g.role-mark path").length === 3, undefined, {timeout: 60_000});
  assert.equal(await largest(), "8.00");
  assert.equal(opened.page.workers().length, workers);
});

test("a wrong value is told with its place on the page and in the terminal, and what was good stays", async () => {
  const good = await points(opened.page);
  write('[1, "4", 8]');
  await untilStatus("failed");
  const place = /small\.jsonc[^]*decay\.rates\[1\]: expected a number[^]*"4"/;
  assert.match(await opened.page.innerText("[role=status]"), place);
  assert.match(preview.words(), place);
  assert.deepEqual([await points(opened.page), await largest()], [good, "8.00"]);
  write("[1, 2]");
  await opened.page.waitForFunction(() => document.querySelectorAll(".figure-plot g.role-mark path").length === 2, undefined, {timeout: 60_000});
  await untilStatus("done");
  assert.deepEqual([await largest(), opened.errors], ["2.00", []]);
  assert.equal((await saidStatus()).length > 0, true, "the page was never loaded again");
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
