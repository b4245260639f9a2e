import {createEngine} from "../../engine/index.ts";
import type {RanReport} from "../../engine/index.ts";
import {backEnds} from "../back-ends.ts";
import {codeFingerprint, describeProject, errorText, importDefinition} from "../describe/index.ts";
import {assembleTable} from "../run/assemble-table.ts";
import {computeCell} from "../run/compute-cell.ts";
import {firstDifference, openStore} from "../store/index.ts";
import {startHeartbeat} from "./heartbeat.ts";
import type {Reply, Request} from "./messages.ts";

const ran: RanReport[] = [];
const ensembles = createEngine({report: (report) => void ran.push(report)});

const send = (reply: Reply): void => void process.send!(reply);
const warn = (message: string): void => console.error(message);

type Of<K extends Request["kind"]> = Extract<Request, {kind: K}>;

/** The fingerprint of the code that each table was loaded from. */
const loadedFrom = new Map<string, string>();

/** Imports a table's loader, if the code is still the one that was described. */
async function definitionOf({project, code, work}: Of<"cell">) {
  const {name} = work.table;
  const definition = await importDefinition(project, name);
  if (!loadedFrom.has(name)) loadedFrom.set(name, codeFingerprint(project));
  if (loadedFrom.get(name) !== code) throw new RangeError(`table ${name}: its code changed during the run; run again`);
  return definition;
}

async function cell(request: Of<"cell">): Promise<Reply> {
  const {project, work, address: {table, key, range}, note, purpose} = request;
  const store = openStore(project.storeFolder, warn);
  ran.length = 0;
  const definition = await definitionOf(request);
  let start = performance.now();
  const bytes = await computeCell(definition, work, {
    root: project.root,
    ensembles,
    object: store.object,
    progress: (done, total) => send({kind: "progress", done, total}),
    begins() {
      start = performance.now();
      send({kind: "begins"});
    }
  });
  const seconds = Math.round(performance.now() - start) / 1000;
  if (purpose === "compare") {
    const kept = store.read(table, key, range);
    if (kept === undefined) throw new RangeError(`table ${table}, cell ${JSON.stringify(work.cell.name)}: what is kept of it is gone or damaged`);
    return {kind: "compared", difference: Buffer.compare(kept.bytes, bytes) === 0 ? null : firstDifference(kept.bytes, bytes).text, seconds};
  }
  return {kind: "computed", entry: store.write(table, key, range, bytes, {seconds, note}), backEnds: backEnds(ran)};
}

async function assemble({project, table, cells, metadata, key}: Of<"assemble">): Promise<Reply> {
  const store = openStore(project.storeFolder, warn);
  const start = performance.now();
  const streams = cells.map((digest) => {
    const bytes = store.object(digest);
    if (bytes === undefined) throw new RangeError(`table ${table.name}: an object of its cells, ${digest.slice(0, 12)}, is gone or damaged; run again`);
    return bytes;
  });
  const {content, arrow, csv} = assembleTable(table, streams, metadata);
  const csvObject = store.put(csv);
  const seconds = Math.round(performance.now() - start) / 1000;
  return {kind: "assembled", entry: store.write(table.name, key, null, arrow, {seconds, note: {content, csv: csvObject}}), content, csv: csvObject};
}

async function answer(request: Request): Promise<void> {
  try {
    switch (request.kind) {
      case "describe":
        return send({kind: "described", description: await describeProject(request.project)});
      case "cell":
        return send(await cell(request));
      case "assemble":
        return send(await assemble(request));
    }
  } catch (error) {
    send({kind: "failed", error: errorText(error)});
  }
}

startHeartbeat();
process.on("SIGINT", () => {}).on("SIGTERM", () => {});
process.on("message", (request: Request) => void answer(request));
process.on("disconnect", () => process.exit());
