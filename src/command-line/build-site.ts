import {rmSync} from "node:fs";
import {join, relative} from "node:path";
import {InterruptedError, durationText, keptRunRecords, openStore, writeManifest} from "../pipeline/index.ts";
import {checkSite, finishPages, publish} from "../site/index.ts";
import {openBuildFolder} from "./build-folder.ts";
import {checkGivenName, chooseProject} from "./choose-project.ts";
import type {RunOptions} from "./choose-project.ts";
import {exitCodes} from "./exit-codes.ts";
import {startFramework} from "./framework.ts";
import {onSignals} from "./on-signals.ts";
import type {Interruption} from "./on-signals.ts";
import {printResult} from "./print-result.ts";
import type {ResultOptions} from "./print-result.ts";
import {setUp} from "./set-up.ts";
import {takeTurns} from "./take-turns.ts";
import {runResult, runWithProgress} from "./update-tables.ts";

/** Runs Framework's build and resolves to what it printed, rejecting with it if it fails. */
function runFramework(root: string, manifest: string, output: string, {during}: Interruption): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = startFramework(root, ["build"], {manifest, output}, "pipe");
    const release = during(() => void child.kill("SIGKILL"));
    const printed: Buffer[] = [];
    child.stdout!.on("data", (chunk: Buffer) => printed.push(chunk));
    child.stderr!.on("data", (chunk: Buffer) => printed.push(chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      release();
      if (code === 0) return resolve();
      reject(new Error(`the pages could not be built (${signal ?? `exit code ${code}`}); dist/ is as it was:\n${Buffer.concat(printed).toString("utf8").trimEnd()}`));
    });
  });
}

/** Builds the pages into `output`, checks them and publishes them; whether they passed. */
async function buildPages(root: string, manifest: string, output: string, interruption: Interruption): Promise<boolean> {
  await runFramework(root, manifest, relative(root, output), interruption);
  await finishPages(output);
  const problems = await checkSite(output);
  if (problems.length > 0) {
    for (const {kind, file, detail} of problems) console.error(`  ${file}: ${kind}: ${detail}`);
    console.error(`the built site has ${problems.length} problems; dist/ is as it was`);
    return false;
  }
  if (interruption.signal() !== null) throw new InterruptedError();
  await publish({from: output, to: join(root, "dist")});
  return true;
}

/**
 * Brings every table up to date, builds the pages with the kept runs beside
 * them into a folder of their own, checks the result, and only then puts it in
 * the place of `dist/`. Of two builds the tables are computed side by side, each
 * cell once; the pages are built and published one after the other.
 */
export async function buildSite(root: string, {json, ...options}: RunOptions & ResultOptions): Promise<number> {
  const name = checkGivenName(options.name);
  const project = chooseProject(root, options);
  const start = performance.now();
  return onSignals(async (interruption) => {
    await setUp(root);
    const folder = openBuildFolder(root);
    const manifest = join(folder, `manifest-${process.pid}.json`);
    const output = join(folder, `site-${process.pid}`);
    const log = (line: string): void => console.error(line);
    try {
      const run = await runWithProgress(project, undefined, name, interruption);
      const isBuilt = run.failed.length === 0;
      if (!isBuilt) console.error("the site was not built; dist/ is as it was");
      const store = openStore(project.storeFolder, log);
      const isStopped = (): boolean => interruption.signal() !== null;
      const build = (): Promise<boolean> => {
        writeManifest(manifest, {...run.manifest, kept: keptRunRecords(store, log).filter((kept) => kept.name !== name)});
        return buildPages(root, manifest, output, interruption);
      };
      const isPublished = isBuilt && (await takeTurns(store, "build the pages", isStopped, build)) === true;
      if (json === true) printResult({json}, {...runResult(project, run), published: isPublished}, []);
      if (isPublished) console.error(`built dist/ with the preset ${options.preset} in ${durationText((performance.now() - start) / 1000)}; look at it with: npm run serve`);
      return isPublished ? exitCodes.done : exitCodes.failed;
    } finally {
      rmSync(output, {recursive: true, force: true});
      rmSync(manifest, {force: true});
    }
  });
}
