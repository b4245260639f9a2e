import {canonicalJson} from "./canonical-json.ts";
import {sha256} from "./sha256.ts";

const tail = /,"check":"([0-9a-f]{64})"\}\n$/;
const tailLength = ',"check":""}\n'.length + 64;

/** The record with `check`, the SHA-256 of its canonical JSON, and its text: one line that ends with the check. */
export function seal<R extends object>(record: R): {readonly sealed: R & {readonly check: string}; readonly text: string} {
  const json = canonicalJson(record);
  const check = sha256(json);
  return {sealed: {...record, check}, text: `${json.slice(0, -1)},"check":"${check}"}\n`};
}

/** The record that {@link seal} wrote, with its check, or undefined if so much as a bit is another. */
export function unseal(bytes: Uint8Array): object | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const check = tail.exec(text.slice(-tailLength))?.[1];
  if (check === undefined || sha256(`${text.slice(0, -tailLength)}}`) !== check) return undefined;
  return JSON.parse(text) as object;
}
