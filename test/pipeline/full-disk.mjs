// Loaded before a worker: while the file that FULL_DISK names is there, whatever
// is written to a temporary file of a store finds the disk full halfway.
import fs from "node:fs";
import {syncBuiltinESMExports} from "node:module";

const {openSync, writeSync} = fs;
const temporary = new Set();

fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest);
  if (String(path).includes("/temporary/")) temporary.add(descriptor);
  else temporary.delete(descriptor);
  return descriptor;
};
fs.writeSync = (descriptor, bytes, ...rest) => {
  if (!temporary.has(descriptor) || !fs.existsSync(process.env.FULL_DISK)) return writeSync(descriptor, bytes, ...rest);
  writeSync(descriptor, bytes.subarray(0, bytes.length >> 1));
  throw Object.assign(new Error("ENOSPC: no space left on device, write"), {code: "ENOSPC", syscall: "write"});
};
syncBuiltinESMExports();
