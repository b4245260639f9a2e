import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {test} from "node:test";
import {catchRuntime, readsTable, rerunReaders} from "../../src/site/preview-page/page-runtime.ts";
import type {PageRuntime, RuntimeConstructor} from "../../src/site/preview-page/page-runtime.ts";
import {openPageTables} from "../../src/site/preview-page/page-tables.ts";
import type {PageTables} from "../../src/site/preview-page/page-tables.ts";
import {openPageCells, takeReplacements} from "../../src/site/preview-page/take-replacements.ts";
import type {PageUpdate} from "../../src/site/preview-page/take-replacements.ts";

const sha = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A page with the tables `rates` and `curves`, which hold "old", and files that a test changes. */
function lay() {
  const files: Record<string, string> = {"./data/decay-rates.arrow": "old", "./data/curves.arrow": "old"};
  const database = new Map<string, string>(Object.entries({rates: "old", curves: "old"}));
  const reruns: (readonly string[])[] = [];
  let refuse = "";
  const query = async (sql: string): Promise<void> => {
    if (refuse !== "" && sql.includes(refuse)) throw new Error("DuckDB refuses");
    const [, name, pending] = /^CREATE OR REPLACE TABLE "(.*)" AS FROM "(.*)"$/.exec(sql) ?? [];
    if (name !== undefined) database.set(name, database.get(pending!)!);
    const [, dropped] = /^DROP TABLE IF EXISTS "(.*)"$/.exec(sql) ?? [];
    if (dropped !== undefined) database.delete(dropped);
  };
  const insertArrowFromIPCStream = async (bytes: Uint8Array, {name}: {readonly name: string}): Promise<void> => void database.set(name, new TextDecoder().decode(bytes));
  const tables = openPageTables({rates: "./data/decay-rates.arrow", curves: "./data/curves.arrow"}, {
    addressOf: (path) => `http://localhost/_file/${path.slice(2)}?sha=${sha("old")}`,
    async load(address) {
      const file = `.${new URL(address).pathname.replace("/_file", "")}`;
      if (!Object.hasOwn(files, file)) throw new Error(`${file}: status 404`);
      return new TextEncoder().encode(files[file]);
    },
    database: async () => ({connect: async () => ({query, insertArrowFromIPCStream, close: async () => {}})}),
    rerun: (changed) => void reruns.push([...changed.keys()])
  });
  tables.hold();
  return {files, database, reruns, tables, refuse: (sql: string) => void (refuse = sql)};
}

test("a table that is told of is replaced once, what reads it runs again, and nothing else is loaded", async () => {
  const {files, database, reruns, tables} = lay();
  files["./data/decay-rates.arrow"] = "new";
  delete files["./data/curves.arrow"];
  const digests = {"decay-rates": sha("new"), curves: sha("old"), elsewhere: sha("x")};
  assert.deepEqual([await tables.replaceFiles(digests), await tables.replaceFiles(digests)], [[], []]);
  assert.deepEqual([Object.fromEntries(database), reruns], [{rates: "new", curves: "old"}, [["rates"]]]);
});

test("a file that has become newer than what was told is taken as it is, and taken back when it is older again", async () => {
  const {files, database, reruns, tables} = lay();
  files["./data/decay-rates.arrow"] = "newest";
  await tables.replaceFiles({"decay-rates": sha("new")});
  await tables.replaceFiles({"decay-rates": sha("newest")});
  assert.deepEqual([database.get("rates"), reruns.length], ["newest", 1]);
  files["./data/decay-rates.arrow"] = "old";
  await tables.replaceFiles({"decay-rates": sha("old")});
  assert.deepEqual([database.get("rates"), reruns.length], ["old", 2]);
});

test("what is absent or refused stays as it was and is named; the others are replaced, and the next time all are", async () => {
  const {files, database, reruns, tables, refuse} = lay();
  files["./data/decay-rates.arrow"] = files["./data/curves.arrow"] = "new";
  const wanted = new Map([["rates", sha("new")], ["curves", sha("new")]]);
  refuse('CREATE OR REPLACE TABLE "rates"');
  assert.deepEqual([await tables.replace(wanted), Object.fromEntries(database), reruns], [["rates"], {rates: "old", curves: "new"}, [["curves"]]]);
  refuse("");
  assert.deepEqual([await tables.replace(wanted), database.get("rates")], [[], "new"]);
  delete files["./data/curves.arrow"];
  assert.deepEqual(await tables.replace(new Map([["curves", sha("newer")]])), ["curves"]);
});

const cell = (id: string, body: string, files = ""): string => `define({id: "${id}", body: () => {\n${body}\n}});\n${files === "" ? "" : ` // ${sha(files)}`}`;

