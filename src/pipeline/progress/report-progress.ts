import {availableParallelism} from "node:os";
import {clearScreenDown, moveCursor} from "node:readline";
import type {RunEvent} from "../run/run-event.ts";
import {followProgress} from "./progress-state.ts";
import {runningText, settledText, wholeText} from "./progress-text.ts";

/** Where progress is shown: standard error, as a terminal or as lines. */
export interface ProgressPlace {
  readonly isTerminal: boolean;
  readonly columns: () => number;
  readonly write: (text: string) => void;
  /** Goes up that many lines, to the first column, and clears all below. */
  readonly clear: (lines: number) => void;
}

export interface ProgressEffects {
  readonly place: ProgressPlace;
  /** Monotonic time in ms. */
  readonly now: () => number;
  readonly workers: number;
  /** Does something again and again, until what it returns is called. */
  readonly repeat: (action: () => void, milliseconds: number) => () => void;
}

const standardError: ProgressPlace = {
  isTerminal: process.stderr.isTTY === true,
  columns: () => process.stderr.columns || 80,
  write: (text) => void process.stderr.write(text),
  clear(lines) {
    moveCursor(process.stderr, -9999, -lines);
    clearScreenDown(process.stderr);
  }
};

function repeatedly(action: () => void, milliseconds: number): () => void {
  const timer = setInterval(action, milliseconds).unref();
  return () => clearInterval(timer);
}

const pauses = {terminal: 100, stillTerminal: 1000, lines: 2000};
const mostRows = 8;

/** Shows a run while it goes on. */
export interface ProgressReport {
  readonly report: (event: RunEvent) => void;
  /** Writes a line that stays, above what is redrawn. */
  readonly log: (line: string) => void;
  /** Takes away what is redrawn. */
  readonly close: () => void;
}

/** A line of characters of one column each, cut to a width. */
function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}

/**
 * Reports the progress of runs. In a terminal the tables at work are redrawn
 * in place at every event and each second, with cells done, share and time left,
 * above a line on the whole run; elsewhere a table writes a line at most every 2 s and one at its end.
 * Tables that need nothing say nothing.
 */
export function reportProgress({place = standardError, now = () => performance.now(), workers = availableParallelism(), repeat = repeatedly}: Partial<ProgressEffects> = {}): ProgressReport {
  const state = followProgress(now);
  const backEnds = new Map<string, Set<string>>();
  const written = new Map<string, number>();
  let drawn = 0;
  let drawnAt = -Infinity;
  let stopRedrawing: (() => void) | undefined;

  const clear = (): void => {
    if (drawn > 0) place.clear(drawn);
    drawn = 0;
  };
  const draw = (): void => {
    if (stopRedrawing === undefined) return;
    drawnAt = now();
    const running = state.running();
    const names = Math.max(0, ...running.map(({table}) => table.length));
    const rows = running.slice(0, mostRows).map((table) => `  ${table.table.padEnd(names)}  ${runningText(table, workers)}`);
    const more = running.length > mostRows ? [`  and ${running.length - mostRows} more`] : [];
    clear();
    const lines = [...rows, ...more, wholeText(state, workers)].map((line) => cut(line, place.columns() - 1));
    place.write(lines.map((line) => `${line}\n`).join(""));
    drawn = lines.length;
  };
  const log = (line: string): void => {
    clear();
    place.write(`${line}\n`);
    draw();
  };
  const open = (): void => {
    if (place.isTerminal) stopRedrawing ??= repeat(draw, pauses.stillTerminal);
  };
  const closing = (): void => {
    clear();
    stopRedrawing?.();
    stopRedrawing = undefined;
  };

  return {
    report(event) {
      state.apply(event);
      if (event.kind === "begun") open();
      if (event.kind === "begun" || event.kind === "planned") return;
      if (event.kind === "done") return closing();
      const table = state.tableState(event.table);
      if (event.kind === "ended" && event.backEnds !== "") backEnds.set(event.table, (backEnds.get(event.table) ?? new Set()).add(event.backEnds));
      if (event.kind === "settled") {
        if (event.outcome !== "unchanged" && table !== undefined) log(`  ${event.table}: ${settledText(table, event.outcome, [...(backEnds.get(event.table) ?? [])].sort().join("; "))}`);
        return;
      }
      if (place.isTerminal) {
        if (now() - drawnAt >= pauses.terminal) draw();
        return;
      }
      const last = written.get(event.table) ?? (table === undefined ? now() : now() - table.elapsed * 1000);
      if (!written.has(event.table)) written.set(event.table, last);
      if (event.kind === "waiting" || (event.kind !== "started" && now() - last >= pauses.lines && table !== undefined && table.done < table.missing)) {
        written.set(event.table, now());
        place.write(`  ${event.table}: ${runningText(table!, workers)}\n`);
      }
    },
    log,
    close: closing
  };
}
