import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import type {ChildProcess} from "node:child_process";
import {once} from "node:events";
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {openStore} from "../../../src/pipeline/store/index.ts";
import type {Store, StoreEffects} from "../../../src/pipeline/store/index.ts";
import {failingFiles, watchedFiles} from "./faulty-files.ts";
import {filesBelow, keyOf, temporaryFolder, temporaryStore} from "./temporary-store.ts";

const key = keyOf("cell");
const claimOf = (store: Store) => store.claim("table", key, null);
const holds = (claim: ReturnType<typeof claimOf>): claim is {release: () => void} => "release" in claim;

/** Processes that a test makes up: each id with its start time while it lives. */
function machine(alive: Map<number, string | null>) {
  return (processId: number): Partial<StoreEffects> => ({processId, isAlive: (id) => alive.has(id), startTime: (id) => alive.get(id) ?? null});
}

test("a claim is held by one, named by its process, and free again once released; others of its table, key or range are not touched", (t) => {
  const {store, folder} = temporaryStore(t);
  const first = claimOf(store);
  assert.ok(holds(first));
  assert.deepEqual(claimOf(store), {heldBy: process.pid});
  assert.deepEqual(claimOf(openStore(folder, assert.fail)), {heldBy: process.pid});
  for (const other of [store.claim("other", key, null), store.claim("table", keyOf("other"), null), store.claim("table", key, {first: 0, count: 1}), store.claim("table", key, {first: 0, count: 10})]) {
    assert.ok(holds(other));
    other.release();
  }
  first.release();
  first.release();
  const second = claimOf(store);
  assert.ok(holds(second));
  first.release();
  assert.deepEqual(claimOf(store), {heldBy: process.pid});
  second.release();
  assert.deepEqual(filesBelow(folder), []);
  assert.deepEqual(readdirSync(join(folder, "claims")), []);
});

const holders: readonly (readonly [name: string, later: ReadonlyMap<number, string | null>, free: boolean])[] = [
  ["lives", new Map([[7, "100"], [8, "300"]]), false],
  ["has ended", new Map([[8, "300"]]), true],
  ["has ended, and its id is a later process's", new Map([[7, "200"], [8, "300"]]), true],
  ["has ended, and its id is that of who asks", new Map([[7, "200"]]), true]
];

for (const [name, later, free] of holders)
  test(`the claim of a process that ${name} is ${free ? "taken over" : "respected"}`, (t) => {
    const alive = new Map<number, string | null>([[7, "100"]]);
    const as = machine(alive);
    const {folder} = temporaryStore(t);
    assert.ok(holds(claimOf(openStore(folder, assert.fail, as(7)))));
    alive.clear();
    for (const [id, started] of later) alive.set(id, started);
    const who = later.has(8) ? 8 : 7;
    const claim = claimOf(openStore(folder, assert.fail, as(who)));
    assert.deepEqual(holds(claim) ? {} : claim, free ? {} : {heldBy: 7});
    if (free) assert.deepEqual(claimOf(openStore(folder, assert.fail, as(9))), {heldBy: who});
  });

test("where start times are not known, a process is taken by its id alone", (t) => {
  const alive = new Map<number, string | null>([[7, null]]);
  const as = machine(alive);
  const {folder} = temporaryStore(t);
  assert.ok(holds(claimOf(openStore(folder, assert.fail, as(7)))));
  assert.deepEqual(claimOf(openStore(folder, assert.fail, as(8))), {heldBy: 7});
  alive.delete(7);
  assert.ok(holds(claimOf(openStore(folder, assert.fail, as(8)))));
});

test("whatever a rival does between any two file operations of a take-over, one of them gets the claim", (t) => {
  const alive = new Map<number, string | null>([[7, "1"], [8, "1"], [9, "1"]]);
  const as = machine(alive);
  const rivals: readonly ((folder: string) => ReturnType<typeof claimOf>)[] = [
    (folder) => claimOf(openStore(folder, assert.fail, as(9))),
    (folder) => {
      const claim = claimOf(openStore(folder, assert.fail, as(9)));
      if (holds(claim)) claim.release();
      return claimOf(openStore(folder, assert.fail, as(9)));
    },
    (folder) => {
      openStore(folder, assert.fail, as(9)).clean();
      return claimOf(openStore(folder, assert.fail, as(9)));
    }
  ];
  let [won, lost] = [0, 0];
  for (const stale of [true, false])
    for (const rival of rivals)
      for (let n = 1, last = Infinity; n <= last; n++) {
        const folder = temporaryFolder(t);
        alive.set(7, "1");
        if (stale) claimOf(openStore(folder, assert.fail, as(7)));
        alive.delete(7);
        let theirs: ReturnType<typeof claimOf> | undefined;
        let done = 0;
        const files = watchedFiles(() => {
          if (++done === n) theirs = rival(folder);
        });
        const ours = claimOf(openStore(folder, assert.fail, {...as(8), files}));
        if (theirs === undefined) last = n;
        theirs ??= rival(folder);
        assert.equal(Number(holds(ours)) + Number(holds(theirs)), 1, `stale ${stale}, operation ${n}`);
        assert.deepEqual(holds(ours) ? theirs : ours, {heldBy: holds(ours) ? 8 : 9});
        assert.deepEqual(readdirSync(join(folder, "temporary")), []);
        if (holds(ours)) won++;
        else lost++;
      }
  assert.ok(won >= 6 && lost >= 12, `${won} won, ${lost} lost`);
});

