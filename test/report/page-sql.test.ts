import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {after, test} from "node:test";
import {pathToFileURL} from "node:url";
import {listTables, openProject} from "../../src/pipeline/index.ts";
import type {Columns, TableDefinition} from "../../src/pipeline/index.ts";
import {openDatabase} from "../../src/site/index.ts";
import {checkPageSql, readPage, readPageSql} from "./page-sql.ts";

const root = join(import.meta.dirname, "..", "..");
const project = openProject(root);
const database = await openDatabase();
const pages = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).map(readPage);
const definitions = await Promise.all(
  listTables(project).map(async (table) => {
    const loader = pathToFileURL(join(project.loadersFolder, `${table}.arrow.ts`)).href;
    return [table, ((await import(loader)) as {default: TableDefinition}).default] as const;
  })
);
const schemas: Readonly<Record<string, Columns>> = Object.fromEntries(definitions.map(([table, {columns}]) => [table, columns]));

after(() => database.close());

function withoutColumn(table: string, column: string): Readonly<Record<string, Columns>> {
  const {[column]: removed, ...kept} = schemas[table]!;
  assert.ok(removed, `${table} declares ${column}`);
  return {...schemas, [table]: kept};
}

/** The pages whose SQL names a table. */
const pagesOn = (table: string) => pages.filter(({tables, values}) => Object.values(tables).includes(table) || values.some((sql) => sql.includes(table.replaceAll("-", "_"))));

test("the SQL of a page is found in its fences, its scripts and its prose", () => {
  const page = readPageSql("page.md", "---\ntitle: A\nsql:\n  a: ./data/table-a.arrow\n  b: ./data/b.arrow\n---\n\nOf {{ SELECT 1 }}.\n\n```sql id=x echo\nSELECT 2\n```\n\n```js\nconst y = sql`SELECT ${y}`;\n```\n\n```sh\nsql`no`\n```\n");
  assert.deepEqual(page, {name: "page.md", tables: {a: "table-a", b: "b"}, statements: ["SELECT 2", "SELECT ${y}"], values: ["SELECT 1"]});
});

for (const page of pages) {
  test(`DuckDB takes all SQL of ${page.name} on the columns that loaders declare`, () => {
    assert.deepEqual(checkPageSql(database, page, schemas), []);
    const source = readFileSync(join(root, "docs", page.name), "utf8");
    const marks = source.match(/^```sql|\bsql`|\{\{\s*(?:SELECT|WITH)/gm) ?? [];
    assert.equal(page.statements.length + page.values.length, marks.length);
  });
}

test("the report's page has SQL of every kind", () => {
  const page = pages.find(({name}) => name === "power-law-escape.md")!;
  assert.ok(page.statements.length >= 20 && page.values.length >= 2);
  assert.ok(page.statements.some((sql) => sql.includes("${")));
});

const columnsOfPages: readonly (readonly [table: string, column: string])[] = [
  ["escape-log-barrier", "halved"],
  ["escape-log-barrier-curves", "law"],
  ["escape-clocks", "exact"],
  ["escape-stationary-exponents", "tailIndex"],
  ["escape-first-passage", "decoupledDiffusion"],
  ["escape-kurtosis", "multiplicativeNoiseError"],
  ["escape-training-images", "rank"],
  ["tails-streaming", "kesten"],
  ["tails-trends", "regressor"],
  ["geometry-directions", "leastLimit"],
  ["averaging-toy-distances", "exactBias"],
  ["averaging-tail-risks", "transient"],
  ["flows-weak-errors", "symmetricPairError"],
  ["joint-two-readings", "coreIndex"],
  ["joint-dynamics", "ratio"],
  ["flows-regression-equation", "predictedRate"],
  ["flows-increments", "exactEquationRatio"],
  ["flows-mean-field-network", "beyondFull"],
  ["verdicts", "outcome"]
];

for (const [table, column] of columnsOfPages) {
  test(`a loader of ${table} that lost ${column} is told of by every statement that reads it`, () => {
    const found = pagesOn(table).flatMap((page) => checkPageSql(database, page, withoutColumn(table, column)));
    assert.ok(found.length > 0);
    for (const {sql, reason} of found) {
      assert.ok(sql.includes(column));
      assert.match(reason, new RegExp(`column.*${column}`, "is"));
    }
  });
}

test("a column of another type is refused where its values are computed with", () => {
  const columns = schemas["escape-first-passage"]!;
  const asText = {...schemas, "escape-first-passage": {...columns, exact: {...columns["exact"]!, type: "text" as const}}};
  const found = pagesOn("escape-first-passage").flatMap((page) => checkPageSql(database, page, asText));
  assert.ok(found.some(({reason}) => /VARCHAR|convert|cast/i.test(reason)));
});

test("every file that a page's figures wait for, and every table that it names, has a loader", () => {
  const source = (name: string) => readFileSync(join(root, "docs", name), "utf8");
  for (const {name, tables} of pages) {
    const attached = Array.from(source(name).matchAll(/FileAttachment\("\.\/data\/([^"]+)\.arrow"\)/g), (match) => match[1]!);
    const waited = Array.from(source(name).matchAll(/files: \[([^\]]*)\]/g), (match) => Array.from(match[1]!.matchAll(/"\.\/data\/([^"]+)\.arrow"/g), ([, table]) => table!)).flat();
    const provenance = Array.from(source(name).matchAll(/^:::provenance (.+)$/gm), (match) => match[1]!.trim().split(/\s+/)).flat();
    for (const table of [...attached, ...provenance, ...Object.values(tables)]) assert.ok(Object.hasOwn(schemas, table), `${name}: ${table}`);
    for (const table of waited) assert.ok(Object.values(tables).includes(table), `${name}: a figure waits for ${table}, which is no table of its SQL`);
  }
});
