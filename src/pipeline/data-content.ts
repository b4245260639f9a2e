import {createHash} from "node:crypto";
import {gunzipSync} from "node:zlib";
import {DataFileError} from "./data-file-error.ts";
import type {PublishedContent} from "./data-published.ts";

/** SHA-256, hexadecimal. */
export function contentDigest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * The uncompressed content of a file: unpacked if it is a gzip stream, which its first two bytes tell, whatever the
 * file's name says.
 *
 * @param maximumLength an unpacked content longer than this is refused before it fills the memory
 * @throws {DataFileError} naming `where`
 */
export function decompress(bytes: Uint8Array, where: string, maximumLength: number): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, {maxOutputLength: maximumLength});
  } catch (cause) {
    const {code, message} = cause as NodeJS.ErrnoException;
    const found = code === "ERR_BUFFER_TOO_LARGE" ? `more than the expected ${maximumLength} bytes` : `a damaged one (${message})`;
    throw new DataFileError(`${where}: expected a whole gzip stream, found ${found}`, {cause});
  }
}

/**
 * The uncompressed content of a file, checked against what was published.
 *
 * @throws {DataFileError} naming `where`, the expected and the found length or checksum
 */
export function verifiedContent(bytes: Uint8Array, where: string, published: PublishedContent): Uint8Array {
  const content = decompress(bytes, where, published.length);
  if (content.length !== published.length) {
    throw new DataFileError(`${where}: expected ${published.length} bytes uncompressed, found ${content.length}`);
  }
  const found = contentDigest(content);
  if (found !== published.sha256) {
    throw new DataFileError(`${where}: expected uncompressed content with sha256 ${published.sha256}, found ${found}`);
  }
  return content;
}
