import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {test} from "node:test";
import {checkSite} from "../../src/site/check.ts";

const page = (body: string) => `<!DOCTYPE html><html><head><title>t</title></head><body>${body}</body></html>`;

const whole: Readonly<Record<string, string>> = {
  "index.html": page(
    '<h1 id="top-of-page">t</h1><a href="./methods#estimates">m</a><a href="#top-of-page">up</a><a href="papers/">p</a><a href="https://doi.org/10.1/x">doi</a>' +
      '<a href="mailto:a@b.org">mail</a><link rel="stylesheet" href="./style.css"><img src="data:image/png;base64,AA==" alt="">' +
      '<script type="module">import {a} from "./_import/a.123.js"; const lazy = () => import("./_import/b.js"); \nregisterFile("./t.arrow", {"name":"./t.arrow","path":"./_file/t.1.arrow"});</script>'
  ),
  "methods.html": page('<h2 id="estimates">e</h2><a href="./">home</a><svg><use href="#estimates"/></svg><pre>fetch("https://example.org")</pre>'),
  "papers/index.html": page('<a href="../index">home</a><a href="../methods.html?x=1#estimates">m</a>'),
  "404.html": `<html><head><base href="/paper/"></head><body><a href="./methods">m</a></body></html>`,
  "style.css": '@import "./more.css"; body { background: url("./_file/dot.svg"); }',
  "more.css": "a::after { content: 'https://example.org'; }",
  "_import/a.123.js": 'export {b} from "./b.js"; export const a = "https://example.org/in-a-text"; new Worker(import.meta.resolve("./worker.js")); // import "left-pad"',
  "_import/b.js": "export const b = 1;",
  "_import/worker.js": "self.onmessage = () => {};",
  "_observablehq/stdlib.1.js": 'const lodash = () => import("../_npm/lodash@0.0.0-not-installed/_esm.js");',
  "_file/t.1.arrow": "",
  "_file/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"
};

async function check(changes: Readonly<Record<string, string | null>>) {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-check-"));
  for (const [name, text] of Object.entries({...whole, ...changes})) {
    if (text === null) continue;
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
  try {
    return (await checkSite(folder)).map(({kind, file, detail}) => `${kind} in ${file}: ${detail}`);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test("a whole site has no problem", async () => {
  assert.deepEqual(await check({}), []);
});

const faults: readonly [string, Readonly<Record<string, string | null>>, readonly (string | RegExp)[]][] = [
  ["a bare import", {"_import/b.js": 'import embed from "vega-embed"; export const b = embed;'}, ["bare specifier in _import/b.js: vega-embed"]],
  ["a bare lazy import in a page", {"methods.html": page('<h2 id="estimates"></h2><script type="module">const p = import("npm:d3");</script>')}, ["outside address in methods.html: npm:d3"]],
  ["a bare re-export", {"_import/b.js": 'export * from "d3-array"; export const b = 1;'}, ["bare specifier in _import/b.js: d3-array"]],
  ["a module that is gone", {"_import/b.js": null}, ["missing target in _import/a.123.js: ./b.js", "missing target in index.html: ./_import/b.js"]],
  ["a table that is gone", {"_file/t.1.arrow": null}, ["missing target in index.html: ./_file/t.1.arrow"]],
  ["a worker that is gone", {"_import/worker.js": null}, ["missing target in _import/a.123.js: ./worker.js"]],
  ["a page that is gone", {"papers/index.html": null}, ["missing target in index.html: papers/"]],
  ["a style that is gone", {"more.css": null}, ["missing target in style.css: ./more.css"]],
  ["a picture that is gone", {"_file/dot.svg": null}, ["missing target in style.css: ./_file/dot.svg"]],
  ["a link to the host's root", {"papers/index.html": page('<a href="/methods">m</a>')}, ["missing target in papers/index.html: /methods"]],
  ["a link above the site", {"papers/index.html": page('<a href="../../x">m</a>')}, ["missing target in papers/index.html: ../../x"]],
  ["an anchor that is gone", {"papers/index.html": page('<a href="../methods#bounds">m</a>')}, ["broken anchor in papers/index.html: ../methods#bounds"]],
  ["an anchor of the page itself", {"papers/index.html": page('<a href="#bounds">m</a>')}, ["broken anchor in papers/index.html: #bounds"]],
  ["a picture from outside", {"papers/index.html": page('<img srcset="https://e.org/a.png 2x" src="//e.org/b.png">')}, ["outside address in papers/index.html: https://e.org/a.png", "outside address in papers/index.html: //e.org/b.png"]],
  ["a style from outside", {"papers/index.html": page('<link rel="stylesheet" href="https://e.org/a.css">')}, ["outside address in papers/index.html: https://e.org/a.css"]],
  ["a preconnection", {"papers/index.html": page('<link rel="preconnect" href="https://e.org">')}, ["outside address in papers/index.html: https://e.org"]],
  ["a script from outside", {"papers/index.html": page('<script src="https://e.org/a.js"></script>')}, ["outside address in papers/index.html: https://e.org/a.js"]],
  ["a font from outside", {"more.css": '@font-face { src: url(https://e.org/f.woff2); }'}, ["outside address in more.css: https://e.org/f.woff2"]],
  ["a style attribute", {"papers/index.html": page('<p style="background: url(//e.org/a.png)">x</p>')}, ["outside address in papers/index.html: //e.org/a.png"]],
  ["a fetch from outside", {"_import/b.js": 'export const b = fetch("https://e.org/data");'}, ["outside address in _import/b.js: https://e.org/data"]],
  ["an import from outside", {"_import/b.js": 'import "https://e.org/a.js"; export const b = 1;'}, ["outside address in _import/b.js: https://e.org/a.js"]],
  ["a frame in a template", {"papers/index.html": page('<template><iframe src="https://e.org"></iframe></template>')}, ["outside address in papers/index.html: https://e.org"]],
  ["a script that does not parse", {"_import/b.js": "export const = 1;"}, [/^broken module in _import\/b\.js: Expected identifier but found "=" \(line 1\)/]]
];

for (const [name, changes, expected] of faults) {
  test(`${name} is found`, async () => {
    const found = await check(changes);
    assert.equal(found.length, expected.length, found.join("\n"));
    expected.forEach((problem, index) => (typeof problem === "string" ? assert.equal(found[index], problem) : assert.match(found[index]!, problem)));
  });
}
