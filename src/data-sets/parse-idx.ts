import type {Images} from "./labelled-images.ts";
import {MalformedDataError} from "./malformed-data-error.ts";

const imagesMagic = 0x0000_0803;
const labelsMagic = 0x0000_0801;
const maximumCount = 1_000_000;
const maximumSide = 1024;

/**
 * Parses an IDX file of grey images: big-endian magic number 0x803 (unsigned bytes in three dimensions), the
 * number of images, their height and width, then one byte a pixel, row-major, 0..255.
 *
 * @param bytes the uncompressed file
 * @param where the name of the file, for messages
 * @throws {MalformedDataError} naming the byte at which a wrong magic number or size stands, or the length that
 * the header asks for
 */
export function parseIdxImages(bytes: Uint8Array, where: string): Images {
  const header = readHeader(bytes, where, imagesMagic, "images", ["number of images", "image height", "image width"]);
  const [count, height, width] = header.sizes as [number, number, number];
  return {count, height, width, maximumPixel: 255, pixels: header.content};
}

/**
 * Parses an IDX file of class labels: big-endian magic number 0x801 (unsigned bytes in one dimension), the number
 * of labels, then one byte a label.
 *
 * @param bytes the uncompressed file
 * @param where the name of the file, for messages
 * @param classCount labels must be below it
 * @throws {MalformedDataError} as {@link parseIdxImages}, or naming the first label out of range
 */
export function parseIdxLabels(bytes: Uint8Array, where: string, classCount = 10): Uint8Array {
  const {content} = readHeader(bytes, where, labelsMagic, "labels", ["number of labels"]);
  const wrong = content.findIndex((label) => label >= classCount);
  if (wrong >= 0) {
    const expected = `a label, an integer from 0 to ${classCount - 1}`;
    throw new MalformedDataError(where, `byte ${8 + wrong} (label ${wrong})`, expected, String(content[wrong]));
  }
  return content;
}

function readHeader(bytes: Uint8Array, where: string, magic: number, kind: string, sizeNames: readonly string[]) {
  const headerLength = 4 * (1 + sizeNames.length);
  if (bytes.length < headerLength) {
    throw new MalformedDataError(where, "length", `an IDX header of ${headerLength} bytes`, `a file of ${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(0);
  if (found !== magic) {
    throw new MalformedDataError(where, "byte 0", `the magic number ${hexadecimal(magic)} of IDX ${kind}`, hexadecimal(found));
  }
  const sizes = sizeNames.map((name, i) => {
    const offset = 4 * (i + 1);
    const size = view.getUint32(offset);
    const largest = i === 0 ? maximumCount : maximumSide;
    if (size < 1 || size > largest) {
      throw new MalformedDataError(where, `byte ${offset} (${name})`, `an integer from 1 to ${largest}`, String(size));
    }
    return size;
  });
  const expectedLength = headerLength + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expectedLength) {
    const expected = `${expectedLength} bytes, as the header's sizes ${sizes.join(" × ")} ask for`;
    throw new MalformedDataError(where, "length", expected, `${bytes.length}`);
  }
  return {sizes, content: bytes.subarray(headerLength)};
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