/** Framework's update after new rates: their table and file, the cell of their file, other words. */
const update = (more: Partial<PageUpdate> = {}): PageUpdate => ({
  type: "update",
  code: {removed: ["aaaaaaaa"], added: [cell("aaaaaaaa", "rates()", "new files")]},
  files: {removed: ["./data/decay-rates.arrow"], added: [{name: "./data/decay-rates.arrow", path: `./_file/data/decay-rates.arrow?sha=${sha("new")}`}]},
  tables: {removed: ["rates"], added: [{name: "rates", path: "./data/decay-rates.arrow"}]},
  ...more
});

const script = `${cell("aaaaaaaa", "rates()")}\n${cell("bbbbbbbb", "curves()")}`;
const nothing = {removed: [], added: []};

test("of an update the tables that are replaced are taken, with the cells that their files alone define anew", async () => {
  const {files, database, tables} = lay();
  files["./data/decay-rates.arrow"] = "new";
  const rest = await takeReplacements(update(), tables, openPageCells(script));
  assert.deepEqual([rest, database.get("rates")], [{...update(), tables: nothing, code: nothing}, "new"]);
});

test("cells of another text or another file remain, and are known by their new text from then on", async () => {
  const {files, tables} = lay();
  files["./data/decay-rates.arrow"] = "new";
  const cells = openPageCells(script);
  const edited = {removed: ["aaaaaaaa"], added: [cell("aaaaaaaa", "other()", "new files")]};
  assert.deepEqual((await takeReplacements(update({code: edited}), tables, cells)).code, edited);
  assert.deepEqual((await takeReplacements(update({code: edited}), tables, cells)).code, nothing);
  const attached = {removed: [], added: [...update().files.added, {name: "./photo.png", path: `./_file/photo.png?sha=${sha("photo")}`}]};
  assert.deepEqual((await takeReplacements(update({files: attached}), tables, cells)).code, update().code);
});

test("an update whose table cannot be replaced, or is another file or a new name, is Framework's to do", async () => {
  const {files, database, tables} = lay();
  delete files["./data/decay-rates.arrow"];
  assert.deepEqual(await takeReplacements(update(), tables, openPageCells(script)), update());
  const moved = update({tables: {removed: ["rates"], added: [{name: "rates", path: "./data/curves.arrow"}, {name: "more", path: "./data/decay-rates.arrow"}]}});
  assert.deepEqual((await takeReplacements(moved, tables, openPageCells(script))).tables, moved.tables);
  assert.deepEqual([tables.pathOf("rates"), tables.pathOf("more"), database.get("rates")], ["./data/curves.arrow", "./data/decay-rates.arrow", "old"]);
});

test("after Framework has filled another database, nothing is taken for held", async () => {
  const {reruns, tables}: {readonly reruns: readonly unknown[]; readonly tables: PageTables} = lay();
  await tables.replaceFiles({curves: sha("old")});
  assert.equal(reruns.length, 0);
  tables.follow({removed: ["rates"], added: []});
  await tables.replaceFiles({curves: sha("old")});
  assert.deepEqual([reruns, tables.pathOf("rates")], [[["curves"]], undefined]);
});

test("a cell reads a table where SQL names it or where its file is attached, not where words do", () => {
  const reads = (text: string): boolean => readsTable(text, "rates", "./data/decay-rates.arrow");
  for (const text of ["SELECT x FROM rates", "FROM a JOIN\n  rates r USING (x)", "select * from main.Rates;", 'FROM "rates"', "FROM a, rates", "FROM (rates)", 'FileAttachment("./data/decay-rates.arrow")']) assert.equal(reads(text), true, text);
  for (const text of ["SELECT rates FROM law", "FROM rates_of_decay", "FROM other_rates", '"The rates of decay"', "datum.rates", 'FileAttachment("./data/rates.arrow")']) assert.equal(reads(text), false, text);
});

test("the first runtime is caught, and the cells that read a table run again with what clears their place", () => {
  const variable = (definition: unknown, shadow: ReadonlyMap<string, unknown> | null = null) => ({_definition: definition, _shadow: shadow}) as never;
  const display = variable(() => 0);
  const [reader, other, value] = [variable(() => "SELECT x FROM rates", new Map([["display", display]])), variable(() => "SELECT x FROM curves"), variable(3)];
  const runtime = {_variables: new Set([reader, other, value]), _updates: new Set(), _compute: () => computed++} as unknown as PageRuntime;
  let computed = 0;
  const made: unknown[] = [];
  const Runtime: RuntimeConstructor = {prototype: {module: function (...given) { made.push(this, ...given); return "module"; }}};
  const {module} = Runtime.prototype;
  const caught = catchRuntime(Runtime);
  assert.equal(caught(), undefined);
  assert.deepEqual([Runtime.prototype.module.call(runtime, 1), Runtime.prototype.module === module, caught() === runtime, made], ["module", true, true, [runtime, 1]]);
  rerunReaders(caught()!, new Map([["rates", "./data/decay-rates.arrow"]]));
  assert.deepEqual([[...runtime._updates], computed], [[reader, display], 1]);
});
