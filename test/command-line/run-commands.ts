import {execFile} from "node:child_process";
import {join} from "node:path";
import {checkout} from "../pipeline/small-project.ts";
import type {SmallProject} from "../pipeline/small-project.ts";
import type {Ended} from "./run-command.ts";

/** Runs commands of this checkout on a small project, one after the other in one process. */
export function runCommands({root}: Pick<SmallProject, "root">, commands: readonly (readonly string[])[]): Promise<readonly Ended[]> {
  const words = ["--import", "tsx/esm", join(checkout, "test", "command-line", "command-driver.ts"), root, ...commands.map((command) => JSON.stringify(command))];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, {cwd: checkout, maxBuffer: 2 ** 26}, (error, output, errors) => {
      if (error !== null) return reject(new Error(`${error.message}\n${errors}`));
      resolve(JSON.parse(output) as readonly Ended[]);
    });
  });
}
