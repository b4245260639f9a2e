import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {RecordBatchStreamWriter, Table, tableFromArrays, tableToIPC} from "apache-arrow";
import {openDatabase, QueryError} from "../../src/site/database.ts";
import type {Database} from "../../src/site/database.ts";

const rows = tableFromArrays({
  x: Float64Array.of(0.5, 1.5, 2.5),
  n: BigInt64Array.of(1n, 2n, 3n),
  name: ["a", null, "c"]
});
const stream = tableToIPC(rows, "stream");
let database: Database;

before(async () => {
  database = await openDatabase();
  database.insertArrowStream("measured", stream);
});
after(() => database.close());

test("rows come back as plain values", () => {
  assert.deepEqual(database.query("SELECT * FROM measured ORDER BY x"), [
    {x: 0.5, n: 1, name: "a"},
    {x: 1.5, n: 2, name: null},
    {x: 2.5, n: 3, name: "c"}
  ]);
  const [row] = database.query("SELECT list(x) AS xs, {low: min(x), count: count(*)::INTEGER} AS span, sum(n)::DOUBLE AS total, bool_or(x > 2) AS any FROM measured");
  assert.deepEqual(row, {xs: [0.5, 1.5, 2.5], span: {low: 0.5, count: 3}, total: 6, any: true});
});

test("a number that a page would misread is refused with what to write instead", () => {
  assert.throws(() => database.query("SELECT {count: count(*)} AS span FROM measured"), /"count" is a BIGINT inside a list or record/);
  assert.throws(() => database.query("SELECT list(n) AS ns FROM measured"), /BIGINT inside a list or record/);
  assert.throws(() => database.query("SELECT sum(n::INTEGER) AS total FROM measured"), /column "total" is a HUGEINT or DECIMAL: cast it, as in sum\(x\)::DOUBLE/);
});

test("SQL that DuckDB refuses is one error with the SQL and the cause", () => {
  assert.throws(
    () => database.query("SELECT slope FROM measured"),
    (error: unknown) => error instanceof QueryError && error.sql === "SELECT slope FROM measured" && /Referenced column "slope" not found/.test(error.message)
  );
  assert.throws(() => database.query("SELEC 1"), /DuckDB refuses "SELEC 1": Parser Error/);
});

test("an empty table and a name in need of quotes are taken", () => {
  database.insertArrowStream('no "rows"', tableToIPC(rows.slice(0, 0), "stream"));
  assert.deepEqual(database.query('SELECT count(*)::INTEGER AS n FROM "no ""rows"""'), [{n: 0}]);
});

test("what is not one whole Arrow stream is refused by name and kind", () => {
  const batches = RecordBatchStreamWriter.writeAll([rows.batches[0]!, rows.batches[0]!]).toUint8Array(true);
  const oneBatch = tableToIPC(new Table(rows.batches), "stream");
  const cutBetweenBatches = batches.slice(0, oneBatch.length - 8);
  const faults: readonly [string, Uint8Array, RegExp][] = [
    ["file format", tableToIPC(rows, "file"), /table "file format": expected an Arrow IPC stream, found Arrow's file format/],
    ["empty", new Uint8Array(), /found nothing \(0 bytes\)/],
    ["log line", new TextEncoder().encode("epoch 1 done\nepoch 2 done\n"), /bytes that start with "epoch 1 done/],
    ["cut batches", cutBetweenBatches, /a stream that is cut/],
    ["no schema", stream.slice(-8), /found/],
    ["damaged", Uint8Array.from(stream, (byte, index) => (index > 8 && index < 60 ? 255 : byte)), /found a damaged stream/],
    ...[1, 8, 9, 100, 300, stream.length - 4].map((cut): [string, Uint8Array, RegExp] => [`cut by ${cut}`, stream.slice(0, -cut), /expected an Arrow IPC stream/])
  ];
  for (const [name, bytes, message] of faults) {
    assert.throws(() => database.insertArrowStream(name, bytes), message, name);
    assert.throws(() => database.query(`SELECT * FROM "${name}"`), QueryError, `${name} left a table behind`);
  }
});

test("a second table of one name is refused", () => {
  assert.throws(() => database.insertArrowStream("measured", stream), /table "measured": .*already exists/);
});
