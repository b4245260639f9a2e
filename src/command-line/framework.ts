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
  /** The folder with the pages, relative to the project; `docs` by default. */
  readonly docs?: string;
  /** Where pages of a preview hear what it is doing. */
  readonly status?: string;
}

/** Starts Observable Framework's command line on the project at `root`. */
export function startFramework(root: string, words: readonly string[], {manifest, output, docs, status}: FrameworkEnvironment, stdio: "inherit" | "pipe"): ChildProcess {
  const executable = join(dirname(require.resolve("@observablehq/framework/package.json")), "dist", "bin", "observable.js");
  const tsx = pathToFileURL(require.resolve("tsx/esm")).href;
  const told = {DRIFTBOOK_MANIFEST: manifest, DRIFTBOOK_OUTPUT: output, DRIFTBOOK_DOCS: docs, DRIFTBOOK_STATUS: status};
  const given = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !(name in told)));
  return spawn(process.execPath, ["--import", tsx, executable, ...words], {cwd: root, env: {...inherited, OBSERVABLE_TELEMETRY_DISABLE: "true", ...given}, stdio: ["ignore", stdio, stdio]});
}
