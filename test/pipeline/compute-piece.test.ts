import assert from "node:assert/strict";
import {test} from "node:test";
import type {ProjectDescription, TableDescription} from "../../src/pipeline/describe/index.ts";
import {openProject} from "../../src/pipeline/index.ts";
import {computePiece} from "../../src/pipeline/run/compute-piece.ts";
import type {RunTools} from "../../src/pipeline/run/compute-piece.ts";
import type {RunEvent} from "../../src/pipeline/run/index.ts";
import type {Piece} from "../../src/pipeline/run/table-lookup.ts";
import {openWorkQueue} from "../../src/pipeline/run/work-queue.ts";
import type {Entry, Store} from "../../src/pipeline/store/index.ts";

const table = {name: "decay", kind: "experiment", inputs: [], paper: null, section: null, seed: 0, basis: {}} as unknown as TableDescription;
const pieceOf = (name: string): Piece => ({table, cell: {name, reads: {}, replicas: null, imageSets: [], data: {}, rows: null}, key: name.repeat(64).slice(0, 64), range: null, inputs: {objects: {}, contents: {}}, entry: null});
const entryOf = (key: string): Entry => ({version: 2, table: "decay", key, range: null, object: key, bytes: 1, seconds: 2, note: {}, check: key});

/** Two pieces for one place: another process holds the first until `frees` says how it ends. */
async function run(frees: "computed" | "died") {
  const [held, free] = [pieceOf("a"), pieceOf("b")];
  const events: RunEvent[] = [];
  const kept = new Map<string, Entry>();
  let waits = 0;
  const store: Pick<Store, "find" | "claim"> = {
    find: (_table, key) => kept.get(key),
    claim: (_table, key) => (key === held.key && waits < 3 ? {heldBy: 77} : {release: () => {}})
  };
  const tools = {
    store,
    workers: {ask: async ({address: {key}}: {address: {key: string}}) => {
      kept.set(key, entryOf(key));
      return {kind: "computed", entry: entryOf(key), backEnds: ""};
    }},
    times: {seconds: () => null, isMeasured: () => false},
    log: () => {},
    report: (event: RunEvent) => void events.push(event),
    async wait(milliseconds: number) {
      assert.equal(milliseconds, 50 * 2 ** waits);
      waits++;
      if (waits === 3 && frees === "computed") kept.set(held.key, entryOf(held.key));
    },
    now: () => 0,
    checkInterrupted: () => {}
  } as unknown as RunTools;
  const queue = openWorkQueue(1);
  const compute = (piece: Piece) => computePiece(piece, openProject("nowhere"), {code: ""} as ProjectDescription, tools, (task) => queue.add(1, task));
  const found = await Promise.all([compute(held), compute(free)]);
  assert.deepEqual(found, [entryOf(held.key), entryOf(free.key)]);
  return events.map((event) => `${event.kind} ${"cell" in event ? event.cell : ""}${event.kind === "ended" ? ` ${event.outcome}` : ""}`);
}

test("a cell that another process computes leaves its place to the next one, and is taken when it is there", async () => {
  assert.deepEqual(await run("computed"), ["waiting a", "started b", "ended b computed", "ended a computed elsewhere"]);
});

test("a cell whose process died is computed here, and told of once", async () => {
  assert.deepEqual(await run("died"), ["waiting a", "started b", "ended b computed", "started a", "ended a computed"]);
});
