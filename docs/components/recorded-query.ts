import type {KeptRun} from "./kept-runs.js";
import type {Rows} from "./plain-rows.js";

/** A query that can be asked again of the tables of another run. */
export type RecordedQuery = {
  /** The SQL, with `?` for each value. */
  readonly text: string;
  /** The same query on the tables of a kept run, and on the shown run's where they do not differ. */
  readonly on: (run: KeptRun) => Promise<Rows>;
};

const queries = new WeakMap<object, RecordedQuery>();

/** Remembers which query rows come from, on their way and arrived. */
export function recordQuery<R extends object>(rows: Promise<R>, query: RecordedQuery): Promise<R> {
  queries.set(rows, query);
  rows.then((arrived) => queries.set(arrived, query), () => {});
  return rows;
}

/** The query that rows come from, or undefined for rows that a page made otherwise. */
export function queryOf(rows: unknown): RecordedQuery | undefined {
  return typeof rows === "object" && rows !== null ? queries.get(rows) : undefined;
}
