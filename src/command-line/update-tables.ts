import {resolve} from "node:path";
import {checkPreset, openProject, runTables, writeManifest} from "../pipeline/index.ts";
import type {Project, RunReport} from "../pipeline/index.ts";
import {setUp} from "./set-up.ts";

/** The choices of a run, as the command line has them. */
export interface RunOptions {
  readonly preset: string;
  readonly parameters?: string;
}

/** The project with the parameters that the options name. */
export function chooseProject(root: string, {preset, parameters}: RunOptions): Project {
  return openProject(root, {preset: checkPreset(preset), ...(parameters === undefined ? {} : {parametersFolder: resolve(parameters)})});
}

/** Brings the tables up to date, says what was done, and keeps the manifest of a run. */
export async function runAndRecord(project: Project, names: readonly string[] | undefined, manifestPath?: string): Promise<RunReport> {
  const start = performance.now();
  const report = await runTables(project, names);
  if (manifestPath !== undefined) writeManifest(manifestPath, report.manifest);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const counts = [`${report.computed.length} computed`, `${report.kept.length} unchanged`, ...(report.failed.length > 0 ? [`${report.failed.length} failed`] : [])];
  const {pieces} = report;
  console.error(`tables (${project.preset}): ${counts.join(", ")} in ${seconds} s; ${pieces.computed} cells and ranges of cells computed, ${pieces.known} kept`);
  return report;
}

/** Brings the named tables, or all of them, up to date. */
export async function updateTables(root: string, names: readonly string[], {manifest, ...options}: RunOptions & {readonly manifest?: string}): Promise<number> {
  await setUp(root);
  const report = await runAndRecord(chooseProject(root, options), names.length === 0 ? undefined : names, manifest);
  return report.failed.length === 0 ? 0 : 1;
}
