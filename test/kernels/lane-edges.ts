import type {LaneBits} from "../../src/kernels/lane-arithmetic.ts";

const view = new DataView(new ArrayBuffer(8));

function realOfBits(bits: LaneBits, word: bigint): number {
  if (bits === 32) view.setUint32(0, Number(word));
  else view.setBigUint64(0, word);
  return bits === 32 ? view.getFloat32(0) : view.getFloat64(0);
}

function bitsOfReal(bits: LaneBits, value: number): bigint {
  if (bits === 32) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  return bits === 32 ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
}

/** Numbers where an arithmetic goes wrong first: zeros, denormals, grid neighbours, the largest, infinities and NaN, of both signs. */
export function edgeReals(bits: LaneBits): readonly number[] {
  const next = (value: number, steps: bigint) => realOfBits(bits, bitsOfReal(bits, value) + steps);
  const largest = next(Infinity, -1n);
  const leastNormal = bits === 32 ? 2 ** -126 : 2 ** -1022;
  const least = next(0, 1n);
  const positive = [0, least, next(leastNormal, -1n), leastNormal, 2 ** -24, next(2 ** -24, 1n), next(1, -1n), 1, next(1, 1n), 1.5, 3, Math.fround(0.1), 2 ** 23 - 0.5, 2 ** 31, largest, Infinity];
  return [...positive, ...positive.map((value) => -value), NaN];
}

/** Words where an arithmetic goes wrong first. */
export function edgeWords(bits: LaneBits): readonly bigint[] {
  const top = 1n << BigInt(bits - 1);
  const words = [0n, 1n, 2n, 0xffffn, 0x10000n, 0x7fffffffn, 0x80000000n, 0x80000001n, 0xffffffffn, 0x9e3779b9n, 0x3f800000n, top - 1n, top, top + 1n, 2n * top - 1n];
  return [...new Set(bits === 32 ? words : [...words, 0x100000000n, 0x9e3779b97f4a7c15n, 0x3ff0000000000000n, 0xffffffff00000000n])];
}

/** Words that an operation of restricted range takes: below 2^32 for multiplyHigh, |n| ≤ 2^51 for toReal. */
export function edgeWordsFor(op: string, bits: LaneBits): readonly bigint[] {
  if (bits === 32) return edgeWords(bits);
  if (op === "multiplyHigh") return edgeWords(32);
  const signed = [0n, 1n, 3n, 0x7fffffffn, 0xffffffffn, 2n ** 51n - 1n, 2n ** 51n];
  return op === "toReal" ? [...signed, ...signed.map((value) => BigInt.asUintN(64, -value))] : edgeWords(bits);
}
