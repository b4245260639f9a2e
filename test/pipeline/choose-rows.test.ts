import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import type {RowConditions} from "../../src/papers/experiment.ts";
import {encodeRows} from "../../src/pipeline/arrow-table.ts";
import {chooseRows} from "../../src/pipeline/choose-rows.ts";
import {flag, integerOrNull, real, realOrNull, text} from "../../src/pipeline/columns.ts";
import type {Row} from "../../src/pipeline/columns.ts";
import {checkRows} from "../../src/pipeline/describe/check-rows.ts";

const columns = {temperature: real("T"), law: text("Law"), chain: integerOrNull("Chain"), time: realOrNull("Time"), crossed: flag("Crossed")};
const table = {name: "passages", columns};
const row = fc.record({
  temperature: fc.constantFrom(0.25, 0.1 + 0.2, 1),
  law: fc.constantFrom("t", "τ", "", "tau reweighted"),
  chain: fc.option(fc.constantFrom(0, 1, -7)),
  time: fc.option(fc.double({noNaN: true, noDefaultInfinity: true})),
  crossed: fc.boolean()
});
const chosenOne = (conditions: RowConditions, rows: readonly Row[]): Uint8Array => chooseRows(table, encodeRows("passages", columns, rows), [conditions])[0]!;

test("chosen rows are the bytes of these rows alone, whatever stands between them and in whatever words the table begins", () => {
  const cold = (rows: readonly Row[]) => rows.filter(({temperature}) => temperature === 0.25);
  fc.assert(
    fc.property(fc.array(row), fc.array(row), fc.array(fc.boolean(), {minLength: 1}), (rows, others, order) => {
      const own = cold(rows);
      const [left, between] = [[...own], others.filter(({temperature}) => temperature !== 0.25)];
      const mixed: Row[] = [];
      for (let i = 0; left.length + between.length > 0; i++) {
        const from = left.length > 0 && (between.length === 0 || order[i % order.length]!) ? left : between;
        mixed.push(from.shift()!);
      }
      assert.deepEqual(chosenOne({temperature: 0.25}, mixed), encodeRows("passages", columns, own));
    }),
    {numRuns: 60}
  );
});

test("rows meet all conditions, and of a list of values any; no condition is met by all", () => {
  const rows: readonly Row[] = [0.25, 0.3, 1].flatMap((temperature) => ["t", "τ"].flatMap((law) => [null, 0, 1].map((chain) => ({temperature, law, chain, time: null, crossed: chain === 0}))));
  const cases: readonly (readonly [RowConditions, (row: Row) => boolean])[] = [
    [{}, () => true],
    [{law: "τ", temperature: 0.3}, ({law, temperature}) => law === "τ" && temperature === 0.3],
    [{temperature: [0.25, 1], crossed: true}, ({temperature, chain}) => temperature !== 0.3 && chain === 0],
    [{chain: null}, ({chain}) => chain === null],
    [{chain: [null, 1]}, ({chain}) => chain !== 0],
    [{temperature: 0.1 + 0.2}, () => false],
    [{temperature: []}, () => false]
  ];
  const found = chooseRows(table, encodeRows("passages", columns, rows), cases.map(([conditions]) => conditions));
  for (const [i, [conditions, meets]] of cases.entries()) assert.deepEqual(found[i], encodeRows("passages", columns, rows.filter(meets)), JSON.stringify(conditions));
});

test("rows that cannot be chosen are refused with table, cell, input and column", () => {
  const refused = (rows: readonly unknown[], inputs = ["passages"]) => () => checkRows("slopes", [{name: "cold", rows: rows as readonly RowConditions[]}], inputs, (input) => (input === "passages" ? columns : undefined));
  const where = 'table slopes, cell "cold": expected';
  assert.throws(refused([{temprature: 0.25}]), {name: "RangeError", message: `${where} rows of passages chosen by its columns temperature, law, chain, time, crossed, found "temprature"`});
  assert.throws(refused([{constructor: 1}]), {message: /chosen by its columns .*, found "constructor"$/});
  assert.throws(refused([{temperature: "0.25"}]), {name: "RangeError", message: `${where} rows of passages chosen by values of type real of its column temperature, found "0.25"`});
  assert.throws(refused([{temperature: [0.25, null]}]), {message: /of type real of its column temperature, found null$/});
  assert.throws(refused([{chain: 0.5}]), {message: /of type integer of its column chain, found 0\.5$/});
  assert.throws(refused([{law: undefined}]), {message: /of type text of its column law, found undefined$/});
  assert.throws(refused([]), {message: `${where} for each of 1 inputs the rows that it reads, found 0`});
  for (const rows of [[{temperature: [0.25, 1], chain: [null, 0]}], [{}], [null]]) assert.doesNotThrow(refused(rows));
  assert.doesNotThrow(refused([{anything: 1}], ["a table that cannot be described"]));
});
