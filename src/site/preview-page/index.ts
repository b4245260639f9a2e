import {catchRuntime, rerunReaders} from "./page-runtime.ts";
import type {RuntimeConstructor} from "./page-runtime.ts";
import {openPageTables} from "./page-tables.ts";
import type {PageDatabase} from "./page-tables.ts";
import {openStatusLine} from "./status-line.ts";
import {openPageCells, takeReplacements} from "./take-replacements.ts";
import type {PageUpdate} from "./take-replacements.ts";

/** A page of the preview, with what it has of Framework. */
export interface PreviewPage {
  /** Where it hears what the preview is doing. */
  readonly status: string;
  /** The file of each table of its SQL. */
  readonly tables: Readonly<Record<string, string>>;
  readonly Runtime: RuntimeConstructor;
  readonly FileAttachment: (path: string) => {readonly href: string};
  readonly getDefaultClient: () => Promise<{readonly _db: PageDatabase}>;
}

async function load(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address, {cache: "no-store"});
  if (!response.ok) throw new Error(`${address}: expected a table, found status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Gives `rewrite` what a socket receives before the listener that is set on it, which gets it as it was where that fails. */
function rewriteMessages(rewrite: (text: string) => Promise<string>, opened: () => void, inTurn: (work: () => Promise<void>) => void): void {
  globalThis.WebSocket = new Proxy(WebSocket, {
    construct(target, given) {
      const socket = Reflect.construct(target, given) as WebSocket;
      const set = (listener: (event: {readonly data: string}) => unknown): void => socket.addEventListener("message", ({data}) => inTurn(async () => void (await listener({data: await rewrite(data as string).catch(() => data as string)}))));
      Object.defineProperty(socket, "onmessage", {set});
      opened();
      return socket;
    }
  });
}

/**
 * Has an open page follow the preview: a line says what is being done, and tables are replaced as
 * soon as they are told of, with the figures that read them and no others. It must run before
 * Framework's client does.
 */
export function followPreview({status, tables: sources, Runtime, FileAttachment, getDefaultClient}: PreviewPage): void {
  const runtime = catchRuntime(Runtime);
  const tables = openPageTables(sources, {
    addressOf: (path) => FileAttachment(path).href,
    load,
    database: async () => (await getDefaultClient())._db,
    rerun: (changed) => rerunReaders(runtime()!, changed)
  });
  const cells = openPageCells(Array.from(document.scripts, ({text}) => text).join("\n"));
  let open: () => void;
  let turn: Promise<void> = new Promise<void>((resolve) => (open = resolve)).then(tables.hold);
  const inTurn = (work: () => Promise<unknown>): void => void (turn = turn.then(work).then(() => {}, reportError));

  rewriteMessages(
    async (text) => {
      const message = JSON.parse(text) as PageUpdate | {readonly type: "welcome" | "reload"};
      return message.type === "update" ? JSON.stringify(await takeReplacements(message, tables, cells)) : text;
    },
    () => open(),
    inTurn
  );
  const show = openStatusLine();
  const events = new EventSource(status);
  events.addEventListener("message", ({data}) => {
    const {state, text} = JSON.parse(data as string) as {readonly state: string; readonly text: string};
    show(state, text);
  });
  events.addEventListener("tables", ({data}) => inTurn(() => tables.replaceFiles(JSON.parse(data as string) as Readonly<Record<string, string>>)));
  events.addEventListener("error", () => show("failed", "the preview has ended; npm run dev starts it again"));
  addEventListener("pagehide", () => events.close());
}
