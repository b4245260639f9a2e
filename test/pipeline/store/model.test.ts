import assert from "node:assert/strict";
import {readFileSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {isDeepStrictEqual} from "node:util";
import fc from "fast-check";
import {NondeterminismError, openStore} from "../../../src/pipeline/store/index.ts";
import type {KeptRun, Store} from "../../../src/pipeline/store/index.ts";
import {mortalDisk} from "./mortal-disk.ts";
import type {MortalDisk} from "./mortal-disk.ts";
import {filesBelow, keyOf, sha256, temporaryFolder} from "./temporary-store.ts";

/** What can be asked for: two keys of one table, one of them also in ranges, and a key of another table. */
const addresses = [
  {table: "one", key: keyOf("a"), range: null},
  {table: "one", key: keyOf("b"), range: null},
  {table: "one", key: keyOf("b"), range: {first: 0, count: 5}},
  {table: "one", key: keyOf("b"), range: {first: 5, count: 5}},
  {table: "two", key: keyOf("a"), range: null}
] as const;
const nameOf = (i: number): string => `${addresses[i]!.table}/${addresses[i]!.key}${addresses[i]!.range === null ? "" : `/${addresses[i]!.range.first}-5`}`;

/** Few contents, so that keys share objects; one longer than a write takes. */
const contents = ["short", "s".repeat(700), "t".repeat(700)].map((text) => Buffer.from(text));
const runNames = ["mine", "latest-quick"];

type Action =
  | {readonly kind: "write" | "put"; readonly address: number; readonly content: number}
  | {readonly kind: "keep"; readonly run: number; readonly addresses: readonly number[]; readonly contents: readonly number[]}
  | {readonly kind: "forget"; readonly run: number}
  | {readonly kind: "prune" | "clean"};

type Step =
  | {readonly kind: "do"; readonly action: Action}
  | {readonly kind: "lose power"; readonly action: Action; readonly operation: number}
  | {readonly kind: "damage"; readonly file: number; readonly place: number; readonly cut: boolean}
  | {readonly kind: "reopen"};

const address = fc.nat({max: addresses.length - 1});
const content = fc.nat({max: contents.length - 1});
const run = fc.nat({max: runNames.length - 1});
const action: fc.Arbitrary<Action> = fc.oneof(
  {weight: 6, arbitrary: fc.record({kind: fc.constant("write" as const), address, content})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant("put" as const), address, content})},
  {weight: 2, arbitrary: fc.record({kind: fc.constant("keep" as const), run, addresses: fc.uniqueArray(address), contents: fc.uniqueArray(content)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant("forget" as const), run})},
  {weight: 2, arbitrary: fc.record({kind: fc.constantFrom("prune" as const, "clean" as const)})}
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {weight: 6, arbitrary: fc.record({kind: fc.constant("do" as const), action})},
  {weight: 3, arbitrary: fc.record({kind: fc.constant("lose power" as const), action, operation: fc.integer({min: 1, max: 45})})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant("damage" as const), file: fc.nat(), place: fc.nat(), cut: fc.boolean()})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant("reopen" as const)})}
);

/** What a place may hold: one of `values`; nothing at all too, unless `sure`. */
interface Held<T> {
  readonly values: readonly T[];
  readonly sure: boolean;
}

const nothing = {values: [], sure: false} as const;
const unsure = <T>({values}: Held<T>): Held<T> => ({values, sure: false});

/** The store in memory: entries by address, objects by content, runs by name. */
interface Model {
  entries: Held<number>[];
  objects: Held<number>[];
  runs: (KeptRun | undefined)[];
}

function recordOf(action: Action & {kind: "keep"}, model: Model): KeptRun {
  const entries = action.addresses.filter((i) => model.entries[i]!.values.length > 0).map(nameOf);
  const tables = Object.fromEntries(action.contents.map((i) => [`table-${i}`, {object: sha256(contents[i]!), content: sha256(contents[i]!), csv: sha256(contents[i]!)}]));
  return {version: 1, name: runNames[action.run]!, tables, entries};
}

