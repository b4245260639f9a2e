import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {checkName} from "./names.ts";
import {presets} from "./parameters.ts";
import type {Preset} from "./parameters.ts";
import type {Setting} from "./settings/index.ts";

/** Where a run reads and keeps what it needs. */
export interface Project {
  /** The checkout. */
  readonly root: string;
  readonly preset: Preset;
  /** What is set in place of the values of the parameter files. */
  readonly settings: readonly Setting[];
  /** The folder of parameter files, `data/parameters` unless it is named otherwise. */
  readonly parametersFolder: string;
  /** The folder of loaders. */
  readonly loadersFolder: string;
  /** The folder of the table store. */
  readonly storeFolder: string;
}

/** The project at `root` with its usual folders; `changes` names others. */
export function openProject(root: string, changes: Partial<Project> = {}): Project {
  return {
    root,
    preset: "quick",
    settings: [],
    parametersFolder: join(root, "data", "parameters"),
    loadersFolder: join(root, "loaders"),
    storeFolder: join(root, ".cache", "store"),
    ...changes
  };
}

/** @throws RangeError unless `value` names a preset. */
export function checkPreset(value: string): Preset {
  const preset = presets.find((name) => name === value);
  if (preset === undefined) throw new RangeError(`preset: expected ${presets.join(" or ")}, found ${JSON.stringify(value)}`);
  return preset;
}

const loaderEnding = ".arrow.ts";

/** The names of all tables, sorted: the loaders without their ending. */
export function listTables(project: Project): readonly string[] {
  return readdirSync(project.loadersFolder)
    .filter((file) => file.endsWith(loaderEnding))
    .map((file) => checkName(file.slice(0, -loaderEnding.length), `loader ${file}`))
    .sort();
}

/** The path of the loader of `table`. */
export function loaderPath(project: Project, table: string): string {
  return join(project.loadersFolder, `${checkName(table, "table")}${loaderEnding}`);
}

/** The path and text of the parameter file of `paper`. */
export function readParameterFile(project: Project, paper: string): {readonly file: string; readonly text: string} {
  const file = `${checkName(paper, "paper")}.jsonc`;
  const path = join(project.parametersFolder, file);
  if (!existsSync(path)) throw new RangeError(`${paper}: expected a parameter file ${path}, found none`);
  return {file, text: readFileSync(path, "utf8")};
}
