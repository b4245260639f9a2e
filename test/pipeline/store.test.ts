import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import fc from "fast-check";
import {encodeTable, openStore, real} from "../../src/pipeline/index.ts";
import {filesBelow, temporaryFolder} from "./small-project.ts";

const keyOf = (name: string) => createHash("sha256").update(name).digest("hex");
const [firstKey, secondKey] = [keyOf("first"), keyOf("second")];
const tableOf = (key: string, length = 3) => encodeTable("table", {x: real("x")}, Array.from({length}, (_, i) => ({x: i / 7})), {key});
const bytes = tableOf(firstKey);

function storeIn(t: TestContext) {
  const folder = temporaryFolder(t);
  const warnings: string[] = [];
  const store = openStore(folder, (message) => void warnings.push(message));
  const entry = store.write("table", firstKey, bytes, 1.23456);
  const objectPath = join(folder, "objects", `${entry.object}.arrow`);
  const entryPath = join(folder, "index", "table", `${firstKey}.json`);
  return {folder, warnings, store, entry, objectPath, entryPath};
}

test("a table is read by its key alone, verified", (t) => {
  const {store, entry, warnings, folder} = storeIn(t);
  assert.deepEqual(entry, {version: 1, table: "table", object: createHash("sha256").update(bytes).digest("hex"), seconds: 1.235});
  const read = store.read("table", firstKey)!;
  assert.deepEqual([read.entry, Buffer.from(read.bytes)], [entry, Buffer.from(bytes)]);
  assert.deepEqual(Buffer.from(store.object(entry.object)!), Buffer.from(bytes));
  assert.equal(store.read("table", secondKey), undefined);
  assert.equal(store.read("other", firstKey), undefined);
  assert.deepEqual(warnings, []);
  assert.deepEqual(filesBelow(folder), [`index/table/${firstKey}.json`, `objects/${entry.object}.arrow`]);
});

test("bytes that are no whole table of their key are never kept", (t) => {
  const {store, folder} = storeIn(t);
  const before = filesBelow(folder);
  assert.throws(() => store.write("table", secondKey, bytes, 1), {name: "RangeError", message: `table table: expected metadata with the key ${secondKey.slice(0, 12)}, found ${firstKey.slice(0, 12)}`});
  assert.throws(() => store.write("table", secondKey, bytes.subarray(0, -8), 1), /^RangeError: table table: the Arrow IPC stream has no end marker/);
  assert.throws(() => store.write("table", secondKey, new Uint8Array(), 1), /^RangeError: table table: expected an Arrow IPC stream, found nothing/);
  assert.deepEqual(filesBelow(folder), before);
});

/** Damages the object, and holds the store to: a miss with one warning, the object set aside, a whole table again once rewritten. */
function checkDamage({folder, warnings, store, entry, objectPath}: ReturnType<typeof storeIn>, damaged: Uint8Array): void {
  writeFileSync(objectPath, damaged);
  warnings.length = 0;
  rmSync(join(folder, "quarantine"), {recursive: true, force: true});
  assert.equal(store.read("table", firstKey), undefined);
  assert.deepEqual(warnings, [`cached table ${entry.object.slice(0, 12)} was damaged; it is set aside in quarantine and computed again`]);
  const [aside, ...others] = readdirSync(join(folder, "quarantine"));
  assert.deepEqual(others, []);
  assert.deepEqual(readFileSync(join(folder, "quarantine", aside!)), Buffer.from(damaged));
  assert.equal(store.object(entry.object), undefined);
  store.write("table", firstKey, bytes, 1);
  assert.deepEqual(Buffer.from(store.read("table", firstKey)!.bytes), Buffer.from(bytes));
  assert.equal(warnings.length, 1);
}

test("an object cut at ten places is detected, set aside and written again", (t) => {
  const store = storeIn(t);
  for (let i = 0; i < 10; i++) checkDamage(store, bytes.subarray(0, Math.floor((i * bytes.length) / 10)));
});

