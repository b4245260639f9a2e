import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {encodeRows} from "../../src/pipeline/arrow-table.ts";
import {flag, integer, integerOrNull, real, realOrNull, text} from "../../src/pipeline/columns.ts";
import type {Row} from "../../src/pipeline/columns.ts";
import {joinStreams} from "../../src/pipeline/join-streams.ts";

const columns = {kind: text("kind"), x: real("x"), measured: realOrNull("measured"), count: integer("count"), step: integerOrNull("step"), crossed: flag("crossed"), law: text("law")};

const row: fc.Arbitrary<Row> = fc.record({
  kind: fc.constantFrom("a", "b", "", "η = 0.1", "long words that are not aligned"),
  x: fc.double({noNaN: true, noDefaultInfinity: true}),
  measured: fc.option(fc.double({noNaN: true, noDefaultInfinity: true})),
  count: fc.integer({min: -(2 ** 31), max: 2 ** 31 - 1}),
  step: fc.option(fc.integer({min: 0, max: 9})),
  crossed: fc.boolean(),
  law: fc.string({maxLength: 3, unit: "binary"})
});

const encode = (rows: readonly Row[]) => encodeRows("t", columns, rows);

test("joined streams are, byte for byte, the stream of all rows", () => {
  fc.assert(
    fc.property(fc.array(fc.array(row, {maxLength: 20}), {minLength: 1, maxLength: 6}), (cells) => {
      const {bytes, rows} = joinStreams("table t", columns, cells.map(encode));
      assert.equal(rows, cells.flat().length);
      assert.deepEqual(Buffer.from(bytes), Buffer.from(encode(cells.flat())));
    }),
    {numRuns: 300}
  );
});

test("many rows, all null here and none there, are joined as they stand", () => {
  const rows = Array.from({length: 3001}, (_, i): Row => ({kind: `k${i % 7}`, x: i / 3, measured: i < 1000 ? null : i, count: i, step: i > 2000 ? null : i, crossed: i % 3 === 0, law: i < 1500 ? "one" : "two"}));
  const cells = [rows.slice(0, 1001), rows.slice(1001, 1003), [], rows.slice(1003)];
  assert.deepEqual(Buffer.from(joinStreams("table t", columns, cells.map(encode)).bytes), Buffer.from(encode(rows)));
});

test("a stream that is cut is refused by the table's name", () => {
  const whole = encode([{kind: "a", x: 1, measured: null, count: 1, step: null, crossed: true, law: ""}]);
  assert.throws(() => joinStreams("table t", columns, [whole, whole.subarray(0, whole.length - 8)]), {name: "RangeError", message: /^table t: the Arrow IPC stream has no end marker/});
});
