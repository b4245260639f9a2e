import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { complaintsOfGram, measureGram } from "./gram-bench.ts";
import type { GramReport } from "./gram-bench.ts";
import { renderGram } from "./gram-table.ts";
import { startLimit } from "./limit.ts";
import { describeMachine } from "./machine.ts";
import { measureCase, requestOf } from "./measure.ts";
import { readOptions } from "./options.ts";
import type { BenchOptions } from "./options.ts";
import { startPeers } from "./peers.ts";
import type { StartedPeer } from "./peers.ts";
import type { BenchProgram } from "./program.ts";
import { writeRegressionTable } from "./regression-table.ts";
import { medianSeconds, renderReport } from "./report.ts";
import type { BenchReport, ReportedProgram } from "./report.ts";
import { measureScaling } from "./scaling.ts";
import { complaintsOf } from "./statistics-check.ts";
import { benchCases } from "./workloads.ts";

type Role = ReportedProgram["role"];

/** Programs of this project: `ours` of `ours.ts`, a function that starts them. */
async function startOurs(): Promise<readonly BenchProgram[]> {
  const file = new URL("ours.ts", import.meta.url);
  if (!existsSync(file)) return [];
  const { ours } = (await import(file.href)) as { ours: () => Promise<readonly BenchProgram[]> };
  return ours();
}

function reported(program: StartedPeer, role: Role): ReportedProgram {
  if ("missing" in program) {
    return { name: program.name, role, handVectorized: false, missing: program.missing, versions: {} };
  }
  const { name, handVectorized = false, versions = {} } = program;
  return { name, role, handVectorized, missing: undefined, versions };
}

async function extrasOf(program: BenchProgram, table: string): Promise<BenchReport["extras"]> {
  const request = requestOf(benchCases[0], 1, table);
  const extras: { program: string; measure: string; value: string }[] = [];
  if (program.traceAndEmit) {
    const milliseconds = await program.traceAndEmit(request);
    extras.push({ program: program.name, measure: "trace and emit, W1", value: `${milliseconds.toFixed(1)} ms` });
  }
  if (program.peakMemory) {
    for (const steps of [100, 1_000, 10_000]) {
      const bytes = await program.peakMemory({ ...request, steps });
      extras.push({ program: program.name, measure: `memory, W1, ${steps} steps`, value: `${(bytes / 2 ** 20).toFixed(2)} MiB` });
    }
  }
  return extras;
}

async function measureEnsembles({ cases: benchCases, ...options }: BenchOptions, command: string): Promise<BenchReport> {
  const machine = describeMachine();
  const table = fileURLToPath(new URL("../.cache/bench-table.f32", import.meta.url));
  writeRegressionTable(table);
  const started: (readonly [StartedPeer, Role])[] = [];
  for (const program of await startOurs()) started.push([program, "ours"]);
  started.push([await startLimit(), "limit"]);
  if (options.peers) for (const peer of await startPeers()) started.push([peer, "peer"]);
  const programs = started.flatMap(([program]) => ("missing" in program ? [] : [program]));
  const cases: BenchReport["cases"][number][] = [];
  const scaling: BenchReport["scaling"][number][] = [];
  const extras: BenchReport["extras"][number][] = [];
  try {
    for (const benchCase of benchCases) {
      console.error(`${benchCase.id}: ${benchCase.title}`);
      const measurements = await measureCase(benchCase, programs, options.rounds, table);
      cases.push({ benchCase, measurements });
      const times = [...medianSeconds(measurements)].map(([name, seconds]) => `${name} ${(1_000 * seconds).toFixed(1)} ms`);
      console.error(`  ${times.join(", ")}`);
    }
    if (options.scaling) {
      for (const program of programs) {
        if (program.scaling) scaling.push(await measureScaling(program, table));
        extras.push(...(await extrasOf(program, table)));
      }
    }
  } finally {
    await Promise.all(programs.map((program) => program.close()));
  }
  return {
    command,
    date: new Date().toISOString().slice(0, 10),
    machine,
    rounds: options.rounds,
    programs: started.map(([program, role]) => reported(program, role)),
    cases,
    scaling,
    extras,
    complaints: cases.flatMap(({ benchCase, measurements }) => complaintsOf(benchCase, measurements)),
  };
}

/** Both parts of the results, each with the command that measured it; a part that is not measured anew is kept. */
interface Results {
  readonly ensembles: BenchReport | null;
  readonly gram: GramReport | null;
}

function earlierResults(path: string): Results {
  if (!existsSync(path)) return { ensembles: null, gram: null };
  const { ensembles = null, gram = null } = JSON.parse(readFileSync(path, "utf8")) as Partial<Results>;
  return { ensembles, gram };
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const command = ["npm run bench", ...(process.argv.length > 2 ? ["--", ...process.argv.slice(2)] : [])].join(" ");
  const earlier = earlierResults(`${options.output}.json`);
  const ensembles = options.cases.length > 0 ? await measureEnsembles(options, command) : null;
  const gram = options.gram ? await measureGram(command, options.rounds, options.peers) : null;
  const results: Results = { ensembles: ensembles ?? earlier.ensembles, gram: gram ?? earlier.gram };
  const parts = [results.ensembles && renderReport(results.ensembles), results.gram && renderGram(results.gram)];
  const markdown = `${["# Bench", ...parts.filter((part) => part !== null)].join("\n\n")}\n`;
  mkdirSync(dirname(options.output), { recursive: true });
  writeFileSync(`${options.output}.json`, `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(`${options.output}.md`, markdown);
  console.log(markdown);
  const complaints = [...(ensembles?.complaints ?? []), ...(gram ? complaintsOfGram(gram) : [])];
  if (complaints.length > 0) {
    console.error(`The bench failed:\n${complaints.join("\n")}`);
    process.exitCode = 1;
  }
}

await main().catch((error: Error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
