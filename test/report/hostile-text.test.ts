import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {parse} from "parse5";
import {openReport} from "../../src/command-line/report-values.ts";
import {encodeTable, openStore, text, verdictColumns, writeManifest} from "../../src/pipeline/index.ts";
import {renderMarkdown} from "../support/render-markdown.ts";
import {pageValues} from "../../src/site/index.ts";
import {verdicts} from "../fixtures/site/verdicts.ts";

const hostile = '<script>alert(1)</script>"\' onload="x **bold** $x$ ${1 + 1} {{ SELECT 1 }} \'; DROP TABLE results; --';

test("markup, SQL and programs in titles, parameters, verdicts and data are text on the page", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-hostile-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  const store = openStore(join(folder, "tables"), () => {});
  const metadata = {title: hostile, paper: hostile, experiment: hostile, seed: hostile, parameters: JSON.stringify({[hostile]: [hostile, {kind: hostile}]})};
  const verdict = {...verdicts[0]!, title: hostile, statement: hostile, source: hostile, quantity: hostile, rule: hostile, explanation: hostile};
  const tables = {
    results: store.write("results", "1".repeat(64), encodeTable("results", {word: text(hostile)}, [{word: hostile}], {...metadata, key: "1".repeat(64)}), 0),
    verdicts: store.write("verdicts", "2".repeat(64), encodeTable("verdicts", verdictColumns, [verdict], {key: "2".repeat(64)}), 0)
  };
  const manifest = join(folder, "manifest.json");
  writeManifest(manifest, {preset: "quick", store: join(folder, "tables"), tables});
  const values = await openReport(folder, manifest);

  const page = ":::provenance results\n\n:::verdicts escape.slope\n\n:::claims\n\n:::built\n\nA value: {{ SELECT word FROM results }}.\n";
  const {body, code} = renderMarkdown(page, pageValues(values));
  const tree = JSON.stringify(parse(body), (key, value: unknown) => (key === "parentNode" ? undefined : value));
  assert.doesNotMatch(tree, /"tagName":"script"|"name":"onload"|"tagName":"strong"/);
  assert.deepEqual(code, []);
  assert.ok(body.split("&lt;script&gt;alert(1)&lt;/script&gt;").length > 10);
  assert.equal(values.query("SELECT word FROM results")[0]!["word"], hostile);
});
