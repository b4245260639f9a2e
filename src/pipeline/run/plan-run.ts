import type {ReplicaRange} from "../../papers/experiment.ts";
import type {InputContents, ProjectDescription, TableDescription} from "../describe/index.ts";
import {runParameterChanges} from "../runs/index.ts";
import type {RunParameterChange, RunRecord} from "../runs/index.ts";
import type {Store} from "../store/index.ts";
import type {Descriptions} from "./descriptions.ts";
import {earlierPieces, explainPiece} from "./explain-piece.ts";
import type {Reason} from "./explain-piece.ts";
import {assembledKey, piecesOf} from "./table-lookup.ts";
import type {Piece, RangeSize} from "./table-lookup.ts";
import {usualRangeSize, workTimes} from "./work-times.ts";

/** A piece that would be computed. */
export interface PlannedPiece {
  readonly cell: string;
  readonly range: ReplicaRange | null;
  readonly reasons: readonly Reason[];
  /** Seconds expected from earlier runs, null where nothing is known. */
  readonly seconds: number | null;
}

/** What a run would do with a table. */
export interface PlannedTable {
  readonly table: string;
  readonly kind: "experiment" | "derived";
  /** `paper.section`, null for tables without parameters. */
  readonly experiment: string | null;
  /** `unchanged`; `computed`; `perhaps`: only if the rows of an input change; or why it cannot be. */
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
  const contents = new Map<string, string>();
  const tables: PlannedTable[] = [];
  for (const name of names) {
    const table = description.tables[name]!;
    tables.push("error" in table ? {table: name, kind: "derived", experiment: table.paper === null ? null : `${table.paper}.${table.section}`, status: {error: table.error}, waitsFor: [], pieces: [], known: 0} : planTable(table));
  }

  function planTable(table: TableDescription): PlannedTable {
    const {name, kind, paper, section} = table;
    const common = {table: name, kind, experiment: paper === null ? null : `${paper}.${section}`};
    const waitsFor = table.inputs.filter((input) => !contents.has(input));
    const planned = (piece: Piece, reasons: readonly Reason[]): PlannedPiece => ({cell: piece.cell.name, range: piece.range, reasons, seconds: times.seconds(name, piece.cell.name, piece.range?.count ?? null)});
    if (waitsFor.length > 0) {
      const pieces = table.cells.map((cell): PlannedPiece => ({cell: cell.name, range: null, reasons: waitsFor.map((input) => ({kind: "input", text: `the rows of ${input}, if they change`})), seconds: times.seconds(name, cell.name, cell.replicas)}));
      return {...common, status: "perhaps", waitsFor, pieces, known: 0};
    }
    const inputs: InputContents = Object.fromEntries(table.inputs.map((input) => [input, contents.get(input)!]));
    const size: RangeSize = rangeSize ?? ((cell, gap) => usualRangeSize(times, name, cell, gap.count));
    const all = piecesOf(table, inputs, store, size);
    const missing = all.filter(({entry}) => entry === null);
    const known = all.length - missing.length;
    if (missing.length > 0) {
      const earlier = earlierPieces(name, earlierRuns);
      return {...common, status: "computed", waitsFor, pieces: missing.map((piece) => planned(piece, explainPiece(piece, inputs, earlier, sourceOf))), known};
    }
    const assembled = store.find(name, assembledKey(table, inputs, all.map(({entry}) => entry!)), null);
    const content = assembled?.note.content;
    if (typeof content === "string") contents.set(name, content);
    return {...common, status: typeof content === "string" ? "unchanged" : "computed", waitsFor, pieces: [], known};
  }

  const certain = tables.filter(({status}) => status === "computed").flatMap(({pieces}) => pieces);
  const perhaps = tables.filter(({status}) => status === "perhaps").flatMap(({pieces}) => pieces);
  const most = sum([...certain, ...perhaps].map(({seconds}) => seconds));
  return {
    preset,
    tables,
    changes: latest === undefined ? null : runParameterChanges(latest.parameters, sorted(description.parameters)),
    pieces: {certain: certain.length, perhaps: perhaps.length, known: tables.reduce((total, {known}) => total + known, 0)},
    seconds: {certain: sum(certain.map(({seconds}) => seconds)), most},
    wall: most === null ? null : wallTime([...certain, ...perhaps], workers)
  };
}

/** The longest piece, or all of them spread over the workers. */
const wallTime = (pieces: readonly PlannedPiece[], workers: number): number => Math.max(0, ...pieces.map(({seconds}) => seconds ?? 0), pieces.reduce((total, {seconds}) => total + (seconds ?? 0), 0) / workers);
