import {availableParallelism} from "node:os";
import {codeFingerprint} from "../describe/index.ts";
import type {ProjectDescription} from "../describe/index.ts";
import type {Project} from "../project.ts";
import type {RunRecord} from "../runs/index.ts";
import {openStore} from "../store/index.ts";
import type {Store} from "../store/index.ts";
import {openWorkers} from "../workers/index.ts";
import type {StartWorker} from "../workers/index.ts";
import {openDescriptions} from "./descriptions.ts";
import {InterruptedError} from "./interrupted-error.ts";
import {planRun} from "./plan-run.ts";
import type {RunPlan} from "./plan-run.ts";
import {rerunSample} from "./rerun-sample.ts";
import type {RerunCell} from "./rerun-sample.ts";
import type {RunEvent} from "./run-event.ts";
import {runReport} from "./run-report.ts";
import type {RunReport} from "./run-report.ts";
import {checkTableWords, selectTables, withInputs} from "./select-tables.ts";
import {settleTables} from "./settle-tables.ts";
import type {RangeSize} from "./table-lookup.ts";
import {workTimes} from "./work-times.ts";

/** What a run needs of the outside. */
export interface RunEffects {
  readonly startWorker: StartWorker | undefined;
  /** Pieces that are computed at a time. */
  readonly workers: number;
  /** Hears of a fault, in lines for a person. */
  readonly log: (line: string) => void;
  /** Hears of everything that happens. */
  readonly report: (event: RunEvent) => void;
  /** Into how many replicas a gap is cut; by measured times where absent. */
  readonly rangeSize: RangeSize | undefined;
  /** Opens the store. */
  readonly openStore: (folder: string, warn: (line: string) => void) => Store;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
}

/** A project whose tables are brought up to date again and again, by the same workers while its code stays the same. */
export interface Session {
  readonly store: Store;
  /** Describes the project as its files now are. */
  readonly describe: (project?: Project) => Promise<ProjectDescription>;
  /**
   * Brings tables up to date. A run of all tables without settings that ends well is kept as the last one of its preset.
   * @param words tables, papers or sections, all of them by default; inputs come along; refused before a file is touched where they can be no names
   */
  readonly run: (words?: readonly string[], project?: Project) => Promise<RunReport>;
  /** What {@link run} would do. */
  readonly plan: (words?: readonly string[], project?: Project) => Promise<RunPlan>;
  /** Runs a random sample of kept cells again and compares their bytes. */
  readonly rerun: (sample: {readonly sample: number; readonly seed: number; readonly report: (cell: RerunCell) => void}) => Promise<readonly RerunCell[]>;
  /** Starts as many workers as a run uses at most and has each import the project's code, so that the next run finds them ready. */
  readonly warm: () => Promise<void>;
  /** Ends all that goes on as soon as may be: what is finished is kept, what is at work is lost; it rejects with an InterruptedError. */
  readonly interrupt: () => void;
  readonly close: () => void;
}

const realRunEffects: RunEffects = {
  startWorker: undefined,
  workers: availableParallelism(),
  log: (line) => console.error(line),
  report: () => {},
  rangeSize: undefined,
  openStore,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  now: () => performance.now()
};

/** Opens a session on a project; effects that are not named are those of the machine. */
export function openSession(project: Project, effects: Partial<RunEffects> = {}): Session {
  const {workers: width, log, report, rangeSize, openStore, wait, now, startWorker} = {...realRunEffects, ...effects};
  const store = openStore(project.storeFolder, log);
  const workers = openWorkers(startWorker);
  const descriptions = openDescriptions(store, workers);
  const running = new Set<{interrupted: boolean}>();

  /** Does work that {@link Session.interrupt} ends, which is then told apart from what fails. */
  const interruptible = async <T>(work: (checkInterrupted: () => void) => Promise<T>): Promise<T> => {
    const state = {interrupted: false};
    const checkInterrupted = (): void => {
      if (state.interrupted) throw new InterruptedError();
    };
    running.add(state);
    try {
      return await work(checkInterrupted);
    } catch (error) {
      checkInterrupted();
      throw error;
    } finally {
      running.delete(state);
    }
  };

  const describe = (current: Project = project): Promise<ProjectDescription> =>
    interruptible(async (checkInterrupted) => {
      const code = codeFingerprint(current);
      workers.useCode(code);
      return descriptions.describe(current, code, checkInterrupted);
    });

  const run = (words?: readonly string[], current: Project = project): Promise<RunReport> =>
    interruptible(async (checkInterrupted) => {
      checkTableWords(words);
      const start = now();
      const leave = store.enter();
      try {
        store.clean();
        const description = await describe(current);
        checkInterrupted();
        const names = withInputs(selectTables(description, words), description);
        report({kind: "begun", tables: names, pieces: 0, seconds: null});
        const settled = await settleTables(current, description, names, width, rangeSize, {store, workers, times: workTimes(store), log, report, wait, now, checkInterrupted});
        const ended = runReport(settled, description, {names, preset: current.preset, folder: store.folder}, log);
        report({kind: "done", computed: ended.computed.length, unchanged: ended.kept.length, failed: ended.failed.length, seconds: (now() - start) / 1000});
        if (words === undefined && current.settings.length === 0 && ended.failed.length === 0) store.keepRun({...ended.manifest.run, name: `latest-${current.preset}`});
        return ended;
      } finally {
        leave();
      }
    });

  return {
    store,
    describe,
    run,
    async plan(words, current = project) {
      checkTableWords(words);
      const description = await describe(current);
      const names = withInputs(selectTables(description, words), description);
      return planRun(description, names, {store, source: descriptions.source, preset: current.preset, latest: store.run(`latest-${current.preset}`) as RunRecord | undefined, workers: width, rangeSize});
    },
    rerun: (sample) =>
      interruptible(async (checkInterrupted) => {
        const leave = store.enter();
        try {
          const description = await describe();
          checkInterrupted();
          return await rerunSample(project, description, {store, workers, ...sample});
        } finally {
          leave();
        }
      }),
    warm() {
      workers.useCode(codeFingerprint(project));
      return workers.warm(project, 2 * width);
    },
    interrupt() {
      for (const state of running) state.interrupted = true;
      workers.interrupt();
    },
    close: workers.stop
  };
}
