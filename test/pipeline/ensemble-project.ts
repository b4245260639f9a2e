import {readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import type {TestContext} from "node:test";
import {build} from "esbuild";
import {decodeTable} from "../../src/pipeline/index.ts";
import {manifestTable} from "../../src/pipeline/read-table.ts";
import {bareProject, checkout, derivedLoader, experimentLoader} from "./small-project.ts";
import type {SmallProject, TalkedRun} from "./small-project.ts";

/** Replicas of the ensemble, and of each of its shards. */
export const replicas = 200;
export const shard = 5;
export const shards = replicas / shard;

/** A project with an ensemble that says of each shard when it begins, and a table derived from it. */
export interface EnsembleProject extends SmallProject {
  /** The first replicas of the shards that were begun, in order, over all processes. */
  readonly begun: () => readonly number[];
  /** Forgets all results. */
  readonly forget: () => void;
}

const body = `
  appendFileSync(join(import.meta.dirname, "..", "begun"), context.replicas.first + "\\n");
  const wait = process.env.SHARD_WAIT ?? "0";
  if (wait === "busy") for (;;);
  await new Promise((resolve) => (wait === "stuck" && context.replicas.first >= 40) || setTimeout(resolve, wait === "stuck" ? 0 : Number(wait)));
  return Array.from({length: context.replicas.count}, (_, i) => ({x: context.stream("walk", context.replicas.first + i).generator("draw").uniform() + 0.5}));`;

/** Each shard takes `SHARD_WAIT` ms, never ends after the first eight (`stuck`), or computes without end (`busy`), as the environment says. */
export function ensembleProject(t: Pick<TestContext, "after">): EnsembleProject {
  const head = 'import {appendFileSync} from "node:fs";\nimport {join} from "node:path";';
  const small = bareProject(t, {
    "loaders/walk.arrow.ts": experimentLoader(`[{name: "all", reads: {}, replicas: ${replicas}}]`, body, {head}),
    "loaders/mean.arrow.ts": derivedLoader('const rows = input("walk"); return [{x: rows.reduce((sum, {x}) => sum + x, 0) / rows.length}];', {inputs: ["walk"]}),
    begun: ""
  });
  return {
    ...small,
    begun: () => readFileSync(join(small.root, "begun"), "utf8").split("\n").filter(Boolean).map(Number),
    forget() {
      for (const part of ["objects", "index", "runs"]) rmSync(join(small.project.storeFolder, part), {recursive: true, force: true});
      small.write("begun", "");
    }
  };
}

/** What a run published, by table. */
export const published = ({manifest}: Pick<TalkedRun, "manifest">) => manifest.run.tables;

/** The values of the ensemble that a run published. */
export const values = ({manifest}: Pick<TalkedRun, "manifest">): readonly unknown[] => decodeTable(manifestTable(manifest, "walk"), "walk").rows.map(({x}) => x);

/**
 * Bundles a program of tests and a worker into the project, so that their
 * processes start in a fraction of the time, and gives the program's path.
 */
export async function bundleProgram({root, write}: SmallProject, program: string): Promise<string> {
  const entryPoints = {program: join(import.meta.dirname, program), "bundled-worker": join(checkout, "src", "pipeline", "workers", "worker.ts")};
  await build({entryPoints, outdir: join(root, ".run"), outExtension: {".js": ".mjs"}, bundle: true, packages: "external", platform: "node", format: "esm", target: "es2022", logLevel: "silent"});
  write(".run/worker.ts", 'import "./bundled-worker.mjs";\n');
  return join(root, ".run", "program.mjs");
}
