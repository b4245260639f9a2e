import {existsSync, mkdirSync} from "node:fs";
import {dirname} from "node:path";
import {chromium} from "playwright-core";
import type {Browser, Page} from "playwright-core";

export type OpenedPage = {
  readonly page: Page;
  /** What the page said on its console as an error, threw, or failed to load. */
  readonly errors: readonly string[];
  /** Requests that left the page's origin. */
  readonly outside: readonly string[];
  /** Waits until at least so many figures stand and each is drawn or says why it is not. */
  figuresDrawn(atLeast: number): Promise<readonly DrawnFigure[]>;
  /** Waits until at least so many SQL tables stand, each with rows, and gives how many each shows. */
  tablesFilled(atLeast: number): Promise<readonly number[]>;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
};

/** One figure as drawn: its words for those who do not see it, how many marks it has, its error if it has one. */
export type DrawnFigure = {readonly label: string | null; readonly marks: number; readonly error: string | null};

export type OpenOptions = {
  readonly url: string;
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
  readonly javaScript?: boolean;
  readonly executablePath?: string;
};

const places = [
  process.env.DRIFTBOOK_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium"
];

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
];

/**
 * Chromium stops a transfer that it does not need to its end, such as a WebAssembly module that it finds compiled in
 * its code cache. A file that a page lacks shows in its figures and tables.
 */
const abortedByBrowser = "net::ERR_ABORTED";

/** Finds a Chromium: the one that DRIFTBOOK_CHROMIUM names, else one in its usual places. */
export function findChromium(): string {
  const found = places.find((place) => place !== undefined && existsSync(place));
  if (found === undefined) throw new Error(`no Chromium found: set DRIFTBOOK_CHROMIUM or install one (looked in ${places.slice(1).join(", ")})`);
  return found;
}

/** Starts a headless Chromium; close it when the tests are done. */
export function launchBrowser(executablePath = findChromium()): Promise<Browser> {
  return chromium.launch({executablePath, args: flags, headless: true});
}

/** Opens a page in a fresh context and writes down what goes wrong in it. */
export async function openPage(options: OpenOptions, browser?: Browser): Promise<OpenedPage> {
  const {url, colorScheme = "light", width = 1280, javaScript = true, executablePath} = options;
  const own = browser ?? (await launchBrowser(executablePath));
  const context = await own.newContext({colorScheme, viewport: {width, height: 900}, javaScriptEnabled: javaScript});
  const page = await context.newPage();
  const errors: string[] = [];
  const outside: string[] = [];
  const {origin} = new URL(url);
  page.on("console", (message) => message.type() === "error" && errors.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => errors.push(`thrown: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (javaScript && reason !== abortedByBrowser) errors.push(`failed: ${request.url()} ${reason}`);
  });
  context.on("request", (request) => {
    const {protocol, origin: target} = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && target !== origin) outside.push(request.url());
  });
  await page.goto(url, {waitUntil: "load"});
  return {
    page,
    errors,
    outside,
    figuresDrawn: (atLeast) => figuresDrawn(page, atLeast),
    tablesFilled: (atLeast) => tablesFilled(page, atLeast),
    screenshot: async (path) => {
      mkdirSync(dirname(path), {recursive: true});
      await page.screenshot({path, fullPage: true});
    },
    close: async () => {
      await context.close();
      if (browser === undefined) await own.close();
    }
  };
}

const patience = {timeout: 60_000};
const marks = "g.role-mark :is(path, rect, line, circle, text), g.role-mark line";

async function figuresDrawn(page: Page, atLeast: number): Promise<readonly DrawnFigure[]> {
  await page.waitForFunction(
    (expected) => {
      const plots = [...document.querySelectorAll(".figure-plot")];
      return plots.length >= expected && plots.every((plot) => plot.querySelector("svg, [role=alert]") !== null);
    },
    atLeast,
    patience
  );
  return page.$$eval(
    ".figure-plot",
    (plots, selector) =>
      plots.map((plot) => ({
        label: plot.getAttribute("aria-label"),
        marks: [...plot.querySelectorAll(selector)].filter((mark) => mark.getAttribute("d") !== "").length,
        error: plot.querySelector("[role=alert]")?.textContent ?? null
      })),
    marks
  );
}

async function tablesFilled(page: Page, atLeast: number): Promise<readonly number[]> {
  const tables = ".observablehq--block form table";
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.waitForFunction(
    ({selector, expected}) => {
      const found = [...document.querySelectorAll(selector)];
      return found.length >= expected && found.every((table) => table.querySelectorAll("tbody tr").length > 0);
    },
    {selector: tables, expected: atLeast},
    patience
  );
  return page.$$eval(tables, (found) => found.map((table) => table.querySelectorAll("tbody tr").length));
}
