import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const hookSources = ["installed-packages.ts", "bundle-package.ts", "npm-from-node-modules.ts"];

/**
 * Drops Framework's copies of packages (`_npm`, `_node` and the client bundles made of them) when the lockfile or the code that makes
 * them has changed, since Framework itself keeps them for ever. A cache of another state is never mixed in:
 * the key is written after the copies are gone.
 *
 * @param docsRoot the folder with the pages. @param projectRoot the folder with `package-lock.json`.
 * @returns whether the copies were dropped.
 */
export function syncImportCache(docsRoot: string, projectRoot = "."): boolean {
  const cache = join(docsRoot, ".observablehq", "cache");
  const keyFile = join(cache, "_npm.key");
  const key = importCacheKey(projectRoot);
  if (readIfPresent(keyFile) === key) return false;
  for (const folder of ["_npm", "_node", "_observablehq"]) rmSync(join(cache, folder), {recursive: true, force: true});
  mkdirSync(cache, {recursive: true});
  const pending = `${keyFile}.${process.pid}`;
  writeFileSync(pending, key);
  renameSync(pending, keyFile);
  return true;
}

/**
 * Drops what loaders printed earlier: Framework's build serves it whatever has changed since. The tables
 * themselves are kept by content elsewhere, so that printing them again is cheap. Copies of packages stay.
 */
export function dropLoaderOutputs(docsRoot: string): void {
  const cache = join(docsRoot, ".observablehq", "cache");
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) if (!name.startsWith("_")) rmSync(join(cache, name), {recursive: true, force: true});
}

function importCacheKey(projectRoot: string): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const hash = createHash("sha256").update(readFileSync(join(projectRoot, "package-lock.json")));
  for (const name of hookSources) hash.update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
