import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {test} from "node:test";
import {tableFromIPC, tableToIPC} from "apache-arrow";
import fc from "fast-check";
import {checkArrowStream, decodeTable, encodeTable, flag, integer, integerOrNull, readMetadata, real, realOrNull, text} from "../../src/pipeline/index.ts";
import type {Row} from "../../src/pipeline/index.ts";
import {encodeRows, encodingVersion} from "../../src/pipeline/arrow-table.ts";
import {encodeCsv} from "../../src/pipeline/csv.ts";
import {openDatabase} from "../../src/site/index.ts";

const columns = {
  stepSize: real("Step size η", "1"),
  slope: realOrNull("Slope"),
  steps: integer("Steps"),
  censored: integerOrNull("Censored replicas"),
  law: text("Law of the inputs"),
  outcome: text("Outcome"),
  exact: flag("Whether it is exact")
};

const rows: readonly Row[] = [
  {stepSize: 0.1, slope: null, steps: 0, censored: 3, law: "gaussian", outcome: "", exact: true},
  {stepSize: 5e-324, slope: -1.7976931348623157e308, steps: 2 ** 31 - 1, censored: null, law: "η ☃ 𝜃", outcome: "reproduced", exact: false},
  {stepSize: -0, slope: 1 / 3, steps: -(2 ** 31), censored: 0, law: "gaussian", outcome: "<script>alert(1)</script>", exact: true}
];

const metadata = {seed: "0", parameters: '{"a":1}', title: "Zeit"};
const bytes = encodeTable("first", columns, rows, metadata);

test("a table comes back bit for bit, nulls and two text columns included", () => {
  assert.deepEqual(decodeTable(bytes, "first"), {rows, metadata});
  assert.deepEqual(readMetadata(bytes, "first"), metadata);
});

test("the bytes of a version of the encoding never change: other bytes take another version", () => {
  const digests = [encodeRows("first", columns, rows), bytes, encodeCsv(rows)].map((encoded) => createHash("sha256").update(encoded).digest("hex").slice(0, 16));
  assert.deepEqual([encodingVersion, ...digests], ["1, Arrow 21.2", "4bd5a0ed2dcd1f2c", "d0377bf988c5882f", "f8fcc5613fcf6b0e"]);
});

test("columns carry their type, unit, description and whether they may be null", () => {
  const {fields} = tableFromIPC(bytes).schema;
  const found = fields.map(({name, type, nullable, metadata}) => [name, String(type), nullable, metadata.get("description"), metadata.get("unit")]);
  assert.deepEqual(found, [
    ["stepSize", "Float64", false, "Step size η", "1"],
    ["slope", "Float64", true, "Slope", undefined],
    ["steps", "Int32", false, "Steps", undefined],
    ["censored", "Int32", true, "Censored replicas", undefined],
    ["law", "Dictionary<Int32, Utf8>", false, "Law of the inputs", undefined],
    ["outcome", "Dictionary<Int32, Utf8>", false, "Outcome", undefined],
    ["exact", "Bool", false, "Whether it is exact", undefined]
  ]);
});

test("any rows of the declared types come back bit for bit, and give the same bytes again", () => {
  const finite = fc.double({noNaN: true, noDefaultInfinity: true});
  const int32 = fc.integer({min: -(2 ** 31), max: 2 ** 31 - 1});
  const words = fc.string({unit: "grapheme"});
  const row = fc.record({stepSize: finite, slope: fc.option(finite), steps: int32, censored: fc.option(int32), law: words, outcome: words, exact: fc.boolean()}, {noNullPrototype: true});
  fc.assert(
    fc.property(fc.array(row, {minLength: 1, maxLength: 40}), (anyRows) => {
      const encoded = encodeTable("any", columns, anyRows, metadata);
      assert.deepEqual(decodeTable(encoded, "any").rows, anyRows);
      assert.deepEqual(encodeTable("any", columns, anyRows.map((row) => ({...row})), metadata), encoded);
    }),
    {numRuns: 200, seed: 3}
  );
});

test("the bytes do not depend on the order in which metadata or a row's values were written", () => {
  const reversed = (object: object) => Object.fromEntries(Object.entries(object).reverse());
  assert.deepEqual(encodeTable("first", columns, rows.map(reversed), reversed(metadata)), bytes);
});

