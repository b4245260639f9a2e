import {rmSync} from "node:fs";
import {join, relative} from "node:path";
import {checkSite, finishPages, publish} from "../site/index.ts";
import {openBuildFolder} from "./build-folder.ts";
import {startFramework} from "./framework.ts";
import {setUp} from "./set-up.ts";
import {chooseProject, runAndRecord} from "./update-tables.ts";
import type {RunOptions} from "./update-tables.ts";

/** Runs Framework's build and resolves to what it printed, rejecting with it if it fails. */
function runFramework(root: string, manifest: string, output: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = startFramework(root, ["build"], {manifest, output}, "pipe");
    const printed: Buffer[] = [];
    child.stdout!.on("data", (chunk: Buffer) => printed.push(chunk));
    child.stderr!.on("data", (chunk: Buffer) => printed.push(chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      reject(new Error(`the pages could not be built (${signal ?? `exit code ${code}`}); dist/ is as it was:\n${Buffer.concat(printed).toString("utf8").trimEnd()}`));
    });
  });
}

/**
 * Brings every table up to date, builds the pages into a folder of their own,
 * checks the result, and only then puts it in the place of `dist/`.
 */
export async function buildSite(root: string, options: RunOptions): Promise<number> {
  const start = performance.now();
  await setUp(root);
  const folder = openBuildFolder(root);
  const manifest = join(folder, `manifest-${process.pid}.json`);
  const output = join(folder, `site-${process.pid}`);
  try {
    const report = await runAndRecord(chooseProject(root, options), undefined, manifest);
    if (report.failed.length > 0) {
      console.error("the site was not built; dist/ is as it was");
      return 1;
    }
    await runFramework(root, manifest, relative(root, output));
    await finishPages(output);
    const problems = await checkSite(output);
    if (problems.length > 0) {
      for (const {kind, file, detail} of problems) console.error(`  ${file}: ${kind}: ${detail}`);
      console.error(`the built site has ${problems.length} problems; dist/ is as it was`);
      return 1;
    }
    await publish({from: output, to: join(root, "dist")});
  } finally {
    rmSync(output, {recursive: true, force: true});
    rmSync(manifest, {force: true});
  }
  console.error(`built dist/ with the preset ${options.preset} in ${((performance.now() - start) / 1000).toFixed(1)} s; look at it with: npm run serve`);
  return 0;
}
