import {build} from "esbuild";
import type {Message, Plugin} from "esbuild";
import type {Reference, SiteProblem} from "./site-problem.ts";

/** A script or style of the site by its name; an inline one is named `page.html#0`. */
export type SourceText = {readonly name: string; readonly file: string; readonly text: string; readonly language: "js" | "css"};

/** What scripts and styles refer to, and which of them cannot be read. */
export type SourceReferences = {readonly references: readonly Reference[]; readonly problems: readonly SiteProblem[]};

const namespace = "site";

/**
 * Reads scripts and styles with a real parser: static and dynamic imports, `url(…)` and `@import`; then, in scripts, what
 * is loaded by call with its address written out (`fetch("…")`, `new Worker("…")`, `import.meta.resolve("…")`, the files
 * that Framework registers). An address that a script computes cannot be seen here; the browser tests see it.
 */
export async function readSources(sources: readonly SourceText[]): Promise<SourceReferences> {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const references: Reference[] = [];
  const record: Plugin = {
    name: "record-references",
    setup(bundle) {
      bundle.onResolve({filter: /.*/}, ({path, kind, importer}) => {
        if (kind === "entry-point") return {path, namespace};
        const source = byName.get(importer);
        const use = kind === "import-statement" || kind === "dynamic-import" ? "module" : "resource";
        if (source !== undefined && !kind.startsWith("require")) references.push({file: source.file, address: path, use});
        return {path, external: true};
      });
      bundle.onLoad({filter: /.*/, namespace}, ({path}) => {
        const {text, language} = byName.get(path)!;
        return {contents: text, loader: language};
      });
    }
  };
  const problems: SiteProblem[] = [];
  if (sources.length > 0) {
    const entryPoints = sources.map(({name}, index) => ({in: name, out: String(index)}));
    const {errors} = await build({...parseOnly, entryPoints, plugins: [record]}).catch(({errors = []}: {readonly errors?: readonly Message[]}) => ({errors}));
    for (const {text, location} of errors) {
      const name = location?.file.replace(`${namespace}:`, "") ?? "";
      problems.push({kind: "broken module", file: byName.get(name)?.file ?? name, detail: `${text}${location === null ? "" : ` (line ${location.line})`}`});
    }
  }
  for (const {file, text, language} of sources) if (language === "js") references.push(...callsIn(file, text));
  return {references, problems};
}

const parseOnly = {bundle: true, write: false, outdir: "/", format: "esm", target: "esnext", logLevel: "silent"} as const;

const literal = String.raw`\s*\(\s*(["'\x60])((?:(?!\1)[^\\\n])*)\1`;
const loadingCalls = new RegExp(String.raw`\b(?:fetch|importScripts|sendBeacon|Worker|WebSocket|EventSource|import\.meta\.resolve)${literal}`, "g");
const registeredFile = /^registerFile\(.*?"path":"((?:[^"\\]|\\.)*)"/gm;

function callsIn(file: string, text: string): readonly Reference[] {
  const called = Array.from(text.matchAll(loadingCalls), (match) => match[2]!).filter((address) => !address.includes("${"));
  const registered = Array.from(text.matchAll(registeredFile), (match) => JSON.parse(`"${match[1]!}"`) as string);
  return [...called, ...registered].map((address) => ({file, address, use: "resource"}));
}
