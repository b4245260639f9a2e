import assert from "node:assert/strict";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {checkRunName, entryName, openStore} from "../../../src/pipeline/store/index.ts";
import type {KeptRun} from "../../../src/pipeline/store/index.ts";
import {filesBelow, keyOf, sha256, temporaryStore} from "./temporary-store.ts";

const digest = sha256("object");
const record = {
  version: 1,
  name: "big-step",
  preset: "quick",
  parameters: {escape: {seed: 0, sections: {clock: {stepSizes: [0.1, 0.2]}}}},
  tables: {clock: {object: digest, content: digest, csv: digest}, tails: {error: "the chain diverged"}},
  entries: [`clock/${keyOf("a")}`, `clock/${keyOf("a")}/0-50`]
} as const;

test("a run is kept whole under its name, replaced under the same name, and forgotten", (t) => {
  const {store, folder, warnings} = temporaryStore(t);
  assert.deepEqual([store.run("big-step"), store.runs(), store.forgetRun("big-step")], [undefined, [], false]);
  store.keepRun(record);
  store.keepRun({...record, name: "latest-quick"});
  assert.deepEqual(store.run("big-step"), record);
  assert.deepEqual(openStore(folder, assert.fail).runs(), [record, {...record, name: "latest-quick"}]);
  store.keepRun({...record, preset: "full", entries: []});
  assert.deepEqual(store.run("big-step"), {...record, preset: "full", entries: []});
  assert.deepEqual([store.forgetRun("big-step"), store.forgetRun("big-step"), store.runs().length], [true, false, 1]);
  assert.deepEqual(filesBelow(folder), ["runs/latest-quick.json"]);
  assert.deepEqual(warnings, []);
});

test("an index entry has the name that a run lists", (t) => {
  const {store} = temporaryStore(t);
  const about = {seconds: 0, note: {}};
  const names = [null, {first: 0, count: 50}].map((range) => entryName(store.write("clock", keyOf("a"), range, Buffer.from("rows"), about)));
  assert.deepEqual(names, record.entries);
});

const refused: readonly (readonly [change: object, message: string])[] = [
  [{name: "../x"}, 'run: expected a kebab-case name such as first-passage, found "../x"'],
  [{version: 2}, "run big-step: expected version 1, found 2"],
  [{tables: {"../x": {error: ""}}}, 'run big-step, table: expected a kebab-case name such as first-passage, found "../x"'],
  [{tables: {clock: {object: digest, content: digest, csv: "../../x"}}}, 'run big-step, table clock: expected csv to be 64 hex digits, found "../../x"'],
  [{tables: {clock: {object: digest, csv: digest}}}, "run big-step, table clock: expected content to be 64 hex digits, found undefined"],
  [{entries: [`clock/${keyOf("a")}`, "../../x"]}, 'expected the name of an index entry, found "../../x"'],
  [{entries: [`../${keyOf("a")}`]}, 'table: expected a kebab-case name such as first-passage, found ".."'],
  [{entries: [`clock/${keyOf("a")}/0-050`]}, `expected the name of an index entry, found "clock/${keyOf("a")}/0-050"`]
];

for (const [change, message] of refused)
  test(`a run is refused, and no file touched, for: ${message.slice(0, 90)}`, (t) => {
    const {store, folder} = temporaryStore(t);
    assert.throws(() => store.keepRun({...record, ...change} as KeptRun), {name: "RangeError", message});
    assert.deepEqual(filesBelow(folder), []);
  });

test("a person's run has a kebab-case name that the pipeline does not take", () => {
  for (const name of ["big-step", "latest", "a".repeat(80)]) assert.equal(checkRunName(name), name);
  assert.throws(() => checkRunName("latest-quick"), {name: "RangeError", message: 'run: expected a name that does not begin with latest-, which is kept for the last run of each preset, found "latest-quick"'});
  for (const name of ["", "Big", "../x", "a".repeat(81), "a\u0000"]) assert.throws(() => checkRunName(name), /^RangeError: run: expected a/);
});

test("a damaged run is not given, with one warning; it stops pruning until it is forgotten or put back", (t) => {
  const {store, folder, warnings} = temporaryStore(t);
  const path = join(folder, "runs", "big-step.json");
  store.keepRun(record);
  const {object} = store.write("clock", keyOf("a"), null, Buffer.from("rows"), {seconds: 0, note: {}});
  const whole = readFileSync(path, "utf8");
  for (const damaged of [whole.replace("quick", "quack"), whole.slice(0, 100), "{}", ""]) {
    writeFileSync(path, damaged);
    warnings.length = 0;
    const again = openStore(folder, (message) => void warnings.push(message));
    assert.deepEqual([again.run("big-step"), again.runs(), again.statistics().runs], [undefined, [], []]);
    assert.deepEqual(warnings, [`the kept run big-step is damaged and cannot be read; forget it, or put ${path} back from a copy`]);
    for (const dryRun of [true, false])
      assert.throws(() => again.prune({dryRun}), {message: `cannot prune the store: the kept run big-step cannot be read, so what it needs is not known; forget it, or put ${path} back from a copy`});
    assert.ok(again.object(object) !== undefined);
  }
  writeFileSync(path, whole);
  assert.deepEqual([store.run("big-step"), store.prune().removedObjects], [record, 0]);
  writeFileSync(path, "");
  assert.deepEqual([store.forgetRun("big-step"), store.prune().removedObjects], [true, 1]);
});
