import {unexpected} from "../../numerics/index.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const codes = Uint8Array.from(alphabet, (character) => character.charCodeAt(0));
const digits = new Int8Array(128).fill(-1);
codes.forEach((code, digit) => (digits[code] = digit));

const isDistance = (value: number): boolean => value >= 0 && value < Infinity && !Object.is(value, -0);

/** The low and high halves of bit patterns, in turns; of float32 the high ones are 0. */
function patternsOf(sorted: Float32Array | Float64Array): Uint32Array {
  if (sorted instanceof Float64Array) return new Uint32Array(sorted.buffer);
  const patterns = new Uint32Array(2 * sorted.length);
  new Uint32Array(sorted.buffer).forEach((pattern, i) => (patterns[2 * i] = pattern));
  return patterns;
}

/**
 * Distances as text, exactly and without their order: the bit patterns of their type, which increase with the distance,
 * sorted, each less the one before, in digits of 5 bits, the least significant first; a digit that others follow has 32
 * added and stands as a character of base64url. About 2.2 characters for one of 50,000 distances in float32, 9 for one
 * of 2000 in float64.
 * @throws RangeError for a value that is negative or not finite
 */
export function packDistances(distances: Float32Array | Float64Array): string {
  const bad = distances.findIndex((value) => !isDistance(value));
  if (bad >= 0) throw unexpected(`distances[${bad}]`, "a finite number of at least 0", distances[bad]);
  const patterns = patternsOf(distances.slice().sort());
  const characters = new Uint8Array(13 * distances.length);
  let [length, previousLow, previousHigh] = [0, 0, 0];
  for (let i = 0; i < patterns.length; i += 2) {
    let low = (patterns[i]! - previousLow) >>> 0;
    let high = patterns[i + 1]! - previousHigh - (patterns[i]! < previousLow ? 1 : 0);
    previousLow = patterns[i]!;
    previousHigh = patterns[i + 1]!;
    while (high > 0 || low >= 32) {
      characters[length++] = codes[32 + (low & 31)]!;
      low = ((low >>> 5) | (high << 27)) >>> 0;
      high >>>= 5;
    }
    characters[length++] = codes[low]!;
  }
  return new TextDecoder().decode(characters.subarray(0, length));
}

/** The low and high halves of the packed bit patterns, in turns. */
function unpackPatterns(text: string): Uint32Array {
  const patterns = new Uint32Array(2 * text.length);
  let [length, low, high, gapLow, gapHigh, shift] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const digit = digits[text.charCodeAt(i)] ?? -1;
    if (digit < 0) throw unexpected(`packed distances, character ${i}`, "one of base64url", text[i]);
    const bits = digit & 31;
    if (shift < 32) gapLow |= bits << shift;
    if (shift > 27) gapHigh |= shift < 32 ? bits >>> (32 - shift) : bits << (shift - 32);
    shift += 5;
    if (digit >= 32) continue;
    const sum = low + (gapLow >>> 0);
    low = sum >>> 0;
    high += gapHigh + (sum > low ? 1 : 0);
    patterns[length++] = low;
    patterns[length++] = high;
    [gapLow, gapHigh, shift] = [0, 0, 0];
  }
  if (shift > 0) throw unexpected("packed distances", "a last character below 32", text.at(-1));
  return patterns.slice(0, length);
}

/** The distances in float32 that were packed, in increasing order. @throws RangeError for other text */
export const unpackDistances = (text: string): Float32Array => new Float32Array(unpackPatterns(text).filter((_, i) => i % 2 === 0).buffer);

/** The distances in float64 that were packed, in increasing order. @throws RangeError for other text */
export const unpackFloat64Distances = (text: string): Float64Array => new Float64Array(unpackPatterns(text).buffer);
