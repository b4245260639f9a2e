import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {labelImages, MalformedDataError, parseIdxImages, parseIdxLabels} from "../../src/data-sets/index.ts";
import {corruption} from "./corruptions.ts";

const bigEndian = (...values: readonly number[]) => values.flatMap((v) => [(v >>> 24) & 255, (v >>> 16) & 255, (v >>> 8) & 255, v & 255]);
const idx = (header: readonly number[], content: readonly number[]) => Uint8Array.from([...bigEndian(...header), ...content]);
const content = Array.from({length: 24}, (_, i) => (37 * i) % 256);
const images = idx([0x803, 4, 2, 3], content);
const labels = idx([0x801, 4], [0, 9, 4, 7]);

test("parses images and labels, wherever they stand in their buffer", () => {
  const shifted = new Uint8Array(images.length + 5);
  shifted.set(images, 5);
  const parsed = parseIdxImages(shifted.subarray(5), "images");
  assert.deepEqual([parsed.count, parsed.height, parsed.width, parsed.maximumPixel], [4, 2, 3, 255]);
  assert.deepEqual([...parsed.pixels], content);
  assert.deepEqual([...parseIdxLabels(labels, "labels")], [0, 9, 4, 7]);
});

const refusals: readonly (readonly [string, () => unknown, string])[] = [
  ["labels in place of images", () => parseIdxImages(Uint8Array.from([...labels, 0, 0, 0, 0]), "f"), "f: byte 0: expected the magic number 0x00000803 of IDX images, found 0x00000801"],
  ["images in place of labels", () => parseIdxLabels(images, "f"), "f: byte 0: expected the magic number 0x00000801 of IDX labels, found 0x00000803"],
  ["a file still compressed", () => parseIdxLabels(Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), "f"), "f: byte 0: expected the magic number 0x00000801 of IDX labels, found 0x1f8b0800"],
  ["a cut header", () => parseIdxImages(images.subarray(0, 15), "f"), "f: length: expected an IDX header of 16 bytes, found a file of 15 bytes"],
  ["cut content", () => parseIdxImages(images.subarray(0, 39), "f"), "f: length: expected 40 bytes, as the header's sizes 4 × 2 × 3 ask for, found 39"],
  ["content too long", () => parseIdxLabels(Uint8Array.from([...labels, 1]), "f"), "f: length: expected 12 bytes, as the header's sizes 4 ask for, found 13"],
  ["a size of zero", () => parseIdxImages(idx([0x803, 4, 0, 3], []), "f"), "f: byte 8 (image height): expected an integer from 1 to 1024, found 0"],
  ["an enormous size", () => parseIdxImages(idx([0x803, 0xffffffff, 28, 28], []), "f"), "f: byte 4 (number of images): expected an integer from 1 to 1000000, found 4294967295"],
  ["a label out of range", () => parseIdxLabels(idx([0x801, 2], [9, 10]), "f"), "f: byte 9 (label 1): expected a label, an integer from 0 to 9, found 10"],
  ["labels of other images", () => labelImages(parseIdxImages(images, "f"), Uint8Array.of(1, 2, 3), "f and g"), "f and g: count: expected one label for each of 4 images, found 3 labels"],
];

for (const [what, parse, message] of refusals) {
  test(`refuses ${what}`, () => {
    assert.throws(parse, {name: "MalformedDataError", message});
  });
}

function refusedOrEqual(parse: () => Uint8Array, bytes: Uint8Array, headerLength: number) {
  let parsed;
  try {
    parsed = parse();
  } catch (error) {
    assert.ok(error instanceof MalformedDataError);
    assert.match(error.message, /^f: .+: expected .+, found .+/);
    return;
  }
  assert.deepEqual([...parsed], [...bytes.subarray(headerLength)]);
}

test("corrupted images are refused by name, or hold exactly the bytes after a header of their size", () => {
  fc.assert(
    fc.property(corruption(images), (bytes) => refusedOrEqual(() => {
      const parsed = parseIdxImages(bytes, "f");
      assert.equal(parsed.count * parsed.height * parsed.width, parsed.pixels.length);
      return parsed.pixels;
    }, bytes, 16)),
    {seed: 2, numRuns: 2000},
  );
});

test("corrupted labels are refused by name, or hold exactly the bytes after the header, all in range", () => {
  fc.assert(
    fc.property(corruption(labels), (bytes) => refusedOrEqual(() => {
      const parsed = parseIdxLabels(bytes, "f");
      assert.ok(parsed.every((label) => label <= 9));
      return parsed;
    }, bytes, 8)),
    {seed: 3, numRuns: 2000},
  );
});
