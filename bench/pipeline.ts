/**
 * What the pipeline takes beside the experiments that it runs: a run of cells of 1 s beside the same cells alone, the
 * plan of many cells, and a run that finds everything in the store. Alone: `node --import tsx bench/pipeline.ts [rounds]`.
 */
import * as fs from "node:fs";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { encodeRows } from "../src/pipeline/arrow-table.ts";
import { cellKey } from "../src/pipeline/describe/index.ts";
import { openProject, openSession, openStore } from "../src/pipeline/index.ts";
import type { Project, Session } from "../src/pipeline/index.ts";
import { describeMachine } from "./machine.ts";
import type { Machine } from "./machine.ts";
import { median } from "./median.ts";

/** One thing that the pipeline does, with the seconds of each round, beside what it is measured against. */
export interface PipelineMeasurement {
  readonly title: string;
  readonly seconds: readonly number[];
  /** Seconds of the same work without the pipeline. */
  readonly bare: readonly number[] | null;
  /** Seconds below which it should stay, or the share that the pipeline may add. */
  readonly target: { readonly seconds: number } | { readonly overhead: number } | null;
}

/** What one run of this workload found. */
export interface PipelineReport {
  readonly command: string;
  readonly date: string;
  readonly machine: Machine;
  readonly measurements: readonly PipelineMeasurement[];
}

const checkout = join(import.meta.dirname, "..");
const cells = 8;
const planned = 10_000;
const tables = 90;
const cellsOfTable = 12;
const rowsOfCell = 500;

/** Work of about 1 s that depends on nothing but its argument: a chain of the logistic map. */
const work = (steps: number): number => {
  let x = 0.3;
  for (let i = 0; i < steps; i++) x = 3.9 * x * (1 - x);
  return x;
};

function stepsOfOneSecond(): number {
  const steps = 2e7;
  work(steps);
  const before = process.cpuUsage();
  work(5 * steps);
  return Math.round((5e6 * steps) / process.cpuUsage(before).user);
}

const column = `{ x: { type: "real", description: "x", nullable: false } }`;
const loader = (cellsText: string, body: string): string =>
  `export default { title: "Rows", columns: ${column}, parameters: null, inputs: [], imageSets: () => [], run: null, experiment: { cells: () => ${cellsText}, run: (reads) => { ${body} } } };\n`;

function projectOf(folder: string, loaders: Readonly<Record<string, string>>): Project {
  for (const part of ["src", "loaders", "data/parameters"]) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "sideEffects": false }\n');
  cpSync(join(checkout, "package-lock.json"), join(folder, "package-lock.json"));
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  for (const [name, text] of Object.entries(loaders)) writeFileSync(join(folder, "loaders", `${name}.arrow.ts`), text);
  return openProject(folder);
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

async function repeated(rounds: number, work: (round: number) => unknown): Promise<readonly number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) seconds.push(await timed(() => work(round)));
  return seconds;
}

async function during<T>(project: Project, workers: number, work: (session: Session) => Promise<T>): Promise<T> {
  const session = openSession(project, { workers, log: (line) => { throw new Error(line); } });
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

async function runAll(session: Session): Promise<void> {
  const { failed } = await session.run();
  if (failed.length > 0) throw new Error(`failed: ${failed.join(", ")}`);
}

/** Cells of 1 s by one warm worker, beside the same work one after the other in this process, in turns. */
async function overhead(folder: string, rounds: number): Promise<PipelineMeasurement> {
  const steps = stepsOfOneSecond();
  const text = (round: number): string => loader(`Array.from({ length: ${round < 0 ? 1 : cells} }, (_, i) => ({ name: "cell " + i, reads: { i, round: ${round} } }))`, `const work = ${work.toString()}; return [{ x: work(${steps}) + reads.i }];`);
  const project = projectOf(folder, { cells: loader("[]", "return [];") });
  const seconds: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    writeFileSync(join(folder, "loaders", "cells.arrow.ts"), text(round));
    await during(project, 1, async (session) => {
      await session.describe();
      seconds.push(await timed(() => runAll(session)));
    });
    bare.push(await timed(() => Array.from({ length: cells }, () => work(steps))));
  }
  return { title: `${cells} cells of 1 s on one worker, described before`, seconds, bare, target: { overhead: 0.05 } };
}

/** Puts rows for every cell of the table into the store, without waiting for the disk. */
async function fill(session: Session): Promise<void> {
  const table = (await session.describe()).tables.many!;
  if ("error" in table) throw new Error(table.error);
  const files = { ...fs, fsyncSync: () => undefined };
  const store = openStore(session.store.folder, (line) => { throw new Error(line); }, { files });
  for (const cell of table.cells) {
    const ingredients = { basis: table.basis, reads: cell.reads, data: cell.data, inputs: {} };
    store.write("many", cellKey(ingredients), null, encodeRows("many", table.columns, [{ x: 1 }]), { seconds: 1, note: { cell: cell.name, ...ingredients } });
  }
}

