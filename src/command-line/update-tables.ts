import {checkTableWords, durationText, openSession, reportProgress, writeManifest} from "../pipeline/index.ts";
import type {Project, RunReport} from "../pipeline/index.ts";
import {checkGivenName, checkParameters, chooseProject} from "./choose-project.ts";
import type {RunOptions} from "./choose-project.ts";
import {counted} from "./counted.ts";
import {exitCodes} from "./exit-codes.ts";
import {onSignals} from "./on-signals.ts";
import type {Interruption} from "./on-signals.ts";
import {printResult} from "./print-result.ts";
import type {ResultOptions} from "./print-result.ts";
import {setUp} from "./set-up.ts";

/** A run that came to its end. */
export interface FinishedRun extends RunReport {
  readonly seconds: number;
}

/** What a run did, as one line. */
export function runSummary({preset}: Pick<Project, "preset">, {pieces, computed, kept, failed, seconds}: Omit<FinishedRun, "manifest">): string {
  const failures = failed.length === 0 ? "" : `, ${failed.length} failed`;
  return `tables (${preset}): ${counted(pieces.computed, "cell")} computed, ${pieces.known.toLocaleString("en-US")} kept; ${counted(computed.length, "table")} new, ${kept.length} unchanged${failures}; ${durationText(seconds)}`;
}

/** What a run did, for scripts. */
export function runResult({preset}: Pick<Project, "preset">, {pieces, computed, kept, failed, seconds, manifest}: FinishedRun): object {
  return {preset, name: manifest.run.name, cells: {computed: pieces.computed, kept: pieces.known}, tables: {computed, unchanged: kept, failed}, seconds: Math.round(seconds * 1000) / 1000};
}

/**
 * Brings tables up to date with progress on standard error, and keeps the run
 * under its name if it has one and no table failed.
 * @param words tables, papers or sections; all tables where undefined
 * @throws ParameterError before anything is computed, InterruptedError at a signal
 */
export async function runWithProgress(project: Project, words: readonly string[] | undefined, name: string | undefined, {during}: Pick<Interruption, "during">): Promise<FinishedRun> {
  const start = performance.now();
  const progress = reportProgress();
  const session = openSession(project, {report: progress.report, log: progress.log});
  const release = during(session.interrupt);
  try {
    await checkParameters(session, words);
    const report = await session.run(words);
    progress.close();
    const run = {...report.manifest.run, name: name ?? null};
    const finished = {...report, manifest: {...report.manifest, run}, seconds: (performance.now() - start) / 1000};
    console.error(runSummary(project, finished));
    if (name === undefined) return finished;
    if (report.failed.length > 0) {
      console.error(`the run was not kept as ${name}, since ${counted(report.failed.length, "table")} failed`);
      return finished;
    }
    const replaces = session.store.runs().some((kept) => kept.name === name);
    session.store.keepRun({...run, name});
    console.error(`kept as ${name}${replaces ? ", in place of the earlier run of that name" : ""}`);
    return finished;
  } finally {
    progress.close();
    release();
    session.close();
  }
}

/** Brings the tables that the words name, or all of them, up to date. */
export async function updateTables(root: string, words: readonly string[], {manifest, json, ...options}: RunOptions & ResultOptions & {readonly manifest?: string}): Promise<number> {
  const name = checkGivenName(options.name);
  checkTableWords(words);
  const project = chooseProject(root, options);
  return onSignals(async (interruption) => {
    await setUp(root);
    const run = await runWithProgress(project, words.length === 0 ? undefined : words, name, interruption);
    if (manifest !== undefined) writeManifest(manifest, run.manifest);
    if (json === true) printResult({json}, runResult(project, run), []);
    return run.failed.length === 0 ? exitCodes.done : exitCodes.failed;
  });
}
