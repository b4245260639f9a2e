import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { startLineProgram } from "./line-program.ts";
import type { BenchProgram } from "./program.ts";
import { readResult } from "./read-result.ts";

interface Peer {
  readonly name: string;
  readonly file: string;
  readonly handVectorized: boolean;
}

const peers: readonly Peer[] = [
  { name: "NumPy", file: "numpy_sfc64.py", handVectorized: false },
  { name: "Numba", file: "numba_scalar.py", handVectorized: false },
  { name: "Numba lanes", file: "numba_lanes.py", handVectorized: true },
  { name: "PyTorch eager", file: "torch_eager.py", handVectorized: false },
  { name: "torch.compile", file: "torch_compile.py", handVectorized: false },
  { name: "JAX", file: "jax_scan.py", handVectorized: false },
];

/** The environment that `npm run bench -- --install-peers` makes. */
const python = fileURLToPath(new URL("../.cache/bench-peers/bin/python", import.meta.url));

/** A peer that runs, or why it does not. */
export type StartedPeer = BenchProgram | { readonly name: string; readonly missing: string };

async function startPeer({ name, file, handVectorized }: Peer): Promise<StartedPeer> {
  if (!existsSync(python)) return { name, missing: "not installed" };
  const server = startLineProgram(python, [fileURLToPath(new URL(`peers/${file}`, import.meta.url))]);
  try {
    const { versions } = await server.ask(JSON.stringify({ describe: true }));
    return {
      name,
      handVectorized,
      versions: versions as Readonly<Record<string, string>>,
      run: async (request) => readResult(await server.ask(JSON.stringify(request))),
      close: server.close,
    };
  } catch (error) {
    await server.close();
    const reason = (error as Error).message;
    return { name, missing: reason.includes("ModuleNotFoundError") ? "not installed" : reason };
  }
}

/** Starts every peer, one after another. */
export async function startPeers(): Promise<readonly StartedPeer[]> {
  const started: StartedPeer[] = [];
  for (const peer of peers) started.push(await startPeer(peer));
  return started;
}
