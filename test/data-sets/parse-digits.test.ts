import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {MalformedDataError, parseDigits} from "../../src/data-sets/index.ts";
import {corruption} from "./corruptions.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const line = (pixel: number, label: number) => [...Array(64).fill(pixel), label].join(",");
const valid = encode(`${line(0, 3)}\n${line(16, 9)}\n${line(7, 0)}\n`);

test("parses pixels row by row and the label in the last column", () => {
  const pixels = Array.from({length: 64}, (_, i) => i % 17);
  const digits = parseDigits(encode(`${[...pixels, 5].join(",")}\n${line(16, 9)}`), "digits.csv", 2);
  assert.deepEqual([digits.count, digits.height, digits.width, digits.maximumPixel], [2, 8, 8, 16]);
  assert.deepEqual([...digits.pixels.subarray(0, 64)], pixels);
  assert.deepEqual([...digits.pixels.subarray(64)], Array(64).fill(16));
  assert.deepEqual([...digits.labels], [5, 9]);
});

const refusals: readonly (readonly [string, Uint8Array, string])[] = [
  ["an empty file", encode(""), "d.csv: line 1: expected 3 lines, found 0, the end of the file"],
  ["a file cut at a line's end", valid.subarray(0, valid.indexOf(0x0a) + 1), "d.csv: line 2: expected 3 lines, found 1, the end of the file"],
  ["a file cut within a line", valid.subarray(0, 141), "d.csv: line 2, column 4: expected 65 columns, found the end of the line after 4"],
  ["a line too many", encode(`${line(0, 3)}\n`.repeat(4)), "d.csv: line 4: expected the end of the file after 3 lines, found more"],
  ["a column too many", encode(`${line(0, 3)},1\n`), "d.csv: line 1, column 65: expected 65 columns, found more"],
  ["a pixel out of range", encode(line(17, 3)), 'd.csv: line 1, column 1: expected a pixel, an integer from 0 to 16, found "17"'],
  ["a pixel that is no number", encode(`0,x1,${line(0, 3)}`), 'd.csv: line 1, column 2: expected a pixel, an integer from 0 to 16, found "x1"'],
  ["an empty field", encode(`0,,${line(0, 3)}`), "d.csv: line 1, column 2: expected a pixel, an integer from 0 to 16, found nothing"],
  ["a long field", encode("y".repeat(90)), `d.csv: line 1, column 1: expected a pixel, an integer from 0 to 16, found "${"y".repeat(20)}…"`],
  ["a label out of range", encode(line(0, 10)), 'd.csv: line 1, column 65: expected a label, an integer from 0 to 9, found "10"'],
  ["Windows line ends", encode(`${line(0, 3)}\r\n`), 'd.csv: line 1, column 65: expected a label, an integer from 0 to 9, found "3\\r"'],
];

for (const [what, bytes, message] of refusals) {
  test(`refuses ${what}`, () => {
    assert.throws(() => parseDigits(bytes, "d.csv", 3), {name: "MalformedDataError", where: "d.csv", message});
  });
}

test("a corrupted file is refused by name, or read as the numbers it holds", () => {
  fc.assert(
    fc.property(corruption(valid), (bytes) => {
      let digits;
      try {
        digits = parseDigits(bytes, "d.csv", 3);
      } catch (error) {
        assert.ok(error instanceof MalformedDataError);
        assert.match(error.message, /^d\.csv: .+: expected .+, found .+/s);
        return;
      }
      const rows = new TextDecoder().decode(bytes).trimEnd().split("\n").map((row) => row.split(",").map(Number));
      assert.deepEqual(rows.map((row) => row.length), [65, 65, 65]);
      assert.deepEqual(rows.flatMap((row) => row.slice(0, 64)), [...digits.pixels]);
      assert.deepEqual(rows.map((row) => row[64]), [...digits.labels]);
    }),
    {seed: 1, numRuns: 2000},
  );
});
