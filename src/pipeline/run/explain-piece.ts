import type {CellBasis, CellDescription, CellIngredients, InputContents, SourceRecord, TableDescription} from "../describe/index.ts";
import {rangeText} from "../describe/index.ts";
import {parameterChanges} from "../runs/index.ts";
import {sortKeys} from "../sort-keys.ts";
import type {Entry, Store} from "../store/index.ts";
import type {Piece} from "./table-lookup.ts";

/** Why a piece is computed: one cause, with what it was and what it is where values are known. */
export interface Reason {
  readonly kind: "new" | "parameter" | "seed" | "module" | "package" | "engine" | "tensor library" | "columns" | "data" | "input" | "replicas" | "lost";
  /** In words: `stepSize: 0.5 → 0.55`, `src/numerics/quadrature.ts`. */
  readonly text: string;
}

type Note = CellIngredients & {readonly cell: string};

const shown = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));
const arrow = (before: unknown, after: unknown): string => `${shown(before)} → ${shown(after)}`;

function isNote(note: Readonly<Record<string, unknown>>): note is Note & Record<string, unknown> {
  return typeof note.cell === "string" && typeof note.basis === "object" && note.basis !== null;
}

function differing(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]).sort();
}

type SourceOf = (digest: string) => SourceRecord | undefined;

/** @param whole what is said where a record is no longer known */
function ofModules(before: SourceRecord | undefined, after: SourceRecord | undefined, whole: string): readonly Reason[] {
  const paths = before === undefined || after === undefined ? [] : differing(before.modules, after.modules);
  if (before === undefined || after === undefined || paths.length === 0) return [{kind: "module", text: whole}];
  return paths.map((path) => ({kind: "module", text: before.modules[path] === undefined ? `${path} (new)` : after.modules[path] === undefined ? `${path} (no longer used)` : path}));
}

const packageReasons = (before: string, after: string): readonly Reason[] => {
  const [one, other] = [before, after].map((text) => JSON.parse(text) as Record<string, string>) as [Record<string, string>, Record<string, string>];
  return differing(one, other).map((name) => ({kind: "package", text: `${name}: ${one[name] ?? "none"} → ${other[name] ?? "none"}`}));
};

/** Of a room whose code an experiment is given: its digest and, after a space, its packages. */
function ofGiven(room: string, does: string, before: string | undefined, after: string | undefined, source: SourceOf): readonly Reason[] {
  const parts = (text = ""): readonly [string, string] => [text.slice(0, 64), text.slice(65) || "{}"];
  const [[first, firstPackages], [second, secondPackages]] = [parts(before), parts(after)];
  const modules = first === second ? [] : ofModules(source(first), source(second), `src/${room}`);
  return [...modules.map(({kind, text}) => ({kind, text: `${text}, ${does}`})), ...packageReasons(firstPackages, secondPackages)];
}

function ofBasis(before: CellBasis, after: CellBasis, source: SourceOf): readonly Reason[] {
  const reasons = differing(before, after).flatMap((name): readonly Reason[] => {
    switch (name) {
      case "seed":
        return [{kind: "seed", text: `seed: ${before.seed ?? "none"} → ${after.seed ?? "none"}`}];
      case "source":
        return ofModules(source(before.source ?? ""), source(after.source ?? ""), "its source");
      case "kernels":
        return ofGiven(name, "which runs its ensembles", before.kernels, after.kernels, source);
      case "random":
        return ofGiven(name, "which draws its random numbers", before.random, after.random, source);
      case "encoding":
        return [{kind: "module", text: `the encoding of tables: ${before.encoding ?? "none"} → ${after.encoding ?? "none"}`}];
      case "packages":
        return packageReasons(before.packages ?? "{}", after.packages ?? "{}");
      case "engine":
        return [{kind: "engine", text: `${before.engine ?? "none"} → ${after.engine ?? "none"}`}];
      case "tensorLibrary":
        return [{kind: "tensor library", text: `${before.tensorLibrary ?? "none"} → ${after.tensorLibrary ?? "none"}`}];
      case "columns":
        return [{kind: "columns", text: "its columns"}];
      default:
        return [{kind: "parameter", text: `${name}: ${arrow(before[name], after[name])}`}];
    }
  });
  return reasons.filter(({text}) => !reasons.some((other) => other.text.startsWith(`${text}, which `)));
}

