import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {encodeCsv} from "../../src/pipeline/csv.ts";

/** Reads RFC 4180 by its grammar, character by character. */
function readCsv(source: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  for (let at = 0; at < source.length; ) {
    const record: string[] = [];
    for (;;) {
      let field = "";
      if (source[at] === '"') {
        for (at++; ; at++) {
          if (at >= source.length) throw new SyntaxError("a quoted field has no end");
          if (source[at] !== '"') field += source[at];
          else if (source[at + 1] === '"') field += source[at++];
          else break;
        }
        at++;
      } else {
        for (; at < source.length && !/[",\r\n]/.test(source[at]!); at++) field += source[at];
      }
      record.push(field);
      if (source[at] === ",") at++;
      else if (source.startsWith("\r\n", at)) break;
      else throw new SyntaxError(`expected a comma or the end of the line at ${at}, found ${JSON.stringify(source[at])}`);
    }
    at += 2;
    records.push(record);
  }
  return records;
}

test("rows become lines of RFC 4180", () => {
  const rows = [
    {name: 'a "b", c', value: 0.1, flag: true, none: null},
    {name: "line\nbreak", value: 1e-7, flag: false, none: null}
  ];
  assert.equal(encodeCsv(rows), 'name,value,flag,none\r\n"a ""b"", c",0.1,true,\r\n"line\nbreak",1e-7,false,\r\n');
});

test("any rows come back from a reader of the grammar, numbers exactly", () => {
  const text = fc.string({unit: fc.constantFrom(..."\",\r\n;\t =+-@a1é☃")});
  const row = fc.record({"a,b": text, 'q"': text, x: fc.double({noNaN: true, noDefaultInfinity: true}), y: fc.option(fc.integer())});
  fc.assert(
    fc.property(fc.array(row, {minLength: 1, maxLength: 10}), (rows) => {
      const [header, ...lines] = readCsv(encodeCsv(rows));
      assert.deepEqual(header, ["a,b", 'q"', "x", "y"]);
      const expected = rows.map((row) => [row["a,b"], row['q"'], row.x + 0, row.y]);
      assert.deepEqual(lines.map(([a, b, x, y]) => [a, b, Number(x), y === "" ? null : Number(y)]), expected);
    }),
    {numRuns: 500, seed: 4180}
  );
});
