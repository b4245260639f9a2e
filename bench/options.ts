import { parseArgs } from "node:util";

import { benchCases } from "./workloads.ts";
import type { BenchCase } from "./workloads.ts";

/** What the command line asks for. */
export interface BenchOptions {
  readonly cases: readonly BenchCase[];
  /** Whether the Gram matrix is measured. */
  readonly gram: boolean;
  readonly rounds: number;
  readonly peers: boolean;
  readonly scaling: boolean;
  readonly output: string;
}

const gram = "gram";

/** Reads `--workload W1,W3,gram --rounds 5 --no-peers --no-scaling --output bench/results`. */
export function readOptions(parameters: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      workload: { type: "string" },
      rounds: { type: "string", default: "5" },
      "no-peers": { type: "boolean", default: false },
      "no-scaling": { type: "boolean", default: false },
      output: { type: "string", default: "bench/results" },
    },
  });
  const known = [...new Set<string>(benchCases.map(({ workload }) => workload)), gram];
  const wanted = values.workload?.split(",") ?? known;
  for (const workload of wanted) {
    if (!known.includes(workload)) {
      throw new Error(`--workload: expected names of ${known.join(", ")}, found "${workload}"`);
    }
  }
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds: expected a whole number from 1, found "${values.rounds}"`);
  }
  return {
    cases: benchCases.filter(({ workload }) => wanted.includes(workload)),
    gram: wanted.includes(gram),
    rounds,
    peers: !values["no-peers"],
    scaling: !values["no-scaling"],
    output: values.output,
  };
}
