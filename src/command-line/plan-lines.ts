import {durationText} from "../pipeline/index.ts";
import type {PlannedPiece, PlannedTable, RunPlan} from "../pipeline/index.ts";
import {counted} from "./counted.ts";

/** Cells of one table that are computed for the same reasons. */
interface Group {
  readonly reasons: string;
  readonly pieces: readonly PlannedPiece[];
}

const mostGroups = 4;
const mostReasons = 3;
const longestValue = 60;

const cut = (text: string): string => (text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text);
const valueText = (value: unknown): string => (value === undefined ? "nothing" : cut(JSON.stringify(value)));

const about = (seconds: number): string => (seconds < 0.05 ? "less than 0.1 s" : `about ${durationText(seconds)}`);
const sum = (seconds: readonly (number | null)[]): number => seconds.reduce<number>((total, value) => total + (value ?? 0), 0);

const secondsOf = (pieces: readonly PlannedPiece[]): readonly (number | null)[] => pieces.map(({seconds}) => seconds);

/** Seconds above which it is said that they are a guess. */
const leastGuess = 0.05;

/** What of a time is a guess, as it is said behind the time. */
function guessText(pieces: readonly PlannedPiece[]): string {
  const timed = pieces.filter(({seconds}) => seconds !== null);
  const guessed = timed.filter(({isMeasured}) => !isMeasured);
  if (sum(secondsOf(guessed)) < leastGuess) return "";
  return guessed.length === timed.length ? " (by cells with other parameters)" : ` (${about(sum(secondsOf(guessed)))} of it by cells with other parameters)`;
}

function timeText(pieces: readonly PlannedPiece[]): string {
  const seconds = secondsOf(pieces);
  const unknown = seconds.filter((value) => value === null).length;
  const known = `${about(sum(seconds))}${guessText(pieces)}`;
  if (unknown === 0) return known;
  return unknown === seconds.length ? "time not known yet" : `${known} and what ${counted(unknown, "cell")} never run before ${unknown === 1 ? "takes" : "take"}`;
}

function reasonsText({reasons}: PlannedPiece): string {
  const texts = reasons.map(({kind, text}) => (kind === "replicas" ? "new replicas" : kind === "new" && text.startsWith("no earlier run had the cell") ? "new in the sweep" : kind === "parameter" ? cut(text) : text));
  const shown = [...new Set(texts)];
  return [...shown.slice(0, mostReasons), ...(shown.length > mostReasons ? [`and ${counted(shown.length - mostReasons, "more reason")}`] : [])].join("; ");
}

function grouped(pieces: readonly PlannedPiece[]): readonly Group[] {
  const groups = new Map<string, PlannedPiece[]>();
  for (const piece of pieces) {
    const reasons = reasonsText(piece);
    groups.set(reasons, [...(groups.get(reasons) ?? []), piece]);
  }
  return [...groups].map(([reasons, pieces]) => ({reasons, pieces}));
}

const cellsOf = (pieces: readonly PlannedPiece[]): string => counted(new Set(pieces.map(({cell}) => cell)).size, "cell");

function tableLines({table, pieces, kind}: PlannedTable): readonly string[] {
  if (pieces.length === 0) return [`    ${table}: put together again from cells that are kept`];
  if (kind === "derived") return [`    ${table}: ${reasonsText(pieces[0]!)} · ${timeText(pieces)}`];
  const groups = grouped(pieces);
  const rest = groups.slice(mostGroups).flatMap((group) => group.pieces);
  return [
    ...groups.slice(0, mostGroups).map((group) => `    ${cellsOf(group.pieces)} of ${table}: ${group.reasons} · ${timeText(group.pieces)}`),
    ...(rest.length === 0 ? [] : [`    ${cellsOf(rest)} more of ${table}, for ${counted(groups.length - mostGroups, "other reason")} · ${timeText(rest)}`])
  ];
}

function byExperiment(tables: readonly PlannedTable[]): ReadonlyMap<string, readonly PlannedTable[]> {
  const found = new Map<string, PlannedTable[]>();
  for (const table of tables) {
    const name = table.experiment ?? "tables without parameters";
    found.set(name, [...(found.get(name) ?? []), table]);
  }
  return found;
}

const part = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ["", title, ...lines]);

function changeLines({changes}: RunPlan): readonly string[] {
  if (changes === null) return ["no run of this preset is known yet"];
  if (changes.length === 0) return ["no value changed since the last run"];
  return [`${counted(changes.length, "value")} changed since the last run:`, ...changes.map(({paper, path, ...values}) => `  ${paper}.${path}: ${valueText(values.first)} → ${valueText(values.second)}`)];
}

/**
 * What a run would do, as lines for a terminal: values that changed, what is
 * computed and why, by experiment, what perhaps is, what cannot be, and how long
 * it takes by the times of earlier runs.
 */
export function planLines(plan: RunPlan, workers: number): readonly string[] {
  const {tables, wall} = plan;
  const parted = (isCertain: boolean) => tables.map((table) => ({...table, pieces: table.pieces.filter((piece) => piece.isCertain === isCertain)}));
  const certain = parted(true).filter(({status}) => status === "computed");
  const perhaps = parted(false).filter(({status, pieces}) => status === "perhaps" || pieces.length > 0);
  const failed = tables.flatMap(({table, status}) => (typeof status === "object" ? [{table, error: status.error}] : []));
  const unchanged = tables.filter(({status}) => status === "unchanged").length;
  const work = certain.flatMap((table) => table.pieces);
  const more = perhaps.flatMap((table) => table.pieces);
  const all = [...work, ...more];
  const time = wall === null ? `in all: ${timeText(all)}` : `in all: ${about(sum(secondsOf(all)))} of work, ${about(wall)} on ${counted(workers, "worker")}${guessText(all)}`;
  const kept = tables.reduce((total, {kind, known}) => total + (kind === "experiment" ? known : 0), 0);
  return [
    ...changeLines(plan),
    ...part(
      `to compute:`,
      [...byExperiment(certain)].flatMap(([experiment, of]) => [`  ${experiment}`, ...of.flatMap(tableLines)])
    ),
    ...part(
      "perhaps, if the rows that they read change:",
      [...byExperiment(perhaps)].map(([experiment, of]) => {
        const names = of.map(({table}) => table);
        return `  ${experiment}: ${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""} · ${timeText(of.flatMap((table) => table.pieces))}`;
      })
    ),
    ...part("cannot be computed:", failed.flatMap(({table, error}) => `  ${table}: ${error}`.split("\n"))),
    "",
    `unchanged: ${counted(unchanged, "table")}, ${counted(kept, "cell")} kept`,
    ...(work.length + more.length === 0 ? ["nothing is to be computed"] : [time])
  ];
}
