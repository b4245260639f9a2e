import assert from "node:assert/strict";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {encodeTable, openStore, verdictColumns} from "../../../src/pipeline/index.ts";
import {compareRuns, keptRunRecords, openRun, runTablesReader} from "../../../src/pipeline/runs/index.ts";
import {temporaryFolder} from "../small-project.ts";
import {exampleRun} from "./example-run.ts";

const row = {id: "heavy-tails.trend", paper: "heavy-tails", title: "A trend", statement: "", source: "", sourceKind: "paper" as const, quantity: "", rule: "", href: "", outcome: "reproduced" as const, predicted: null, estimate: 1, low: 0.5, high: 1.5, used: 1, total: 1, discrepancy: null, minimumDetectableEffect: null, explanation: ""};

test("runs kept in a store are compared out of it; a damaged object or record is a warning and what can be said without it", (t) => {
  const warnings: string[] = [];
  const folder = temporaryFolder(t);
  const open = () => openStore(folder, (message) => warnings.push(message));
  const store = open();
  const run = (name: string, estimate: number) => {
    const object = store.put(encodeTable("verdicts", verdictColumns, [{...row, estimate}], {name}));
    const record = {...exampleRun({parameters: {"heavy-tails": {seed: estimate, sections: {}}}, tables: {verdicts: {object, content: store.put(Buffer.from(`rows ${estimate}`)), csv: store.put(Buffer.from("csv"))}}}), name};
    store.keepRun(record);
    return record;
  };
  const [latest, kept] = [run("latest-quick", 1), run("big-step", 2)];
  assert.deepEqual(openRun(store, "latest-quick"), latest);
  assert.deepEqual(keptRunRecords(store, (message) => warnings.push(message)), [kept]);
  const compare = () => compareRuns(openRun(open(), "latest-quick"), openRun(open(), "big-step"), runTablesReader(open()));
  const {parameters, verdicts} = compare();
  assert.deepEqual(parameters, [{paper: "heavy-tails", path: "seed", first: 1, second: 2}]);
  assert.deepEqual(verdicts, [{id: "heavy-tails.trend", title: "A trend", first: {outcome: "reproduced", estimate: 1, low: 0.5, high: 1.5}, second: {outcome: "reproduced", estimate: 2, low: 0.5, high: 1.5}, changed: "estimate"}]);
  assert.deepEqual(warnings, []);

  const {object} = kept.tables.verdicts as {object: string};
  const path = join(folder, "objects", object.slice(0, 2), object);
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
  const damaged = compare();
  assert.deepEqual([damaged.parameters, damaged.verdicts, damaged.withoutVerdicts], [parameters, [], ["second"]]);
  assert.equal(warnings.length, 1);

  writeFileSync(join(folder, "runs", "big-step.json"), "{}");
  warnings.length = 0;
  assert.throws(() => openRun(open(), "big-step"), {name: "RangeError", message: /^run: unknown name "big-step": expected one of latest-quick$/});
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!, /big-step is damaged/);
});
