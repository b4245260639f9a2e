import {readFileSync} from "node:fs";
import {join} from "node:path";
import {encodeTable} from "../../src/pipeline/index.ts";
import type {Column, Columns, Row} from "../../src/pipeline/index.ts";
import {readPageSource} from "../../src/site/index.ts";
import type {Database} from "../../src/site/index.ts";

/** A page with its SQL. */
export interface PageSql {
  readonly name: string;
  /** The tables of the page's own statements, by the name that they have there. */
  readonly tables: Readonly<Record<string, string>>;
  /** Statements of fences and scripts, on the tables that the page names. */
  readonly statements: readonly string[];
  /** Statements in prose, on all tables, with underscores in their names. */
  readonly values: readonly string[];
}

/** A statement that DuckDB refused. */
export interface Refusal {
  readonly page: string;
  readonly sql: string;
  readonly reason: string;
}

const scripts = /^```(?:js|jsx|ts|tsx)\b[^\n]*\n([\s\S]*?)^```/gm;
const fences = /^```sql\b[^\n]*\n([\s\S]*?)^```/gm;
const templates = /\bsql`([^`]*)`/g;
const values = /\{\{([\s\S]+?)\}\}/g;
const all = (text: string, pattern: RegExp): readonly string[] => Array.from(text.matchAll(pattern), (match) => match[1]!.trim());

/** Reads the SQL of a page's source. */
export function readPageSql(name: string, source: string): PageSql {
  const body = source.replace(/^---\n[\s\S]*?\n---\n/, "");
  const {tables} = readPageSource(source);
  const prose = body.replace(/^```[\s\S]*?^```/gm, "");
  return {name, tables, statements: [...all(body, fences), ...all(body, scripts).flatMap((script) => all(script, templates))], values: all(prose, values)};
}

/** Reads the SQL of the page `name` of the report. */
export function readPage(name: string): PageSql {
  return readPageSql(name, readFileSync(join(import.meta.dirname, "..", "..", "docs", name), "utf8"));
}

const literals: Readonly<Record<Column["type"], string>> = {real: "1.5::DOUBLE", integer: "1::INTEGER", text: "'word'", flag: "true"};
const samples: Readonly<Record<Column["type"], Row[string]>> = {real: 1.5, integer: 1, text: "word", flag: true};

/** A statement whose `${…}` became literals: of the type of the column that the expression is named for, else NULL. */
function withLiterals(sql: string, columns: Columns): string {
  return sql.replace(/\$\{([^}]*)\}/g, (_match, expression: string) => {
    const column = columns[/(\w+)\W*$/.exec(expression)?.[1] ?? ""];
    return column === undefined ? "NULL" : literals[column.type];
  });
}

function refusals(database: Database, statements: readonly string[], tables: Readonly<Record<string, Columns>>): readonly Omit<Refusal, "page">[] {
  const columnsOfAll = Object.assign({}, ...Object.values(tables)) as Columns;
  const named = Object.entries(tables).filter(([table]) => statements.some((sql) => sql.includes(table)));
  try {
    for (const [table, columns] of named) {
      const row = Object.fromEntries(Object.entries(columns).map(([name, {type}]) => [name, samples[type]]));
      database.insertArrowStream(table, encodeTable(table, columns, [row], {}));
    }
    return statements.flatMap((sql) => {
      try {
        database.query(withLiterals(sql, columnsOfAll));
        return [];
      } catch (error) {
        return [{sql, reason: (error as Error).message}];
      }
    });
  } finally {
    for (const [table] of named) database.query(`DROP TABLE IF EXISTS "${table}"`);
  }
}

/**
 * Runs the SQL of a page in an empty DuckDB on tables of one row each that have the columns of `schemas`, leaves the
 * database empty again, and gives what was refused.
 */
export function checkPageSql(database: Database, {name, tables, statements, values}: PageSql, schemas: Readonly<Record<string, Columns>>): readonly Refusal[] {
  const missing = Object.values(tables).filter((table) => !Object.hasOwn(schemas, table));
  if (missing.length > 0) throw new Error(`page ${name}: no loader makes ${missing.join(", ")}`);
  const own = Object.fromEntries(Object.entries(tables).map(([alias, table]) => [alias, schemas[table]!]));
  const every = Object.fromEntries(Object.entries(schemas).map(([table, columns]) => [table.replaceAll("-", "_"), columns]));
  return [...refusals(database, statements, own), ...refusals(database, values, every)].map((refusal) => ({page: name, ...refusal}));
}
