import {availableParallelism} from "node:os";
import type {Manifest} from "./manifest.ts";
import {progressLines} from "./progress.ts";
import type {TableProgress} from "./progress.ts";
import {checkName} from "./names.ts";
import {listTables} from "./project.ts";
import type {Project} from "./project.ts";
import {openStore} from "./store.ts";
import {tableKey} from "./table-key.ts";
import type {TableDescription} from "./table-key.ts";
import {startWorker} from "./worker-pool.ts";
import type {StartWorker, Worker} from "./worker-pool.ts";

/** What a run needs of the outside. */
export interface RunEffects {
  readonly startWorker: StartWorker;
  readonly workers: number;
  readonly log: (line: string) => void;
  readonly progress: (width: number) => (table: string) => TableProgress;
}

const realEffects: RunEffects = {
  startWorker,
  workers: availableParallelism(),
  log: (line) => console.error(line),
  progress: progressLines
};

/** How a run of the tables ended. */
export interface RunReport {
  readonly manifest: Manifest;
  readonly computed: readonly string[];
  readonly kept: readonly string[];
  readonly failed: readonly string[];
}

interface Fault {
  readonly name: string;
  readonly error: string;
}

const halves = (tables: readonly string[]): readonly (readonly string[])[] => [tables.slice(0, tables.length / 2), tables.slice(tables.length / 2)];

function withInputs(names: readonly string[], described: ReadonlyMap<string, TableDescription | Fault>): readonly string[] {
  const wanted = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) throw new RangeError(`tables: ${[...path, name].join(" → ")} is a circle of inputs`);
    const table = described.get(name);
    if (table === undefined) throw new RangeError(`${path.at(-1) ?? "tables"}: expected a table, found ${JSON.stringify(name)}; the tables are ${[...described.keys()].join(", ")}`);
    if ("inputs" in table) for (const input of table.inputs) visit(input, [...path, name]);
    wanted.add(name);
  };
  for (const name of names) visit(name, []);
  return [...wanted];
}

/**
 * Brings tables up to date and says where each one stands.
 *
 * A table whose key is in the store, verified, is kept; every other one is
 * computed by a worker process, as soon as its inputs are there, on all cores.
 * A table that fails leaves the others alone, but the ones that read it fail
 * with it.
 * @param names the tables wanted, all of them by default; their inputs come along
 */
export async function runTables(project: Project, names?: readonly string[], effects: Partial<RunEffects> = {}): Promise<RunReport> {
  const {startWorker, workers, log, progress} = {...realEffects, ...effects};
  for (const name of names ?? []) checkName(name, "table");
  const store = openStore(project.storeFolder, log);
  const all = listTables(project);
  const idle: Worker[] = [];
  const running = new Set<Worker>();
  const take = (): Worker => {
    const worker = idle.filter((known) => known.alive()).at(-1) ?? startWorker();
    idle.splice(0, idle.length, ...idle.filter((known) => known !== worker && known.alive()));
    running.add(worker);
    return worker;
  };
  const release = (worker: Worker): void => {
    running.delete(worker);
    if (worker.alive()) idle.push(worker);
  };

  try {
    const describe = async (tables: readonly string[]): Promise<readonly (TableDescription | Fault)[]> => {
      const worker = take();
      try {
        const reply = await worker.ask({kind: "describe", project, tables});
        if (reply.kind !== "described") throw new Error("its worker did not describe it");
        return reply.tables;
      } catch (error) {
        const [name, ...others] = tables;
        if (name === undefined || others.length === 0) return tables.map((table) => ({name: table, error: (error as Error).message}));
        return (await Promise.all(halves(tables).map(describe))).flat();
      } finally {
        release(worker);
      }
    };
    const described = new Map((await describe(all)).map((table) => [table.name, table]));
    const order = withInputs(names ?? all, described);
    const line = progress(Math.max(...order.map((name) => name.length)));
    const objects = new Map<string, string>();
    const errors = new Map<string, string>();
    const computed: string[] = [];
    const kept: string[] = [];

    const settle = async (name: string): Promise<void> => {
      const table = described.get(name)!;
      if ("error" in table) return void errors.set(name, table.error);
      const broken = table.inputs.find((input) => errors.has(input));
      if (broken !== undefined) return void errors.set(name, `its input ${broken} failed`);
      const inputs = Object.fromEntries(table.inputs.map((input) => [input, objects.get(input)!]));
      const key = tableKey(table, inputs);
      const known = store.read(name, key);
      if (known !== undefined) {
        kept.push(name);
        return void objects.set(name, known.entry.object);
      }
      const lines = line(name);
      let worker: Worker | undefined;
      try {
        worker = take();
        const reply = await worker.ask({kind: "compute", project, table: name, key, inputs}, (message) => {
          if (message.kind === "progress") lines.report(message.done, message.total);
        });
        if (reply.kind !== "computed") throw new Error(reply.kind === "failed" ? reply.error : "its worker gave no table");
        objects.set(name, reply.entry.object);
        computed.push(name);
        lines.end(reply.backEnds === "" ? "computed" : `computed by ${reply.backEnds}`);
      } catch (error) {
        errors.set(name, `${(error as Error).message}\n    parameters: ${table.provenance.parameters ?? "none"}${table.provenance.seed === undefined ? "" : `, seed ${table.provenance.seed}`}`);
        lines.end("failed");
      } finally {
        if (worker !== undefined) release(worker);
      }
    };

    const waiting = new Set(order);
    const active = new Set<Promise<void>>();
    while (waiting.size > 0 || active.size > 0) {
      for (const name of waiting) {
        if (active.size >= workers) break;
        const table = described.get(name)!;
        if ("inputs" in table && table.inputs.some((input) => !objects.has(input) && !errors.has(input))) continue;
        waiting.delete(name);
        const task: Promise<void> = settle(name).finally(() => active.delete(task));
        active.add(task);
      }
      await Promise.race(active);
    }

    const distinct = new Map<string, string[]>();
    for (const name of order.filter((name) => errors.has(name))) distinct.set(errors.get(name)!, [...(distinct.get(errors.get(name)!) ?? []), name]);
    for (const [error, tables] of distinct) log(`${tables.length > 3 ? `${tables.length} tables` : `table ${tables.join(", ")}`} failed: ${error}`);
    const tables = Object.fromEntries(order.map((name) => [name, errors.has(name) ? {error: errors.get(name)!} : {object: objects.get(name)!}]));
    return {manifest: {preset: project.preset, store: project.storeFolder, tables}, computed: computed.sort(), kept: kept.sort(), failed: [...errors.keys()].sort()};
  } finally {
    for (const worker of [...idle, ...running]) worker.stop();
  }
}
