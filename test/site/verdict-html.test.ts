import assert from "node:assert/strict";
import {test} from "node:test";
import {parse} from "parse5";
import {formatNumber, formatPercent} from "../../src/site/format-number.ts";
import {intervalPlot} from "../../src/site/interval-plot.ts";
import {claimsTable, outcomeBadge, verdictAnchor, verdictCard} from "../../src/site/verdict-html.ts";
import {verdicts} from "../fixtures/site/verdicts.ts";

test("numbers have three digits, a true minus and powers of ten", () => {
  const cases: readonly [number, string][] = [
    [4.5, "4.50"], [0, "0"], [-0.0421, "−0.0421"], [12.345, "12.3"], [12345.6, "12346"], [0.001, "0.00100"],
    [0.00012, "1.20 × 10<sup>−4</sup>"], [-2.5e8, "−2.50 × 10<sup>8</sup>"], [99_999.7, "1.00 × 10<sup>5</sup>"],
    [Number.NaN, "not a number"], [Number.NEGATIVE_INFINITY, "−∞"]
  ];
  for (const [value, text] of cases) assert.equal(formatNumber(value), text);
  assert.deepEqual([0.123, -0.0133, 0.0001, -0.00001, 1.5].map(formatPercent), ["+12 %", "−1.3 %", "0 %", "0 %", "+150 %"]);
});

test("the four outcomes differ by sign and by word", () => {
  const outcomes = ["reproduced", "approximate", "not reproduced", "inconclusive"] as const;
  const badges = outcomes.map(outcomeBadge);
  outcomes.forEach((outcome, index) => assert.ok(badges[index]!.endsWith(`${outcome}</span>`)));
  assert.equal(new Set(badges.map((badge) => badge.replace(/<\/svg>.*/, ""))).size, 4);
});

test("a plot puts the prediction in the middle and the estimate on its side, to scale", () => {
  const mark = (svg: string, pattern: RegExp) => Array.from(pattern.exec(svg)!.slice(1), Number);
  const svg = intervalPlot({predicted: 4, estimate: 3, low: 2, high: 4.5});
  assert.deepEqual(mark(svg, /class="predicted" x1="([\d.]+)" x2="([\d.]+)"/), [60, 60]);
  const [low, high] = mark(svg, /class="interval" x1="([\d.]+)" x2="([\d.]+)"/);
  const [estimate] = mark(svg, /cx="([\d.]+)"/);
  assert.ok(Math.abs((60 - estimate!) / (60 - low!) - 1 / 2) < 0.01);
  assert.ok(Math.abs((high! - 60) / (60 - low!) - 1 / 4) < 0.01);
  assert.match(svg, /aria-label="measured 3\.00, interval 2\.00 to 4\.50, predicted 4\.00"/);
});

test("a plot of nothing, of a point and of zero stands", () => {
  assert.equal(intervalPlot({predicted: 1, estimate: null, low: null, high: null}), "");
  for (const interval of [{predicted: null, estimate: 0, low: null, high: null}, {predicted: 0, estimate: 0, low: 0, high: 0}, {predicted: 1, estimate: 1, low: Number.NEGATIVE_INFINITY, high: 2}]) {
    assert.doesNotMatch(intervalPlot(interval), /NaN|Infinity/);
  }
});

test("a card says outcome, numbers, source and rule", () => {
  const [reproduced, approximate, , inconclusive] = verdicts.map(verdictCard);
  assert.match(reproduced!, /id="verdict-escape-slope" data-outcome="reproduced"/);
  assert.match(reproduced!, /<dt>Measured, 95 % interval<\/dt><dd>4\.44 \[4\.36, 4\.53\]<\/dd>/);
  assert.match(reproduced!, /<dt>Used \/ run<\/dt><dd>12,000 \/ 12,000<\/dd>/);
  assert.match(reproduced!, /stated in the paper/);
  assert.match(approximate!, /approximate<\/span> \(−13 %\)/);
  assert.doesNotMatch(inconclusive!, /Predicted/);
  assert.equal(verdictAnchor("escape.slope"), "verdict-escape-slope");
});

test("an undecided estimate that differs from its prediction says so, one that may equal it does not", () => {
  const undecided = {...verdicts[0]!, outcome: "inconclusive", predicted: 2, estimate: 1.2, low: 1.1, high: 1.5} as const;
  assert.match(verdictCard(undecided), /it differs; whether by more than is tolerated is open/);
  assert.doesNotMatch(verdictCard({...undecided, high: 2.5}), /differs/);
  assert.doesNotMatch(verdictCard({...undecided, predicted: null}), /differs/);
});

test("the table groups claims by paper and links from the site's root", () => {
  const html = claimsTable(verdicts, {escape: "Power-law escape"});
  assert.deepEqual(Array.from(html.matchAll(/class="claims-title">([^<]*)</g), (match) => match[1]), ["Power-law escape", "noise"]);
  const counts = Array.from(html.matchAll(/<\/svg>(\d+) ([a-z ]+)</g), ([, count, outcome]) => [outcome, Number(count)] as const);
  for (const outcome of ["reproduced", "approximate", "not reproduced", "inconclusive"])
    assert.equal(counts.reduce((sum, [name, count]) => (name === outcome ? sum + count : sum), 0), verdicts.filter((verdict) => verdict.outcome === outcome).length);
  assert.equal(html.match(/<tr data-outcome=/g)?.length, verdicts.length);
  assert.match(html, /<a href="\/index#mean-escape/);
  assert.match(html, /<td class="number" data-label="Predicted">–<\/td>/);
});

test("texts with markup or programs in them stay text", () => {
  const hostile = '<script>alert(1)</script>" onload="x ${1 + 1} </section>';
  const verdict = {...verdicts[0]!, id: hostile, paper: hostile, title: hostile, statement: hostile, source: hostile, quantity: hostile, rule: hostile, explanation: hostile, href: hostile};
  for (const html of [verdictCard(verdict), claimsTable([verdict])]) {
    assert.doesNotMatch(html, /<script|\$\{/);
    const tags = JSON.stringify(parse(html), (key, value: unknown) => (key === "parentNode" ? undefined : value));
    assert.doesNotMatch(tags, /"tagName":"script"|"name":"onload"/);
  }
});
