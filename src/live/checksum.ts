import {sha256} from "@noble/hashes/sha2.js";
import {bytesToHex} from "@noble/hashes/utils.js";

/** SHA-256 of the bytes of arrays one after the other, little-endian as on every host of WebAssembly, in lower-case hexadecimal. */
export function checksum(...arrays: readonly ArrayBufferView[]): string {
  const hash = sha256.create();
  for (const {buffer, byteOffset, byteLength} of arrays) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return bytesToHex(hash.digest());
}
