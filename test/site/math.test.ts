import assert from "node:assert/strict";
import {test} from "node:test";
import {math} from "../../src/site/math.ts";
import {renderMarkdown} from "../support/render-markdown.ts";

const formulas = (source: string) =>
  Array.from(renderMarkdown(source, math).body.matchAll(/<annotation encoding="application\/x-tex">(.*?)<\/annotation>/gs), (match) => match[1]);

test("a formula becomes HTML and MathML with its source", () => {
  const {body, code} = renderMarkdown("The rate $\\kappa_1 = \\frac{B}{\\eta h^*}$ is *fast*.", math);
  assert.match(body, /<math xmlns=/);
  assert.match(body, /class="katex-html" aria-hidden="true"/);
  assert.match(body, /<em>fast<\/em>/);
  assert.equal(code.length, 0);
});

test("formulas are found where a reader sees them", () => {
  const cases: readonly [string, readonly string[]][] = [
    ["$x$, $2 \\eta$ and $y$", ["x", "2 \\eta", "y"]],
    ["from $5 to $6, or $5/$6", []],
    ["a price of $5 and $x$ dollars", ["x"]],
    ["`$x$` is code", []],
    ["\\$x\\$ is escaped", []],
    ["$ x $ is spaced", []],
    ["$a_1 * b * c_2$ keeps stars", ["a_1 * b * c_2"]],
    ["$$a$$ in a line", ["a"]],
    ["$$\na\n+ b\n$$", ["a\n+ b"]],
    ["$$a$$", ["a"]],
    ["- item\n\n  $$\n  c\n  $$", ["c"]],
    ["| a |\n|--|\n| $x_1$ |", ["x_1"]],
    ["```\n$x$\n```", []],
    ["    $$x$$", []],
    ["$$\nnever closed", []],
    ["$\\text{cost } \\$5$ costs", ["\\text{cost } \\$5"]]
  ];
  for (const [source, expected] of cases) assert.deepEqual(formulas(source), expected, source);
});

test("Framework's programs in braces are left to Framework", () => {
  const {body, code} = renderMarkdown("${1 + 1} of $x$ and ${`$y$`} at $z$", math);
  assert.equal(code.length, 2);
  assert.equal(body.match(/<math /g)?.length, 2);
});

test("a displayed formula is displayed", () => {
  assert.match(renderMarkdown("$$\na\n$$", math).body, /<div class="formula"[^>]*><span class="katex-display">/);
  assert.doesNotMatch(renderMarkdown("$a$", math).body, /katex-display/);
});

test("TeX that is not TeX fails the build with the page and the formula", () => {
  assert.throws(() => renderMarkdown("$\\frac{1$", math), /page fixture\.md: the formula "\\\\frac\{1" .*expected '}'/);
  assert.throws(() => renderMarkdown("$$\n\\nonsense\n$$", math), /page fixture\.md: .*nonsense/);
});