function difference(before: CellIngredients, after: CellIngredients, source: SourceOf): readonly Reason[] {
  const parameters = parameterChanges(before.reads, after.reads).map(({path, first, second}): Reason => ({kind: "parameter", text: `${path || "parameters"}: ${arrow(first, second)}`}));
  const named = (kind: "data" | "input") => (name: string): Reason => ({kind, text: kind === "data" ? `the data file ${name.replace(/^data:/, "")}` : `the rows of ${name}`});
  return [...parameters, ...ofBasis(before.basis, after.basis, source), ...differing(before.data, after.data).map(named("data")), ...differing(before.inputs, after.inputs).map(named("input"))];
}

/** What earlier runs left of a table, read once. */
export interface EarlierPieces {
  readonly keys: ReadonlySet<string>;
  /** What cells were made of but for rows of inputs, as {@link ownText}. */
  readonly made: () => ReadonlySet<string>;
  readonly ofCell: ReadonlyMap<string, readonly Note[]>;
  /** A note for each different basis, data and inputs. */
  readonly kinds: readonly Note[];
}

/** What a cell is made of but for rows of inputs: equal texts for equal parts. */
const ownText = ({basis, reads, data}: Omit<CellIngredients, "inputs">): string => JSON.stringify(sortKeys([basis, reads, data]));

/** Reads what earlier runs left of a table. */
export function earlierPieces(table: string, store: Pick<Store, "entries">): EarlierPieces {
  const entries = store.entries(table).filter((entry): entry is Entry & {readonly note: Note & Record<string, unknown>} => isNote(entry.note));
  const ofCell = new Map<string, Note[]>();
  const kinds = new Map<string, Note>();
  for (const {note} of entries) {
    const notes = ofCell.get(note.cell);
    if (notes === undefined) ofCell.set(note.cell, [note]);
    else notes.push(note);
    kinds.set(JSON.stringify([note.basis, note.data, note.inputs]), note);
  }
  let made: ReadonlySet<string> | undefined;
  return {keys: new Set(entries.map(({key}) => key)), made: () => (made ??= new Set(entries.map(({note}) => ownText(note)))), ofCell, kinds: [...kinds.values()]};
}

const neverComputed: Reason = {kind: "new", text: "its table was never computed"};

/** @param inputs the rows of inputs that the cell reads, null where they do not count */
function apart({basis}: TableDescription, {name, reads, data, rows}: CellDescription, inputs: InputContents | null, {ofCell, kinds}: EarlierPieces, source: SourceOf): readonly Reason[] {
  const least = (notes: readonly Note[], own: Partial<CellIngredients>): readonly Reason[] | undefined =>
    notes.map((note) => difference({...note, ...own}, {basis, reads, data, inputs: inputs ?? note.inputs}, source)).sort((a, b) => a.length - b.length)[0];
  const nearest = least(ofCell.get(name) ?? [], {});
  if (nearest !== undefined) return nearest;
  return [{kind: "new", text: `no earlier run had the cell ${JSON.stringify(name)}`}, ...least(kinds, {reads, ...(rows !== null && inputs !== null && {inputs})})!];
}

/**
 * Why a cell is computed whatever rows come of the inputs that it waits for;
 * null where these decide, since an earlier run had it with others.
 */
export function explainWaiting(table: TableDescription, cell: CellDescription, earlier: EarlierPieces, source: SourceOf): readonly Reason[] | null {
  if (earlier.keys.size === 0) return [neverComputed];
  return earlier.made().has(ownText({basis: table.basis, reads: cell.reads, data: cell.data})) ? null : apart(table, cell, null, earlier, source);
}

/**
 * Why a piece is not in the store: what sets it apart from the piece of an
 * earlier run that is nearest to it, one of the same cell if there is one.
 * @param earlier what earlier runs left of its table
 * @param source the source record of a digest, where it is still known
 */
export function explainPiece({table, cell, key, range, inputs}: Piece, earlier: EarlierPieces, source: SourceOf): readonly Reason[] {
  if (earlier.keys.size === 0) return [neverComputed];
  if (earlier.keys.has(key)) return [range === null ? {kind: "lost", text: "what was kept of it is damaged or gone"} : {kind: "replicas", text: `replicas ${rangeText(range)} are new`}];
  return apart(table, cell, inputs.contents, earlier, source);
}