test("one flipped bit is detected in 500 of 500 objects", (t) => {
  const store = storeIn(t);
  const flip = fc.integer({min: 0, max: 8 * bytes.length - 1});
  fc.assert(
    fc.property(flip, (bit) => {
      const damaged = Uint8Array.from(bytes);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      checkDamage(store, damaged);
    }),
    {numRuns: 500, seed: 6}
  );
});

const other = "f".repeat(64);
const damagedEntries: readonly (readonly [name: string, text: (object: string) => string])[] = [
  ["garbage", () => "\u0000\u0001garbage"],
  ["nothing", () => ""],
  ["half of itself", (object) => `{"version":1,"table":"table","object":"${object.slice(0, 20)}`],
  ["{}", () => "{}"],
  ["null", () => "null"],
  ["a list", () => "[]"],
  ["another version", (object) => JSON.stringify({version: 2, table: "table", object, seconds: 1})],
  ["another table's name", (object) => JSON.stringify({version: 1, table: "other", object, seconds: 1})],
  ["a path for an object", () => JSON.stringify({version: 1, table: "table", object: "../../../etc/passwd", seconds: 1})],
  ["a list for an object", (object) => JSON.stringify({version: 1, table: "table", object: [object], seconds: 1})]
];

for (const [name, text] of damagedEntries)
  test(`an index entry that holds ${name} is a miss with one warning, and its object stays`, (t) => {
    const {warnings, store, entry, entryPath, objectPath} = storeIn(t);
    writeFileSync(entryPath, text(entry.object));
    assert.equal(store.read("table", firstKey), undefined);
    assert.deepEqual(warnings, ["the cache's entry for table was damaged; it is computed again"]);
    assert.deepEqual(readFileSync(objectPath), Buffer.from(bytes));
    store.write("table", firstKey, bytes, 1);
    assert.ok(store.read("table", firstKey) !== undefined);
  });

test("an index entry without its object is a miss with one warning", (t) => {
  const {warnings, store, entryPath, entry} = storeIn(t);
  writeFileSync(entryPath, JSON.stringify({...entry, object: other}));
  assert.equal(store.read("table", firstKey), undefined);
  assert.deepEqual(warnings, ["the cached table that the entry for table names is gone; it is computed again"]);
});

test("an index entry that names another table's object is a miss with one warning, and the object stays", (t) => {
  const {warnings, store, entryPath} = storeIn(t);
  const second = store.write("table", secondKey, tableOf(secondKey), 1);
  writeFileSync(entryPath, JSON.stringify(second));
  assert.equal(store.read("table", firstKey), undefined);
  assert.deepEqual(warnings, ["the cache's entry for table names another table; it is computed again"]);
  assert.ok(store.read("table", secondKey) !== undefined);
});

test("an object that is verified but no Arrow is a miss with one warning", (t) => {
  const {folder, warnings, store, entryPath, entry} = storeIn(t);
  const digest = createHash("sha256").update("garbage").digest("hex");
  writeFileSync(join(folder, "objects", `${digest}.arrow`), "garbage");
  writeFileSync(entryPath, JSON.stringify({...entry, object: digest}));
  assert.equal(store.read("table", firstKey), undefined);
  assert.equal(warnings.length, 1);
});

test("an object that cannot be set aside is still a miss", (t) => {
  const {folder, objectPath, warnings, store} = storeIn(t);
  writeFileSync(join(folder, "quarantine"), "a file where the folder should be");
  writeFileSync(objectPath, bytes.subarray(0, 100));
  assert.equal(store.read("table", firstKey), undefined);
  assert.equal(warnings.length, 1);
  store.write("table", firstKey, bytes, 1);
  assert.ok(store.read("table", firstKey) !== undefined);
});

test("a folder in an object's place is a miss", (t) => {
  const {objectPath, store} = storeIn(t);
  rmSync(objectPath);
  mkdirSync(objectPath);
  assert.equal(store.read("table", firstKey), undefined);
});
