import type {ReplicaRange} from "../../papers/experiment.ts";
import {chooseRows} from "../choose-rows.ts";
import type {CellDescription, ProjectDescription, TableDescription} from "../describe/index.ts";
import {runParameterChanges} from "../runs/index.ts";
import type {RunParameterChange, RunRecord} from "../runs/index.ts";
import {sha256} from "../store/index.ts";
import type {Store} from "../store/index.ts";
import type {Descriptions} from "./descriptions.ts";
import {earlierPieces, explainPiece, explainWaiting} from "./explain-piece.ts";
import type {Reason} from "./explain-piece.ts";
import {rowsRead} from "./input-rows.ts";
import type {ChosenRows} from "./input-rows.ts";
import {assembledKey, piecesOf} from "./table-lookup.ts";
import type {RangeSize} from "./table-lookup.ts";
import {usualRangeSize, workTimes} from "./work-times.ts";

/** A piece that would be computed. */
export interface PlannedPiece {
  readonly cell: string;
  readonly range: ReplicaRange | null;
  /** Whether it is computed whatever rows come of the tables that are computed before. */
  readonly isCertain: boolean;
  readonly reasons: readonly Reason[];
  /** Seconds expected from earlier runs, null where nothing is known. */
  readonly seconds: number | null;
  /** Whether they were measured with the parameters that the cell reads; else they are a guess from cells with others. */
  readonly isMeasured: boolean;
}

/** What a run would do with a table. */
export interface PlannedTable {
  readonly table: string;
  readonly kind: "experiment" | "derived";
  /** `paper.section`, null for tables without parameters. */
  readonly experiment: string | null;
  /** `unchanged`; `computed`, some of it for certain; `perhaps`: only if the rows of an input change; or why it cannot be. */
  readonly status: "unchanged" | "computed" | "perhaps" | {readonly error: string};
  /** Inputs that are computed first, whose rows decide; empty but for `perhaps` and where more follows from them. */
  readonly waitsFor: readonly string[];
  readonly pieces: readonly PlannedPiece[];
  /** Pieces that are taken from the store. */
  readonly known: number;
}

/** What a run would do, without running it. */
export interface RunPlan {
  readonly preset: string;
  readonly tables: readonly PlannedTable[];
  /** Values that differ from those of the last run of the preset, by paper; null if there was none. */
  readonly changes: readonly RunParameterChange[] | null;
  /** Pieces that are computed for certain, and those that are if the rows of inputs change. */
  readonly pieces: {readonly certain: number; readonly perhaps: number; readonly known: number};
  /** Seconds of work that are expected, over all workers: for what is certain, and at most; null where some were never measured. */
  readonly seconds: {readonly certain: number | null; readonly most: number | null};
  /** Of the seconds that are known, at most, those that are a guess from cells with other parameters. */
  readonly guessed: number;
  /** Seconds until the run ends with that many workers, for all that may be computed. */
  readonly wall: number | null;
}

const sorted = <T>(byName: Readonly<Record<string, T>>): Readonly<Record<string, T>> => Object.fromEntries(Object.entries(byName).sort(([a], [b]) => (a < b ? -1 : 1)));

const sum = (values: readonly (number | null)[]): number | null => (values.includes(null) ? null : values.reduce<number>((total, value) => total + value!, 0));

/** A function that asks for each argument once. */
function remembered<T>(of: (name: string) => T): (name: string) => T {
  const known = new Map<string, {readonly value: T}>();
  return (name) => {
    const found = known.get(name) ?? {value: of(name)};
    known.set(name, found);
    return found.value;
  };
}

