import {spawn} from "node:child_process";
import {join} from "node:path";
import type {SmallProject} from "../pipeline/small-project.ts";

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly words: string;
}

/** The entry of a command without the set-up of packages, which a small project borrows. */
const entry = `import {main} from "./src/command-line/main.ts";
try {
  process.exitCode = await main(import.meta.dirname, process.argv.slice(2));
} catch (error) {
  console.error("driftbook: " + error.message);
  process.exitCode = 1;
}
`;

/** Runs a command of a small project in a process of its own. */
export function runCommand({root, write}: SmallProject, words: readonly string[]): Promise<Ended> {
  write("entry.mjs", entry);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx/esm", join(root, "entry.mjs"), ...words], {cwd: root, stdio: ["ignore", "pipe", "pipe"]});
    const printed = {output: "", words: ""};
    child.stdout.on("data", (chunk: Buffer) => (printed.output += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (printed.words += chunk.toString("utf8")));
    child.on("error", reject).on("close", (code) => resolve({code, ...printed}));
  });
}
