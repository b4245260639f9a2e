import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

import { writeGramWorkload } from "./gram-workload.ts";
import { startLineProgram } from "./line-program.ts";
import type { LineProgram } from "./line-program.ts";
import { describeMachine } from "./machine.ts";
import type { Machine } from "./machine.ts";

/** One run of a program: its matrix by two numbers, and its process' memory. */
export interface GramRun {
  readonly seconds: number;
  readonly trace: number;
  readonly norm: number;
  /** Resident bytes at most before the first run, with the library loaded and the weights read. */
  readonly loadedBytes: number;
  /** Resident bytes at most up to the end of this run. */
  readonly peakBytes: number;
}

export interface GramMeasurement {
  readonly program: string;
  readonly role: "ours" | "peer";
  readonly versions: Readonly<Record<string, string>>;
  /** Why there are no runs, if there are none. */
  readonly missing: string | null;
  readonly runs: readonly GramRun[];
}

/** What one run of this workload found. */
export interface GramReport {
  readonly command: string;
  readonly date: string;
  readonly machine: Machine;
  readonly parameters: number;
  readonly measurements: readonly GramMeasurement[];
}

interface GramProgram {
  readonly name: string;
  readonly role: "ours" | "peer";
  readonly command: string;
  readonly words: readonly string[];
  /** Rounds at most, for a program that takes minutes. */
  readonly rounds?: number;
  /** Free bytes without which it is not started. */
  readonly needs?: number;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const python = here("../.cache/bench-peers/bin/python");
const warmUps = 2;

const programs = (workload: string): readonly GramProgram[] => [
  { name: "this project", role: "ours", command: process.execPath, words: ["--import", "tsx", here("gram-ours.ts"), workload] },
  { name: "PyTorch, layer-wise products", role: "peer", command: python, words: [here("peers/gram.py"), "layers", workload] },
  { name: "PyTorch, vmap of grad", role: "peer", command: python, words: [here("peers/gram.py"), "vmap", workload], rounds: 1, needs: 18e9 },
];

/** Bytes that a program may take without another one's being paged out; all if it cannot be told. */
function availableBytes(): number {
  try {
    return 1_024 * Number(/^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1] ?? Infinity);
  } catch {
    return Infinity;
  }
}

function reasonNotToRun({ role, needs = 0 }: GramProgram, peers: boolean): string | null {
  if (role === "peer" && !peers) return "peers were not asked for";
  if (role === "peer" && !existsSync(python)) return "not installed";
  const available = availableBytes();
  return available < needs ? `not run: it takes ${needs / 1e9} GB, ${(available / 1e9).toFixed(1)} GB are free` : null;
}

/**
 * Measures each program in a process of its own with a thread for every core: warm-ups, then rounds in which the
 * programs take turns, each round from another first one; one that takes minutes runs once, after the others.
 */
export async function measureGram(command: string, rounds: number, peers: boolean): Promise<GramReport> {
  const workload = here("../.cache/bench-gram.f32");
  const machine = describeMachine();
  const parameters = writeGramWorkload(workload);
  const environment = { TF_NUM_INTRAOP_THREADS: String(availableParallelism()) };
  const all = programs(workload).map((program): Measured => ({ program, runs: [], versions: {}, missing: reasonNotToRun(program, peers) }));
  const inTurns = all.filter(({ program, missing }) => missing === null && program.rounds === undefined);
  await runInTurns(inTurns, warmUps, rounds, environment);
  for (const record of all) {
    if (record.program.rounds === undefined) continue;
    record.missing = reasonNotToRun(record.program, peers);
    if (record.missing === null) await runInTurns([record], 0, record.program.rounds, environment);
  }
  const measurements = all.map(({ program: { name, role }, runs, versions, missing }) => ({ program: name, role, versions, missing, runs }));
  return { command, date: new Date().toISOString().slice(0, 10), machine, parameters, measurements };
}

interface Measured {
  readonly program: GramProgram;
  readonly runs: GramRun[];
  versions: Readonly<Record<string, string>>;
  missing: string | null;
}

async function runInTurns(records: readonly Measured[], warmUpRounds: number, rounds: number, environment: Readonly<Record<string, string>>): Promise<void> {
  const started: { readonly record: Measured; readonly server: LineProgram }[] = [];
  try {
    for (const record of records) {
      const server = startLineProgram(record.program.command, record.program.words, environment);
      started.push({ record, server });
      record.versions = (await server.ask("describe"))["versions"] as Readonly<Record<string, string>>;
    }
    for (let round = -warmUpRounds; round < rounds; round += 1) {
      for (let turn = 0; turn < started.length; turn += 1) {
        const { record, server } = started[(Math.max(0, round) + turn) % started.length];
        const run = (await server.ask("run")) as unknown as GramRun;
        if (round >= 0) record.runs.push(run);
      }
    }
  } finally {
    await Promise.all(started.map(({ server }) => server.close()));
  }
}

/** What is wrong with the matrices: trace and norm of every program must agree with ours to 1e-4. */
export function complaintsOfGram({ measurements }: GramReport): readonly string[] {
  const reference = measurements.find(({ role }) => role === "ours")?.runs[0];
  if (reference === undefined) return ["gram: this project has no run"];
  return measurements.flatMap(({ program, runs }) => runs.flatMap((run) => (["trace", "norm"] as const).flatMap((name) =>
    Math.abs(run[name] / reference[name] - 1) < 1e-4 ? [] : [`gram: ${name} of ${program} is ${run[name]}, ours ${reference[name]}`])));
}
