import { spawn } from "node:child_process";
import process from "node:process";

/** How a program ended. */
export interface ProgramResult {
  /** The exit code, -1 if it was killed or could not start. */
  readonly code: number;
  /** Was it stopped at its time limit? */
  readonly timedOut: boolean;
  /** The first 100,000 characters of what it wrote, both streams together. */
  readonly output: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Seconds after which the program and what it started are killed. */
  readonly timeLimit: number;
}

/** Runs a program to its end without input. It never rejects. */
export type RunProgram = (
  program: string,
  args: readonly string[],
  options: ProgramOptions,
) => Promise<ProgramResult>;

/**
 * Runs a program in a process group of its own, so that a compiler's passes are stopped with their driver. Nothing is
 * waited for beyond the limit, even if the program's outputs stay open.
 */
export const runProgram: RunProgram = (program, args, { cwd, environment = process.env, timeLimit }) =>
  new Promise((resolve) => {
    let output = "";
    let child;
    try {
      child = spawn(program, args, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true });
    } catch (error) {
      resolve({ code: -1, timedOut: false, output: (error as Error).message });
      return;
    }
    const { pid, stdout, stderr } = child;
    const timer = setTimeout(() => {
      try {
        if (pid !== undefined) process.kill(-pid, "SIGKILL");
      } catch {}
      stdout.destroy();
      stderr.destroy();
      end({ code: -1, timedOut: true, output });
    }, timeLimit * 1000);
    const end = (result: ProgramResult): void => {
      clearTimeout(timer);
      resolve(result);
    };
    const keep = (chunk: string): void => {
      if (output.length < 100_000) output += chunk;
    };
    stdout.setEncoding("utf8").on("data", keep);
    stderr.setEncoding("utf8").on("data", keep);
    child.once("error", (error) => end({ code: -1, timedOut: false, output: error.message }));
    child.once("close", (code) => end({ code: code ?? -1, timedOut: false, output }));
  });
