import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {cruise} from "dependency-cruiser";
import type {ICruiseResult, IForbiddenRuleType} from "dependency-cruiser";
import {transformSync} from "esbuild";

/** What each room of `src` may import of the others. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  random: [],
  kernels: [],
  numerics: [],
  "data-sets": [],
  verdicts: ["statistics"],
  setup: [],
  tensors: ["random"],
  engine: ["kernels", "tensors", "random"],
  statistics: ["numerics"],
  dynamics: ["kernels", "numerics"],
  live: ["kernels", "dynamics", "random"],
  models: ["random", "tensors", "numerics"],
  papers: ["kernels", "dynamics", "models", "statistics", "numerics", "random", "tensors", "data-sets", "verdicts"],
  pipeline: ["kernels", "engine", "random", "tensors", "data-sets", "verdicts", "papers/experiment.ts"],
  site: ["verdicts"],
  "command-line": ["setup", "pipeline", "site", "papers", "verdicts"]
};

const rooms = Object.keys(mayImport);

/** Imports that serve types alone. */
const typesOnly: Readonly<Record<string, readonly string[]>> = {
  tensors: ["random"],
  pipeline: ["papers/experiment.ts", "verdicts"],
  site: ["verdicts"]
};

/** The files of a room that others may import: what its index lists, the context of experiments, and what runs before any package is there. */
const doors = ["^src/[^/]+/index\\.ts$", "^src/papers/[^/]+/index\\.ts$", "^src/papers/experiment\\.ts$", "^src/setup/packages\\.mjs$"];

/** The rooms that may touch files, processes, clocks and the network. */
const outside = "^src/(engine|pipeline|setup|site|command-line)/";

const target = (name: string): string => (name.endsWith(".ts") ? `^src/${name.replaceAll(".", "\\.")}$` : `^src/${name}/`);

const rule = (name: string, from: object, to: object): IForbiddenRuleType => ({name, severity: "error", from, to}) as IForbiddenRuleType;

const rules: readonly IForbiddenRuleType[] = [
  ...rooms.map((room) => rule(`${room}-imports`, {path: `^src/${room}/`}, {path: "^(src|loaders|docs|test)/", pathNot: [`^src/${room}/`, ...mayImport[room]!.map(target)]})),
  ...Object.entries(typesOnly).flatMap(([room, names]) => names.map((name) => rule(`${room}-types-only`, {path: `^src/${room}/`}, {path: target(name), dependencyTypesNot: ["type-only"]}))),
  rule("loaders-imports", {path: "^loaders/"}, {path: "^(src|docs|test)/", pathNot: ["^src/papers/", "^src/pipeline/", "^src/live/", "^src/verdicts/"]}),
  rule("pages-imports", {path: "^docs/"}, {path: "^(src|loaders|test)/", pathNot: "^src/live/index\\.ts$"}),
  rule("doors", {path: "^(src/[^/]+)/"}, {path: "^src/", pathNot: ["^$1/", ...doors]}),
  rule("doors-of-papers", {path: "^(src/papers/[^/]+)/"}, {path: "^src/papers/[^/]+/", pathNot: ["^$1/"]}),
  rule("doors-from-outside", {path: "^(loaders|docs)/"}, {path: "^src/", pathNot: doors}),
  rule("only-tensors-reach-tensorflow", {path: "^(src|loaders|docs)/", pathNot: "^src/tensors/"}, {path: "@tensorflow"}),
  rule("only-outer-rooms-reach-outside", {path: "^(src|loaders|docs)/", pathNot: [outside, "^src/tensors/"]}, {dependencyTypes: ["core"]}),
  rule("tensors-reach-outside", {path: "^src/tensors/"}, {dependencyTypes: ["core"], pathNot: "^(module|util)$"}),
  rule("no-circles", {}, {circular: true}),
  rule("every-import-found", {path: "^(src|loaders)/"}, {couldNotResolve: true})
];

/** The imports in the folders `src`, `loaders` and `docs/components` of a checkout that break a rule, as `rule: from → to`. */
export async function brokenRules(root: string): Promise<readonly string[]> {
  const folders = ["src", "loaders", "docs/components"].filter((folder) => readdirSync(root).includes(folder.split("/")[0]!));
  const {output} = await cruise(
    folders,
    {
      baseDir: root,
      validate: true,
      ruleSet: {forbidden: [...rules]},
      tsPreCompilationDeps: true,
      doNotFollow: {path: "node_modules"},
      exclude: {path: "^docs/data/"},
      enhancedResolveOptions: {extensions: [".ts", ".mts", ".mjs", ".js"], conditionNames: ["import", "node", "default"], exportsFields: ["exports"]}
    },
    {}
  );
  const {summary, modules} = output as ICruiseResult;
  if (modules.length < 2) throw new Error(`expected the modules of ${join(root, "src")}, found ${modules.length}`);
  return summary.violations.map(({rule, from, to}) => `${rule.name}: ${from} → ${to.replace(/^.*\/node_modules\//, "node_modules/")}`).sort();
}

/** The rooms that a checkout has. */
export const roomsOf = (root: string): readonly string[] => readdirSync(join(root, "src")).sort();

/** Gives way to other tasks of its thread, by the clock; no result depends on it. */
const givesWay = "src/kernels/run-here.ts";

const ambient = /\b(process\.\w+|Date\b|performance\.|Math\.random|fetch\(|setTimeout|console\.)/;

/** The files of loaders and of the inner rooms but tensors, whose library has its options in the environment, that read a clock, the process, the network or a global generator, as `file: what`. */
export function ambientEffects(root: string): readonly string[] {
  const files = ["src", "loaders"].flatMap((folder) => readdirSync(join(root, folder), {recursive: true, encoding: "utf8"}).map((file) => `${folder}/${file.replaceAll("\\", "/")}`));
  return files
    .filter((file) => /\.m?ts$/.test(file) && !file.endsWith(".d.ts") && !new RegExp(outside).test(file) && !file.startsWith("src/tensors/") && file !== givesWay)
    .flatMap((file) => {
      const code = transformSync(readFileSync(join(root, file), "utf8"), {loader: "ts", minifyWhitespace: true}).code;
      const found = ambient.exec(code);
      return found === null ? [] : [`${file}: ${found[0]}`];
    })
    .sort();
}
