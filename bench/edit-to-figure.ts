/**
 * From the saving of a parameter file until the figure on an open page has its new marks, beside the time of the cells
 * themselves: a real preview, a real browser. Each round takes another loss ratio of power-law-escape.logBarrierEscape, in
 * a copy of the parameter files; one cell for each of its two temperatures is new, on two workers.
 * Alone: `node --import tsx bench/edit-to-figure.ts [rounds]`, after `npm run tables`.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

import { openStore } from "../src/pipeline/store/index.ts";
import { openPage } from "../test/support/browser.ts";
import { median } from "./median.ts";

/** One edit: seconds until the marks, seconds of the longest cell, and what both leave for everything else. */
export interface EditRound {
  readonly figure: number;
  readonly cell: number;
  readonly overhead: number;
  /** Seconds of the tables derived from the cells, part of the overhead. */
  readonly derived: number;
}

const root = join(import.meta.dirname, "..");
const paper = "power-law-escape";
const table = "escape-log-barrier-passages";
const derivedTables = ["escape-log-barrier", "escape-log-barrier-evidence", "escape-log-barrier-verdicts", "verdicts"];
const label = "Mean escape time against the loss ratio";
const ratio = /("logBarrierEscape": \{[^}]*"lossRatios": \[[^\]]*, )[\d.]+\]/;
const target = 1.5;

/** Starts a preview of the parameters in `folder` and resolves to its address and what ends it. */
function startPreview(folder: string): Promise<{ readonly address: string; readonly stop: () => void }> {
  const child = spawn(process.execPath, [join(root, "src/command-line/driftbook.mjs"), "dev", "--port", "0", "--parameters", folder], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  return new Promise((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      words += chunk.toString("utf8");
      const address = /the report is at (http:\S+)/.exec(words)?.[1];
      if (address !== undefined) resolve({ address, stop: () => void child.kill("SIGTERM") });
    });
    child.on("exit", (code) => reject(new Error(`the preview ended with code ${code}:\n${words}`)));
  });
}

/** Measures `rounds` edits one after the other; the first edit of a preview is not counted. */
export async function measureEdits(rounds: number): Promise<readonly EditRound[]> {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-edit-"));
  cpSync(join(root, "data/parameters"), folder, { recursive: true });
  const store = openStore(join(root, ".cache/store"), (line) => console.error(line));
  const keysOf = (name: string): ReadonlySet<string> => new Set(store.entries(name).map(({ key }) => key));
  const newSeconds = (name: string, before: ReadonlySet<string>): readonly number[] =>
    store.entries(name).flatMap(({ key, seconds, note }) => (before.has(key) || !("cell" in note) ? [] : [seconds]));
  const preview = await startPreview(folder);
  const opened = await openPage({ url: `${preview.address}${paper}` });
  try {
    await opened.figuresDrawn(8);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const measured: EditRound[] = [];
    for (let round = 0; round <= rounds; round++) {
      const before = new Map([table, ...derivedTables].map((name) => [name, keysOf(name)]));
      const changed = opened.page.evaluate(
        (start) =>
          new Promise<number>((resolve) => {
            const drawn = `.figure-plot[aria-label^="${start}"] svg`;
            const old = document.querySelector(drawn)?.outerHTML;
            const observer = new MutationObserver(() => {
              const now = document.querySelector(drawn)?.outerHTML;
              if (now === undefined || now === old) return;
              observer.disconnect();
              resolve(performance.timeOrigin + performance.now());
            });
            observer.observe(document.querySelector("main")!, { childList: true, subtree: true });
          }),
        label
      );
      const file = join(folder, `${paper}.jsonc`);
      const text = readFileSync(file, "utf8").replace(ratio, `$1${(2.3 + 0.001 * ((Date.now() % 1e6) / 1e3)).toFixed(6)}]`);
      const saved = performance.timeOrigin + performance.now();
      writeFileSync(file, text);
      const figure = ((await changed) - saved) / 1000;
      await opened.page.waitForSelector("[role=status][data-state=done]", { state: "attached" });
      const cell = Math.max(...newSeconds(table, before.get(table)!));
      const derived = derivedTables.flatMap((name) => newSeconds(name, before.get(name)!)).reduce((sum, seconds) => sum + seconds, 0);
      if (round > 0) measured.push({ figure, cell, overhead: figure - cell, derived });
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    return measured;
  } finally {
    await opened.close();
    preview.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const measured = await measureEdits(Number(process.argv[2] ?? 5));
  const of = (name: keyof EditRound): string => median(measured.map((round) => round[name])).toFixed(2);
  const overheads = measured.map(({ overhead }) => overhead.toFixed(2)).join(", ");
  console.log(`edit to figure ${of("figure")} s; the longest cell ${of("cell")} s; the rest ${of("overhead")} s (${overheads}; target ${target} s), of which derived tables ${of("derived")} s`);
  console.log(`medians of ${measured.length}; ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}, Node ${process.version}`);
}
