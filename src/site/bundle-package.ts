import {build} from "esbuild";
import type {BuildOptions, Plugin} from "esbuild";
import {isBuiltin} from "node:module";
import {dirname, join, relative} from "node:path";
import {runInThisContext} from "node:vm";
import {findInstalledCopy, parsePackageSpecifier} from "./installed-packages.ts";
import type {InstalledPackages} from "./installed-packages.ts";

const entryNamespace = "package-entry";

/**
 * Bundles one installed package into a single browser module, as a package server would: its own files are
 * merged and minified, an `import` of another package stays outside as `/npm/<name>@<version>/<path>/+esm`
 * with the version that is installed for the importing file, a `require` of another package is merged in.
 * A CommonJS package gets its names exported one by one beside `default`.
 *
 * @param specifier `name@version/path`, path empty for the package's entry.
 * @throws when the package, the version, the path or a name imported inside it is not installed.
 */
export async function bundlePackage(
  specifier: string,
  {installed, projectRoot}: {readonly installed: InstalledPackages; readonly projectRoot: string}
): Promise<string> {
  const parsed = parsePackageSpecifier(specifier);
  const {folder} = findInstalledCopy(installed, parsed);
  const request = parsed.path === "" ? parsed.name : `${parsed.name}/${parsed.path}`;
  const resolveDir = folder.slice(0, -`node_modules/${parsed.name}`.length);
  const plugin = keepOtherPackagesOutside({name: parsed.name, request, resolveDir, installed});
  const options = {...browserModule, absWorkingDir: projectRoot, plugins: [plugin]} satisfies BuildOptions;
  const bundled = await build({...options, entryPoints: [request]});
  const [output] = Object.values(bundled.metafile.outputs);
  const entry = output?.entryPoint;
  if (entry === undefined || bundled.metafile.inputs[entry]?.format !== "cjs") return bundled.outputFiles[0]!.text;
  const asCommonJs = await build({...options, entryPoints: [request], format: "cjs"});
  const shim = reexportCommonJs(join(projectRoot, entry), asCommonJs.outputFiles[0]!.text);
  const reexported = await build({...options, stdin: {contents: shim, resolveDir: projectRoot, sourcefile: entryNamespace}});
  return reexported.outputFiles[0]!.text;
}

const browserModule = {
  bundle: true,
  write: false,
  metafile: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: true,
  legalComments: "none",
  charset: "utf8",
  logLevel: "silent",
  define: {"process.env.NODE_ENV": '"production"', global: "globalThis"}
} as const;

type EntryPackage = {
  readonly name: string;
  readonly request: string;
  readonly resolveDir: string;
  readonly installed: InstalledPackages;
};

function keepOtherPackagesOutside({name, request, resolveDir, installed}: EntryPackage): Plugin {
  return {
    name: "keep-other-packages-outside",
    setup(bundle) {
      bundle.onResolve({filter: /^[^./]/}, async ({path, kind, importer, pluginData, resolveDir: from}) => {
        if (pluginData === entryNamespace) return undefined;
        if (kind === "entry-point") {
          if (path !== request) return undefined;
          return bundle.resolve(path, {resolveDir, kind: "import-statement", pluginData: entryNamespace});
        }
        if (kind === "require-call" || kind === "require-resolve" || /^[a-z]+:/.test(path)) return undefined;
        const imported = parsePackageSpecifier(path);
        if (imported.name === name || (isBuiltin(path) && !installed.has(imported.name))) return undefined;
        const resolved = await bundle.resolve(path, {resolveDir: from, importer, kind, pluginData: entryNamespace});
        if (resolved.errors.length > 0) return {errors: resolved.errors};
        if (resolved.namespace === "file" && resolved.path === "") return resolved;
        const version = versionOf(resolved.path, imported.name, installed);
        const subpath = imported.path === "" ? "" : `/${imported.path}`;
        return {path: `/npm/${imported.name}@${version}${subpath}/+esm`, external: true};
      });
    }
  };
}

/** The version of the copy that holds the resolved file; a file that a `browser` map sends elsewhere has the first copy's. */
function versionOf(file: string, name: string, installed: InstalledPackages): string {
  const holder = installed.get(name)?.find(({folder}) => !relative(folder, dirname(file)).startsWith(".."));
  return (holder ?? findInstalledCopy(installed, {name, version: undefined, path: ""})).version;
}

/** A CommonJS package tells its names only when it runs, so it is run once, bundled as the page will get it. */
function reexportCommonJs(file: string, source: string): string {
  const module = {exports: {} as unknown};
  runInThisContext(`(function (module, exports) {${source}\n})`)(module, module.exports);
  const value = module.exports;
  const names = typeof value === "object" || typeof value === "function" ? Object.keys(value ?? {}).sort() : [];
  const exported = names.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default");
  const bindings = exported.map((name, index) => `const name${index} = value[${JSON.stringify(name)}];`);
  const list = exported.map((name, index) => `name${index} as ${name}`).join(", ");
  return `import value from ${JSON.stringify(file)};\nexport default value;\n${bindings.join("\n")}\nexport {${list}};\n`;
}
