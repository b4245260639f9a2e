import type {LabelledImages} from "./labelled-images.ts";
import {MalformedDataError} from "./malformed-data-error.ts";

const side = 8;
const pixelCount = side * side;
const maximumPixel = 16;
const maximumLabel = 9;

const comma = 0x2c;
const newline = 0x0a;

/**
 * Parses the 8×8 digits: one image a line, 64 pixels 0..16 row by row and the digit 0..9, separated by
 * commas, no header. Only the line feed after the last line may be missing.
 *
 * @param bytes the uncompressed file
 * @param where the name of the file, for messages
 * @param expectedCount the number of images the file must hold, so that a file cut at a line's end is noticed
 * @throws {MalformedDataError} naming line and column of the first value that is not as above
 */
export function parseDigits(bytes: Uint8Array, where: string, expectedCount = 1797): LabelledImages {
  const pixels = new Uint8Array(expectedCount * pixelCount);
  const labels = new Uint8Array(expectedCount);
  let offset = 0;
  for (let line = 0; line < expectedCount; line++) {
    if (offset >= bytes.length) {
      throw new MalformedDataError(where, `line ${line + 1}`, `${expectedCount} lines`, `${line}, the end of the file`);
    }
    for (let column = 0; column <= pixelCount; column++) {
      const isLabel = column === pixelCount;
      const end = fieldEnd(bytes, offset);
      const value = parseSmallInteger(bytes, offset, end);
      const largest = isLabel ? maximumLabel : maximumPixel;
      const position = `line ${line + 1}, column ${column + 1}`;
      if (value === undefined || value > largest) {
        const kind = isLabel ? "a label" : "a pixel";
        throw new MalformedDataError(where, position, `${kind}, an integer from 0 to ${largest}`, quote(bytes, offset, end));
      }
      const endsLine = end === bytes.length || bytes[end] === newline;
      if (endsLine !== isLabel) {
        const expected = `${pixelCount + 1} columns`;
        throw new MalformedDataError(where, position, expected, isLabel ? "more" : `the end of the line after ${column + 1}`);
      }
      if (isLabel) labels[line] = value;
      else pixels[line * pixelCount + column] = value;
      offset = end + 1;
    }
  }
  if (offset < bytes.length) {
    throw new MalformedDataError(where, `line ${expectedCount + 1}`, `the end of the file after ${expectedCount} lines`, "more");
  }
  return {count: expectedCount, height: side, width: side, maximumPixel, pixels, labels};
}

function fieldEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  while (end < bytes.length && bytes[end] !== comma && bytes[end] !== newline) end++;
  return end;
}

/** One or two decimal digits without a leading zero, or undefined. */
function parseSmallInteger(bytes: Uint8Array, start: number, end: number): number | undefined {
  const length = end - start;
  if (length < 1 || length > 2 || (length === 2 && bytes[start] === 0x30)) return undefined;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function quote(bytes: Uint8Array, start: number, end: number): string {
  if (start === end) return "nothing";
  const shown = new TextDecoder("latin1").decode(bytes.subarray(start, Math.min(end, start + 20)));
  return JSON.stringify(end - start > 20 ? `${shown}…` : shown);
}
