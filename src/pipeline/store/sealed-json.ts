import {sortKeys} from "../sort-keys.ts";
import {sha256} from "./sha256.ts";

const tail = /,"check":"([0-9a-f]{64})"\}\n$/;
const tailLength = ',"check":""}\n'.length + 64;

/** The JSON of a record with its keys in order, one line, with `check` at its end: the SHA-256 of the line without it. */
export function seal(record: object): string {
  const json = JSON.stringify(sortKeys(record));
  return `${json.slice(0, -1)},"check":"${sha256(json)}"}\n`;
}

/** The record that {@link seal} wrote, with its check, or undefined if so much as a bit is another. */
export function unseal(bytes: Uint8Array): object | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const check = tail.exec(text.slice(-tailLength))?.[1];
  const json = `${text.slice(0, -tailLength)}}`;
  if (check === undefined || sha256(json) !== check) return undefined;
  try {
    return {...(JSON.parse(json) as object), check};
  } catch {
    return undefined;
  }
}