/** Does an action; whether it found other bytes of the same key. */
function perform(store: Store, action: Action, model: Model): "done" | "other bytes" {
  try {
    if (action.kind === "write") {
      const {table, key, range} = addresses[action.address]!;
      store.write(table, key, range, contents[action.content]!, {seconds: 1, note: {}});
    } else if (action.kind === "put") store.put(contents[action.content]!);
    else if (action.kind === "keep") store.keepRun(recordOf(action, model));
    else if (action.kind === "forget") store.forgetRun(runNames[action.run]!);
    else if (action.kind === "prune") store.prune();
    else store.clean();
    return "done";
  } catch (error) {
    if (error instanceof NondeterminismError) return "other bytes";
    throw error;
  }
}

function prune(model: Model, finished: boolean): void {
  const runs = model.runs.filter((run) => run !== undefined);
  const lost = <T>(held: Held<T>): Held<T> => (finished ? nothing : unsure(held));
  const needed = new Set(runs.flatMap(({tables}) => Object.keys(tables).map((name) => Number(name.slice("table-".length)))));
  model.entries = model.entries.map((held, i) => {
    if (!runs.some(({entries}) => entries.includes(nameOf(i)))) return lost(held);
    if (held.sure) needed.add(held.values[0]!);
    return held;
  });
  model.objects = model.objects.map((held, i) => (needed.has(i) ? held : unsure(held)));
}

/** What an action that finished leaves. */
function finish(action: Action, outcome: "done" | "other bytes", model: Model): void {
  if (action.kind === "write") {
    const known = model.entries[action.address]!;
    if (known.sure) assert.equal(outcome, known.values[0] === action.content ? "done" : "other bytes");
    else if (outcome === "other bytes") assert.ok(known.values.some((value) => value !== action.content));
    if (outcome === "other bytes") return;
    model.entries[action.address] = {values: [action.content], sure: true};
  }
  if (action.kind === "write" || action.kind === "put") model.objects[action.content] = {values: [action.content], sure: true};
  if (action.kind === "keep") model.runs[action.run] = recordOf(action, model);
  if (action.kind === "forget") model.runs[action.run] = undefined;
  if (action.kind === "prune") prune(model, true);
}

/** What an action that the loss of power interrupted may leave. */
function interrupt(action: Action, model: Model, store: Store): void {
  if (action.kind === "write") {
    const known = model.entries[action.address]!;
    if (!known.sure) model.entries[action.address] = {values: [...new Set([...known.values, action.content])], sure: false};
  }
  if (action.kind === "write" || action.kind === "put") {
    const known = model.objects[action.content]!;
    model.objects[action.content] = known.sure ? known : {values: [action.content], sure: false};
  }
  if (action.kind === "keep" || action.kind === "forget") {
    const found = store.run(runNames[action.run]!);
    const expected = [model.runs[action.run], action.kind === "keep" ? recordOf(action, model) : undefined];
    assert.ok(expected.some((run) => isDeepStrictEqual(run, found)), "a run is the old one or the new one");
    model.runs[action.run] = found;
  }
  if (action.kind === "prune") prune(model, false);
}

function check(store: Store, model: Model): void {
  addresses.forEach(({table, key, range}, i) => {
    const {values, sure} = model.entries[i]!;
    const [read, found] = [store.read(table, key, range), store.find(table, key, range)];
    if (read === undefined) return assert.ok(!sure && found === undefined, `${nameOf(i)} is lost`);
    assert.ok(values.some((value) => contents[value]!.equals(read.bytes)), `${nameOf(i)} holds what was never written there`);
    assert.deepEqual(found, read.entry);
  });
  contents.forEach((content, i) => {
    const bytes = store.object(sha256(content));
    if (bytes === undefined) assert.ok(!model.objects[i]!.sure, `object ${i} is lost`);
    else assert.ok(content.equals(bytes));
  });
  runNames.forEach((name, i) => assert.deepEqual(store.run(name), model.runs[i]));
}

