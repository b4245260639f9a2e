import type {ProjectDescription, TableDescription} from "../describe/index.ts";
import {rangeText} from "../describe/index.ts";
import type {Project} from "../project.ts";
import type {Entry, Store} from "../store/index.ts";
import type {Workers} from "../workers/index.ts";
import type {RunEvent} from "./run-event.ts";
import type {Piece} from "./table-lookup.ts";
import type {WorkTimes} from "./work-times.ts";

/** What a run computes its pieces with. */
export interface RunTools {
  readonly store: Store;
  readonly workers: Workers;
  readonly times: WorkTimes;
  readonly log: (line: string) => void;
  readonly report: (event: RunEvent) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  /** @throws InterruptedError once the run was ended from outside */
  readonly checkInterrupted: () => void;
}

const shortestPause = 50;
const longestPause = 400;

const pieceName = ({table, cell, range}: Piece) => ({table: table.name, cell: cell.name, range});
const pieceText = ({cell, range, table}: Piece): string => (table.kind === "derived" ? "" : `cell ${JSON.stringify(cell.name)}${range === null ? "" : `, replicas ${rangeText(range)}`}: `);
const settingsOf = ({cell, table}: Piece): string => `\n    parameters: ${table.paper === null ? "none" : JSON.stringify(cell.reads)}${table.kind === "derived" ? "" : `, seed ${table.seed}`}`;
const briefly = ({name, inputs, paper, section, seed}: TableDescription) => ({name, inputs, paper, section, seed});

/** Has a worker compute a piece, whose claim is held. @throws Error naming the cell, its replicas, parameters and seed */
async function askFor(piece: Piece, project: Project, {code}: ProjectDescription, {workers, times, log, report, now}: RunTools): Promise<Entry> {
  const {table, cell, key, range, inputs} = piece;
  const from = now();
  report({kind: "started", seconds: times.seconds(table.name, cell, range?.count ?? null), ...pieceName(piece)});
  const end = (outcome: "computed" | "failed", backEnds = ""): void => report({kind: "ended", outcome, seconds: (now() - from) / 1000, backEnds, ...pieceName(piece)});
  try {
    const reply = await workers.ask(
      {
        kind: "cell",
        project,
        code,
        work: {table: briefly(table), cell, range, inputs: inputs.objects},
        address: {table: table.name, key, range},
        note: {cell: cell.name, basis: table.basis, reads: cell.reads, data: cell.data, inputs: inputs.contents},
        purpose: "keep"
      },
      (message) => {
        if (message.kind === "progress") report({kind: "progress", done: message.done, total: message.total, ...pieceName(piece)});
        if (message.kind === "warned") log(message.line);
      }
    );
    if (reply.kind !== "computed") throw new Error("its worker gave no rows");
    end("computed", reply.backEnds);
    return reply.entry;
  } catch (error) {
    end("failed");
    throw new Error(`${pieceText(piece)}${(error as Error).message}${settingsOf(piece)}`, {cause: error});
  }
}

/**
 * The entry of a piece: what the store has, else what a worker computes while
 * this process holds the claim, or what the process that holds it computes.
 * While another one does, the place is free for other pieces.
 * @param place runs a task when there is a place for it
 */
export async function computePiece(piece: Piece, project: Project, description: ProjectDescription, tools: RunTools, place: <T>(task: () => Promise<T>) => Promise<T>): Promise<Entry> {
  const {store, report, wait, checkInterrupted} = tools;
  const {table, key, range} = piece;
  let isOwn = false;
  const attempt = async (): Promise<Entry | {readonly heldBy: number}> => {
    checkInterrupted();
    const known = store.find(table.name, key, range);
    if (known !== undefined) return known;
    const claim = store.claim(table.name, key, range);
    if ("heldBy" in claim) return claim;
    try {
      const late = store.find(table.name, key, range);
      isOwn = late === undefined;
      return late ?? (await askFor(piece, project, description, tools));
    } finally {
      claim.release();
    }
  };
  for (let pause = shortestPause, waited = false; ; pause = Math.min(2 * pause, longestPause)) {
    const found = await place(attempt);
    if (!("heldBy" in found)) {
      if (waited && !isOwn) report({kind: "ended", outcome: "computed elsewhere", seconds: found.seconds, backEnds: "", ...pieceName(piece)});
      return found;
    }
    if (!waited) report({kind: "waiting", heldBy: found.heldBy, ...pieceName(piece)});
    waited = true;
    await wait(pause);
  }
}
