import assert from "node:assert/strict";
import * as fs from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {openStore} from "../../../src/pipeline/store/index.ts";
import type {StoreFiles} from "../../../src/pipeline/store/index.ts";
import {failingFiles, fault, watchedFiles} from "./faulty-files.ts";
import {filesBelow, keyOf, temporaryFolder, temporaryStore} from "./temporary-store.ts";

const cells = [{key: keyOf("a"), range: null}, {key: keyOf("a"), range: {first: 0, count: 5}}, {key: keyOf("b"), range: null}];
const rowsOf = (i: number): Uint8Array => Buffer.alloc(700, i + 1);
const about = {seconds: 0, note: {}};

/** One run as the scheduler does it: what is there is read, what is not is claimed and written. Returns the errors. */
function runOver(folder: string, files: StoreFiles): readonly string[] {
  const errors: string[] = [];
  const attempt = <T>(operation: () => T): T | undefined => {
    try {
      return operation();
    } catch (error) {
      errors.push((error as Error).message);
      return undefined;
    }
  };
  const store = openStore(folder, () => {}, {files});
  const leave = attempt(store.enter);
  cells.forEach(({key, range}, i) => {
    if (attempt(() => store.read("table", key, range)) !== undefined) return;
    const claim = attempt(() => store.claim("table", key, range));
    attempt(() => store.write("table", key, range, rowsOf(i), about));
    if (claim !== undefined && "release" in claim) attempt(claim.release);
  });
  const tables = {table: {object: keyOf("none"), content: keyOf("none"), csv: attempt(() => store.put(rowsOf(9))) ?? keyOf("none")}};
  attempt(() => store.keepRun({version: 1, name: "latest-quick", tables, entries: []}));
  if (leave !== undefined) attempt(leave);
  return errors;
}

const contentOf = (folder: string) => filesBelow(folder).map((path) => [path, fs.readFileSync(join(folder, path), "latin1")]);
const reading = ["readFileSync", "readdirSync", "statSync"];

for (const code of ["EIO", "ENOSPC", "EACCES"])
  test(`whichever file operation fails with ${code}, nothing damaged is readable and the next run completes`, (t) => {
    const undisturbed = temporaryFolder(t);
    const {done, files} = failingFiles(0, code);
    assert.deepEqual(runOver(undisturbed, files), []);
    const expected = contentOf(undisturbed);
    assert.equal(expected.length, 8);
    assert.ok(done.length > 150, `${done.length} operations`);
    for (const operation of ["openSync", "writeSync", "fsyncSync", "closeSync", "renameSync", "mkdirSync", "statSync", "readFileSync"] as const) assert.ok(done.includes(operation), operation);

    for (let n = 1; n <= done.length; n++) {
      const folder = temporaryFolder(t);
      const faulty = failingFiles(n, code);
      const errors = runOver(folder, faulty.files);
      const failed = `operation ${n}, ${faulty.done[n - 1]}`;
      assert.ok(errors.length <= 1, failed);
      const remedy = code === "ENOSPC" ? "free that much disk" : "check the disk and the folder's permissions";
      for (const error of errors) {
        assert.match(error, /^could not (write|claim|list|remove) /, failed);
        assert.ok(error.includes(folder) && error.includes(`(${code})`), error);
        if (error.startsWith("could not write")) assert.match(error, new RegExp(`^could not write \\d+ bytes to .* \\(${code}\\): ${remedy} and run again$`));
      }
      if (["openSync", "writeSync", "fsyncSync", "mkdirSync"].includes(faulty.done[n - 1]!)) assert.equal(errors.length, 1, failed);
      if (reading.includes(faulty.done[n - 1]!)) assert.ok(errors.every((error) => !error.startsWith("could not write")), failed);
      assert.deepEqual(filesBelow(join(folder, "temporary")), [], failed);
      const store = openStore(folder, assert.fail);
      cells.forEach(({key, range}, i) => {
        const read = store.read("table", key, range);
        if (read !== undefined) assert.deepEqual(read.bytes, rowsOf(i), failed);
      });
      for (const part of ["claims", "running"]) fs.rmSync(join(folder, part), {recursive: true, force: true});
      assert.deepEqual(runOver(folder, watchedFiles(() => {})), [], failed);
      assert.deepEqual(contentOf(folder), expected, failed);
    }
  });

test("on a full disk what is there is served, and the error names the path and the bytes needed", (t) => {
  const {folder, store} = temporaryStore(t);
  const [{key, range}, , other] = cells as [(typeof cells)[0], unknown, (typeof cells)[0]];
  store.write("table", key, range, rowsOf(0), about);
  const before = contentOf(folder);
  const full = watchedFiles((operation) => {
    if (operation === "writeSync") throw fault("ENOSPC");
  });
  const again = openStore(folder, assert.fail, {files: full});
  assert.deepEqual(again.read("table", key, range)?.bytes, rowsOf(0));
  assert.throws(() => again.write("table", other.key, other.range, rowsOf(2), about), (error: Error) => {
    assert.match(error.message, /^could not write 700 bytes to .*\/objects\/[0-9a-f]{2}\/[0-9a-f]{64} \(ENOSPC\): free that much disk and run again$/);
    assert.ok(error.message.includes(folder));
    return true;
  });
  assert.deepEqual(again.read("table", key, range)?.bytes, rowsOf(0));
  assert.deepEqual(contentOf(folder), before);
});
