import assert from "node:assert/strict";
import {mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import fc from "fast-check";
import {entryName, openStore} from "../../../src/pipeline/store/index.ts";
import type {Store} from "../../../src/pipeline/store/index.ts";
import {bareProject, derivedLoader, experimentLoader} from "../small-project.ts";
import {startInProcess} from "../worker-in-process.ts";
import {fault, watchedFiles} from "./faulty-files.ts";
import {filesBelow, keyOf, sha256, temporaryFolder} from "./temporary-store.ts";

const digests = Array.from({length: 6}, (_, i) => sha256(`source ${i}`));

/** Which sources each kept and each lost entry names, and each description of its tables and besides, oldest first. */
interface Case {
  readonly kept: readonly number[];
  readonly lost: readonly number[];
  readonly descriptions: readonly {readonly tables: readonly number[]; readonly given: readonly number[]; readonly damaged: boolean}[];
}

const some = fc.uniqueArray(fc.nat({max: digests.length - 1}), {maxLength: 3});
const arbitrary: fc.Arbitrary<Case> = fc.record({kept: some, lost: some, descriptions: fc.array(fc.record({tables: some, given: some, damaged: fc.boolean()}), {maxLength: 4})});

function fill(store: Store, folder: string, {kept, lost, descriptions}: Case): void {
  const write = (table: string) => (i: number) => store.write(table, keyOf(String(i)), null, Buffer.from(`${table} ${i}`), {seconds: 0, note: {basis: i % 2 === 0 ? {source: digests[i]!} : {source: "none", random: `${digests[i]!} {"pure-rand":"8"}`}}});
  store.keepRun({version: 1, name: "mine", tables: {}, entries: kept.map(write("kept")).map(entryName)});
  lost.forEach(write("lost"));
  for (const part of ["descriptions", "sources"]) mkdirSync(join(folder, part), {recursive: true});
  for (const digest of digests) writeFileSync(join(folder, "sources", `${digest}.json`), "source");
  descriptions.forEach(({tables, given, damaged}, age) => {
    const body = JSON.stringify({tables: Object.fromEntries(tables.map((i) => [`table-${i}`, {basis: {source: digests[i]}}])), sources: Object.fromEntries([...tables, ...given].map((i) => [digests[i], {}]))});
    const path = join(folder, "descriptions", `${sha256(String(age))}.json`);
    writeFileSync(path, `${sha256(body)}\n${damaged ? body.slice(1) : body}`);
    utimesSync(path, 1000 + age, 1000 + age);
  });
}

const namesIn = (folder: string, part: string): readonly string[] => readdirSync(join(folder, part)).map((name) => name.replace(".json", "")).sort();

/** What has to be there after pruning, by the rule as it is said. */
function needed({kept, descriptions}: Case): {readonly descriptions: readonly string[]; readonly sources: readonly string[]} {
  const sound = descriptions.flatMap((description, age) => (description.damaged ? [] : [{...description, age}]));
  const stay = sound.filter(({tables}, i) => i === sound.length - 1 || tables.every((i) => kept.includes(i)));
  const sources = new Set([...kept, ...stay.flatMap(({tables, given}) => [...tables, ...given])]);
  return {descriptions: stay.map(({age}) => sha256(String(age))).sort(), sources: [...sources].map((i) => digests[i]!).sort()};
}

test("pruning leaves the sources that kept entries name, the descriptions of their code and the newest, whole, and no others", () => {
  const seen = {descriptionLost: 0, descriptionKept: 0, sourceLost: 0};
  fc.assert(
    fc.property(arbitrary, (given) => {
      const undo: (() => void)[] = [];
      const folder = temporaryFolder({after: (work) => void undo.push(work as () => void)});
      try {
        const store = openStore(folder, assert.fail, {files: watchedFiles(() => {})});
        fill(store, folder, given);
        const [before, records] = [filesBelow(folder), store.statistics().codeRecords];
        const expected = needed(given);
        const removed = digests.length + given.descriptions.length - expected.descriptions.length - expected.sources.length;
        assert.equal(store.prune({dryRun: true}).removedCodeRecords, removed);
        assert.deepEqual([filesBelow(folder), records], [before, digests.length + given.descriptions.length]);
        assert.equal(store.prune().removedCodeRecords, removed);
        assert.deepEqual({descriptions: namesIn(folder, "descriptions"), sources: namesIn(folder, "sources")}, expected);
        const again = store.prune();
        assert.deepEqual([again.removedCodeRecords, again.freedBytes], [0, 0]);
        if (expected.descriptions.length < given.descriptions.length) seen.descriptionLost++;
        if (expected.descriptions.length > 1) seen.descriptionKept++;
        if (expected.sources.length < digests.length) seen.sourceLost++;
      } finally {
        for (const work of undo) work();
      }
    }),
    {numRuns: 150, seed: 6, includeErrorInReport: true}
  );
  for (const [what, times] of Object.entries(seen)) assert.ok(times >= 10, `${what}: ${times} times`);
});

test("wherever pruning stops, kept entries and every description that is left have their sources", (t) => {
  const given: Case = {kept: [0, 1], lost: [2], descriptions: [{tables: [2], given: [3], damaged: false}, {tables: [0, 1], given: [4], damaged: false}, {tables: [5], given: [], damaged: true}, {tables: [0], given: [1], damaged: false}]};
  let stopped = 0;
  for (let n = 1, finished = false; !finished; n++) {
    const folder = temporaryFolder(t);
    fill(openStore(folder, assert.fail, {files: watchedFiles(() => {})}), folder, given);
    let done = 0;
    const files = watchedFiles(() => {
      if (++done >= n) throw fault("EIO");
    });
    try {
      openStore(folder, () => {}, {files, processId: 7, isAlive: () => false, startTime: () => "1"}).prune();
      finished = done < n;
    } catch {
      stopped++;
    }
    const left = namesIn(folder, "descriptions");
    const sources = namesIn(folder, "sources");
    for (const digest of needed(given).sources) assert.ok(sources.includes(digest), `operation ${n}`);
    given.descriptions.forEach(({tables, given, damaged}, age) => {
      if (damaged || !left.includes(sha256(String(age)))) return;
      for (const i of [...tables, ...given]) assert.ok(sources.includes(digests[i]!), `operation ${n}`);
    });
    rmSync(folder, {recursive: true});
  }
  assert.ok(stopped > 30, `${stopped} places`);
});

test("after pruning, a plan still names the module that was edited since a kept run", async (t) => {
  const deep = "src/models/deep.ts";
  const small = bareProject(t, {
    [deep]: "export const half = (x) => x / 2;\n",
    "loaders/decay.arrow.ts": experimentLoader('[{name: "half", reads: {}}]', "return [{x: half(1)}];", {head: 'import {half} from "../src/models/deep.ts";'}),
    "loaders/sum.arrow.ts": derivedLoader('return input("decay");', {inputs: ["decay"]})
  });
  const here = {startWorker: startInProcess};
  const store = openStore(small.project.storeFolder, assert.fail);
  const keep = async (name: string): Promise<void> => store.keepRun({...(await small.run(undefined, here)).manifest.run, name} as Parameters<Store["keepRun"]>[0]);
  const edit = (text: string): void => small.write(deep, readFileSync(join(small.root, deep), "utf8").replace(/=> .*;/, `=> ${text};`));
  await keep("first");
  edit("0.5 * x");
  await small.run(undefined, here);
  edit("x * 0.5");
  await keep("third");
  store.forgetRun("latest-quick");
  assert.equal(store.prune().removedCodeRecords, 2, "the description and the source of the second");
  edit("x / 4 + x / 4");
  const session = small.session(here);
  const {tables} = await session.plan();
  assert.deepEqual(tables.find(({table}) => table === "decay")!.pieces[0]!.reasons, [{kind: "module", text: deep}]);
});
