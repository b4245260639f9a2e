import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A process that answers every line on its stdin by one line of JSON on its stdout. */
export interface LineProgram {
  ask(line: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Starts it, `environment` added to this process' own; a request fails with the last lines of its stderr when the process ends, and with its `error` if it answers one. */
export function startLineProgram(command: string, parameters: readonly string[], environment: Readonly<Record<string, string>> = {}): LineProgram {
  const child = spawn(command, parameters, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...environment } });
  let complaints = "";
  let ended: string | undefined;
  const waiting: { resolve: (answer: Record<string, unknown>) => void; reject: (error: Error) => void }[] = [];
  const end = (reason: string): void => {
    ended ??= reason;
    for (const { reject } of waiting.splice(0)) reject(new Error(ended));
  };
  child.stderr.on("data", (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-2_000);
  });
  child.stdin.on("error", () => undefined);
  child.on("error", (error) => end(`could not start: ${error.message}`));
  const closed = new Promise<void>((resolve) => {
    child.on("close", (code, signal) => {
      end(`ended with ${signal ?? `code ${code}`}: ${complaints.trim().split("\n").slice(-3).join(" / ")}`);
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const request = waiting.shift();
    try {
      const answer = JSON.parse(line) as Record<string, unknown>;
      if (answer["error"] === undefined) request?.resolve(answer);
      else request?.reject(new Error(String(answer["error"])));
    } catch {
      request?.reject(new Error(`expected a line of JSON, found ${JSON.stringify(line.slice(0, 200))}`));
    }
  });
  return {
    ask: (line) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(new Error(ended));
        waiting.push({ resolve, reject });
        child.stdin.write(`${line}\n`);
      }),
    close: () => {
      child.stdin.end();
      return closed;
    },
  };
}
