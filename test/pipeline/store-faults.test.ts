import assert from "node:assert/strict";
import * as fs from "node:fs";
import {test} from "node:test";
import {encodeTable, openStore, real} from "../../src/pipeline/index.ts";
import type {StoreFiles} from "../../src/pipeline/store.ts";
import {filesBelow, temporaryFolder} from "./small-project.ts";

const operations = ["openSync", "writeSync", "fsyncSync", "closeSync", "renameSync", "mkdirSync", "readFileSync", "rmSync"] as const;
const keys = ["1", "2", "3"].map((digit) => digit.repeat(64));
const tables = keys.map((key) => encodeTable("table", {x: real("x")}, Array.from({length: 500}, (_, i) => ({x: i / 7 + Number(key[0])})), {key}));

interface Faults {
  /** The operations done so far. */
  readonly done: string[];
  readonly files: StoreFiles;
}

/** Files whose operation number `n` fails with `code`. A write takes at most 1,000 bytes; one that fails has put 500 down. */
function faultyFiles(n: number, code: string): Faults {
  const done: string[] = [];
  const wrapped = operations.map((name) => [
    name,
    (...args: unknown[]) => {
      done.push(name);
      const run = (...changed: unknown[]) => (fs[name] as (...args: unknown[]) => unknown)(...changed);
      const [descriptor, bytes, offset] = args as [number, Uint8Array, number];
      if (done.length === n) {
        if (name === "writeSync") run(descriptor, bytes, offset, Math.min(500, bytes.length - offset));
        if (name === "closeSync") run(...args);
        throw Object.assign(new Error(`${code}: the disk said no`), {code});
      }
      return name === "writeSync" ? run(descriptor, bytes, offset, Math.min(1000, bytes.length - offset)) : run(...args);
    }
  ]);
  return {done, files: Object.fromEntries(wrapped) as StoreFiles};
}

/** One run over every key: what is kept is read, what is not is written, as the scheduler does. */
function runOver(folder: string, files: StoreFiles): readonly string[] {
  const store = openStore(folder, () => {}, files);
  const errors: string[] = [];
  keys.forEach((key, i) => {
    try {
      if (store.read("table", key) === undefined) store.write("table", key, tables[i]!, 0);
    } catch (error) {
      errors.push((error as Error).message);
    }
  });
  return errors;
}

/** Every file below a folder with its bytes. */
const contentOf = (folder: string) => filesBelow(folder).map((path) => [path, fs.readFileSync(`${folder}/${path}`, "latin1")]);

for (const code of ["EIO", "ENOSPC", "EACCES"])
  test(`whichever file operation fails with ${code}, no damaged table is readable and the next run completes`, (t) => {
    const undisturbed = temporaryFolder(t);
    const {done, files} = faultyFiles(0, code);
    assert.deepEqual(runOver(undisturbed, files), []);
    const expected = contentOf(undisturbed);
    assert.equal(expected.length, 6);
    assert.ok(done.length > 50, `${done.length} operations`);

    for (let n = 1; n <= done.length; n++) {
      const folder = temporaryFolder(t);
      const faulty = faultyFiles(n, code);
      const errors = runOver(folder, faulty.files);
      const failed = faulty.done[n - 1]!;
      if (failed === "readFileSync") assert.deepEqual(errors, []);
      else {
        assert.equal(errors.length, 1, `operation ${n}, ${failed}`);
        assert.match(errors[0]!, new RegExp(`^could not write \\d+ bytes to .*\\.(arrow|json) \\(${code}\\): ${code === "ENOSPC" ? "free that much disk" : "check the folder's permissions"} and run again$`));
      }
      assert.deepEqual(filesBelow(folder).filter((path) => path.includes(".tmp")), [], `operation ${n}, ${failed}`);
      const store = openStore(folder, (warning) => assert.fail(warning));
      keys.forEach((key, i) => {
        const read = store.read("table", key);
        if (read !== undefined) assert.deepEqual(Buffer.from(read.bytes), Buffer.from(tables[i]!));
      });
      assert.deepEqual(runOver(folder, fs), []);
      assert.deepEqual(contentOf(folder), expected, `operation ${n}, ${failed}`);
    }
  });
