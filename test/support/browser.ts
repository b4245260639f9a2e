import {existsSync, mkdirSync} from "node:fs";
import {dirname} from "node:path";
import {chromium} from "playwright-core";
import type {Browser, BrowserContext, Page, Request} from "playwright-core";

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

/** What {@link openPage} gives a context unless it is told otherwise. */
const ordinary = {colorScheme: "light", width: 1280, javaScript: true} as const;

/** A context in which pages can be opened one after the other: what one has loaded is at hand for the next, as for a reader. */
export const openContext = (browser: Browser, {colorScheme, width, javaScript}: Required<Omit<OpenOptions, "url" | "executablePath">> = ordinary): Promise<BrowserContext> =>
  browser.newContext({colorScheme, viewport: {width, height: 900}, javaScriptEnabled: javaScript});

/**
 * Opens a page and writes down what goes wrong in it: in a fresh context of the browser, or in the given context, which
 * then decides all but the address.
 */
export async function openPage(options: OpenOptions, place?: Browser | BrowserContext): Promise<OpenedPage> {
  const {url, javaScript, executablePath, ...rest} = {...ordinary, ...options};
  const own = place ?? (await launchBrowser(executablePath));
  const context = "newContext" in own ? await openContext(own, {javaScript, ...rest}) : own;
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
  const noteOutside = (request: Request): void => {
    const {protocol, origin: target} = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && target !== origin) outside.push(request.url());
  };
  context.on("request", noteOutside);
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
      context.off("request", noteOutside);
      await (context === place ? page : context).close();
      if (place === undefined) await own.close();
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
