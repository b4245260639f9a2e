import {createEngine} from "../../engine/index.ts";
import type {RanReport} from "../../engine/index.ts";
import {decodeTable} from "../arrow-table.ts";
import {backEnds} from "../back-ends.ts";
import {chooseRows} from "../choose-rows.ts";
import {encodeCsv} from "../csv.ts";
import {codeFingerprint, describeProject, errorText, importDefinition} from "../describe/index.ts";
import type {TableDefinition} from "../table-definition.ts";
import {assembleTable} from "../run/assemble-table.ts";
import {computeCell} from "../run/compute-cell.ts";
import {firstDifference, lossText, openStore} from "../store/index.ts";
import type {Store} from "../store/index.ts";
import type {Message, Reply, Request} from "./messages.ts";

/** The error of an object that could not be read, which says what became of it. */
const lost = (store: Store, what: string, digest: string): RangeError => new RangeError(`${what} ${digest.slice(0, 12)} ${lossText(digest, store.quarantined())}; run again`);

type Of<K extends Request["kind"]> = Extract<Request, {kind: K}>;

/**
 * What a worker does with requests, one at a time: it sends any number of
 * messages and then its reply, which says what failed if anything did.
 */
export function answerRequests(send: (said: Message | Reply) => void): (request: Request) => Promise<void> {
  const ran: RanReport[] = [];
  const ensembles = createEngine({report: (report) => void ran.push(report)});
  /** The fingerprint of the code that each loader was imported from. */
  const loadedFrom = new Map<string, string>();
  const open = ({storeFolder}: {readonly storeFolder: string}): Store => openStore(storeFolder, (line) => send({kind: "warned", line}));

  /** Imports a table's loader, if the code is still the one that was described. */
  async function definitionOf({project, code, work}: Of<"cell">): Promise<TableDefinition> {
    const {name} = work.table;
    const definition = await importDefinition(project, name);
    const loader = `${project.loadersFolder}/${name}`;
    if (!loadedFrom.has(loader)) loadedFrom.set(loader, codeFingerprint(project));
    if (loadedFrom.get(loader) !== code) throw new RangeError(`table ${name}: its code changed during the run; run again`);
    return definition;
  }

  async function cell(request: Of<"cell">): Promise<Reply> {
    const {project, work, address: {table, key, range}, note, purpose} = request;
    const store = open(project);
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
    const store = open(project);
    const start = performance.now();
    const streams = cells.map((digest) => {
      const bytes = store.object(digest);
      if (bytes === undefined) throw lost(store, `table ${table.name}: an object of its cells,`, digest);
      return bytes;
    });
    const {content, arrow} = assembleTable(table, streams, metadata);
    const seconds = Math.round(performance.now() - start) / 1000;
    return {kind: "assembled", entry: store.write(table.name, key, null, arrow, {seconds, note: {content}}), content};
  }

  function rows({project, table, object, rows}: Of<"rows">): Reply {
    const store = open(project);
    const start = performance.now();
    const stream = store.object(object);
    if (stream === undefined) throw lost(store, `table ${table.name}: its object`, object);
    const chosen = chooseRows(table, stream, rows.map(({conditions}) => conditions));
    const seconds = Math.round(performance.now() - start) / 1000;
    return {kind: "rows", entries: rows.map(({key, conditions}, i) => store.write(table.name, key, null, chosen[i]!, {seconds, note: {rows: conditions}}))};
  }

  function csv({project, table, object, key}: Of<"csv">): Reply {
    const store = open(project);
    const start = performance.now();
    const stream = store.object(object);
    if (stream === undefined) throw lost(store, `table ${table}: its object`, object);
    const bytes = Buffer.from(encodeCsv(decodeTable(stream, `table ${table}`).rows));
    const seconds = Math.round(performance.now() - start) / 1000;
    return {kind: "csv", entry: store.write(table, key, null, bytes, {seconds, note: {}})};
  }

  const reply = async (request: Request): Promise<Reply> => {
    switch (request.kind) {
      case "describe":
        return {kind: "described", description: await describeProject(request.project, request.broken, (table) => send({kind: "describing", table}))};
      case "cell":
        return cell(request);
      case "assemble":
        return assemble(request);
      case "rows":
        return rows(request);
      case "csv":
        return csv(request);
    }
  };

  return async (request) => {
    let answer: Reply;
    try {
      answer = await reply(request);
    } catch (error) {
      answer = {kind: "failed", error: errorText(error)};
    }
    send(answer);
  };
}
