import {existsSync, readdirSync} from "node:fs";
import {resolve} from "node:path";
import {ParameterError, checkPreset, checkRunName, openProject, parameterFaults, parseSettings} from "../pipeline/index.ts";
import type {Project, Session} from "../pipeline/index.ts";

/** What a run is given on the command line. */
export interface RunOptions {
  readonly preset: string;
  readonly parameters?: string;
  /** Settings as they are written, `paper.section.field=value`. */
  readonly set?: readonly string[];
  /** The name to keep the run under. */
  readonly name?: string;
}

const ending = ".jsonc";

/**
 * The project with the parameters that the options name.
 * @throws ParameterError for a setting that is none, of a paper that is none
 */
export function chooseProject(root: string, {preset, parameters, set = []}: RunOptions): Project {
  const project = openProject(root, {preset: checkPreset(preset), ...(parameters === undefined ? {} : {parametersFolder: resolve(parameters)})});
  if (!existsSync(project.parametersFolder)) {
    if (parameters !== undefined) throw new RangeError(`--parameters: expected a folder of parameter files, found none at ${project.parametersFolder}`);
    return project;
  }
  const papers = readdirSync(project.parametersFolder).filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
  return {...project, settings: parseSettings(set, papers)};
}

/** @throws RangeError unless a person may give this name to a run; `latest` stands for the last run where runs are named */
export function checkGivenName(name: string | undefined): string | undefined {
  if (name === "latest") throw new RangeError('run: expected a name other than "latest", which is the last run of a preset');
  return name === undefined ? undefined : checkRunName(name);
}

/**
 * Refuses parameters that are wrong before anything is computed.
 * @throws ParameterError with every fault in the parameters of the tables that the words name; RangeError for a word that names none
 */
export async function checkParameters(session: Pick<Session, "describe">, words: readonly string[] | undefined): Promise<void> {
  const faults = parameterFaults(await session.describe(), words);
  if (faults.length > 0) throw new ParameterError(faults.join("\n"));
}
