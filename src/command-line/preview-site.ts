import {rmSync} from "node:fs";
import {join, relative} from "node:path";
import {durationText, keptRunRecords, openSession, projectFingerprint, reportProgress, writeManifest} from "../pipeline/index.ts";
import type {RunRecord, RunReport} from "../pipeline/index.ts";
import {bundlePageModules, openPreviewFolder} from "../site/index.ts";
import {openBuildFolder} from "./build-folder.ts";
import {checkPort} from "./check-port.ts";
import {chooseProject} from "./choose-project.ts";
import type {RunOptions} from "./choose-project.ts";
import {counted} from "./counted.ts";
import {drawnTables, followDrawnTables} from "./drawn-tables.ts";
import {followChanges} from "./follow-changes.ts";
import {holdPort} from "./hold-port.ts";
import {onSignals} from "./on-signals.ts";
import {pageModules} from "./page-modules.ts";
import {openPreviewServer} from "./preview-server.ts";
import {progressForPages, serveStatus} from "./preview-status.ts";
import {setUp} from "./set-up.ts";
import {watchFolders} from "./watch-folders.ts";

/** Time, ms, in which an editor that saves by renaming is done. */
const settled = 10;

/** Whether a run lacks a table that is shown. */
function takesAway(shown: RunRecord, {tables}: RunRecord): boolean {
  return Object.entries(shown.tables).some(([table, entry]) => !("error" in entry) && "error" in (tables[table] ?? {}));
}

type TableObjects = Readonly<Record<string, string | null>>;

/** The object of each table of a run, null for one that failed. */
const objectsOf = ({tables}: RunRecord): TableObjects => Object.fromEntries(Object.entries(tables).map(([table, entry]) => [table, "error" in entry ? null : entry.object]));

/** The files of objects in a store. */
const filesOf = (store: string, objects: TableObjects): TableObjects => Object.fromEntries(Object.entries(objects).map(([table, object]) => [table, object === null ? null : join(store, "objects", object.slice(0, 2), object)]));

const present = (objects: TableObjects): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(objects).flatMap(([table, object]) => (object === null ? [] : [[table, object]])));

function doneText({pieces}: Pick<RunReport, "pieces">, seconds: number): string {
  const cells = pieces.computed === 0 ? "" : `: ${counted(pieces.computed, "cell")} computed, ${pieces.known.toLocaleString("en-US")} kept`;
  return `up to date in ${durationText(seconds)}${cells}`;
}

/**
 * Shows the site live: Framework's preview in a folder of its own, with the
 * tables brought up to date at the start and after every change to parameters,
 * data, loaders or library by one session, whose workers stay. A change during
 * a run interrupts it; finished cells are kept. The figures of a section change
 * as soon as its tables are there, words and verdicts when the run has ended.
 * Pages say what is recomputed, and are as they were once a run has ended that
 * takes a table away that they show.
 */
export function previewSite(root: string, options: RunOptions & {readonly port: string}): Promise<number> {
  const wanted = checkPort(options.port);
  const project = chooseProject(root, options);
  return onSignals(async ({during}) => {
    await setUp(root);
    const held = await holdPort(wanted);
    const {port} = held;
    const docsRoot = join(root, "docs");
    const manifest = join(openBuildFolder(root), `preview-${process.pid}.json`);
    const place = join(root, ".cache", "preview", String(port));
    const folder = openPreviewFolder({folder: place, docsRoot, loadersRoot: project.loadersFolder, written: Object.keys(pageModules)});
    const status = await serveStatus(port);
    const progress = reportProgress();
    const pages = progressForPages(status.tell);
    const faults: string[] = [];
    let shown: RunRecord | undefined;
    let kept: readonly RunRecord[] = [];
    let displayed: TableObjects = {};
    let brought: string | undefined;
    let isCodeNew = true;

    const fault = (error: unknown): void => {
      progress.log((error as Error).message);
      status.tell({state: "failed", text: (error as Error).message});
    };
    /** Shows tables, also on the pages that are open, and gives whether any is another one than before. */
    const show = (objects: TableObjects): boolean => {
      const isOther = folder.show(filesOf(project.storeFolder, objects));
      displayed = objects;
      status.tellTables(present(objects));
      return isOther;
    };
    const drawn = followDrawnTables(() => drawnTables(docsRoot), (objects) => {
      if (shown === undefined || Object.entries(objects).every(([table, object]) => displayed[table] === object)) return;
      try {
        show({...displayed, ...objects});
      } catch (error) {
        fault(error);
      }
    });
    const session = openSession(project, {
      report(event) {
        progress.report(event);
        pages(event);
        drawn(event);
      },
      log(line) {
        faults.push(line);
        progress.log(line);
      }
    });

    const update = async (): Promise<void> => {
      const fingerprint = projectFingerprint(project);
      if (fingerprint === brought) {
        if (shown !== undefined && show(objectsOf(shown))) folder.announce(false);
        return status.tell({state: "idle", text: ""});
      }
      const start = performance.now();
      faults.length = 0;
      status.tell({state: "running", text: "looking for what has changed"});
      const report = await session.run();
      brought = fingerprint;
      if (isCodeNew) void session.warm();
      isCodeNew = false;
      const {run} = report.manifest;
      const isShown = shown === undefined || !takesAway(shown, run);
      const isFirst = shown === undefined;
      const before = kept;
      if (isShown) {
        shown = run;
        kept = keptRunRecords(session.store, progress.log);
        writeManifest(manifest, {...report.manifest, kept});
      }
      if (show(objectsOf(shown ?? run)) || isShown) folder.announce(JSON.stringify(kept) !== JSON.stringify(before));
      if (report.failed.length > 0) status.tell({state: "failed", text: faults.join("\n")});
      else status.tell(isFirst ? {state: "idle", text: ""} : {state: "done", text: doneText(report, (performance.now() - start) / 1000)});
    };

    const follower = followChanges({update, interrupt: session.interrupt, settled, onFault: fault});
    const codeChanged = (): void => {
      isCodeNew = true;
      follower.changed();
    };
    const updatePageModules = (): void => {
      try {
        bundlePageModules(pageModules, {projectRoot: root, docsRoot: folder.root});
      } catch (error) {
        fault(error);
      }
    };
    let release = during(session.interrupt);
    let stopWatching = (): void => {};
    let leave = (): void => {};
    try {
      leave = session.store.enter();
      await update();
      stopWatching = watchFolders([
        {folders: [join(root, "data"), project.parametersFolder], changed: follower.changed},
        {folders: [project.loadersFolder], changed: codeChanged},
        {
          folders: [join(root, "src")],
          changed() {
            codeChanged();
            updatePageModules();
          }
        },
        {folders: [docsRoot], changed: folder.link}
      ]);
      await held.release();
      const server = openPreviewServer(root, {port, manifest, docs: relative(root, folder.root), status: status.address}, progress.log);
      release();
      release = during(() => {
        session.interrupt();
        server.stop();
      });
      return await server.ended;
    } finally {
      release();
      stopWatching();
      await held.release();
      await follower.close();
      leave();
      session.close();
      status.close();
      progress.close();
      rmSync(manifest, {force: true});
      if (wanted === 0) rmSync(place, {recursive: true, force: true});
    }
  });
}
