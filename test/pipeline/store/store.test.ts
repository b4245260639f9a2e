import assert from "node:assert/strict";
import {lutimesSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {entryName, openStore} from "../../../src/pipeline/store/index.ts";
import {filesBelow, keyOf, sha256, temporaryStore} from "./temporary-store.ts";

const [first, second] = [keyOf("first"), keyOf("second")];
const bytes = Buffer.from("rows of the first key");
const about = {seconds: 1.25, note: {cell: "step size 0.2", modules: {b: "2", a: "1"}}};

test("rows are read, verified, by table, key and range, and by nothing less", (t) => {
  const {store, folder, warnings} = temporaryStore(t);
  const entry = store.write("table", first, null, bytes, about);
  const {check, ...rest} = entry;
  assert.deepEqual(rest, {version: 2, table: "table", key: first, range: null, object: sha256(bytes), bytes: bytes.length, ...about});
  const canonical = `{"bytes":21,"key":"${first}","note":{"cell":"step size 0.2","modules":{"a":"1","b":"2"}},"object":"${sha256(bytes)}","range":null,"seconds":1.25,"table":"table","version":2}`;
  assert.equal(check, sha256(canonical));
  assert.deepEqual(store.read("table", first, null), {entry, bytes});
  assert.deepEqual(store.find("table", first, null), entry);
  assert.deepEqual(store.object(entry.object), bytes);
  assert.equal(store.read("table", second, null), undefined);
  assert.equal(store.read("other", first, null), undefined);
  assert.equal(store.read("table", first, {first: 0, count: 1}), undefined);
  assert.equal(store.find("table", first, {first: 0, count: 1}), undefined);
  assert.deepEqual(warnings, []);
  assert.deepEqual(filesBelow(folder), [`index/table/${first}.json`, `objects/${sha256(bytes).slice(0, 2)}/${sha256(bytes)}`]);
});

test("the same bytes again leave the entry as it is, and one object serves many keys", (t) => {
  const {store} = temporaryStore(t);
  const entry = store.write("table", first, null, bytes, about);
  assert.deepEqual(store.write("table", first, null, bytes, {seconds: 99, note: {}}), entry);
  assert.deepEqual(store.find("table", first, null), entry);
  assert.equal(store.write("table", second, null, bytes, about).object, entry.object);
  assert.equal(store.put(bytes), entry.object);
  assert.equal(store.statistics().objects, 1);
});

test("ranges of a key are found by number, not by name, and leave the whole key alone", (t) => {
  const {store} = temporaryStore(t);
  const ranges = [{first: 100, count: 50}, {first: 0, count: 50}, {first: 9, count: 2}, {first: 0, count: 7}];
  for (const range of ranges) store.write("table", first, range, Buffer.from(JSON.stringify(range)), about);
  store.write("table", second, null, bytes, about);
  assert.deepEqual(store.ranges("table", first).map(({range}) => range), [{first: 0, count: 7}, {first: 0, count: 50}, {first: 9, count: 2}, {first: 100, count: 50}]);
  assert.equal(store.read("table", first, {first: 9, count: 2})!.bytes.toString(), '{"first":9,"count":2}');
  assert.equal(store.find("table", first, null), undefined);
  assert.deepEqual(store.ranges("table", second), []);
  assert.deepEqual(new Set(store.entries("table").map(entryName)), new Set([`table/${second}`, ...ranges.map(({first: from, count}) => `table/${first}/${from}-${count}`)]));
  assert.equal(store.entries("table").length, 5);
});

test("what another store in the same folder writes is there at once", (t) => {
  const {store, folder, warnings} = temporaryStore(t);
  const other = openStore(folder, assert.fail);
  assert.equal(other.find("table", first, null), undefined);
  assert.deepEqual(other.ranges("table", first), []);
  store.write("table", first, null, bytes, about);
  store.write("table", first, {first: 0, count: 1}, bytes, about);
  assert.ok(other.find("table", first, null) !== undefined);
  assert.equal(other.ranges("table", first).length, 1);
  assert.deepEqual(warnings, []);
});

test("an object without an entry is kept by its digest", (t) => {
  const {store} = temporaryStore(t);
  const digest = store.put(bytes);
  assert.equal(digest, sha256(bytes));
  assert.deepEqual(store.object(digest), bytes);
  assert.deepEqual(store.object(store.put(new Uint8Array())), Buffer.alloc(0));
  assert.equal(store.object(sha256("never put")), undefined);
});

test("the times of files and the clock say nothing: all touched, years ahead or back, all is found", (t) => {
  const {store, folder} = temporaryStore(t);
  store.write("table", first, null, bytes, about);
  store.write("table", first, {first: 0, count: 3}, bytes, about);
  t.mock.timers.enable({apis: ["Date"], now: 0});
  for (const seconds of [0, 1e9, 4e9]) {
    for (const path of readdirSync(folder, {recursive: true, encoding: "utf8"})) lutimesSync(join(folder, path), seconds, seconds);
    const again = openStore(folder, assert.fail);
    assert.deepEqual(again.read("table", first, null)?.bytes, bytes);
    assert.equal(again.ranges("table", first).length, 1);
    assert.deepEqual([again.clean(), again.write("table", first, null, bytes, about).seconds], [0, 1.25]);
  }
});

test("names, keys and ranges that can be none are refused before any file is touched", () => {
  const files = new Proxy({}, {get: (_, operation) => () => assert.fail(`${String(operation)} was called`)}) as never;
  const store = openStore("store", assert.fail, {files});
  for (const name of ["../x", "x/../y", "/etc/passwd", "%2e%2e", "..", ".", "", "a\u0000b", "A", "a.b", "x".repeat(300)]) {
    const expected = /^RangeError: (table|run): expected a/;
    const calls = [() => store.read(name, first, null), () => store.find(name, first, null), () => store.ranges(name, first), () => store.entries(name), () => store.write(name, first, null, bytes, about), () => store.claim(name, first, null), () => store.run(name), () => store.forgetRun(name), () => store.keepRun({version: 1, name, tables: {}, entries: []})];
    for (const call of calls) assert.throws(call, expected);
  }
  for (const key of ["", "../x", "0".repeat(63), "0".repeat(65), "G".repeat(64), `${"0".repeat(63)}\n`, "A".repeat(64), null as never]) {
    for (const call of [() => store.read("table", key, null), () => store.ranges("table", key), () => store.claim("table", key, null), () => store.write("table", key, null, bytes, about)])
      assert.throws(call, /^RangeError: table table: expected a key of 64 hex digits, found /);
    assert.equal(store.object(key), undefined);
  }
  for (const range of [{first: -1, count: 1}, {first: 0, count: 0}, {first: 0.5, count: 1}, {first: NaN, count: 1}, {first: 0, count: 2 ** 53}, {first: "../x" as never, count: 1}])
    for (const call of [() => store.read("table", first, range), () => store.find("table", first, range), () => store.claim("table", first, range), () => store.write("table", first, range, bytes, about)])
      assert.throws(call, /^RangeError: table table: expected a range of whole numbers with first ≥ 0 and count ≥ 1, found /);
});
