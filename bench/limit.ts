import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { startLineProgram } from "./line-program.ts";
import type { StartedPeer } from "./peers.ts";
import { readResult } from "./read-result.ts";

const name = "hand-written C";
const flags = ["-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno"];

/** Compiles and starts the hand-written native loop; missing where there is no C compiler. */
export async function startLimit(compiler = process.env["CC"] ?? "cc"): Promise<StartedPeer> {
  const source = fileURLToPath(new URL("limit/limit.c", import.meta.url));
  const folder = fileURLToPath(new URL("../.cache/bench-limit", import.meta.url));
  mkdirSync(folder, { recursive: true });
  let version: string;
  try {
    const run = promisify(execFile);
    version = (await run(compiler, ["--version"])).stdout.split("\n")[0] ?? "";
    await run(compiler, [...flags, source, "-o", `${folder}/limit`, "-lm", "-lpthread"]);
  } catch (error) {
    return { name, missing: `not compiled: ${(error as Error).message.split("\n").slice(0, 3).join(" ")}` };
  }
  const server = startLineProgram(`${folder}/limit`, []);
  return {
    name,
    workloads: ["W1", "W2", "W3", "W5"],
    versions: { compiler: version, flags: flags.join(" ") },
    scaling: true,
    run: async ({ workload, dimension, replicas, steps, seed }) =>
      readResult(await server.ask(`${workload} ${dimension} ${replicas} ${steps} ${seed}`)),
    close: server.close,
  };
}
