import assert from "node:assert/strict";
import * as realFiles from "node:fs";
import {mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import fc from "fast-check";
import {encodeTable} from "../../../src/pipeline/arrow-table.ts";
import {real} from "../../../src/pipeline/columns.ts";
import {openStore} from "../../../src/pipeline/store/index.ts";
import {watchedFiles} from "./faulty-files.ts";
import {filesBelow, keyOf, sha256, temporaryStore} from "./temporary-store.ts";

const [first, second] = [keyOf("first"), keyOf("second")];
const bytes = encodeTable("table", {x: real("x")}, [{x: 1 / 7}, {x: 2 / 7}, {x: 3 / 7}], {});
const about = {seconds: 1, note: {cell: "a"}};
const seal = (record: object): string => {
  const body = JSON.stringify(Object.fromEntries(Object.entries(record).sort()));
  return `${body.slice(0, -1)},"check":"${sha256(body)}"}\n`;
};

function written(t: TestContext) {
  const {folder, warnings, store} = temporaryStore(t, {files: watchedFiles(() => {})});
  const entry = store.write("table", first, null, bytes, about);
  const objectPath = join(folder, "objects", entry.object.slice(0, 2), entry.object);
  const entryPath = join(folder, "index", "table", `${first}.json`);
  /** Looks for the rows as a run does, computing what is not there; whether it had to. */
  const ensure = (): boolean => {
    const known = store.read("table", first, null);
    if (known === undefined) store.write("table", first, null, bytes, about);
    return known === undefined;
  };
  return {folder, warnings, store, entry, objectPath, entryPath, ensure};
}

/** Damages a file, and holds the store to: one warning, the file set aside, one computation, whole rows after it. */
function checkDamage({folder, warnings, store, ensure}: ReturnType<typeof written>, path: string, damaged: Uint8Array | string, warning: RegExp): void {
  writeFileSync(path, damaged);
  warnings.length = 0;
  rmSync(join(folder, "quarantine"), {recursive: true, force: true});
  assert.deepEqual([ensure(), ensure()], [true, false]);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!, warning);
  const [aside, ...others] = store.quarantined();
  assert.deepEqual(others, []);
  assert.deepEqual(readFileSync(join(folder, "quarantine", aside!.name)), Buffer.from(damaged));
  assert.equal(aside!.bytes, Buffer.from(damaged).length);
  assert.deepEqual(store.read("table", first, null)!.bytes, Buffer.from(bytes));
}

const ofObject = /^the stored object [0-9a-f]{12} was damaged; it is set aside in quarantine and computed again$/;
const ofEntry = /^the index entry table\/[0-9a-f]{12} was damaged; it is set aside in quarantine and its rows are computed again$/;

test("an object cut at ten places is detected, set aside and computed again once", (t) => {
  const store = written(t);
  for (let i = 0; i < 10; i++) checkDamage(store, store.objectPath, bytes.subarray(0, Math.floor((i * bytes.length) / 10)), ofObject);
});

test("an object that was found sound is not read again until its file changes, and then a flipped bit is detected", (t) => {
  const later = 60_000;
  let reads = 0;
  const {folder, warnings, store} = temporaryStore(t, {now: () => Date.now() + later, files: {...realFiles, readFileSync: ((path: string) => (path.includes("objects") && reads++, realFiles.readFileSync(path))) as never}});
  const entry = store.write("table", first, null, bytes, about);
  const path = join(folder, "objects", entry.object.slice(0, 2), entry.object);
  reads = 0;
  assert.deepEqual([store.findSound("table", first, null), store.findSound("table", first, null), reads], [entry, entry, 1]);
  const flipped = Buffer.from(bytes);
  flipped[flipped.length >> 1]! ^= 8;
  writeFileSync(path, flipped);
  assert.equal(store.findSound("table", first, null), undefined);
  assert.match(warnings.join("\n"), ofObject);
  store.write("table", first, null, bytes, about);
  rmSync(path);
  assert.equal(store.findSound("table", first, null), undefined);
});

