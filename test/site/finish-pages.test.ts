import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {finishPage, finishPages} from "../../src/site/finish-pages.ts";

test("a page loses its files' times, gets its language and can be zoomed", () => {
  const html = '<html>\n<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">\nregisterFile("./a.arrow", {"name":"./a.arrow","path":"./_file/a.1.arrow","lastModified":1795225465602.25,"size":12});\n<p>"lastModified":5, in prose</p>';
  assert.equal(
    finishPage(html),
    '<html lang="en">\n<meta name="viewport" content="width=device-width, initial-scale=1">\nregisterFile("./a.arrow", {"name":"./a.arrow","path":"./_file/a.1.arrow","size":12});\n<p>"lastModified":5, in prose</p>'
  );
  assert.equal(finishPage(finishPage(html)), finishPage(html));
});

test("all pages are finished, and a component with a file's time is refused by name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-finish-"));
  mkdirSync(join(folder, "papers"));
  mkdirSync(join(folder, "_import/components"), {recursive: true});
  writeFileSync(join(folder, "papers/a.html"), "<html>");
  await finishPages(folder);
  assert.equal(readFileSync(join(folder, "papers/a.html"), "utf8"), '<html lang="en">');
  writeFileSync(join(folder, "_import/components/table.1.js"), 'FileAttachment({"name":"../a.csv","lastModified":1795225465602,"size":1})');
  await assert.rejects(finishPages(folder), /_import\/components\/table\.1\.js: this component names a file/);
  rmSync(folder, {recursive: true});
});
