import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {request} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {serveSite} from "../../src/site/serve.ts";
import type {SiteServer} from "../../src/site/serve.ts";

const root = mkdtempSync(join(tmpdir(), "driftbook-serve-"));
const folder = join(root, "dist");
let server: SiteServer;

before(async () => {
  mkdirSync(join(folder, "_npm"), {recursive: true});
  writeFileSync(join(root, "secret.txt"), "secret");
  for (const name of ["index", "methods", "404"]) writeFileSync(join(folder, `${name}.html`), name);
  writeFileSync(join(folder, "_npm/duckdb-eh.wasm"), "");
  server = await serveSite({folder, port: 0, base: "/paper"});
});
after(async () => {
  await server.close();
  rmSync(root, {recursive: true});
});

const get = async (path: string) => {
  const response = await fetch(new URL(path, server.url));
  return {status: response.status, type: response.headers.get("content-type"), text: await response.text()};
};

test("clean addresses give pages under the base", async () => {
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+\/paper\/$/);
  assert.deepEqual(await get("./"), {status: 200, type: "text/html;charset=utf-8", text: "index"});
  assert.equal((await get("./methods")).text, "methods");
  assert.equal((await get("./methods?x=1")).text, "methods");
});

test("WebAssembly has the type that browsers compile as it arrives", async () => {
  assert.equal((await get("./_npm/duckdb-eh.wasm")).type, "application/wasm");
});

test("an unknown path gives the page for it with status 404, inside the base and outside", async () => {
  for (const path of ["./nowhere", "/", "/other/methods"]) assert.deepEqual({...(await get(path)), type: null}, {status: 404, type: null, text: "404"}, path);
});

test("a file published while serving is served", async () => {
  writeFileSync(join(folder, "later.html"), "later");
  assert.equal((await get("./later")).text, "later");
});

test("nothing outside the folder is served", async () => {
  const {port} = new URL(server.url);
  for (const path of ["/paper/../secret.txt", "/paper/..%2fsecret.txt", "/paper/%2e%2e/secret.txt", "/paper//../secret.txt"]) {
    const body = await new Promise<string>((resolve, reject) => {
      const sent = request({port, host: "127.0.0.1", path}, (response) => {
        let text = "";
        response.on("data", (chunk) => (text += String(chunk))).on("end", () => resolve(text));
      });
      sent.on("error", reject).end();
    });
    assert.doesNotMatch(body, /secret/, path);
  }
});

test("a taken port and a missing site are said in a line", async () => {
  await assert.rejects(serveSite({folder, port: Number(new URL(server.url).port)}), /port \d+ is taken by another program/);
  await assert.rejects(serveSite({folder: join(root, "none"), port: 0}), /there is no built site in .*none: run npm run build/);
});
