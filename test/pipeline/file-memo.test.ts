import assert from "node:assert/strict";
import * as fs from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {openFileMemo} from "../../src/pipeline/file-memo.ts";

/** A file, a memo of its text at a time of its own, and how often it was read. */
function memoOf(t: TestContext, clock: {now: number}) {
  const folder = fs.mkdtempSync(join(tmpdir(), "driftbook-memo-"));
  t.after(() => fs.rmSync(folder, {recursive: true, force: true}));
  const path = join(folder, "file");
  const memo = openFileMemo<string>({files: fs, now: () => clock.now});
  let reads = 0;
  const ask = () =>
    memo(path, () => {
      reads++;
      return fs.readFileSync(path, "utf8");
    });
  return {path, ask, reads: () => reads};
}

const later = 60_000;

test("an unchanged file is read once; another content, size, time or file is read again", (t) => {
  const {path, ask, reads} = memoOf(t, {now: Date.now() + later});
  fs.writeFileSync(path, "one");
  assert.deepEqual([ask(), ask(), reads()], ["one", "one", 1]);
  fs.writeFileSync(path, "two");
  assert.deepEqual([ask(), ask(), reads()], ["two", "two", 2]);
  fs.utimesSync(path, 1, 1);
  assert.deepEqual([ask(), reads()], ["two", 3]);
  fs.writeFileSync(`${path}.new`, "six");
  fs.renameSync(`${path}.new`, path);
  assert.deepEqual([ask(), reads()], ["six", 4]);
});

test("a content put back under its old time is noticed, since the time of the change itself cannot be set", (t) => {
  const {path, ask} = memoOf(t, {now: Date.now() + later});
  fs.writeFileSync(path, "one");
  fs.utimesSync(path, 1, 1);
  assert.equal(ask(), "one");
  fs.writeFileSync(path, "two");
  fs.utimesSync(path, 1, 1);
  assert.equal(ask(), "two");
});

test("a file that has just changed, or whose time lies in the future, is read each time", (t) => {
  const clock = {now: Date.now()};
  const {path, ask, reads} = memoOf(t, clock);
  fs.writeFileSync(path, "one");
  ask();
  ask();
  assert.equal(reads(), 2);
  clock.now -= later;
  ask();
  ask();
  assert.equal(reads(), 4);
});

test("neither a failure nor nothing is remembered", (t) => {
  const {path, ask} = memoOf(t, {now: Date.now() + later});
  assert.throws(ask, {code: "ENOENT"});
  fs.writeFileSync(path, "one");
  assert.equal(ask(), "one");
  const memo = openFileMemo<string | undefined>({files: fs, now: () => Date.now() + later});
  assert.equal(memo(path, () => undefined), undefined);
  assert.equal(memo(path, () => "found"), "found");
});
