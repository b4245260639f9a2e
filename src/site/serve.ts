import {existsSync, readFileSync} from "node:fs";
import {createServer} from "node:http";
import type {IncomingMessage, ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import sirv from "sirv";

export type ServeOptions = {
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The path under which the site stands, "/" where absent. */
  readonly base?: string;
};

export type SiteServer = {readonly url: string; close(): Promise<void>};

/**
 * Serves a built site on this machine alone (127.0.0.1): `/methods` gives `methods.html`, an unknown path gives `404.html`
 * with status 404, files are read anew at each request, so a newly published site shows at once.
 *
 * @throws when the folder holds no site or the port is taken.
 */
export async function serveSite({folder, port, base = "/"}: ServeOptions): Promise<SiteServer> {
  if (!existsSync(join(folder, "index.html"))) throw new Error(`there is no built site in ${folder}: run npm run build`);
  const root = `/${base.replace(/^\/+|\/+$/g, "")}/`.replace("//", "/");
  const site = sirv(folder, {dev: true, extensions: ["html"], onNoMatch: (_request, response) => notFound(folder, response)});
  const server = createServer((request, response) => {
    if (!removeBase(request, root)) return notFound(folder, response);
    site(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new Error(`port ${port} is taken by another program: choose another with --port`) : error)
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const {port: bound} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}${root}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      })
  };
}

function removeBase(request: IncomingMessage, root: string): boolean {
  const {url = "/"} = request;
  if (!url.startsWith(root)) return false;
  request.url = `/${url.slice(root.length)}`;
  return true;
}

function notFound(folder: string, response: ServerResponse): void {
  const page = join(folder, "404.html");
  const body = existsSync(page) ? readFileSync(page) : "Not found";
  response.writeHead(404, {"content-type": existsSync(page) ? "text/html; charset=utf-8" : "text/plain; charset=utf-8"}).end(body);
}
