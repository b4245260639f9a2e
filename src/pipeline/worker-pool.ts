import {fork} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {createRequire} from "node:module";
import {availableParallelism} from "node:os";
import {fileURLToPath, pathToFileURL} from "node:url";
import {threadPoolEnvironment} from "../engine/index.ts";
import type {Reply, Request} from "./worker.ts";

/** A worker process that answers one request at a time. */
export interface Worker {
  /**
   * Sends a request and resolves to its last reply; `onReply` hears of the
   * ones before. Rejects if the process ends first.
   */
  readonly ask: (request: Request, onReply?: (reply: Reply) => void) => Promise<Reply>;
  readonly alive: () => boolean;
  readonly stop: () => void;
}

/** Starts a worker process; the default of what the scheduler spawns. */
export type StartWorker = () => Worker;

const workerPath = fileURLToPath(new URL("./worker.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;

/** Starts a worker as a process of its own; what it prints goes to standard error. */
export function startWorker(): Worker {
  const child: ChildProcess = fork(workerPath, [], {env: threadPoolEnvironment(process.env, availableParallelism()), execArgv: ["--import", tsx], stdio: ["ignore", 2, 2, "ipc"]});
  let alive = true;
  child.on("exit", () => (alive = false));
  return {
    alive: () => alive,
    stop: () => void child.kill(),
    ask: (request, onReply) =>
      new Promise((resolve, reject) => {
        const finish = () => {
          child.off("message", onMessage);
          child.off("exit", onExit);
          child.off("error", onError);
        };
        const onMessage = (reply: Reply) => {
          if (reply.kind === "progress") return onReply?.(reply);
          finish();
          resolve(reply);
        };
        const onExit = (code: number | null, signal: string | null) => {
          finish();
          reject(new Error(signal === null ? `its process ended with code ${code} before it gave a table` : `its process was killed by ${signal}`));
        };
        const onError = (error: Error) => {
          finish();
          reject(error);
        };
        child.on("message", onMessage).on("exit", onExit).on("error", onError);
        child.send(request);
      })
  };
}