/** Plans the tables of `names`, in the order in which each follows its inputs. */
export function planRun(
  description: ProjectDescription,
  names: readonly string[],
  {store, source, preset, latest, workers, rangeSize}: {readonly store: Store; readonly source: Descriptions["source"]; readonly preset: string; readonly latest: RunRecord | undefined; readonly workers: number; readonly rangeSize?: RangeSize | undefined}
): RunPlan {
  const earlierRuns = {entries: remembered(store.entries)};
  const sourceOf = remembered(source);
  const times = workTimes(earlierRuns);
  const known = new Map<string, {readonly content: string; readonly object: string}>();
  const tables: PlannedTable[] = [];
  for (const name of names) {
    const table = description.tables[name]!;
    tables.push("error" in table ? {table: name, kind: "derived", experiment: table.paper === null ? null : `${table.paper}.${table.section}`, status: {error: table.error}, waitsFor: [], pieces: [], known: 0} : planTable(table));
  }

  /** The digest of chosen rows: the one that is kept, or that of what would be. */
  function digestOf({input, conditions, key}: ChosenRows): string {
    const kept = store.find(input, key, null)?.object;
    if (kept !== undefined) return kept;
    const bytes = store.object(known.get(input)!.object);
    return bytes === undefined ? "" : sha256(chooseRows(description.tables[input] as TableDescription, bytes, [conditions])[0]!);
  }

  function planTable(table: TableDescription): PlannedTable {
    const {name, kind, paper, section} = table;
    const common = {table: name, kind, experiment: paper === null ? null : `${paper}.${section}`};
    const waitsFor = table.inputs.filter((input) => !known.has(input));
    const awaited = ({rows}: CellDescription): readonly string[] => table.inputs.filter((input, i) => waitsFor.includes(input) && rows?.[i] !== null);
    const timeOf = (cell: CellDescription, replicas: number | null) => ({seconds: times.seconds(name, cell, replicas), isMeasured: times.isMeasured(name, cell)});
    const size: RangeSize = rangeSize ?? ((cell, gap) => usualRangeSize(times, name, cell, gap.count));
    const of = (part: "content" | "object") => Object.fromEntries(table.inputs.flatMap((input) => (known.has(input) ? [[input, known.get(input)![part]]] : [])));
    const inputs = {contents: of("content"), objects: of("object")};
    const all = piecesOf({...table, cells: table.cells.filter((cell) => awaited(cell).length === 0)}, (cell) => rowsRead(cell, table.inputs, inputs, digestOf), store, size);
    const missing = all.filter(({entry}) => entry === null);
    const waiting = table.cells.filter((cell) => awaited(cell).length > 0);
    const earlier = missing.length + waiting.length > 0 ? earlierPieces(name, earlierRuns) : null;
    const pieces = [
      ...missing.map((piece): PlannedPiece => ({cell: piece.cell.name, range: piece.range, isCertain: true, reasons: explainPiece(piece, earlier!, sourceOf), ...timeOf(piece.cell, piece.range?.count ?? null)})),
      ...waiting.map((cell): PlannedPiece => {
        const certain = explainWaiting(table, cell, earlier!, sourceOf);
        const reasons = certain ?? awaited(cell).map((input): Reason => ({kind: "input", text: `the rows of ${input}${cell.rows === null ? "" : " that it reads"}, if they change`}));
        return {cell: cell.name, range: null, isCertain: certain !== null, reasons, ...timeOf(cell, cell.replicas)};
      })
    ];
    const kept = all.length - missing.length;
    if (pieces.length > 0 || waitsFor.length > 0) return {...common, status: pieces.some(({isCertain}) => isCertain) ? "computed" : "perhaps", waitsFor, pieces, known: kept};
    const assembled = store.find(name, assembledKey(table, inputs.contents, all.map(({entry}) => entry!)), null);
    const content = assembled?.note.content;
    if (assembled !== undefined && typeof content === "string") known.set(name, {content, object: assembled.object});
    return {...common, status: typeof content === "string" ? "unchanged" : "computed", waitsFor, pieces: [], known: kept};
  }

  const pieces = tables.flatMap((table) => table.pieces);
  const [certain, perhaps] = [pieces.filter(({isCertain}) => isCertain), pieces.filter(({isCertain}) => !isCertain)];
  const most = sum([...certain, ...perhaps].map(({seconds}) => seconds));
  return {
    preset,
    tables,
    changes: latest === undefined ? null : runParameterChanges(latest.parameters, sorted(description.parameters)),
    pieces: {certain: certain.length, perhaps: perhaps.length, known: tables.reduce((total, {known}) => total + known, 0)},
    seconds: {certain: sum(certain.map(({seconds}) => seconds)), most},
    guessed: pieces.reduce((total, {seconds, isMeasured}) => (isMeasured ? total : total + (seconds ?? 0)), 0),
    wall: most === null ? null : wallTime([...certain, ...perhaps], workers)
  };
}

/** The longest piece, or all of them spread over the workers. */
const wallTime = (pieces: readonly PlannedPiece[], workers: number): number => Math.max(0, ...pieces.map(({seconds}) => seconds ?? 0), pieces.reduce((total, {seconds}) => total + (seconds ?? 0), 0) / workers);
