import {fork} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {createRequire} from "node:module";
import {availableParallelism} from "node:os";
import {PassThrough} from "node:stream";
import {fileURLToPath, pathToFileURL} from "node:url";
import {threadPoolEnvironment} from "../../engine/index.ts";
import {isMessage} from "./messages.ts";
import type {Message, Reply, Request} from "./messages.ts";
import {watchHeartbeat} from "./watch-heartbeat.ts";
import type {HeartbeatLimits} from "./watch-heartbeat.ts";

/** A worker process that answers one request at a time. */
export interface Worker {
  /**
   * Sends a request and resolves to its reply; `hear` is told the messages
   * before. Rejects if the process ends first, or is ended because it
   * gives no sign of life.
   */
  readonly ask: (request: Request, hear?: (message: Message) => void) => Promise<Reply>;
  readonly alive: () => boolean;
  /** Ends the process at once; what it has not finished is lost. */
  readonly stop: () => void;
}

/** Starts a worker process; the default of what the scheduler spawns. */
export type StartWorker = () => Worker;

const workerPath = fileURLToPath(new URL("./worker.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;

/** How a process ended, in words. */
function ending(code: number | null, signal: string | null): string {
  if (signal === "SIGKILL" || signal === "SIGABRT") return `its process was killed by ${signal}, as the system does when memory runs out`;
  return signal === null ? `its process ended with code ${code} before it was done` : `its process was killed by ${signal}`;
}

/**
 * Starts a worker as a process of its own; what it prints goes to standard
 * error. Its heartbeat comes on a pipe of its own: one that is silent, or
 * spends no processor time while it should compute, for longer than the limits
 * allow is killed.
 */
export function startWorker(limits?: HeartbeatLimits): Worker {
  const child: ChildProcess = fork(workerPath, [], {env: threadPoolEnvironment(process.env, availableParallelism()), execArgv: ["--import", tsx], stdio: ["ignore", 2, 2, "ipc", "pipe"]});
  let alive = true;
  const ends = (): void => void (alive = false);
  child.on("exit", ends).on("disconnect", ends).on("error", ends);
  // A process that could not be started has neither stdio nor a pid; "error" says why.
  const pulse: NodeJS.ReadableStream = (child.stdio?.[4] as NodeJS.ReadableStream | null | undefined) ?? new PassThrough();
  pulse.on("error", () => {});
  return {
    alive: () => alive,
    stop: () => void child.kill("SIGKILL"),
    ask: (request, hear) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null) return reject(new Error(ending(child.exitCode, child.signalCode)));
        let hung: string | undefined;
        const heartbeat = watchHeartbeat(pulse, (reason) => {
          hung = reason;
          child.kill("SIGKILL");
        }, limits);
        const finish = () => {
          heartbeat.end();
          child.off("message", onMessage);
          child.off("exit", onExit);
          child.off("error", onError);
        };
        const onMessage = (said: Message | Reply) => {
          if (said.kind === "begins" || said.kind === "describing") heartbeat.begin();
          if (isMessage(said)) return hear?.(said);
          finish();
          resolve(said);
        };
        const onExit = (code: number | null, signal: string | null) => {
          finish();
          reject(new Error(hung ?? ending(code, signal)));
        };
        const onError = (error: Error) => {
          if (child.pid !== undefined) return void child.kill("SIGKILL");
          finish();
          reject(new Error(`its process could not be started: ${error.message}`, {cause: error}));
        };
        child.on("message", onMessage).on("exit", onExit).on("error", onError);
        if (child.connected) child.send(request);
      })
  };
}
