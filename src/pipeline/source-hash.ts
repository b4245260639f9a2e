import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {join, relative} from "node:path";
import {build} from "esbuild";

/** What code a loader runs: the digest of its sources and the packages it imports. */
export interface SourceRecord {
  /** SHA-256 of the loader and every module it reaches, comments and formatting removed. */
  readonly digest: string;
  /** Imported packages with their locked versions, sorted by name. */
  readonly packages: Readonly<Record<string, string>>;
  /** Whether any module of the tensor room is reached. */
  readonly usesTensors: boolean;
  /** Whether any module of the room of kernels is reached. */
  readonly usesKernels: boolean;
}

const packageName = (specifier: string): string => specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");

/**
 * Digests the loader at `path` with every module of the project that it
 * reaches through imports, after esbuild has removed comments, white space and
 * exports that it does not use. Packages are digested by their locked version.
 */
export async function hashSource(root: string, path: string): Promise<SourceRecord> {
  const result = await build({
    entryPoints: [path],
    absWorkingDir: root,
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
  const output = Object.values(result.metafile.outputs)[0]!;
  const modules = Object.entries(output.inputs).filter(([, {bytesInOutput}]) => bytesInOutput > 0).map(([name]) => relative("", name));
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {packages: Record<string, {version: string}>};
  const reaches = (room: string) => modules.some((name) => name.split("\\").join("/").startsWith(`src/${room}/`));
  const names = new Set(output.imports.filter(({external, path}) => external && !path.startsWith("node:")).map(({path}) => packageName(path)));
  const packages = Object.fromEntries([...names].sort().flatMap((name) => {
    const version = lock.packages[`node_modules/${name}`]?.version;
    return version === undefined ? [] : [[name, version]];
  }));
  return {
    digest: createHash("sha256").update(result.outputFiles[0]!.contents).digest("hex"),
    packages,
    usesTensors: reaches("tensors"),
    usesKernels: reaches("kernels")
  };
}
