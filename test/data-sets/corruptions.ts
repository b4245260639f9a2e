import fc from "fast-check";

/** One random change of a file: a byte replaced, inserted or removed, the end cut off, bytes appended. */
export function corruption(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat(bytes.length - 1);
  const byte = fc.nat(255);
  const join = (...parts: readonly (Uint8Array | readonly number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
  return fc.oneof(
    fc.tuple(at, byte).map(([i, b]) => join(bytes.subarray(0, i), [b], bytes.subarray(i + 1))),
    fc.tuple(at, byte).map(([i, b]) => join(bytes.subarray(0, i), [b], bytes.subarray(i))),
    at.map((i) => join(bytes.subarray(0, i), bytes.subarray(i + 1))),
    at.map((i) => bytes.slice(0, i)),
    fc.uint8Array({minLength: 1, maxLength: 8}).map((tail) => join(bytes, tail)),
  );
}