async function plan(folder: string, rounds: number): Promise<readonly PipelineMeasurement[]> {
  const many = loader(`Array.from({ length: ${planned} }, (_, i) => ({ name: "cell " + i, reads: { i, shift: 0 } }))`, "return [{ x: reads.i }];");
  const project = projectOf(folder, { many });
  return during(project, 2, async (session) => {
    await session.describe();
    const unknown = await repeated(rounds, () => session.plan());
    await fill(session);
    const known = await repeated(rounds, () => session.plan());
    writeFileSync(join(folder, "loaders", "many.arrow.ts"), many.replace("shift: 0", "shift: 1"));
    await session.describe();
    const changed = await repeated(rounds, () => session.plan());
    const target = { seconds: 1 };
    return [
      { title: `plan of ${planned} cells, none ever computed`, seconds: unknown, bare: null, target },
      { title: `plan of ${planned} cells, all in the store`, seconds: known, bare: null, target },
      { title: `plan of ${planned} cells, all with another value than before`, seconds: changed, bare: null, target },
    ];
  });
}

async function cached(folder: string, rounds: number): Promise<readonly PipelineMeasurement[]> {
  const text = loader(`Array.from({ length: ${cellsOfTable} }, (_, i) => ({ name: "cell " + i, reads: { i, rates: Array.from({ length: 20 }, (_, j) => j / 7) } }))`, `return Array.from({ length: ${rowsOfCell} }, (_, j) => ({ x: reads.i + j / 7 }));`);
  const project = projectOf(folder, Object.fromEntries(Array.from({ length: tables }, (_, i) => [`table-${i}`, text.replace('"Rows"', `"Rows ${i}"`)])));
  cpSync(join(checkout, "src"), join(folder, "src"), { recursive: true });
  await during(project, 2, runAll);
  const title = `run that finds ${tables} tables of ${cellsOfTable} cells and ${cellsOfTable * rowsOfCell} rows in the store`;
  const first = await repeated(rounds, () => during(project, 2, runAll));
  const again = await during(project, 2, async (session) => {
    await runAll(session);
    return repeated(rounds, () => runAll(session));
  });
  return [
    { title: `${title}, store just opened`, seconds: first, bare: null, target: { seconds: 1 } },
    { title: `${title}, in a session that goes on`, seconds: again, bare: null, target: { seconds: 1 } },
  ];
}

/** Measures the pipeline in a temporary folder, which it removes. */
export async function measurePipeline(command: string, rounds: number): Promise<PipelineReport> {
  const machine = describeMachine();
  const folder = mkdtempSync(join(tmpdir(), "driftbook-bench-"));
  try {
    const measurements = [...(await cached(join(folder, "cached"), rounds)), ...(await plan(join(folder, "plan"), rounds)), await overhead(join(folder, "overhead"), rounds)];
    return { command, date: new Date().toISOString().slice(0, 10), machine, measurements };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ratioOf = ({ seconds, bare }: PipelineMeasurement): number | null => (bare === null ? null : median(seconds.map((value, i) => value / bare[i]!)));

/** What is slower than it should be. */
export function complaintsOfPipeline({ measurements }: PipelineReport): readonly string[] {
  return measurements.flatMap((measurement) => {
    const { title, seconds, target } = measurement;
    if (target === null) return [];
    if ("seconds" in target) return median(seconds) > target.seconds ? [`pipeline, ${title}: ${median(seconds).toFixed(2)} s, expected below ${target.seconds} s`] : [];
    const ratio = ratioOf(measurement)!;
    return ratio > 1 + target.overhead ? [`pipeline, ${title}: ${ratio.toFixed(3)} times the bare work, expected below ${1 + target.overhead}`] : [];
  });
}

/** The part of the report on the pipeline, as Markdown. */
export function renderPipeline({ command, date, machine, measurements }: PipelineReport): string {
  const rows = measurements.map((measurement) => {
    const { title, seconds, bare, target } = measurement;
    const wanted = target === null ? "" : "seconds" in target ? `${1_000 * target.seconds} ms` : `ratio ${1 + target.overhead}`;
    return `| ${title} | ${seconds.length} | ${(1_000 * median(seconds)).toFixed(0)} | ${bare === null ? "" : (1_000 * median(bare)).toFixed(0)} | ${ratioOf(measurement)?.toFixed(3) ?? ""} | ${wanted} |`;
  });
  return [
    "## Pipeline",
    `\`${command}\`, ${date}; ${machine.processor}, ${machine.cores} cores, Node ${machine.node}; load before ${machine.loadBefore.toFixed(2)}. Ratio: the median over rounds of the run beside the same work alone.`,
    ["| what | rounds | median ms | bare ms | ratio | target |", "| --- | ---: | ---: | ---: | ---: | --- |", ...rows].join("\n"),
  ].join("\n\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const rounds = Number(process.argv[2] ?? 5);
  const report = await measurePipeline(`node --import tsx bench/pipeline.ts ${rounds}`, rounds);
  console.log(renderPipeline(report));
  for (const complaint of complaintsOfPipeline(report)) console.error(complaint);
}
