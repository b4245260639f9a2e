import assert from "node:assert/strict";
import {rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {keyOf as key, temporaryStore} from "./temporary-store.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);

test("a verification reads everything and names what is damaged, what is missing and what nothing names", (t) => {
  const {folder, store, warnings} = temporaryStore(t);
  const empty = {objects: 0, objectBytes: 0, entries: 0, runs: 0, damagedObjects: [], damagedEntries: [], damagedRuns: [], missing: [], unreferenced: 0, unreferencedBytes: 0};
  assert.deepEqual(store.verify(), empty);

  const csv = store.put(bytes("x\n1\n"));
  const cell = store.write("decay", key("cell"), {first: 0, count: 200}, bytes("rows"), {seconds: 1, note: {cell: "a"}});
  const table = store.write("decay", key("table"), null, bytes("the whole table"), {seconds: 1, note: {content: key("content"), csv}});
  const other = store.write("growth", key("cell"), null, bytes("other rows"), {seconds: 1, note: {}});
  store.put(bytes("nothing names me"));
  for (const name of ["big-step", "latest-quick"]) store.keepRun({version: 1, name, tables: {decay: {object: table.object, content: key("content"), csv}, gone: {error: "it failed"}}, entries: []});
  const heard: (readonly [number, number])[] = [];
  assert.deepEqual(store.verify((done, total) => void heard.push([done, total])), {...empty, objects: 5, objectBytes: 49, entries: 3, runs: 2, unreferenced: 1, unreferencedBytes: 16});
  assert.deepEqual(heard, [1, 2, 3, 4, 5].map((done) => [done, 5]));
  assert.deepEqual(warnings, []);

  const pathOf = (object: string) => join(folder, "objects", object.slice(0, 2), object);
  writeFileSync(pathOf(cell.object), "r0ws");
  rmSync(pathOf(csv));
  writeFileSync(join(folder, "index", "growth", `${other.key}.json`), "{}");
  writeFileSync(join(folder, "runs", "big-step.json"), "half");
  const found = store.verify();
  assert.deepEqual([found.damagedObjects, found.damagedEntries, found.damagedRuns], [[cell.object], [`growth/${other.key}`], ["big-step"]]);
  assert.deepEqual(
    found.missing.map(({of, object}) => `${of} ${object}`).sort(),
    [`decay/${cell.key}/0-200 ${cell.object}`, `decay/${table.key} ${csv}`, `run latest-quick ${csv}`].sort()
  );
  assert.deepEqual([found.unreferenced, found.unreferencedBytes], [2, 26]);
  assert.equal(warnings.length, 3);
  assert.deepEqual(store.verify().damagedObjects, [], "what was damaged is set aside");
});
