import assert from "node:assert/strict";
import {rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {encodeTable} from "../../../src/pipeline/arrow-table.ts";
import {integer, real, realOrNull, text} from "../../../src/pipeline/columns.ts";
import type {Columns, Row} from "../../../src/pipeline/columns.ts";
import {NondeterminismError} from "../../../src/pipeline/store/index.ts";
import {filesBelow, keyOf, temporaryStore} from "./temporary-store.ts";

const key = keyOf("cell");
const columns = {n: integer("n"), loss: realOrNull("Loss"), law: text("Law")};
const rows = [{n: 1, loss: 0.1, law: "gaussian"}, {n: 2, loss: 0, law: "gaussian"}, {n: 3, loss: null, law: "cauchy"}];
const encode = (changed: readonly Row[], schema: Columns = columns, metadata = {}) => encodeTable("escape", schema, changed, metadata);
const withRow = (i: number, change: Row) => rows.map((row, j) => (i === j ? {...row, ...change} : row));
const about = {seconds: 1, note: {cell: "step size 0.2"}};
const place = "table escape, cell step size 0.2: the same parameters, seed and code gave other rows. ";

const cases: readonly (readonly [name: string, computed: Uint8Array, text: string, row: number | null, column: string | null, kept: unknown, found: unknown])[] = [
  ["a number in its last bit", encode(withRow(0, {loss: 0.1 + 2 ** -56})), "Row 0, column loss: 0.1 is kept, 0.10000000000000002 was computed", 0, "loss", 0.1, 0.1 + 2 ** -56],
  ["the sign of zero", encode(withRow(1, {loss: -0})), "Row 1, column loss: 0 is kept, -0 was computed", 1, "loss", 0, -0],
  ["null", encode(withRow(2, {loss: 7})), "Row 2, column loss: null is kept, 7 was computed", 2, "loss", null, 7],
  ["text, though a later column and row differ too", encode([...withRow(1, {law: "cauchy"}).slice(0, 2), {n: 4, loss: 5, law: "x"}]), 'Row 1, column law: "gaussian" is kept, "cauchy" was computed', 1, "law", "gaussian", "cauchy"],
  ["a row less", encode(rows.slice(0, 2)), "Number of rows: 3 is kept, 2 was computed", 2, null, 3, 2],
  ["a row more", encode([...rows, {n: 4, loss: 4, law: "x"}]), "Number of rows: 3 is kept, 4 was computed", 3, null, 3, 4],
  ["another unit", encode(rows, {...columns, n: integer("n", "steps")}), 'Schema, column n: "Int32 [[\\"description\\",\\"n\\"]]" is kept, "Int32 [[\\"description\\",\\"n\\"],[\\"unit\\",\\"steps\\"]]" was computed', null, "n", 'Int32 [["description","n"]]', 'Int32 [["description","n"],["unit","steps"]]'],
  ["another type", encode(rows, {...columns, n: real("n")}), 'Schema, column n: "Int32 [[\\"description\\",\\"n\\"]]" is kept, "Float64 [[\\"description\\",\\"n\\"]]" was computed', null, "n", 'Int32 [["description","n"]]', 'Float64 [["description","n"]]'],
  ["another name of a column", encode(rows.map(({n, ...row}) => ({m: n, ...row})), {m: integer("n"), loss: columns.loss, law: columns.law}), 'Schema, column n: "Int32 [[\\"description\\",\\"n\\"]]" is kept, nothing was computed', null, "n", 'Int32 [["description","n"]]', undefined],
  ["a column more", encode(rows.map((row) => ({...row, m: 1})), {...columns, m: integer("m")}), 'Schema, column m: nothing is kept, "Int32 [[\\"description\\",\\"m\\"]]" was computed', null, "m", undefined, 'Int32 [["description","m"]]'],
  ["the order of columns", encode(rows, {loss: columns.loss, n: columns.n, law: columns.law}), 'Order of columns: "column n, column loss, column law, metadata" is kept, "column loss, column n, column law, metadata" was computed', null, null, "column n, column loss, column law, metadata", "column loss, column n, column law, metadata"],
  ["metadata", encode(rows, columns, {seed: "7"}), 'Schema, metadata: "[]" is kept, "[[\\"seed\\",\\"7\\"]]" was computed', null, null, "[]", '[["seed","7"]]'],
  ["bytes that are no table", Buffer.from("rows"), "Byte 0: 255 is kept, 114 was computed", null, null, 255, 114]
];

for (const [name, computed, text, row, column, kept, found] of cases)
  test(`the same key with other bytes, which differ in ${name}, is an error that says where; what was kept stays`, (t) => {
    const {store, folder, warnings} = temporaryStore(t);
    const entry = store.write("escape", key, null, encode(rows), about);
    const before = filesBelow(folder);
    assert.throws(
      () => store.write("escape", key, null, computed, {...about, seconds: 2}),
      (error: unknown) => {
        assert.ok(error instanceof NondeterminismError);
        assert.equal(error.message, `${place}${text}; the kept rows stay`);
        assert.deepEqual([error.table, error.cell, error.key], ["escape", "step size 0.2", key]);
        assert.deepEqual({...error.difference, text: ""}, {text: "", row, column, kept, computed: found});
        return true;
      }
    );
    assert.deepEqual(store.read("escape", key, null), {entry, bytes: Buffer.from(encode(rows))});
    assert.deepEqual(filesBelow(folder), before);
    assert.deepEqual(warnings, []);
  });

test("a range is named by its replicas, and only it has to be the same", (t) => {
  const {store} = temporaryStore(t);
  store.write("escape", key, {first: 50, count: 50}, encode(rows), {seconds: 1, note: {}});
  store.write("escape", key, {first: 0, count: 50}, encode(rows.slice(1)), {seconds: 1, note: {}});
  assert.throws(() => store.write("escape", key, {first: 50, count: 50}, encode(rows.slice(1)), {seconds: 1, note: {}}), /^NondeterminismError: table escape, replicas 50 to 99: the same parameters, seed and code gave other rows\. Row 0, column n: 1 is kept, 2 was computed; the kept rows stay$/);
});

for (const how of ["gone", "damaged"])
  test(`if what was kept is ${how}, other bytes are an error once, and kept by the next run`, (t) => {
    const {store, folder} = temporaryStore(t);
    const {object} = store.write("escape", key, null, encode(rows), about);
    const path = join(folder, "objects", object.slice(0, 2), object);
    if (how === "gone") rmSync(path);
    else writeFileSync(path, "damaged");
    const computed = encode(rows.slice(1));
    assert.equal(store.read("escape", key, null), undefined);
    assert.throws(() => store.write("escape", key, null, computed, about), {name: "NondeterminismError", difference: null, message: `${place}The rows that were kept are lost, and the ones computed again are others; run again to keep the new ones`});
    store.write("escape", key, null, computed, about);
    assert.deepEqual(store.read("escape", key, null)?.bytes, Buffer.from(computed));
  });
