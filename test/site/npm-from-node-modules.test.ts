import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {after, test} from "node:test";
import {fetchFromNodeModules, installNpmFromNodeModules} from "../../src/site/npm-from-node-modules.ts";
import {parsePackageSpecifier} from "../../src/site/installed-packages.ts";
import {dropLoaderOutputs, syncImportCache} from "../../src/site/sync-import-cache.ts";

const projectRoot = resolve(import.meta.dirname, "../..");
const ask = fetchFromNodeModules(projectRoot);
const server = (path: string) => ask(`https://cdn.example/npm/${path}`);
const installedVersion = (name: string) => (JSON.parse(readFileSync(join(projectRoot, "node_modules", name, "package.json"), "utf8")) as {version: string}).version;
const folder = mkdtempSync(join(tmpdir(), "driftbook-packages-"));
after(() => rmSync(folder, {recursive: true, force: true}));

async function importModule(path: string): Promise<Record<string, unknown>> {
  const file = join(folder, `${path.replace(/\W+/g, "-")}.mjs`);
  writeFileSync(file, await (await server(path)).text());
  return (await import(file)) as Record<string, unknown>;
}

test("versions are those that the lockfile installs", async () => {
  assert.deepEqual(await (await ask("https://registry.example/vega-lite/latest")).json(), {version: installedVersion("vega-lite")});
  const {versions} = (await (await ask("https://registry.example/apache-arrow")).json()) as {versions: Record<string, unknown>};
  assert.ok(Object.keys(versions).length >= 2, "the nested copy is offered too");
  assert.equal(Object.keys(versions)[0], installedVersion("apache-arrow"));
  assert.deepEqual(await (await ask("https://registry.example/react/latest")).json(), {version: "0.0.0-not-installed"});
});

test("a module keeps other packages outside, at their installed versions", async () => {
  const response = await server(`vega-embed@${installedVersion("vega-embed")}/+esm`);
  assert.equal(response.headers.get("content-type"), "application/javascript");
  const imported = Array.from((await response.text()).matchAll(/from\s*"([^"]+)"/g), (match) => match[1]);
  assert.ok(imported.includes(`/npm/vega@${installedVersion("vega")}/+esm`));
  assert.ok(imported.every((address) => /^\/npm\/(@[^/@]+\/)?[^/@]+@\d+\.\d+\.\d+(\/.*)?\/\+esm$/.test(address!)), String(imported));
});

test("a CommonJS package has its names", async () => {
  const {default: all, compare, applyPatch} = await importModule(`fast-json-patch@${installedVersion("fast-json-patch")}/index.js/+esm`);
  assert.equal(typeof compare, "function");
  assert.equal((all as Record<string, unknown>).applyPatch, applyPatch);
});

test("a module of a module keeps its names", async () => {
  const {max, ascending} = await importModule(`d3-array@${installedVersion("d3-array")}/+esm`);
  assert.equal((max as (values: number[]) => number)([1, 3, 2]), 3);
  assert.equal(typeof ascending, "function");
});

test("the same bytes come out each time", async () => {
  const path = `vega-loader@${installedVersion("vega-loader")}/+esm`;
  assert.equal(await (await server(path)).text(), await (await fetchFromNodeModules(projectRoot)(`https://cdn.other/npm/${path}`)).text());
});

test("a file comes as it is, the unused engine comes empty", async () => {
  const bytes = new Uint8Array(await (await server(`katex@${installedVersion("katex")}/dist/katex.css`)).arrayBuffer());
  assert.deepEqual(Buffer.from(bytes), readFileSync(join(projectRoot, "node_modules/katex/dist/katex.css")));
  assert.equal((await (await server("@duckdb/duckdb-wasm@1.29.0/dist/duckdb-mvp.wasm")).arrayBuffer()).byteLength, 0);
});

test("what is not installed, not inside its package or not a package is refused by name", async () => {
  await assert.rejects(server("lodash@4.17.21/+esm"), /lodash@4\.17\.21 is imported but not installed: npm install --save-exact lodash/);
  await assert.rejects(server("@duckdb/duckdb-wasm@1.32.0/+esm"), /@duckdb\/duckdb-wasm@1\.32\.0 is imported but not installed \(installed: 1\.29\.0\)/);
  await assert.rejects(server(`htl@${installedVersion("htl")}/%2e%2e%2f%2e%2e%2fpackage.json`), /expected a file inside the package/);
  await assert.rejects(server(`htl@${installedVersion("htl")}/nowhere.js`), /ENOENT/);
  for (const address of ["https://extensions.example/v1/json.wasm", "https://events.example/", "https://cdn.example/other", "http://127.0.0.1:1/"]) {
    await assert.rejects(ask(address), /nothing is fetched/, address);
  }
});

test("the process's own fetch is replaced and given back", async () => {
  const original = globalThis.fetch;
  const restore = installNpmFromNodeModules(projectRoot);
  await assert.rejects(fetch("https://example.org/"), /nothing is fetched/);
  restore();
  assert.equal(globalThis.fetch, original);
});

test("package specifiers", () => {
  assert.deepEqual(parsePackageSpecifier("@a/b@1.2.3/c/d.js"), {name: "@a/b", version: "1.2.3", path: "c/d.js"});
  assert.deepEqual(parsePackageSpecifier("vega"), {name: "vega", version: undefined, path: ""});
  assert.throws(() => parsePackageSpecifier("/x"), /expected a package/);
});

test("copies of packages are dropped when the lockfile changes, and only then", () => {
  const project = join(folder, "project");
  const cached = join(project, "docs/.observablehq/cache/_npm/htl@0.3.1/_esm.js");
  const putCopy = () => {
    mkdirSync(join(cached, ".."), {recursive: true});
    writeFileSync(cached, "export {}");
  };
  putCopy();
  writeFileSync(join(project, "package-lock.json"), "{}");
  const sync = () => syncImportCache(join(project, "docs"), project);
  assert.equal(sync(), true, "a cache of unknown state goes");
  putCopy();
  assert.equal(sync(), false);
  assert.equal(readFileSync(cached, "utf8"), "export {}");
  writeFileSync(join(project, "package-lock.json"), '{"packages": {}}');
  assert.equal(sync(), true);
  assert.throws(() => readFileSync(cached), /ENOENT/);
});

test("what loaders printed is dropped, copies of packages stay", () => {
  const cache = join(folder, "outputs/docs/.observablehq/cache");
  for (const name of ["data/escape.arrow", "_npm/htl@0.3.1/_esm.js"]) {
    mkdirSync(join(cache, name, ".."), {recursive: true});
    writeFileSync(join(cache, name), name);
  }
  dropLoaderOutputs(join(folder, "outputs/docs"));
  assert.throws(() => readFileSync(join(cache, "data/escape.arrow")), /ENOENT/);
  assert.equal(readFileSync(join(cache, "_npm/htl@0.3.1/_esm.js"), "utf8"), "_npm/htl@0.3.1/_esm.js");
  dropLoaderOutputs(join(folder, "nowhere"));
});
