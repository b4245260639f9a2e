import {createServer} from "node:http";
import type {AddressInfo} from "node:net";

/** A port that nobody else gets until it is released. */
export interface HeldPort {
  readonly port: number;
  readonly release: () => Promise<void>;
}

const waiting = "The tables are being brought up to date; the terminal says how far. Look here again when the preview is ready.\n";

/**
 * Takes a port of this machine, any free one for 0, and answers there that the
 * site is not ready. @throws RangeError if another process has it
 */
export async function holdPort(wanted: number): Promise<HeldPort> {
  const server = createServer((_request, response) => void response.writeHead(503, {"content-type": "text/plain; charset=utf-8", "retry-after": "2"}).end(waiting));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" || error.code === "EACCES" ? new RangeError(`port: expected a free one, found ${wanted} ${error.code === "EACCES" ? "closed to this user" : "taken by another process"}; choose another with --port`) : error)
    );
    server.listen(wanted, "127.0.0.1", resolve);
  });
  const {port} = server.address() as AddressInfo;
  let released: Promise<void> | undefined;
  return {
    port,
    release: () =>
      (released ??= new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }))
  };
}
