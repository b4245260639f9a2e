import {durationText} from "./duration-text.ts";
import type {ProgressState, TableState} from "./progress-state.ts";

const pieces = (count: number): string => (count === 1 ? "1 cell" : `${count} cells`);

/** What a table at work says of itself: cells done, share, time left. @param workers how many share the work that is left */
export function runningText({done, missing, left, heldBy}: TableState, workers: number): string {
  if (heldBy !== null) return `waits for process ${heldBy}, which computes a cell of it`;
  const share = missing === 0 ? 100 : Math.floor((100 * done) / missing);
  const time = left === null ? "" : `  ${durationText(left / Math.min(workers, Math.max(1, missing - Math.floor(done))))} left`;
  return `${missing === 1 ? "1 cell" : `${Math.floor(done)} / ${missing} cells`}  ${share} %${time}`;
}

/** What is said of a table when it is settled. */
export function settledText({missing, known, elapsed}: TableState, outcome: "computed" | "failed", backEnds: string): string {
  const kept = known === 0 ? "" : `, ${known} kept`;
  const by = backEnds === "" ? "" : ` by ${backEnds}`;
  return outcome === "failed" ? `failed after ${durationText(elapsed)}` : `${missing === 0 ? "put together" : `${pieces(missing)} computed${by}`}${kept}${missing === 0 ? "" : ` in ${durationText(elapsed)}`}`;
}

/** Where the whole run stands, in one line. */
export function wholeText(state: ProgressState, workers: number): string {
  const {settled, tables, done, missing, left} = state.whole();
  return `${settled} / ${tables} tables, ${pieces(done)} done${left === null || left === 0 ? "" : `, about ${durationText(left / Math.min(workers, Math.max(1, missing - done)))} left of what is planned`}`;
}