test("a claim that cannot be made is an error that names it and leaves nothing", (t) => {
  const {done, files} = failingFiles(0, "");
  const {store} = temporaryStore(t, {files});
  claimOf(store);
  for (let n = 1; n <= done.length; n++) {
    const faulty = failingFiles(n, "EACCES");
    const {folder, store: other} = temporaryStore(t, {files: faulty.files});
    assert.throws(() => claimOf(other), (error: Error) => error.message === `could not claim ${join(folder, "claims", `table.${key}`)} (EACCES): check the disk and the folder's permissions and run again`);
    assert.deepEqual(filesBelow(folder), []);
  }
});

test("cleaning removes what ended processes left, and nothing of the living", (t) => {
  const alive = new Map<number, string | null>([[7, "1"], [8, "1"]]);
  const as = machine(alive);
  const {folder} = temporaryStore(t);
  for (const id of [7, 8]) {
    const store = openStore(folder, assert.fail, as(id));
    assert.ok(holds(store.claim("table", keyOf(`of ${id}`), null)));
    store.enter();
    for (const n of [0, 1]) writeFileSync(join(folder, "temporary", `${id}.1.0000000${n}`), "half");
    mkdirSync(join(folder, "temporary", `${id}.1.00000002`));
    writeFileSync(join(folder, "temporary", `${id}.1.00000002`, `${id}.1.00000002`), "");
  }
  writeFileSync(join(folder, "temporary", "nobody's"), "");
  const store = openStore(folder, assert.fail, as(8));
  assert.equal(store.clean(), 1);
  alive.delete(7);
  assert.equal(store.clean(), 5);
  assert.deepEqual(store.claim("table", keyOf("of 8"), null), {heldBy: 8});
  assert.deepEqual(filesBelow(folder).filter((path) => !path.includes("/8.1.")), []);
  assert.equal(filesBelow(folder).length, 5);
  assert.equal(store.clean(), 0);
});

const keys = Array.from({length: 12}, (_, i) => keyOf(`shared ${i}`));

function start(t: {after: (work: () => void) => void}, folder: string, role: "holds" | "computes"): ChildProcess {
  const script = join(import.meta.dirname, "claiming-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, folder, role, ...keys], {stdio: ["pipe", "pipe", "inherit"]});
  t.after(() => void child.kill("SIGKILL"));
  return child;
}

/** Takes the second key over while its holder is killed but still known to the system: its end is reaped by this process, which is busy here. */
function takeOverUnreaped(store: Store): void {
  for (let left = 400; ; left--) {
    const claim = store.claim("table", keys[1]!, null);
    if (holds(claim)) return claim.release();
    assert.ok(left > 0, "a process that was killed still holds its claim");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
}

test("eight processes that ask for the same keys, one of which a killed process held, compute each once and read the same bytes", async (t) => {
  const folder = temporaryFolder(t);
  const holder = start(t, folder, "holds");
  await once(holder.stdout!, "data");
  const store = openStore(folder, assert.fail);
  for (const one of keys.slice(0, 2)) assert.deepEqual(store.claim("table", one, null), {heldBy: holder.pid});
  holder.kill("SIGKILL");
  if (existsSync("/proc/self/stat")) takeOverUnreaped(store);
  await once(holder, "exit");

  const children = Array.from({length: 8}, () => start(t, folder, "computes"));
  await Promise.all(children.map((child) => once(child.stdout!, "data")));
  const ended = children.map((child) => once(child, "exit"));
  for (const child of children) child.stdin!.write("go\n");
  assert.deepEqual((await Promise.all(ended)).map(([code]) => code as number), Array(8).fill(0));
  const computed = readFileSync(join(folder, "computed"), "utf8").trim().split("\n");
  assert.deepEqual(computed.toSorted(), keys.toSorted());
  for (const one of keys) assert.equal(Buffer.from(store.read("table", one, null)!.bytes).toString(), `rows of ${one}`);
  assert.equal(store.clean(), 0);
  for (const part of ["claims", "temporary"]) assert.deepEqual(readdirSync(join(folder, part)), []);
  assert.ok(!existsSync(join(folder, "quarantine")));
});
