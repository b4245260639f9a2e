declare module "npm:vega-embed" {
  export * from "vega-embed";
  export {default} from "vega-embed";
}
declare module "npm:@observablehq/duckdb" {
  import type {AsyncDuckDB} from "@duckdb/duckdb-wasm";
  /** Rows in Arrow's columns. */
  export type QueryResult = {readonly toArray: () => readonly Readonly<Record<string, unknown>>[]};
  export type DuckDBClient = {readonly _db: AsyncDuckDB};
  export function getDefaultClient(): Promise<DuckDBClient>;
  export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): Promise<QueryResult>;
}
