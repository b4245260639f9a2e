import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import type {TestContext} from "node:test";
import {parse} from "parse5";
import {openReport} from "../../src/command-line/report-values.ts";
import {encodeTable, openStore, text, verdictColumns, writeManifest} from "../../src/pipeline/index.ts";
import type {Columns, Row, RunRecord} from "../../src/pipeline/index.ts";
import {renderMarkdown} from "../support/render-markdown.ts";
import {pageValues} from "../../src/site/index.ts";
import {verdicts} from "../fixtures/site/verdicts.ts";

const hostile = '<script>alert(1)</script>"\' onload="x **bold** $x$ ${1 + 1} {{ SELECT 1 }} \'; DROP TABLE results; --';
const verdict = {...verdicts[0]!, title: hostile, statement: hostile, source: hostile, quantity: hostile, rule: hostile, explanation: hostile, href: "fixture#slope"};

function hostileReport(t: TestContext, kept: "kept" | "alone") {
  const folder = mkdtempSync(join(tmpdir(), "driftbook-hostile-"));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  const store = openStore(join(folder, "store"), () => {});
  const metadata = {title: hostile, paper: "fixture", experiment: hostile, seed: hostile, parameters: JSON.stringify({[hostile]: [hostile, {kind: hostile}]})};
  const put = (table: string, columns: Columns, rows: readonly Row[]) => {
    const object = store.put(encodeTable(table, columns, rows, metadata));
    return {object, content: object, csv: object};
  };
  const record = (name: string | null, word: string, estimate: number): RunRecord => ({
    version: 1,
    name,
    preset: "quick",
    parameters: {fixture: {seed: 1, sections: {sweep: {[hostile]: word}, [hostile]: {[hostile]: [hostile, {kind: hostile}]}}}},
    tables: {results: put("results", {word: text(hostile)}, [{word}]), verdicts: put("verdicts", verdictColumns, [{...verdict, estimate}])},
    entries: []
  });
  const manifest = join(folder, "manifest.json");
  writeManifest(manifest, {store: join(folder, "store"), run: record(null, hostile, 4.44), kept: kept === "kept" ? [record("big-step", `${hostile} kept`, 5.1)] : []});
  mkdirSync(join(folder, "docs"));
  writeFileSync(join(folder, "docs", "fixture.md"), '---\nsql:\n  words: ./data/results.arrow\n---\n\nimport {figure} from "./components/figure.js";\n');
  return openReport(folder, manifest);
}

const page = "# Title\n\n:::provenance results\n\n:::verdicts escape.slope\n\n:::claims\n\n:::built\n\nA value: {{ SELECT word FROM results }}.\n";

test("markup, SQL and programs in titles, parameters, verdicts, data and kept runs are text on the page", async (t) => {
  const values = await hostileReport(t, "kept");
  const {body, code} = renderMarkdown(page, pageValues(values));
  const tree = JSON.stringify(parse(body), (key, value: unknown) => (key === "parentNode" ? undefined : value));
  assert.doesNotMatch(tree, /"tagName":"script"|"name":"onload"|"tagName":"strong","attrs":\[\],"childNodes":\[{"nodeName":"#text","value":"bold/);
  assert.deepEqual(code, []);
  assert.ok(body.split("&lt;script&gt;alert(1)&lt;/script&gt;").length > 12);
  assert.equal(values.query("SELECT word FROM results")[0]!["word"], hostile);
});

test("a page with figures says what a kept run changes in it, one without kept runs is as it was", async (t) => {
  const {body} = renderMarkdown(page, pageValues(await hostileReport(t, "kept")));
  const block = /<section class="compared-runs"[\s\S]*?<\/section>/.exec(body)![0];
  assert.match(block, /1 parameter and 1 verdict here/);
  assert.match(block, /<input type="checkbox" value="big-step"/);
  assert.match(block, /4\.44 \[4\.36, 4\.53\][\s\S]*5\.10 \[4\.36, 4\.53\]/);
  assert.match(block, /href="\.\/data\/runs\/big-step\/results\.arrow" data-tables="words">results<\/a>/);
  const alone = renderMarkdown(page, pageValues(await hostileReport(t, "alone"))).body;
  assert.doesNotMatch(alone, /compared-runs/);
  assert.ok(body.includes(alone.slice(alone.indexOf('<table class="parameters"'))));
});
