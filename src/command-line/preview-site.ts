import {spawn} from "node:child_process";
import {existsSync, readdirSync, rmSync, utimesSync, watch} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {readManifest, runTables, writeManifest} from "../pipeline/index.ts";
import type {Manifest, Project} from "../pipeline/index.ts";
import {bundlePageModules} from "../site/index.ts";
import {startFramework} from "./framework.ts";
import {openBuildFolder} from "./build-folder.ts";
import {checkPort} from "./check-port.ts";
import {chooseProject} from "./choose-project.ts";
import type {RunOptions} from "./choose-project.ts";
import {pageModules} from "./page-modules.ts";
import {setUp} from "./set-up.ts";

const settled = 200;
const entry = fileURLToPath(new URL("./driftbook.mjs", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;

/** Tells Framework's watchers that a file changed. */
function touch(path: string): void {
  const now = new Date();
  utimesSync(path, now, now);
}

/** Touches the loaders of the tables whose object differs, and every page if there is one, since its prose may hold a number of it. */
function announce(root: string, project: Project, before: Manifest, after: Manifest): void {
  const changed = Object.keys(after.run.tables).filter((table) => JSON.stringify(before.run.tables[table]) !== JSON.stringify(after.run.tables[table]));
  for (const table of changed) touch(join(project.loadersFolder, `${table}.arrow.ts`));
  if (changed.length === 0) return;
  for (const page of readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"))) touch(join(root, "docs", page));
}

/** Bundles the modules of pages afresh; one that cannot be bundled stays as it was. */
function updatePageModules(root: string): void {
  try {
    bundlePageModules(pageModules, {projectRoot: root, docsRoot: join(root, "docs")});
  } catch (error) {
    console.error((error as Error).message);
  }
}

/**
 * Shows the site live: Framework's preview, with the tables brought up to date
 * at the start and after every change to parameters, data, loaders or library.
 * Code is loaded afresh at each change, in a process of its own.
 */
export async function previewSite(root: string, options: RunOptions & {readonly port: string}): Promise<number> {
  const port = checkPort(options.port);
  await setUp(root);
  const project = chooseProject(root, options);
  const manifest = join(openBuildFolder(root), `preview-${process.pid}.json`);
  writeManifest(manifest, (await runTables(project)).manifest);

  const update = () =>
    new Promise<void>((resolve) => {
      const words = ["tables", "--preset", project.preset, "--parameters", project.parametersFolder, "--manifest", manifest];
      spawn(process.execPath, ["--import", tsx, entry, ...words], {cwd: root, stdio: ["ignore", "inherit", "inherit"]}).on("close", () => resolve());
    });
  let running = false;
  let again = false;
  const follow = async (): Promise<void> => {
    if (running) return void (again = true);
    running = true;
    do {
      again = false;
      updatePageModules(root);
      const before = readManifest(manifest);
      await update();
      announce(root, project, before, readManifest(manifest));
    } while (again);
    running = false;
  };
  let timer: NodeJS.Timeout | undefined;
  const folders = [join(root, "src"), join(root, "data"), project.loadersFolder, project.parametersFolder].filter((folder) => existsSync(folder));
  const watchers = [...new Set(folders)].map((folder) =>
    watch(folder, {recursive: true}, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void follow(), settled);
    })
  );

  const preview = startFramework(root, ["preview", "--no-open", "--port", String(port)], {manifest}, "inherit");
  const stop = () => void preview.kill("SIGTERM");
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const code = await new Promise<number>((resolve) => preview.on("close", (exit) => resolve(exit ?? 0)));
  for (const watcher of watchers) watcher.close();
  clearTimeout(timer);
  rmSync(manifest, {force: true});
  return code;
}