test("many rows stay one table", () => {
  const many = Array.from({length: 70_000}, (_, i) => ({x: i / 7, name: `n${i % 300}`}));
  assert.deepEqual(decodeTable(encodeTable("many", {x: real("x"), name: text("name")}, many, {}), "many").rows, many);
});

test("DuckDB reads every column as it was written", async () => {
  const database = await openDatabase();
  database.insertArrowStream("first", bytes);
  assert.deepEqual(database.query('SELECT * FROM "first"'), rows);
  const types = database.query("SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = 'first' ORDER BY ordinal_position");
  assert.deepEqual(types.map(({type}) => type), ["DOUBLE", "DOUBLE", "INTEGER", "INTEGER", "VARCHAR", "VARCHAR", "BOOLEAN"]);
  assert.deepEqual(database.query('SELECT law, count(*)::INTEGER AS n FROM "first" WHERE slope IS NOT NULL OR censored IS NOT NULL GROUP BY law ORDER BY n DESC'), [{law: "gaussian", n: 2}, {law: "η ☃ 𝜃", n: 1}]);
  database.close();
});

const refusals: readonly (readonly [name: string, rows: unknown, message: string])[] = [
  ["NaN", [rows[0], {...rows[1], stepSize: NaN}], "table first, row 1, column stepSize: expected a finite number, found NaN"],
  ["an infinity", [{...rows[0], slope: -Infinity}], "table first, row 0, column slope: expected a finite number or null, found -Infinity"],
  ["null where none may be", [{...rows[0], stepSize: null}], "table first, row 0, column stepSize: expected a finite number, found null"],
  ["a missing value", [{...rows[0], slope: undefined}], "table first, row 0, column slope: expected a finite number or null, found undefined"],
  ["text for a number", [{...rows[0], stepSize: "0.1"}], 'table first, row 0, column stepSize: expected a finite number, found "0.1" (text)'],
  ["a number for text", [{...rows[0], law: 3}], "table first, row 0, column law: expected a value of type text, found 3"],
  ["a number for a flag", [{...rows[0], exact: 1}], "table first, row 0, column exact: expected a value of type flag, found 1"],
  ["a fraction for an integer", [{...rows[0], steps: 0.5}], "table first, row 0, column steps: expected a value of type integer, found 0.5"],
  ["an integer beyond 32 bits", [{...rows[0], steps: 2 ** 31}], "table first, row 0, column steps: expected a value of type integer, found 2147483648"],
  ["a bigint", [{...rows[0], censored: 3n}], "table first, row 0, column censored: expected a value of type integer or null, found 3"],
  ["a column that is not declared", [{...rows[0], extra: 1}], 'table first, row 0: column "extra" is not declared'],
  ["no rows", [], "table first: expected at least one row, found none"],
  ["nothing", undefined, "table first: expected rows, found undefined"],
  ["a row that is none", [null], "table first, row 0: expected an object, found null"]
];

for (const [name, wrong, message] of refusals)
  test(`${name} is refused by table, row and column`, () => assert.throws(() => encodeTable("first", columns, wrong as readonly Row[], {}), {name: "RangeError", message}));

test("a stream cut at ten places is refused", () => {
  for (let i = 0; i < 10; i++) {
    const cut = Math.floor((i * bytes.length) / 10);
    const message = cut === 0 ? "t: expected an Arrow IPC stream, found nothing" : `t: the Arrow IPC stream has no end marker after ${cut} bytes: it is truncated`;
    assert.throws(() => decodeTable(bytes.subarray(0, cut), "t"), {name: "RangeError", message});
  }
  for (const cut of [1, 3, 4, 7, bytes.length - 8, bytes.length - 1]) assert.throws(() => checkArrowStream(bytes.subarray(0, cut), "t"), RangeError);
});

test("Arrow's file format, and a log line before the stream, are refused by what they begin with", () => {
  const file = tableToIPC(tableFromIPC(bytes), "file");
  assert.throws(() => checkArrowStream(file, "t"), /^RangeError: t: expected an Arrow IPC stream, found bytes that begin with "ARROW1/);
  const logged = Buffer.concat([Buffer.from("training epoch 1\n"), bytes]);
  assert.throws(() => checkArrowStream(logged, "t"), /^RangeError: t: expected an Arrow IPC stream, found bytes that begin with "training epoch 1\\n/);
});
