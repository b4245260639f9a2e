import {spawn, spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import {cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

const checkout = join(import.meta.dirname, "..", "..");
const parts = ["data", "docs", "loaders", "src", "observablehq.config.ts", "package.json", "package-lock.json"];
const blockSockets = join(checkout, "test", "fixtures", "site", "block-sockets.mjs");
const isolation = ["unshare", "--net", "--map-root-user"];

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly words: string;
}

/** Copies the report's files to `root`, with the checkout's packages and nothing computed or built. */
export function copyReport(root: string): void {
  mkdirSync(root, {recursive: true});
  for (const part of parts)
    cpSync(join(checkout, part), join(root, part), {recursive: true, verbatimSymlinks: true, filter: (path) => !path.includes(".observablehq")});
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
}

/**
 * Gives a copy of the report that has computed nothing seven eighths of the cells and tables that another one has computed:
 * those whose keys come first, which are others after each change of what they are made of. Returns how many.
 */
export function giveMostOfCells(from: string, to: string): number {
  const [source, target] = [from, to].map((root) => join(root, ".cache", "store"));
  const entries = readdirSync(join(source!, "index"), {recursive: true, encoding: "utf8"}).filter((path) => path.endsWith(".json"));
  const keyOf = (path: string): string => path.split("/")[1]!;
  const given = entries.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).slice(0, (7 * entries.length) / 8);
  for (const path of given.map((entry) => join("index", entry))) cpSync(join(source!, path), join(target!, path));
  cpSync(join(source!, "objects"), join(target!, "objects"), {recursive: true});
  return given.length;
}

/** The environment of a command: the caller's without what would steer or report a run, and `changes`. */
function environmentWith(changes: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(NODE_TEST_CONTEXT|NODE_OPTIONS|DRIFTBOOK_(MANIFEST|PRESET|OUTPUT))$/.test(name));
  return {...Object.fromEntries(kept), ...changes};
}

const canIsolate = (): boolean => spawnSync(isolation[0]!, [...isolation.slice(1), "true"]).status === 0;

/** Runs a command of the report at `root` in processes that have no network. */
export function runOffline(root: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const entry = [process.execPath, join(root, "src", "command-line", "driftbook.mjs"), ...words];
  const isolated = canIsolate();
  const [program, ...args] = isolated ? [...isolation, ...entry] : entry;
  const env = environmentWith(isolated ? environment : {...environment, NODE_OPTIONS: `--import=${pathToFileURL(blockSockets).href}`});
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, {cwd: root, env, stdio: ["ignore", "pipe", "pipe"]});
    let printed = "";
    for (const output of [child.stdout, child.stderr]) output.on("data", (chunk: Buffer) => (printed += chunk.toString("utf8")));
    child.on("error", reject).on("close", (code) => resolve({code, words: printed}));
  });
}

/** The SHA-256 of every file below a folder, by its relative path. */
export function digestsBelow(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true, encoding: "utf8"}).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), createHash("sha256").update(readFileSync(path)).digest("hex")]));
}
