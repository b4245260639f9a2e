import {availableParallelism} from "node:os";
import {codeFingerprint, rangeText} from "../describe/index.ts";
import type {InputContents, ProjectDescription, TableDescription} from "../describe/index.ts";
import type {Manifest} from "../manifest.ts";
import type {Project} from "../project.ts";
import type {RunRecord, RunTable} from "../runs/index.ts";
import {entryName, openStore} from "../store/index.ts";
import type {Entry, Store} from "../store/index.ts";
import {openWorkers} from "../workers/index.ts";
import type {StartWorker} from "../workers/index.ts";
import {openDescriptions} from "./descriptions.ts";
import {InterruptedError} from "./interrupted-error.ts";
import {planRun} from "./plan-run.ts";
import type {RunPlan} from "./plan-run.ts";
import {rerunSample} from "./rerun-sample.ts";
import type {RerunCell} from "./rerun-sample.ts";
import type {RunEvent} from "./run-event.ts";
import {selectTables, withInputs} from "./select-tables.ts";
import {assembledKey, findTable, piecesOf} from "./table-lookup.ts";
import type {KnownTable, Piece, RangeSize} from "./table-lookup.ts";
import {usualRangeSize, workTimes} from "./work-times.ts";
import type {WorkTimes} from "./work-times.ts";
import {openWorkQueue} from "./work-queue.ts";

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

/** How a run of the tables ended. */
export interface RunReport {
  readonly manifest: Manifest;
  readonly computed: readonly string[];
  readonly kept: readonly string[];
  readonly failed: readonly string[];
  /** Pieces of experiments that were computed and that were there. */
  readonly pieces: {readonly computed: number; readonly known: number};
}

/** A project whose tables are brought up to date again and again, by the same workers while its code stays the same. */
export interface Session {
  readonly store: Store;
  /** Describes the project as its files now are. */
  readonly describe: (project?: Project) => Promise<ProjectDescription>;
  /** Brings tables up to date. @param words tables, papers or sections, all of them by default; inputs come along */
  readonly run: (words?: readonly string[], project?: Project) => Promise<RunReport>;
  /** What {@link run} would do. */
  readonly plan: (words?: readonly string[], project?: Project) => Promise<RunPlan>;
  /** Runs a random sample of kept cells again and compares their bytes. */
  readonly rerun: (sample: {readonly sample: number; readonly seed: number; readonly report: (cell: RerunCell) => void}) => Promise<readonly RerunCell[]>;
  /** Ends a run as soon as may be: what is finished is kept, what is at work is lost; {@link run} rejects with an InterruptedError. */
  readonly interrupt: () => void;
  readonly close: () => void;
}

const poll = 50;
const mostAttempts = 4;

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

/** What a settled table is to those that read it. */
type Settled = (KnownTable & {readonly isNew: boolean; readonly entries: readonly Entry[]}) | {readonly error: string};

const pieceName = ({table, cell, range}: Piece) => ({table: table.name, cell: cell.name, range});
const pieceText = ({cell, range, table}: Piece): string => (table.kind === "derived" ? "" : `cell ${JSON.stringify(cell.name)}${range === null ? "" : `, replicas ${rangeText(range)}`}: `);
const settingsOf = ({cell, table}: Piece): string => `\n    parameters: ${table.paper === null ? "none" : JSON.stringify(cell.reads)}${table.kind === "derived" ? "" : `, seed ${table.seed}`}`;

