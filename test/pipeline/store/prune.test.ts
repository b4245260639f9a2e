import assert from "node:assert/strict";
import {mkdirSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {entryName, openStore} from "../../../src/pipeline/store/index.ts";
import type {Store} from "../../../src/pipeline/store/index.ts";
import {failingFiles, fault, watchedFiles} from "./faulty-files.ts";
import {filesBelow, keyOf, temporaryFolder, temporaryStore} from "./temporary-store.ts";

const about = {seconds: 0, note: {}};
const rowsOf = (name: string, bytes: number): Uint8Array => Buffer.from(name.repeat(bytes));
const [keptOnly, shared, lost] = [rowsOf("k", 10), rowsOf("s", 20), rowsOf("l", 40)];

/** Two entries and three objects that a kept run needs; beside them two entries with one object of their own, an object without entry, and a damaged one. */
function fill(store: Store, folder: string): void {
  const kept = [store.write("kept", keyOf("a"), {first: 0, count: 5}, keptOnly, about), store.write("kept", keyOf("b"), null, shared, about)];
  store.write("lost", keyOf("c"), null, shared, about);
  store.write("kept", keyOf("a"), {first: 5, count: 5}, lost, about);
  const published = {object: store.put(rowsOf("o", 80)), content: store.put(shared), csv: store.put(rowsOf("v", 160))};
  store.put(rowsOf("u", 320));
  mkdirSync(join(folder, "quarantine"), {recursive: true});
  writeFileSync(join(folder, "quarantine", "damaged"), rowsOf("d", 640));
  store.keepRun({version: 1, name: "mine", tables: {kept: published, lost: {error: "it diverged"}}, entries: kept.map(entryName)});
}

/** Holds the store to all that the kept run needs. */
function checkKept(folder: string, where: string): void {
  const store = openStore(folder, (warning) => assert.fail(`${where}: ${warning}`));
  assert.deepEqual(store.read("kept", keyOf("a"), {first: 0, count: 5})?.bytes, keptOnly, where);
  assert.deepEqual(store.read("kept", keyOf("b"), null)?.bytes, shared, where);
  const table = store.run("mine")!.tables["kept"]!;
  if ("error" in table) assert.fail(where);
  for (const digest of [table.object, table.content, table.csv]) assert.ok(store.object(digest) !== undefined, where);
  for (const [name, key, range] of [["kept", keyOf("a"), {first: 5, count: 5}], ["lost", keyOf("c"), null]] as const) {
    const read = store.read(name, key, range);
    if (read !== undefined) assert.deepEqual(read.bytes, name === "lost" ? shared : lost, where);
  }
}

test("statistics count what is there, and what no kept run needs", (t) => {
  const {store, folder} = temporaryStore(t);
  assert.deepEqual(store.statistics(), {objects: 0, objectBytes: 0, entries: 0, runs: [], quarantined: 0, quarantinedBytes: 0, codeRecords: 0, codeRecordBytes: 0, unreferencedBytes: 0});
  fill(store, folder);
  assert.deepEqual(store.statistics(), {objects: 6, objectBytes: 630, entries: 4, runs: [{name: "mine", bytes: 270}], quarantined: 1, quarantinedBytes: 640, codeRecords: 0, codeRecordBytes: 0, unreferencedBytes: 360});
});

test("pruning removes what no kept run needs, and a dry run says the same and removes nothing", (t) => {
  const {store, folder} = temporaryStore(t);
  fill(store, folder);
  const before = filesBelow(folder);
  const expected = {removedObjects: 2, removedEntries: 2, removedQuarantined: 1, removedCodeRecords: 0, freedBytes: 1000};
  assert.deepEqual(store.prune({dryRun: true}), expected);
  assert.deepEqual(filesBelow(folder), before);
  assert.deepEqual(store.prune(), expected);
  checkKept(folder, "after pruning");
  assert.deepEqual(store.statistics(), {objects: 4, objectBytes: 270, entries: 2, runs: [{name: "mine", bytes: 270}], quarantined: 0, quarantinedBytes: 0, codeRecords: 0, codeRecordBytes: 0, unreferencedBytes: 0});
  assert.deepEqual(readdirSync(join(folder, "index")), ["kept"]);
  assert.deepEqual(store.prune(), {removedObjects: 0, removedEntries: 0, removedQuarantined: 0, removedCodeRecords: 0, freedBytes: 0});
  store.forgetRun("mine");
  assert.deepEqual(store.prune(), {removedObjects: 4, removedEntries: 2, removedQuarantined: 0, removedCodeRecords: 0, freedBytes: 270});
  assert.deepEqual(filesBelow(folder), []);
});

test("wherever pruning stops, what the kept run needs stays, no entry loses its object, and pruning again finishes", (t) => {
  const counting = failingFiles(0, "");
  const whole = temporaryFolder(t);
  fill(openStore(whole, assert.fail), whole);
  openStore(whole, assert.fail, {files: counting.files}).prune();
  const expected = filesBelow(whole);
  assert.ok(counting.done.length > 40, `${counting.done.length} operations`);
  for (const dies of [true, false])
    for (let n = 1; n <= counting.done.length; n++) {
      const folder = temporaryFolder(t);
      fill(openStore(folder, assert.fail, {files: watchedFiles(() => {})}), folder);
      let done = 0;
      const files = watchedFiles(() => {
        if (++done === n || (dies && done > n)) throw fault("EIO");
      });
      const pruner = openStore(folder, () => {}, {files, processId: 7, isAlive: (id) => id !== 7, startTime: () => "1"});
      try {
        pruner.prune();
      } catch (error) {
        assert.match((error as Error).message, /^could not (claim|list|read|remove|flush) |^cannot prune the store: the kept run mine cannot be read/);
      }
      checkKept(folder, `operation ${n}, ${counting.done[n - 1]}`);
      const after = openStore(folder, assert.fail);
      after.clean();
      after.prune();
      assert.deepEqual(filesBelow(folder), expected, `operation ${n}`);
    }
});

test("pruning is refused while another living process works with the store, and entering while another prunes", (t) => {
  const alive = new Set([7, 8]);
  const as = (processId: number) => ({processId, isAlive: (id: number) => alive.has(id), startTime: () => "1"});
  const {folder} = temporaryStore(t);
  const [first, second] = [openStore(folder, assert.fail, as(7)), openStore(folder, assert.fail, as(8))];
  fill(first, folder);
  const leaveFirst = first.enter();
  const leaveAgain = first.enter();
  assert.throws(() => second.prune(), {message: "cannot prune the store while process 7 works with it: stop it or wait until it has finished, and prune again"});
  assert.equal(second.prune({dryRun: true}).removedObjects, 2);
  leaveFirst();
  assert.throws(() => second.prune(), /while process 7 works/);
  leaveAgain();
  leaveAgain();
  const leaveSecond = second.enter();
  assert.equal(second.prune().removedObjects, 2);
  assert.throws(() => first.prune(), /while process 8 works/);
  alive.delete(8);
  assert.equal(first.prune().removedObjects, 0);
  leaveSecond();

  alive.add(8);
  let refusals = 0;
  const files = watchedFiles((operation) => {
    if (operation !== "unlinkSync") return;
    assert.throws(() => second.enter(), {message: `the store in ${folder} is being pruned by process 7: run again when it has finished`});
    assert.throws(() => second.prune(), {message: "the store is being pruned by process 7 already"});
    refusals++;
  });
  first.put(rowsOf("x", 10));
  assert.equal(openStore(folder, assert.fail, {...as(7), files}).prune().removedObjects, 1);
  assert.ok(refusals >= 1);
  second.enter()();
});

test("whenever a process enters while another prunes, it is refused or nothing that it sees goes", (t) => {
  const as = (processId: number) => ({processId, isAlive: () => true, startTime: () => "1"});
  const outcomes = new Set<string>();
  for (let n = 1, last = Infinity; n <= last; n++) {
    const folder = temporaryFolder(t);
    const writer = openStore(folder, assert.fail, {...as(8), files: watchedFiles(() => {})});
    const digest = writer.put(rowsOf("x", 10));
    const isThere = () => writer.object(digest) !== undefined;
    let done = 0;
    let seen: boolean | "refused" | undefined;
    const files = watchedFiles(() => {
      if (++done !== n) return;
      try {
        writer.enter();
        seen = isThere();
      } catch (error) {
        assert.match((error as Error).message, /is being pruned by process 7/);
        seen = "refused";
      }
    });
    const pruner = openStore(folder, assert.fail, {...as(7), files});
    try {
      pruner.prune();
    } catch (error) {
      assert.match((error as Error).message, /while process 8 works/);
    }
    if (typeof seen === "boolean") assert.equal(isThere(), seen, `operation ${n}`);
    if (seen === undefined) last = n;
    outcomes.add(`${seen}, ${isThere() ? "stays" : "goes"}`);
    assert.deepEqual(readdirSync(join(folder, "claims")), []);
  }
  assert.deepEqual(outcomes, new Set(["true, stays", "refused, goes", "false, goes", "undefined, goes"]));
});
