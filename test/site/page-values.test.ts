import assert from "node:assert/strict";
import {test} from "node:test";
import {math} from "../../src/site/math.ts";
import {pageValues} from "../../src/site/page-values.ts";
import type {PageValues, Query} from "../../src/site/page-values.ts";
import {renderMarkdown} from "../support/render-markdown.ts";

const answers: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  "SELECT slope": [{slope: "4.44"}],
  "SELECT hostile": [{text: '<script>alert(1)</script> **bold** $x$ ${1 + 1} {{ SELECT slope }} "quoted"'}],
  "SELECT 'a' || '*b*' || '$c$'": [{text: "joined"}],
  "SELECT nothing": [],
  "SELECT twice": [{a: 1}, {a: 2}],
  "SELECT pair": [{a: 1, b: 2}],
  "SELECT null": [{a: null}]
};

const query: Query = (sql) => {
  const rows = answers[sql];
  if (rows === undefined) throw new Error(`Table with name ${sql.split(" ").at(-1)} does not exist`);
  return rows;
};

const render = (source: string, values: Partial<PageValues> = {}) =>
  renderMarkdown(source, math, pageValues({query, directives: {}, ...values}));

test("a query in prose becomes its one value", () => {
  assert.equal(render("slope {{ SELECT slope }}, **{{SELECT slope}}**").body.trim(), "<p>slope 4.44, <strong>4.44</strong></p>");
  assert.match(render("| a |\n|--|\n| {{ SELECT slope }} |").body, /<td>4\.44<\/td>/);
  assert.match(render("# Slope {{ SELECT slope }}").body, /<h1 [^>]*>Slope 4\.44<\/h1>/);
  assert.match(render("{{ SELECT 'a' || '*b*' || '$c$' }}").body, /<p>joined<\/p>/);
  assert.match(render("{{\nSELECT slope\n}}").body, /<p>4\.44<\/p>/);
});

test("a value that looks like markup, a program or a formula is shown as text", () => {
  const text = "&lt;script&gt;alert(1)&lt;/script&gt; **bold** &#36;x&#36; &#36;&#123;1 + 1} &#123;&#123; SELECT slope }} &quot;quoted&quot;";
  for (const source of ["{{ SELECT hostile }}", "<div>\n{{ SELECT hostile }}\n</div>", '<p title="{{ SELECT hostile }}">x</p>', 'a <b title="{{ SELECT hostile }}">x</b>']) {
    const {body, code} = render(source);
    assert.ok(body.includes(text), `${source} gave ${body}`);
    assert.equal(code.length, 0);
  }
});

test("code, scripts and escaped braces are left alone", () => {
  for (const source of ["`{{ SELECT slope }}`", "```sql run=false\n{{ SELECT slope }}\n```", "<script>\nconst a = `{{ SELECT slope }}`;\n</script>", "\\{{ SELECT slope }}"]) {
    assert.match(render(source).body, /\{\{ SELECT slope \}\}/, source);
  }
});

test("values stand beside Framework's programs", () => {
  const {body, code} = render("${1 + 1} and {{ SELECT slope }} and ${2}");
  assert.equal(code.length, 2);
  assert.match(body, /and 4\.44 and/);
});

test("anything but one value fails the build with the page and the SQL", () => {
  const failures: readonly [string, RegExp][] = [
    ["SELECT nothing", /page fixture\.md: \{\{ SELECT nothing \}\}: expected one row, found 0/],
    ["SELECT twice", /expected one row, found 2/],
    ["SELECT pair", /expected one column, found 2 \(a, b\)/],
    ["SELECT null", /expected a value, found NULL/],
    ["SELECT x FROM missing", /page fixture\.md: \{\{ SELECT x FROM missing \}\}: Table with name missing does not exist/]
  ];
  for (const [sql, message] of failures) {
    assert.throws(() => render(`{{ ${sql} }}`), message);
    assert.throws(() => render(`<div>\n{{ ${sql} }}\n</div>`), message);
  }
});

test("a directive on its own line becomes what its renderer gives", () => {
  const directives = {verdict: (argument: string, context: {path: string}) => `<section>${argument} on ${context.path}</section>`};
  assert.equal(render("before\n:::verdict  escape.slope \nafter", {directives}).body, "<p>before</p>\n<section>escape.slope on /fixture</section>\n<p>after</p>\n");
  assert.match(render("text :::verdict x", {directives}).body, /<p>text :::verdict x<\/p>/);
  assert.match(render("```\n:::verdict x\n```", {directives}).body, /:::verdict x/);
});

test("a directive that is unknown or fails stops the build by name", () => {
  const directives = {verdict: () => assert.fail("no claim of that name"), claims: () => ""};
  assert.throws(() => render(":::verdit a", {directives}), /page fixture\.md: :::verdit a: unknown directive, nearest is :::verdict \(known: verdict, claims\)/);
  assert.throws(() => render(":::toString", {directives}), /unknown directive/);
  assert.throws(() => render(":::verdict a", {directives}), /page fixture\.md: :::verdict a: no claim of that name/);
});

test("what stands below a page's head follows its title and lead, and leaves no trace where it is empty", () => {
  const source = "Before.\n\n# Title\n\nLead.\n\nText.\n\n# Second\n\nMore.";
  const plain = render(source).body;
  assert.equal(render(source, {belowHead: () => ""}).body, plain);
  const {body} = render(source, {belowHead: ({path}) => `<section>${path}</section>`});
  assert.equal(body.replace("<section>/fixture</section>", ""), plain);
  assert.match(body, /<p>Lead\.<\/p>\s*<section>\/fixture<\/section>\s*<p>Text/);
  assert.match(render("# Only a title\n\n- list", {belowHead: () => "<hr>"}).body, /<\/h1>\s*<hr>\s*<ul>/);
  assert.doesNotMatch(render("No title.", {belowHead: () => "<hr>"}).body, /<hr>/);
});
