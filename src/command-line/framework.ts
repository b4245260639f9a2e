import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";

const require = createRequire(import.meta.url);

/** What a run of Framework is told through its environment. */
export interface FrameworkEnvironment {
  readonly manifest: string;
  readonly output?: string;
}

/** Starts Observable Framework's command line on the project at `root`. */
export function startFramework(root: string, words: readonly string[], {manifest, output}: FrameworkEnvironment, stdio: "inherit" | "pipe"): ChildProcess {
  const executable = join(dirname(require.resolve("@observablehq/framework/package.json")), "dist", "bin", "observable.js");
  const tsx = pathToFileURL(require.resolve("tsx/esm")).href;
  const environment = {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true", DRIFTBOOK_MANIFEST: manifest, ...(output === undefined ? {} : {DRIFTBOOK_OUTPUT: output})};
  return spawn(process.execPath, ["--import", tsx, executable, ...words], {cwd: root, env: environment, stdio: ["ignore", stdio, stdio]});
}