/** Opens a session on a project; effects that are not named are those of the machine. */
export function openSession(project: Project, effects: Partial<RunEffects> = {}): Session {
  const {workers: width, log, report, rangeSize, openStore, wait, now, startWorker} = {...realRunEffects, ...effects};
  const store = openStore(project.storeFolder, log);
  const workers = openWorkers(startWorker);
  const descriptions = openDescriptions(store, workers);
  let interrupted = false;

  const describe = async (current: Project = project): Promise<ProjectDescription> => {
    workers.useCode(codeFingerprint(current));
    return descriptions.describe(current);
  };

  async function run(words?: readonly string[], current: Project = project): Promise<RunReport> {
    const start = now();
    interrupted = false;
    const leave = store.enter();
    try {
      store.clean();
      const description = await describe(current);
      const names = withInputs(selectTables(description, words), description);
      const report = await settleAll(current, description, names, start);
      if (words === undefined && report.failed.length === 0) store.keepRun({...report.manifest.run, name: `latest-${current.preset}`});
      return report;
    } catch (error) {
      throw interrupted ? new InterruptedError() : error;
    } finally {
      leave();
    }
  }

  async function settleAll(current: Project, description: ProjectDescription, names: readonly string[], start: number): Promise<RunReport> {
    const queue = openWorkQueue(width);
    const times = workTimes(store);
    const settled = new Map<string, Promise<Settled>>();
    const pieces = {computed: 0, known: 0};
    report({kind: "begun", tables: names, pieces: 0, seconds: null});

    const compute = async (piece: Piece, inputs: Readonly<Record<string, string>>, contents: InputContents): Promise<Entry> => {
      const {table, cell, key, range} = piece;
      let waited = false;
      for (;;) {
        if (interrupted) throw new InterruptedError();
        const known = store.find(table.name, key, range);
        if (known !== undefined) {
          if (waited) report({kind: "ended", outcome: "computed elsewhere", seconds: known.seconds, backEnds: "", ...pieceName(piece)});
          return known;
        }
        const claim = store.claim(table.name, key, range);
        if ("heldBy" in claim) {
          if (!waited) report({kind: "waiting", heldBy: claim.heldBy, ...pieceName(piece)});
          waited = true;
          await wait(poll);
          continue;
        }
        try {
          const late = store.find(table.name, key, range);
          if (late !== undefined) return late;
          const from = now();
          report({kind: "started", seconds: times.seconds(table.name, cell.name, range?.count ?? null), ...pieceName(piece)});
          const end = (outcome: "computed" | "failed", backEnds = ""): void => report({kind: "ended", outcome, seconds: (now() - from) / 1000, backEnds, ...pieceName(piece)});
          try {
            const reply = await workers.ask(
              {
                kind: "cell",
                project: current,
                code: description.code,
                work: {table: briefly(table), cell, range, inputs},
                address: {table: table.name, key, range},
                note: {cell: cell.name, basis: table.basis, reads: cell.reads, data: cell.data, inputs: contents},
                purpose: "keep"
              },
              (message) => {
                if (message.kind === "progress") report({kind: "progress", done: message.done, total: message.total, ...pieceName(piece)});
              }
            );
            if (reply.kind !== "computed") throw new Error("its worker gave no rows");
            end("computed", reply.backEnds);
            return reply.entry;
          } catch (error) {
            end("failed");
            throw new Error(`${pieceText(piece)}${(error as Error).message}${settingsOf(piece)}`, {cause: error});
          }
        } finally {
          claim.release();
        }
      }
    };

    const settle = async (name: string): Promise<Settled> => {
      const table = description.tables[name]!;
      if ("error" in table) return {error: table.error};
      const inputs: Record<string, string> = {};
      const contents: Record<string, string> = {};
      for (const input of table.inputs) {
        const found = await settled.get(input)!;
        if ("error" in found) return {error: `its input ${input} failed`};
        inputs[input] = found.entry.object;
        contents[input] = found.content;
      }
      const size: RangeSize = rangeSize ?? ((cell, gap) => usualRangeSize(times, name, cell, gap.count));
      let isNew = false;
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const all = piecesOf(table, contents, store, size);
        const missing = all.filter(({entry}) => entry === null);
        if (attempt === 0 && table.kind === "experiment") {
          pieces.known += all.length - missing.length;
          pieces.computed += missing.length;
        }
        if (attempt === 0) report({kind: "planned", table: name, experiment: table.paper === null ? null : `${table.paper}.${table.section}`, missing: missing.length, known: all.length - missing.length, seconds: total(missing, times)});
        isNew ||= missing.length > 0;
        const results = await Promise.allSettled(all.map(async (piece) => piece.entry ?? queue.add(urgencyOf(piece, times), () => compute(piece, inputs, contents))));
        const faults = results.flatMap((result) => (result.status === "rejected" ? [(result.reason as Error).message] : []));
        if (interrupted) throw new InterruptedError();
        if (faults.length > 0) return {error: [...new Set(faults)].join("\n  ")};
        const entries = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
        const key = assembledKey(table, contents, entries);
        const known = findTable(name, key, store);
        if (known !== undefined) return {...known, isNew, entries: [known.entry, ...entries]};
        isNew = true;
        const made = await assemble(current, table, key, entries, inputs, queue).catch((error: Error) => error);
        if (interrupted) throw new InterruptedError();
        if (!(made instanceof Error)) return {...made, isNew, entries: [made.entry, ...entries]};
        const isDamaged = piecesOf(table, contents, store, size).some(({entry}) => entry === null);
        if (!isDamaged) return {error: made.message};
      }
      return {error: `its cells were damaged ${mostAttempts} times while it was put together: check the disk`};
    };

    for (const name of names) {
      const task = settle(name).then((found) => {
        report({kind: "settled", table: name, outcome: "error" in found ? "failed" : found.isNew ? "computed" : "unchanged"});
        return found;
      });
      task.catch(() => {});
      settled.set(name, task);
    }
    const found = new Map(await Promise.all(names.map(async (name) => [name, await settled.get(name)!] as const)));
    return finish(current, description, names, found, pieces, start);
  }

  async function assemble(current: Project, table: TableDescription, key: string, entries: readonly Entry[], inputs: Readonly<Record<string, string>>, queue: ReturnType<typeof openWorkQueue>): Promise<KnownTable> {
    const metadata = Object.fromEntries(Object.entries(inputs).map(([input, object]) => [`input:${input}`, object]));
    const {name, columns, provenance} = table;
    const reply = await queue.add(Infinity, () => workers.ask({kind: "assemble", project: current, table: {name, columns, provenance}, cells: entries.map(({object}) => object), metadata, key}));
    if (reply.kind !== "assembled") throw new Error("its worker gave no table");
    return reply;
  }

  function finish(current: Project, {tables: described, parameters}: ProjectDescription, names: readonly string[], found: ReadonlyMap<string, Settled>, pieces: RunReport["pieces"], start: number): RunReport {
    const failed = names.filter((name) => "error" in found.get(name)!).sort();
    const computed = names.filter((name) => (found.get(name) as {isNew?: boolean}).isNew === true).sort();
    const kept = names.filter((name) => (found.get(name) as {isNew?: boolean}).isNew === false).sort();
    const sharing = new Map<string, string[]>();
    for (const name of failed) {
      const {error} = found.get(name) as {error: string};
      sharing.set(error, [...(sharing.get(error) ?? []), name]);
    }
    for (const [error, tables] of sharing) log(`${tables.length > 3 ? `${tables.length} tables` : `table ${tables.join(", ")}`} failed: ${error}`);
    const tables = Object.fromEntries(
      names.map((name): readonly [string, RunTable] => {
        const table = found.get(name)!;
        return [name, "error" in table ? table : {object: table.entry.object, content: table.content, csv: table.csv}];
      })
    );
    const entries = [...found.values()].flatMap((table) => ("error" in table ? [] : table.entries.map((entry) => entryName(entry)))).sort();
    const papers = new Set(names.flatMap((name) => (described[name] as {paper?: string | null}).paper ?? []));
    const taken = Object.fromEntries([...papers].sort().map((paper) => [paper, parameters[paper]!]));
    const record: RunRecord = {version: 1, name: null, preset: current.preset, parameters: taken, tables, entries};
    report({kind: "done", computed: computed.length, unchanged: kept.length, failed: failed.length, seconds: (now() - start) / 1000});
    return {manifest: {store: store.folder, run: record, kept: []}, computed, kept, failed, pieces};
  }

  return {
    store,
    describe,
    run,
    async plan(words, current = project) {
      const description = await describe(current);
      const names = withInputs(selectTables(description, words), description);
      return planRun(description, names, {store, source: descriptions.source, preset: current.preset, latest: store.run(`latest-${current.preset}`) as RunRecord | undefined, workers: width, rangeSize});
    },
    async rerun(sample) {
      const leave = store.enter();
      try {
        return await rerunSample(project, await describe(), {store, workers, ...sample});
      } finally {
        leave();
      }
    },
    interrupt() {
      interrupted = true;
      workers.stop();
    },
    close: workers.stop
  };
}

/** Derived tables first, since others wait for them, then what takes longest. */
function urgencyOf({table, cell, range}: Piece, times: WorkTimes): number {
  return table.kind === "derived" ? Infinity : (times.seconds(table.name, cell.name, range?.count ?? null) ?? 1);
}

function total(pieces: readonly Piece[], times: WorkTimes): number | null {
  const seconds = pieces.map(({table, cell, range}) => times.seconds(table.name, cell.name, range?.count ?? null));
  return seconds.includes(null) ? null : seconds.reduce<number>((sum, value) => sum + value!, 0);
}

const briefly = ({name, inputs, paper, section, seed}: TableDescription) => ({name, inputs, paper, section, seed});