/** Damages one object or entry and says what that may cost. */
function damage(folder: string, {file, place, cut}: Step & {kind: "damage"}, model: Model): void {
  const files = filesBelow(folder).filter((path) => /^(objects|index)\//.test(path));
  const path = files[file % Math.max(1, files.length)];
  if (path === undefined) return;
  const bytes = readFileSync(join(folder, path));
  if (cut) writeFileSync(join(folder, path), bytes.subarray(0, place % bytes.length));
  else {
    bytes[place % bytes.length]! ^= 1 << (place & 7);
    writeFileSync(join(folder, path), bytes);
  }
  const isHit = (digest: string) => path.endsWith(digest);
  model.objects = model.objects.map((held, i) => (isHit(sha256(contents[i]!)) ? unsure(held) : held));
  model.entries = model.entries.map((held, i) => (path === `index/${nameOf(i)}.json` || held.values.some((value) => isHit(sha256(contents[value]!))) ? unsure(held) : held));
}

/** How often the sequences came to what they are for. */
const seen = {"other bytes": 0, interrupted: 0, "power lost after the end": 0, pruned: 0, "kept through pruning": 0};

function follow(folder: string, steps: readonly Step[]): void {
  const model: Model = {entries: addresses.map(() => nothing), objects: contents.map(() => nothing), runs: runNames.map(() => undefined)};
  let disk: MortalDisk;
  let store: Store;
  let processId = 100;
  let warnings: string[] = [];
  let isDamaged = false;
  const open = (): void => {
    const own = ++processId;
    disk = mortalDisk();
    warnings = [];
    store = openStore(folder, (message) => void warnings.push(message), {files: disk.files, processId: own, isAlive: (id) => id === own, startTime: () => "1"});
  };
  open();
  for (const step of steps) {
    if (step.kind === "reopen") open();
    else if (step.kind === "damage") damage(folder, step, model);
    else {
      const losesPower = step.kind === "lose power";
      if (losesPower) disk!.failAt(step.operation);
      let outcome: "done" | "other bytes" | "interrupted" = "interrupted";
      try {
        outcome = perform(store!, step.action, model);
      } catch (error) {
        if (!losesPower) throw error;
      }
      if (losesPower) {
        disk!.losePower();
        open();
      }
      if (outcome === "interrupted") interrupt(step.action, model, store!);
      else finish(step.action, outcome, model);
      if (outcome === "other bytes") seen["other bytes"]++;
      if (losesPower) seen[outcome === "interrupted" ? "interrupted" : "power lost after the end"]++;
      if (step.action.kind === "prune" && outcome === "done") {
        seen.pruned++;
        if (model.entries.some(({sure}) => sure)) seen["kept through pruning"]++;
        assert.equal(store!.prune({dryRun: true}).removedEntries, 0);
        assert.equal(store!.statistics().unreferencedBytes, 0);
      }
    }
    check(store!, model);
    isDamaged ||= step.kind === "damage";
    if (!isDamaged) assert.deepEqual(warnings, []);
  }
  open();
  store!.clean();
  for (const part of ["temporary", "claims"]) if (readdirSync(folder).includes(part)) assert.deepEqual(readdirSync(join(folder, part)), []);
}

test("after any sequence of writes, losses of power, damage, kept runs and prunes the store holds what a model of it holds", (t) => {
  fc.assert(
    fc.property(fc.array(step, {maxLength: 40, size: "max"}), (steps) => {
      const cleanUps: (() => void)[] = [];
      try {
        follow(temporaryFolder({after: (work) => void cleanUps.push(work as () => void)}), steps);
      } finally {
        for (const work of cleanUps) work();
      }
    }),
    {numRuns: 150, seed: 6, includeErrorInReport: true}
  );
  for (const [what, times] of Object.entries(seen)) assert.ok(times >= 25, `${what}: ${times} times`);
  t.diagnostic(JSON.stringify(seen));
});