test("one flipped bit is detected in 500 of 500 objects, and in 500 of 500 entries", (t) => {
  const store = written(t);
  const entry = readFileSync(store.entryPath);
  const flipped = (whole: Uint8Array, at: number): Uint8Array => {
    const damaged = Uint8Array.from(whole);
    const bit = at % (8 * whole.length);
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    return damaged;
  };
  fc.assert(
    fc.property(fc.nat(), (at) => {
      checkDamage(store, store.objectPath, flipped(bytes, at), ofObject);
      checkDamage(store, store.entryPath, flipped(entry, at), ofEntry);
      assert.deepEqual(readFileSync(store.entryPath), entry);
    }),
    {numRuns: 500, seed: 6}
  );
});

test("find sees an object that is cut without reading whole ones, and read sees a flipped bit", (t) => {
  const {store, objectPath, warnings} = written(t);
  const damaged = Uint8Array.from(bytes);
  damaged[50]! ^= 1;
  writeFileSync(objectPath, damaged);
  assert.ok(store.find("table", first, null) !== undefined);
  assert.equal(store.read("table", first, null), undefined);
  store.write("table", first, null, bytes, about);
  writeFileSync(objectPath, bytes.subarray(1));
  assert.equal(store.find("table", first, null), undefined);
  assert.equal(store.read("table", first, null), undefined);
  assert.equal(warnings.length, 2);
  assert.equal(store.quarantined().length, 2);
});

test("bytes that are kept again replace an object of their digest that is damaged in its size or in a bit", (t) => {
  const {store, entry, objectPath, warnings} = written(t);
  const damaged = Uint8Array.from(bytes);
  damaged[50]! ^= 1;
  for (const content of [damaged, bytes.subarray(1)]) {
    writeFileSync(objectPath, content);
    assert.equal(store.put(bytes), entry.object);
    assert.deepEqual(readFileSync(objectPath), Buffer.from(bytes));
  }
  assert.equal(warnings.length, 2);
});

const damagedEntries: readonly (readonly [name: string, text: (entry: object) => string])[] = [
  ["garbage", () => "\u0000\u0001garbage"],
  ["nothing", () => ""],
  ["half of itself", (entry) => seal(entry).slice(0, 150)],
  ["{}", () => "{}"],
  ["{} with its check", () => seal({})],
  ["null", () => "null"],
  ["a list", () => "[]"],
  ["no check", (entry) => JSON.stringify(entry)],
  ["the same with its keys in another order", (entry) => seal(entry).replace(/^\{"bytes":(\d+),/, "{").replace(/\}\n$/, ',"bytes":1}\n')],
  ["another version", (entry) => seal({...entry, version: 3})],
  ["another table", (entry) => seal({...entry, table: "other"})],
  ["another key", (entry) => seal({...entry, key: second})],
  ["a range", (entry) => seal({...entry, range: {first: 0, count: 1}})],
  ["no range at all", (entry) => seal({...entry, range: undefined})],
  ["another object under the old check", (entry) => seal(entry).replace(/"object":"[0-9a-f]{64}"/, `"object":"${sha256("other")}"`)],
  ["a path for an object", (entry) => seal({...entry, object: "../../../etc/passwd"})],
  ["a list for an object", (entry) => seal({...entry, object: [sha256("other")]})]
];

for (const [name, text] of damagedEntries)
  test(`an index entry that holds ${name} is a miss with one warning, computed again once`, (t) => {
    const store = written(t);
    const {check, ...rest} = store.entry;
    assert.equal(seal(rest), readFileSync(store.entryPath, "utf8"));
    checkDamage(store, store.entryPath, text(rest), ofEntry);
    assert.deepEqual(readFileSync(store.objectPath), Buffer.from(bytes));
    writeFileSync(store.entryPath, text(rest));
    assert.deepEqual(store.store.entries("table"), []);
    assert.equal(store.warnings.length, 1);
    assert.equal(store.store.find("table", first, null), undefined);
  });

