import assert from "node:assert/strict";
import {test} from "node:test";
import {sourceListing} from "../../src/command-line/source-listing.ts";
import {checkout} from "../pipeline/small-project.ts";

test("a listing is the file's text, with its signs as text", () => {
  const html = sourceListing(checkout, "src/live/student-diffusion.ts");
  assert.match(html, /<code>src\/live\/student-diffusion\.ts<\/code>.*<code class="language-ts">import &#123;eulerMaruyama, itoEquation}/s);
  assert.doesNotMatch(html, /[{$]/);
});

test("only TypeScript under src is listed", () => {
  for (const path of ["package.json", "src/../package.json", "src/live", "/etc/passwd", "src/live/nowhere.txt", "", "src/live/index.ts "])
    assert.throws(() => sourceListing(checkout, path), {name: "RangeError", message: `source: expected a TypeScript file such as src/live/index.ts, found ${JSON.stringify(path)}`});
  assert.throws(() => sourceListing(checkout, "src/live/nowhere.ts"), /ENOENT/);
});
