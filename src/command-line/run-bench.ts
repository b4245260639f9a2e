import {spawn} from "node:child_process";
import {createRequire} from "node:module";
import {availableParallelism} from "node:os";
import {pathToFileURL} from "node:url";
import {setUp} from "./set-up.ts";

const require = createRequire(import.meta.url);

/** Runs the bench with its own options, or installs the peers that it compares with. */
export async function runBench(root: string, {installPeers = false}: {readonly installPeers?: boolean}, words: readonly string[]): Promise<number> {
  if (!installPeers) await setUp(root);
  const program = installPeers ? ["bench/setup-peers.mjs"] : ["--import", pathToFileURL(require.resolve("tsx/esm")).href, "bench/run.ts", ...words];
  const UV_THREADPOOL_SIZE = process.env["UV_THREADPOOL_SIZE"] ?? String(availableParallelism() + 4);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, program, {cwd: root, stdio: "inherit", env: {...process.env, UV_THREADPOOL_SIZE}});
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
