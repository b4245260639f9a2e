import {createEngine} from "../engine/index.ts";
import type {RanReport} from "../engine/index.ts";
import {backEnds} from "./back-ends.ts";
import {computeTable} from "./compute-table.ts";
import {loadTable} from "./describe-table.ts";
import type {Project} from "./project.ts";
import {openStore} from "./store.ts";
import type {Entry} from "./store.ts";
import {tableKey} from "./table-key.ts";
import type {TableDescription} from "./table-key.ts";

/** What the scheduler asks of a worker. */
export type Request =
  | {readonly kind: "describe"; readonly project: Project; readonly tables: readonly string[]}
  | {readonly kind: "compute"; readonly project: Project; readonly table: string; readonly key: string; readonly inputs: Readonly<Record<string, string>>};

/** What a worker answers. */
export type Reply =
  | {readonly kind: "described"; readonly tables: readonly (TableDescription | {readonly name: string; readonly error: string})[]}
  | {readonly kind: "progress"; readonly done: number; readonly total: number}
  | {readonly kind: "computed"; readonly entry: Entry; readonly backEnds: string}
  | {readonly kind: "failed"; readonly error: string};

const ran: RanReport[] = [];
const ensembles = createEngine({report: (report) => void ran.push(report)});

const send = (reply: Reply): void => void process.send!(reply);
const warn = (message: string): void => console.error(message);
const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error instanceof RangeError || ["ParameterError", "DataFileError", "MalformedDataError"].includes(error.name) ? error.message : (error.stack ?? error.message);
};

async function describe({project, tables}: Extract<Request, {kind: "describe"}>): Promise<void> {
  const described = await Promise.all(
    tables.map(async (name) => {
      try {
        const {inputs, provenance} = await loadTable(project, name);
        return {name, inputs, provenance};
      } catch (error) {
        return {name, error: causeOf(error)};
      }
    })
  );
  send({kind: "described", tables: described});
}

async function compute({project, table, key, inputs}: Extract<Request, {kind: "compute"}>): Promise<void> {
  try {
    const store = openStore(project.storeFolder, warn);
    const start = performance.now();
    ran.length = 0;
    const loaded = await loadTable(project, table);
    if (tableKey(loaded, inputs) !== key) throw new RangeError(`table ${table}: its parameters, code or data changed during the run; run again`);
    const bytes = await computeTable(project, loaded, key, inputs, store, {ensembles, progress: (done, total) => send({kind: "progress", done, total})});
    send({kind: "computed", entry: store.write(table, key, bytes, (performance.now() - start) / 1000), backEnds: backEnds(ran)});
  } catch (error) {
    send({kind: "failed", error: causeOf(error)});
  }
}

process.on("message", (request: Request) => void (request.kind === "describe" ? describe(request) : compute(request)));
process.on("disconnect", () => process.exit());
