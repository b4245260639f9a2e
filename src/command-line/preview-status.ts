import {createServer} from "node:http";
import type {ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {availableParallelism} from "node:os";
import {followProgress, runningText} from "../pipeline/index.ts";
import type {RunEvent} from "../pipeline/index.ts";

/** What the preview is doing, for its pages. */
export interface PreviewStatus {
  /** `idle` until something happens; `failed` stays until the next run. */
  readonly state: "idle" | "running" | "done" | "failed";
  /** What a person is told, empty for nothing. */
  readonly text: string;
}

/** Says on a port of its own, to pages of this machine alone, what the preview is doing. */
export interface StatusServer {
  readonly address: string;
  readonly tell: (status: PreviewStatus) => void;
  /** Tells the digests of the tables that are shown from now on, by their files' names. */
  readonly tellTables: (digests: Readonly<Record<string, string>>) => void;
  readonly close: () => void;
}

const beat = 15_000;

/**
 * Starts the server of the preview's status: every GET is answered by
 * server-sent events, the present status first, and after it the digests of the
 * tables that are shown, so that a page that begins to listen misses nothing.
 * @param port of the preview, whose pages alone may read it
 */
export async function serveStatus(port: number): Promise<StatusServer> {
  const origins = ["127.0.0.1", "localhost"].map((host) => `http://${host}:${port}`);
  const listeners = new Set<ServerResponse>();
  let last: PreviewStatus = {state: "idle", text: ""};
  let lastTables = "";
  const message = (status: PreviewStatus): string => `data: ${JSON.stringify(status)}\n\n`;
  const send = (text: string): void => listeners.forEach((listener) => void listener.write(text));
  const server = createServer(({method, headers: {origin = ""}}, response) => {
    if (method !== "GET") return void response.writeHead(405, {allow: "GET"}).end();
    response.writeHead(200, {"content-type": "text/event-stream", "cache-control": "no-store", vary: "origin", ...(origins.includes(origin) ? {"access-control-allow-origin": origin} : {})});
    response.write(message(last) + lastTables);
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
  });
  const timer = setInterval(() => send(":\n\n"), beat);
  timer.unref();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    tell(status) {
      if (status.state === last.state && status.text === last.text) return;
      last = status;
      send(message(status));
    },
    tellTables(digests) {
      const text = `event: tables\ndata: ${JSON.stringify(digests)}\n\n`;
      if (text === lastTables) return;
      lastTables = text;
      send(text);
    },
    close() {
      clearInterval(timer);
      server.closeAllConnections();
      server.close();
    }
  };
}

const period = 200;

/** Tells pages, event by event, what is recomputed, how far it is and how long it takes; a part's progress five times a second. */
export function progressForPages(tell: (status: PreviewStatus) => void, now: () => number = () => performance.now()): (event: RunEvent) => void {
  const workers = availableParallelism();
  const state = followProgress(now);
  let told = -Infinity;
  return (event) => {
    state.apply(event);
    if (event.kind === "progress" && now() - told < period) return;
    const [first, ...others] = state.running();
    if (first === undefined) return;
    told = now();
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    tell({state: "running", text: `recomputing ${first.table}${more}: ${runningText(first, workers)}`});
  };
}
