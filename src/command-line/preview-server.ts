import {createInterface} from "node:readline";
import {startFramework} from "./framework.ts";
import type {FrameworkEnvironment} from "./framework.ts";

/** Framework's preview while it runs. */
export interface PreviewServer {
  /** Resolves to its exit code. */
  readonly ended: Promise<number>;
  readonly stop: () => void;
}

/**
 * Starts Framework's preview. Of what it prints the address alone is passed on,
 * when it answers there, and what goes wrong: it prints every request.
 */
export function openPreviewServer(root: string, {port, ...environment}: FrameworkEnvironment & {readonly port: number}, log: (line: string) => void): PreviewServer {
  const child = startFramework(root, ["preview", "--no-open", "--port", String(port)], environment, "pipe");
  createInterface({input: child.stdout!}).on("line", (line) => {
    if (line.includes("↳")) log(`the report is at http://127.0.0.1:${port}/ and follows every edit; Ctrl-C ends it`);
  });
  createInterface({input: child.stderr!}).on("line", log);
  return {
    ended: new Promise((resolve, reject) => child.on("error", reject).on("close", (code) => resolve(code ?? 1))),
    stop: () => void child.kill("SIGKILL")
  };
}
