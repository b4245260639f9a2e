import type {ProjectDescription, TableDescription} from "../describe/index.ts";
import type {Project} from "../project.ts";
import type {Entry} from "../store/index.ts";
import {chooseInputRows} from "./choose-input-rows.ts";
import {computePiece} from "./compute-piece.ts";
import type {RunTools} from "./compute-piece.ts";
import type {InputRows} from "./input-rows.ts";
import {InterruptedError} from "./interrupted-error.ts";
import {assembledKey, csvKey, findTable, piecesOf} from "./table-lookup.ts";
import type {KnownTable, Piece, RangeSize} from "./table-lookup.ts";
import {openWorkQueue} from "./work-queue.ts";
import {usualRangeSize} from "./work-times.ts";
import type {WorkTimes} from "./work-times.ts";

interface UpToDate extends KnownTable {
  readonly isNew: boolean;
  /** The index entries that it is made of. */
  readonly entries: readonly Entry[];
}

/** What a settled table is to those that read it. */
type Settled = UpToDate | {readonly error: string};

/** A settled table with the object of its CSV. */
type Written = (UpToDate & {readonly csv: string}) | {readonly error: string};

/** The tables of a run, each up to date or with its error, and how many pieces of experiments were computed and were there. */
export interface SettledTables {
  readonly found: ReadonlyMap<string, Written>;
  readonly pieces: {readonly computed: number; readonly known: number};
}

const mostAttempts = 4;

/** What takes longest first, by earlier runs; 1 s where nothing is known. */
function urgencyOf({table, cell, range}: Piece, times: WorkTimes): number {
  return times.seconds(table.name, cell, range?.count ?? null) ?? 1;
}

function total(pieces: readonly Piece[], times: WorkTimes): number | null {
  const seconds = pieces.map(({table, cell, range}) => times.seconds(table.name, cell, range?.count ?? null));
  return seconds.includes(null) ? null : seconds.reduce<number>((sum, value) => sum + value!, 0);
}

const messageOf = (error: unknown): string => (error as Error).message;

const mostFaults = 4;

/** The faults of a table's pieces, each once, the first few of many. */
function faultsText(faults: readonly string[]): string {
  const distinct = [...new Set(faults)];
  const more = distinct.length - mostFaults;
  return [...distinct.slice(0, mostFaults), ...(more > 0 ? [`and ${more === 1 ? "1 more cell" : `${more} more cells`}`] : [])].join("\n  ");
}

/**
 * Brings tables up to date, each as soon as its inputs are; `width` cells at a
 * time, and beside them as many tables that are derived or put together, so
 * that a table that a page draws does not wait for the end of a long cell.
 * CSVs are written when all of them are there.
 * @param names in an order in which each follows its inputs
 * @throws InterruptedError once the run was ended from outside and nothing of it goes on
 */
