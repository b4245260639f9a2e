import {readFile} from "node:fs/promises";
import {join, relative} from "node:path";
import {bundlePackage} from "./bundle-package.ts";
import {findInstalledCopy, parsePackageSpecifier, readInstalledPackages} from "./installed-packages.ts";
import type {InstalledPackages} from "./installed-packages.ts";

type Fetch = typeof globalThis.fetch;

/** The version given for a library that Framework asks about although no page uses it. */
const notInstalled = "0.0.0-not-installed";

/** Framework ships both engines of DuckDB; browsers since 2021 take `eh`, so `mvp` (40 MB) is served empty. */
const servedEmpty = new Set(["duckdb-mvp.wasm", "duckdb-browser-mvp.worker.js"].map((file) => `@duckdb/duckdb-wasm/dist/${file}`));

/**
 * Makes Observable Framework build with no network and from the lockfile's versions alone: replaces the global
 * `fetch` by {@link fetchFromNodeModules} and gives back a function that restores it.
 * Call it in `observablehq.config.ts`, which Framework imports before it resolves anything.
 */
export function installNpmFromNodeModules(projectRoot: string): () => void {
  const original = globalThis.fetch;
  globalThis.fetch = fetchFromNodeModules(projectRoot);
  return () => {
    globalThis.fetch = original;
  };
}

/**
 * A `fetch` that answers what Framework asks of a package registry and of a package server out of `node_modules`.
 * Hosts are told by their prefix: `registry.` gives the versions that the lockfile installs (a package that is not
 * installed gets a version that no page can then load), `cdn.` gives `/npm/<name>@<version>/<path>/+esm` as one
 * bundled module and any other path as the installed file, byte for byte.
 * Any other request is refused, so nothing else can reach out of the process either.
 */
export function fetchFromNodeModules(projectRoot: string): Fetch {
  const installed = readInstalledPackages(projectRoot);
  return async (input) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const path = decodeURIComponent(url.pathname).slice(1);
    if (url.hostname.startsWith("registry.")) return answerVersions(path, installed);
    if (url.hostname.startsWith("cdn.") && path.startsWith("npm/")) {
      return answerFile(path.slice("npm/".length), installed, projectRoot);
    }
    throw new Error(`${url.href}: the site is built from installed packages alone, nothing is fetched`);
  };
}

function answerVersions(path: string, installed: InstalledPackages): Response {
  const {name, path: tag} = parsePackageSpecifier(path);
  const versions = installed.get(name)?.map(({version}) => version) ?? [notInstalled];
  return Response.json(tag === "" ? {versions: Object.fromEntries(versions.map((version) => [version, {}]))} : {version: versions[0]});
}

async function answerFile(specifier: string, installed: InstalledPackages, projectRoot: string): Promise<Response> {
  const module = /^(.*?)\/\+esm$/.exec(specifier)?.[1];
  if (module !== undefined) {
    return respond(await bundlePackage(module, {installed, projectRoot}), "application/javascript");
  }
  const parsed = parsePackageSpecifier(specifier);
  const {folder} = findInstalledCopy(installed, parsed);
  if (servedEmpty.has(`${parsed.name}/${parsed.path}`)) return respond("", "application/wasm");
  const file = join(folder, parsed.path);
  if (relative(folder, file).startsWith("..")) throw new Error(`${specifier}: expected a file inside the package`);
  return respond(new Uint8Array(await readFile(file)), "application/octet-stream");
}

function respond(body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(body, {headers: {"content-type": type}});
}