test("a damaged entry of a range leaves the other ranges", (t) => {
  const {store, warnings, folder} = written(t);
  for (const range of [{first: 0, count: 2}, {first: 2, count: 2}]) store.write("table", first, range, bytes, about);
  writeFileSync(join(folder, "index", "table", first, "0-2.json"), "{}");
  assert.deepEqual(store.ranges("table", first).map(({range}) => range), [{first: 2, count: 2}]);
  assert.equal(store.ranges("table", first).length, 1);
  assert.equal(warnings.length, 1);
});

test("an entry without its object is a miss with one warning however often it is asked for, and again once it is gone again", (t) => {
  const {store, warnings, objectPath, ensure} = written(t);
  const gone = /^the stored object [0-9a-f]{12} of table is gone; it is computed again$/;
  for (let round = 1; round <= 2; round++) {
    rmSync(objectPath);
    assert.equal(store.find("table", first, null), undefined);
    assert.deepEqual(store.ranges("table", first), []);
    assert.deepEqual([ensure(), ensure()], [true, false]);
    assert.equal(warnings.length, round);
    assert.match(warnings[round - 1]!, gone);
  }
});

test("damage is told of again after another process has made good what was damaged before", (t) => {
  const {folder, store, warnings, objectPath, entryPath} = written(t);
  const other = openStore(folder, () => {});
  for (let round = 1; round <= 2; round++) {
    for (const [path, content] of [[objectPath, bytes.subarray(1)], [entryPath, "{}"]] as const) {
      writeFileSync(path, content);
      assert.equal(store.find("table", first, null), undefined);
      other.write("table", first, null, bytes, about);
      assert.ok(store.find("table", first, null) !== undefined);
    }
    assert.equal(warnings.length, 2 * round);
  }
});

test("a folder in the place of an object or an entry is a miss, and the error of writing there names it", (t) => {
  const {store, warnings, objectPath, entryPath} = written(t);
  for (const path of [objectPath, entryPath]) {
    rmSync(path);
    mkdirSync(path);
    assert.equal(store.read("table", first, null), undefined);
    assert.throws(() => store.write("table", first, null, bytes, about), (error: Error) => error.message.startsWith(`could not write `) && error.message.includes(path));
    rmSync(path, {recursive: true});
    store.write("table", first, null, bytes, about);
    assert.ok(store.read("table", first, null) !== undefined);
  }
  assert.equal(warnings.length, 2);
});

test("what cannot be set aside is still a miss, and is written over", (t) => {
  const {folder, store, warnings, objectPath, entryPath} = written(t);
  writeFileSync(join(folder, "quarantine"), "a file where the folder should be");
  for (const [path, content] of [[objectPath, bytes.subarray(1)], [entryPath, "{}"]] as const) {
    writeFileSync(path, content);
    assert.equal(store.read("table", first, null), undefined);
    store.write("table", first, null, bytes, about);
    assert.ok(store.read("table", first, null) !== undefined);
  }
  assert.equal(warnings.length, 2);
});

test("a good object that another process puts in the place of a damaged one is not set aside", (t) => {
  const {folder, objectPath, entryPath} = written(t);
  const entry = readFileSync(entryPath);
  for (const [path, good] of [[objectPath, bytes], [entryPath, entry]] as const) {
    writeFileSync(path, "damaged");
    const files = watchedFiles(() => {});
    const renameSync = (from: string, to: string) => {
      if (from === path) writeFileSync(path, good);
      files.renameSync(from, to);
    };
    const store = openStore(folder, assert.fail, {files: {...files, renameSync} as never});
    assert.deepEqual(store.read("table", first, null)?.bytes, Buffer.from(bytes));
    assert.deepEqual(filesBelow(join(folder, "quarantine")), []);
    assert.deepEqual(filesBelow(dirname(path)).length, 1);
  }
});