export async function settleTables(project: Project, description: ProjectDescription, names: readonly string[], width: number, rangeSize: RangeSize | undefined, tools: RunTools): Promise<SettledTables> {
  const {store, workers, times, report, checkInterrupted} = tools;
  const queue = openWorkQueue(width);
  const quick = openWorkQueue(width);
  const settled = new Map<string, Promise<Settled>>();
  const pieces = {computed: 0, known: 0};

  const assemble = (table: TableDescription, key: string, entries: readonly Entry[], {contents}: InputRows): Promise<KnownTable> =>
    quick.add(Infinity, async () => {
      checkInterrupted();
      const metadata = Object.fromEntries(Object.entries(contents).map(([input, content]) => [`input:${input}`, content]));
      const {name, columns, provenance} = table;
      const reply = await workers.ask({kind: "assemble", project, table: {name, columns, provenance}, cells: entries.map(({object}) => object), metadata, key});
      if (reply.kind !== "assembled") throw new Error("its worker gave no table");
      return reply;
    });

  const inputsOf = async (table: TableDescription): Promise<InputRows | {readonly error: string}> => {
    const inputs = {objects: {} as Record<string, string>, contents: {} as Record<string, string>};
    for (const input of table.inputs) {
      const found = await settled.get(input)!;
      if ("error" in found) return {error: `its input ${input} failed`};
      inputs.objects[input] = found.entry.object;
      inputs.contents[input] = found.content;
    }
    return inputs;
  };

  const settle = async (name: string): Promise<Settled> => {
    const table = description.tables[name]!;
    if ("error" in table) return {error: table.error};
    const inputs = await inputsOf(table);
    if ("error" in inputs) return {error: inputs.error as string};
    const read = await chooseInputRows(table, inputs, {project, description, store, workers, place: (task) => quick.add(Infinity, task)}).catch((error: Error) => error);
    checkInterrupted();
    if (read instanceof Error) return {error: read.message};
    const size: RangeSize = rangeSize ?? ((cell, gap) => usualRangeSize(times, name, cell, gap.count));
    let isNew = false;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      checkInterrupted();
      const all = piecesOf(table, read.of, store, size);
      const missing = all.filter(({entry}) => entry === null);
      if (attempt === 0 && table.kind === "experiment") {
        pieces.computed += missing.length;
        pieces.known += all.length - missing.length;
      }
      if (attempt === 0) report({kind: "planned", table: name, experiment: table.paper === null ? null : `${table.paper}.${table.section}`, missing: missing.length, known: all.length - missing.length, seconds: total(missing, times)});
      isNew ||= missing.length > 0;
      const results = await Promise.allSettled(all.map(async (piece) => piece.entry ?? computePiece(piece, project, description, tools, (task) => (table.kind === "derived" ? quick : queue).add(urgencyOf(piece, times), task))));
      checkInterrupted();
      const faults = results.flatMap((result) => (result.status === "rejected" ? [messageOf(result.reason)] : []));
      if (faults.length > 0) return {error: faultsText(faults)};
      const entries = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      const key = assembledKey(table, inputs.contents, entries);
      const known = findTable(name, key, store);
      if (known !== undefined) return {...known, isNew, entries: [known.entry, ...read.entries, ...entries]};
      isNew = true;
      const made = await assemble(table, key, entries, inputs).catch((error: Error) => error);
      checkInterrupted();
      if (!(made instanceof Error)) return {...made, isNew, entries: [made.entry, ...read.entries, ...entries]};
      const isDamaged = piecesOf(table, read.of, store, size).some(({entry}) => entry === null);
      if (!isDamaged) return {error: made.message};
    }
    return {error: `its cells were damaged ${mostAttempts} times while it was put together: check the disk`};
  };

  const csvOf = async (name: string, {content, entry}: KnownTable): Promise<Entry> => {
    const key = csvKey(content);
    const known = store.findSound(name, key, null);
    if (known !== undefined) return known;
    return quick.add(0, async () => {
      checkInterrupted();
      const reply = await workers.ask({kind: "csv", project, table: name, object: entry.object, key});
      if (reply.kind !== "csv") throw new Error("its worker gave no CSV");
      return reply.entry;
    });
  };

  const write = async (name: string): Promise<readonly [string, Written]> => {
    const found = await settled.get(name)!;
    if ("error" in found) return [name, found];
    const csv = await csvOf(name, found).catch((error: Error) => error);
    return [name, csv instanceof Error ? {error: csv.message} : {...found, csv: csv.object, entries: [...found.entries, csv]}];
  };

  for (const name of names) {
    const task = settle(name)
      .catch((error: unknown): Settled => {
        if (error instanceof InterruptedError) throw error;
        return {error: messageOf(error)};
      })
      .then((found) => {
        report({kind: "settled", table: name, outcome: "error" in found ? "failed" : found.isNew ? "computed" : "unchanged", object: "error" in found ? null : found.entry.object});
        return found;
      });
    settled.set(name, task);
  }
  await Promise.allSettled(settled.values());
  checkInterrupted();
  const written = await Promise.all(names.map(write));
  checkInterrupted();
  return {found: new Map(written), pieces};
}
