import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {join, relative, sep} from "node:path";
import {build, transform} from "esbuild";
import type {Plugin} from "esbuild";

/** What code a cell runs: the digest of its sources, the modules they stand in and the packages that they import. */
export interface SourceRecord {
  /** SHA-256 of the entry and every module that it reaches, comments, formatting and unused exports removed. */
  readonly digest: string;
  /** A short digest of each project module reached, by its path below the project; comments and formatting removed. */
  readonly modules: Readonly<Record<string, string>>;
  /** Imported packages with their locked versions, sorted by name. */
  readonly packages: Readonly<Record<string, string>>;
}

/** Where the code of a cell begins: an export of a module alone, or all of them. */
export interface SourceEntry {
  /** Path of the module, relative to the project. */
  readonly module: string;
  /** Name of the export, `*` for all. */
  readonly exported: string;
}

const packageName = (specifier: string): string => specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
const posix = (path: string): string => path.split(sep).join("/");
const prefix = "entry:";

/** Entries as modules of their own: an export alone is what is left of `export {x} from "module"` after tree shaking. */
function entryModules(root: string, entries: ReadonlyMap<string, SourceEntry>): Plugin {
  return {
    name: "entries",
    setup(context) {
      context.onResolve({filter: /^entry:/}, ({path}) => ({path: path.slice(prefix.length), namespace: "entry"}));
      context.onLoad({filter: /.*/, namespace: "entry"}, ({path}) => {
        const {module, exported} = entries.get(path)!;
        const from = JSON.stringify(`./${posix(module)}`);
        return {contents: exported === "*" ? `export * from ${from};` : `export {${exported}} from ${from};`, resolveDir: root, loader: "ts"};
      });
    }
  };
}

async function bundle(root: string, entries: ReadonlyMap<string, SourceEntry>) {
  return build({
    entryPoints: [...entries.keys()].map((name) => ({in: `${prefix}${name}`, out: name})),
    absWorkingDir: root,
    outdir: join(root, ".bundles"),
    plugins: [entryModules(root, entries)],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    packages: "external",
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "silent"
  });
}

/**
 * Digests what each entry runs: every module of the project that it reaches
 * through imports, after esbuild has removed comments, white space and exports
 * that it does not use. Packages are digested by their locked version.
 *
 * @param entries by a name of their own
 * @returns the record of each entry, or the reason why it cannot be bundled
 */
export async function sourceRecords(root: string, entries: ReadonlyMap<string, SourceEntry>): Promise<ReadonlyMap<string, SourceRecord | {readonly error: string}>> {
  if (entries.size === 0) return new Map();
  let result: Awaited<ReturnType<typeof bundle>>;
  try {
    result = await bundle(root, entries);
  } catch (error) {
    const [only] = entries.keys();
    if (entries.size === 1) return new Map([[only!, {error: (error as Error).message}]]);
    const halves = [[...entries].slice(0, entries.size / 2), [...entries].slice(entries.size / 2)];
    return new Map((await Promise.all(halves.map((half) => sourceRecords(root, new Map(half))))).flatMap((records) => [...records]));
  }
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {packages: Record<string, {version: string}>};
  const outputs = Object.entries(result.metafile.outputs).map(([path, output]) => {
    const modules = Object.entries(output.inputs).filter(([path, {bytesInOutput}]) => bytesInOutput > 0 && !path.startsWith("entry:")).map(([path]) => path);
    return {name: posix(relative(".bundles", path)).replace(/\.js$/, ""), path, output, modules};
  });
  const reached = [...new Set(outputs.flatMap(({modules}) => modules))];
  const digests = new Map(await Promise.all(reached.map(async (path) => [path, await moduleDigest(root, path)] as const)));
  const contents = new Map(result.outputFiles.map(({path, contents}) => [posix(relative(root, path)), contents]));
  return new Map(
    outputs.map(({name, path, output, modules}) => {
      const names = new Set(output.imports.filter(({external, path}) => external && !path.startsWith("node:")).map(({path}) => packageName(path)));
      const packages = [...names].sort().flatMap((name) => {
        const version = lock.packages[`node_modules/${name}`]?.version;
        return version === undefined ? [] : [[name, version] as const];
      });
      const record = {
        digest: createHash("sha256").update(contents.get(path)!).digest("hex"),
        modules: Object.fromEntries(modules.map((module) => [posix(module), digests.get(module)!] as const).sort(([a], [b]) => (a < b ? -1 : 1))),
        packages: Object.fromEntries(packages)
      };
      return [name, record];
    })
  );
}

async function moduleDigest(root: string, path: string): Promise<string> {
  const {code} = await transform(readFileSync(join(root, path)), {loader: path.endsWith(".json") ? "json" : "ts", minifyWhitespace: true, legalComments: "none", logLevel: "silent"});
  return createHash("sha256").update(code).digest("hex").slice(0, 16);
}

/** Whether code reaches any module of a room of `src`. */
export function reachesRoom({modules}: SourceRecord, room: string): boolean {
  return Object.keys(modules).some((path) => path.startsWith(`src/${room}/`));
}
