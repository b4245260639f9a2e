/**
 * What the store of results takes: verifying objects and finding entries, beside the same files read and digested with
 * nothing else. Alone: `node --import tsx bench/store.ts [rounds]`.
 */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { openStore } from "../src/pipeline/store/index.ts";
import type { Entry, Store, StoreFiles } from "../src/pipeline/store/index.ts";
import { describeMachine } from "./machine.ts";
import type { Machine } from "./machine.ts";
import { median } from "./median.ts";

/** One thing that the store does, with the seconds of each round. */
export interface StoreMeasurement {
  readonly title: string;
  /** Seconds below which it should stay. */
  readonly target: number | null;
  readonly seconds: readonly number[];
}

/** What one run of this workload found. */
export interface StoreReport {
  readonly command: string;
  readonly date: string;
  readonly machine: Machine;
  readonly measurements: readonly StoreMeasurement[];
}

const objects = 1_000;
const objectBytes = 1_000_000;
const entries = 10_000;
const writes = 200;
const table = "bench";

const keyOf = (i: number): string => createHash("sha256").update(String(i)).digest("hex");
const warn = (message: string): never => {
  throw new Error(message);
};

const note = (i: number): Readonly<Record<string, unknown>> => ({
  cell: `step size ${i}, batch size 4`,
  reads: { stepSize: i, batchSize: 4, dimension: 10 },
  modules: Object.fromEntries(Array.from({ length: 12 }, (_, j) => [`src/papers/paper/module-${j}.ts`, keyOf(j)])),
});

function contentOf(i: number, bytes: number): Uint8Array {
  const content = Buffer.alloc(bytes, i % 251);
  content.write(String(i));
  return content;
}

/** Fills a store without waiting for the disk. */
function filled(folder: string, count: number, bytes: number, range: Entry["range"] = null): void {
  const files: StoreFiles = { ...fs, fsyncSync: () => undefined };
  const store = openStore(folder, warn, { files });
  for (let i = 0; i < count; i++) store.write(table, keyOf(i), range, contentOf(i, bytes), { seconds: 1, note: note(i) });
}

function timed(rounds: number, run: (round: number) => void): readonly number[] {
  return Array.from({ length: rounds }, (_, round) => {
    const start = performance.now();
    run(round);
    return (performance.now() - start) / 1_000;
  });
}

function expectAll(count: number, of: (i: number) => unknown): void {
  for (let i = 0; i < count; i++) if (of(i) === undefined) throw new Error(`entry ${i} of ${count} is missing`);
}

/** Measures the store in a temporary folder, 1.1 GB at most, which it removes. */
export function measureStore(command: string, rounds: number): StoreReport {
  const machine = describeMachine();
  const folder = fs.mkdtempSync(join(tmpdir(), "driftbook-bench-"));
  const part = (name: string): string => join(folder, name);
  const fresh = (name: string): Store => openStore(part(name), warn);
  try {
    filled(part("large"), objects, objectBytes);
    filled(part("many"), entries, 100);
    filled(part("ranged"), entries, 100, { first: 0, count: 50 });
    const paths = Array.from({ length: objects }, (_, i) => {
      const digest = createHash("sha256").update(contentOf(i, objectBytes)).digest("hex");
      return join(part("large"), "objects", digest.slice(0, 2), digest);
    });
    const long = fresh("many");
    const measurements: StoreMeasurement[] = [
      { title: `verify ${objects} objects of 1 MB`, target: 5, seconds: timed(rounds, () => {
        const store = fresh("large");
        expectAll(objects, (i) => store.read(table, keyOf(i), null));
      }) },
      { title: "the same files read and digested, nothing else", target: null, seconds: timed(rounds, () =>
        paths.forEach((path) => createHash("sha256").update(fs.readFileSync(path)).digest("hex"))) },
      { title: `find ${entries} entries, store just opened`, target: 0.4, seconds: timed(rounds, () => {
        const store = fresh("many");
        expectAll(entries, (i) => store.find(table, keyOf(i), null));
      }) },
      { title: `find ${entries} entries again`, target: 0.4, seconds: timed(rounds, () => expectAll(entries, (i) => long.find(table, keyOf(i), null))) },
      { title: `find ${entries} entries that are not there`, target: 0.4, seconds: timed(rounds, () => {
        const store = fresh("many");
        for (let i = 0; i < entries; i++) store.find(table, keyOf(entries + i), null);
      }) },
      { title: `find the ranges of ${entries} keys, one each`, target: null, seconds: timed(rounds, () => {
        const store = fresh("ranged");
        expectAll(entries, (i) => store.ranges(table, keyOf(i))[0]);
      }) },
      { title: `claim, write (flushed to disk) and release ${writes} objects of 10 kB`, target: null, seconds: timed(rounds, (round) => {
        const store = fresh("written");
        for (let i = writes * round; i < writes * (round + 1); i++) {
          const claim = store.claim(table, keyOf(i), null);
          store.write(table, keyOf(i), null, contentOf(i, 10_000), { seconds: 1, note: note(i) });
          if ("release" in claim) claim.release();
        }
      }) },
    ];
    return { command, date: new Date().toISOString().slice(0, 10), machine, measurements };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What is slower than it should be. */
export function complaintsOfStore({ measurements }: StoreReport): readonly string[] {
  return measurements.flatMap(({ title, target, seconds }) => (target !== null && median(seconds) > target ? [`store, ${title}: ${median(seconds).toFixed(2)} s, expected below ${target} s`] : []));
}

/** The part of the report on the store, as Markdown. */
export function renderStore({ command, date, machine, measurements }: StoreReport): string {
  const rows = measurements.map(({ title, target, seconds }) =>
    `| ${title} | ${seconds.length} | ${(1_000 * median(seconds)).toFixed(0)} | ${(1_000 * Math.min(...seconds)).toFixed(0)} | ${target === null ? "" : 1_000 * target} |`);
  return [
    "## Store of results",
    `\`${command}\`, ${date}; ${machine.processor}, ${machine.cores} cores, Node ${machine.node}; load before ${machine.loadBefore.toFixed(2)}. Files are in the page cache; entries carry a note of 1.1 kB.`,
    ["| what | rounds | median ms | least ms | target ms |", "| --- | ---: | ---: | ---: | ---: |", ...rows].join("\n"),
  ].join("\n\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const rounds = Number(process.argv[2] ?? 5);
  const report = measureStore(`node --import tsx bench/store.ts ${rounds}`, rounds);
  console.log(renderStore(report));
  for (const complaint of complaintsOfStore(report)) console.error(complaint);
}
