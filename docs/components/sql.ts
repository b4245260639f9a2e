import {getDefaultClient, sql as query} from "npm:@observablehq/duckdb";
import type {QueryResult} from "npm:@observablehq/duckdb";
import {queryKeptRun} from "./query-kept-run.js";
import {recordQuery} from "./recorded-query.js";

/**
 * Queries the tables that the page names in its front matter, as Framework's own `sql` does, and remembers the query
 * with its rows, so that a figure of them can ask the same of a kept run.
 */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): Promise<QueryResult> {
  const text = strings.join("?");
  return recordQuery(query(strings, ...values), {text, on: async (run) => queryKeptRun(await getDefaultClient(), run, {text, values})});
}
