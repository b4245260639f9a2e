import assert from "node:assert/strict";
import {get, request} from "node:http";
import {test} from "node:test";
import {progressForPages, serveStatus} from "../../src/command-line/preview-status.ts";
import type {PreviewStatus} from "../../src/command-line/preview-status.ts";
import type {RunEvent} from "../../src/pipeline/index.ts";

test("a page hears the present status first and then each new one; only the preview's own pages may read it", async () => {
  const server = await serveStatus(3000);
  try {
    server.tell({state: "running", text: "recomputing <escape>"});
    const heard: string[] = [];
    await new Promise<void>((resolve, reject) => {
      get(server.address, {headers: {origin: "http://localhost:3000"}}, (response) => {
        assert.deepEqual([response.statusCode, response.headers["content-type"], response.headers["access-control-allow-origin"]], [200, "text/event-stream", "http://localhost:3000"]);
        response.on("data", (chunk: Buffer) => {
          heard.push(String(chunk));
          if (heard.length === 2) resolve();
          else for (let i = 0; i < 2; i++) server.tell({state: "done", text: "up to date"});
        });
      }).on("error", reject);
    });
    assert.deepEqual(heard, ['data: {"state":"running","text":"recomputing <escape>"}\n\n', 'data: {"state":"done","text":"up to date"}\n\n']);
    const ask = (method: string, origin: string) =>
      new Promise<readonly unknown[]>((resolve, reject) => {
        const asked = request(server.address, {method, headers: {origin}}, (response) => {
          resolve([response.statusCode, response.headers["access-control-allow-origin"]]);
          response.destroy();
        });
        asked.on("error", reject).end();
      });
    assert.deepEqual(await ask("GET", "http://example.com"), [200, undefined]);
    assert.deepEqual(await ask("POST", "http://localhost:3000"), [405, undefined]);
  } finally {
    server.close();
  }
});

test("a page hears the digests of the tables that are shown when it begins to listen, and each time that they change", async () => {
  const server = await serveStatus(3000);
  try {
    const listen = (until: number, then: () => void = () => {}) =>
      new Promise<string>((resolve, reject) => {
        let heard = "";
        get(server.address, (response) => {
          response.on("data", (chunk: Buffer) => {
            heard += String(chunk);
            then();
            if (heard.match(/\n\n/g)!.length === until) resolve(heard);
          });
        }).on("error", reject);
      });
    const tell = (): void => void [1, 2].forEach(() => server.tellTables({rates: "ab"}));
    const status = 'data: {"state":"idle","text":""}\n\n';
    assert.equal(await listen(2, tell), `${status}event: tables\ndata: {"rates":"ab"}\n\n`);
    assert.equal(await listen(3, () => server.tellTables({rates: "cd"})), `${status}event: tables\ndata: {"rates":"ab"}\n\nevent: tables\ndata: {"rates":"cd"}\n\n`);
  } finally {
    server.close();
  }
});

test("pages hear of each cell that begins and ends, and of its progress five times a second", () => {
  let now = 0;
  const told: PreviewStatus[] = [];
  const tell = progressForPages((status) => void told.push(status), () => now);
  const piece = {table: "escape", cell: "c = 2", range: null};
  const events: readonly (readonly [number, RunEvent])[] = [
    [0, {kind: "begun", tables: ["escape"], pieces: 0, seconds: null}],
    [0, {kind: "planned", table: "escape", experiment: "power-law-escape.firstPassage", missing: 2, known: 3, seconds: 8}],
    [10, {kind: "started", seconds: 4, ...piece}],
    [110, {kind: "progress", done: 1, total: 100, ...piece}],
    [1010, {kind: "progress", done: 50, total: 100, ...piece}],
    [1110, {kind: "progress", done: 60, total: 100, ...piece}]
  ];
  for (const [time, event] of events) {
    now = time;
    tell(event);
  }
  assert.deepEqual(told.map(({text}) => text.replace(/ {2}.*/, "")), ["recomputing escape: 0 / 2 cells", "recomputing escape: 0 / 2 cells"]);
  assert.match(told[1]!.text, / 25 % .* left$/);
});
