import type {ProjectDescription, TableDescription} from "../describe/index.ts";
import type {Project} from "../project.ts";
import {createStream} from "../../random/index.ts";
import type {Store} from "../store/index.ts";
import type {Workers} from "../workers/index.ts";
import {chooseInputRows} from "./choose-input-rows.ts";
import type {PieceName} from "./run-event.ts";
import {assembledKey, piecesOf} from "./table-lookup.ts";
import type {Piece} from "./table-lookup.ts";

/** A cell that was run again, and where its rows part from those that are kept. */
export interface RerunCell extends PieceName {
  readonly seconds: number;
  /** The first row and column that differ, with both values; null where every byte is the same. */
  readonly difference: string | null;
}

interface RerunTools {
  readonly store: Store;
  readonly workers: Workers;
}

/** Every kept piece of the project's experiments as it now is. */
async function keptPieces(project: Project, description: ProjectDescription, {store, workers}: RerunTools): Promise<readonly Piece[]> {
  const {tables} = description;
  const known = new Map<string, {readonly content: string; readonly object: string}>();
  const found: Piece[] = [];
  const visit = async (name: string): Promise<void> => {
    const table = tables[name];
    if (table === undefined || "error" in table || known.has(name)) return;
    for (const input of table.inputs) await visit(input);
    if (!table.inputs.every((input) => known.has(input))) return;
    const of = (part: "content" | "object") => Object.fromEntries(table.inputs.map((input) => [input, known.get(input)![part]]));
    const contents = of("content");
    const inputs = await chooseInputRows(table, {contents, objects: of("object")}, {project, description, store, workers, place: (task) => task()});
    const pieces = piecesOf(table, inputs.of, store, () => Infinity);
    const kept = pieces.filter(({entry}) => entry !== null);
    found.push(...kept);
    if (kept.length < pieces.length) return;
    const assembled = store.find(name, assembledKey(table, contents, kept.map(({entry}) => entry!)), null);
    if (assembled !== undefined && typeof assembled.note.content === "string") known.set(name, {content: assembled.note.content, object: assembled.object});
  };
  for (const name of Object.keys(tables)) await visit(name);
  return found;
}

const briefly = ({name, inputs, paper, section, seed}: TableDescription) => ({name, inputs, paper, section, seed});

/**
 * Runs a random sample of the kept cells again and compares their bytes with
 * what is kept, which stays as it is.
 * @param sample how many cells; @param seed of the choice: the same seed chooses the same cells
 */
export async function rerunSample(project: Project, description: ProjectDescription, {store, workers, sample, seed, report}: RerunTools & {readonly sample: number; readonly seed: number; readonly report: (cell: RerunCell) => void}): Promise<readonly RerunCell[]> {
  const kept = [...(await keptPieces(project, description, {store, workers}))];
  const random = createStream({seed, experiment: "verification", cell: "sample", block: 0}).generator("choice");
  const results: RerunCell[] = [];
  for (let left = Math.min(sample, kept.length); left > 0; left--) {
    const [{table, cell, key, range, inputs}] = kept.splice(Math.floor(random.uniform() * kept.length), 1) as [Piece];
    const reply = await workers.ask({kind: "cell", project, code: description.code, work: {table: briefly(table), cell, range, inputs: inputs.objects}, address: {table: table.name, key, range}, note: {}, purpose: "compare"});
    if (reply.kind !== "compared") throw new Error("its worker compared nothing");
    const result = {table: table.name, cell: cell.name, range, seconds: reply.seconds, difference: reply.difference};
    report(result);
    results.push(result);
  }
  return results;
}
