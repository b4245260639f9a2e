import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {Warn, View, parse} from "vega";
import {compile} from "vega-lite";
import {linear, logarithmic} from "../../../docs/components/axes.ts";
import {figureConfig} from "../../../docs/components/figure-config.ts";
import {band, endLabels, level, line, points, pointsWithIntervals, slopeTriangle} from "../../../docs/components/layers.ts";
import type {Layer} from "../../../docs/components/layers.ts";
import {plainRows} from "../../../docs/components/plain-rows.ts";
import {maximumSeries, roles, seriesScale} from "../../../docs/components/roles.ts";
import type {RoleName} from "../../../docs/components/roles.ts";

const x = logarithmic("ratio", {title: "Loss ratio", domain: [1, 1000]});
const y = logarithmic("time", {title: "Time"});
const series = {field: "kind", scale: seriesScale(["a", "b"])};
const table = [1, 10, 100].flatMap((ratio) => ["a", "b"].map((kind) => ({ratio, kind, time: ratio ** 2, low: ratio, high: ratio ** 3})));

async function drawn(layer: readonly Layer[], datasets: Readonly<Record<string, readonly unknown[]>> = {table}): Promise<string> {
  const said: string[] = [];
  const collect = (...words: readonly unknown[]) => said.push(words.join(" "));
  const logger = {level: () => logger, error: collect, warn: collect, info: () => logger, debug: () => logger};
  const complete = {width: 400, height: 300, data: {name: "table"}, layer, datasets, config: figureConfig};
  const {spec} = compile(complete as never, {logger: logger as never});
  const view = new View(parse(spec), {renderer: "none", logLevel: Warn, logger: logger as never});
  const svg = await view.toSVG();
  assert.deepEqual(said, []);
  return svg;
}

const marks = (svg: string, kind: string) => Array.from(svg.matchAll(new RegExp(`<g class="mark-${kind} role-mark[^>]*>(.*?)</g>`, "gs")), (match) => match[1]!);

test("every layer compiles without a warning and draws its marks in its role's colour", async () => {
  const svg = await drawn([
    band({x, y, low: "low", high: "high", role: "reference"}),
    line({x, y, role: "prediction"}),
    line({x, y, role: "rival"}),
    pointsWithIntervals({x, y, low: "low", high: "high", role: "measured"}),
    points({x, y, role: "control"}),
    endLabels({x, y, role: "prediction", label: "paper"}),
    level({y, value: 50, role: "rival"}),
    slopeTriangle({x, y, at: [2, 10], slope: 2})
  ]);
  assert.doesNotMatch(svg, /NaN|undefined/);
  assert.match(marks(svg, "line")[0]!, /stroke="var\(--figure-prediction\)" stroke-width="3\.5"/);
  assert.match(marks(svg, "line")[1]!, /stroke="var\(--figure-rival\)"[^>]*stroke-dasharray="7,4"/);
  assert.equal(marks(svg, "symbol").join("").match(/var\(--figure-measured\)/g)?.length, table.length);
  assert.match(svg, />paper<\/text>/);
  assert.match(svg, />slope 2<\/text>/);
});

test("series differ by colour, shape and dash", async () => {
  const svg = await drawn([line({x, y, role: "measured", series}), points({x, y, role: "measured", series}), endLabels({x, y, role: "measured", series, label: {field: "kind"}})]);
  const lines = marks(svg, "line").join("");
  assert.match(lines, /var\(--figure-series-1\)/);
  assert.match(lines, /var\(--figure-series-2\)[^>]*stroke-dasharray="7,3"/);
  const symbols = Array.from(marks(svg, "symbol").join("").matchAll(/ d="([^"]*)"/g), (match) => match[1]);
  assert.equal(new Set(symbols).size, 2);
  assert.deepEqual(Array.from(marks(svg, "text").join("").matchAll(/>([ab])<\/text>/g), (match) => match[1]).sort(), ["a", "b"]);
});

test("an interval stands at its own ends", async () => {
  const linearY = linear("time", {title: "Time", domain: [0, 100]});
  const svg = await drawn([pointsWithIntervals({x, y: linearY, low: "low", high: "high", role: "measured"})], {table: [{ratio: 10, time: 50, low: 25, high: 75}]});
  assert.match(marks(svg, "rule").join(""), /transform="translate\(133\.33\d*,225\)"[^>]*y2="-150"/);
});

test("a layer can take another table", async () => {
  const svg = await drawn([line({x, y, role: "reference", from: "exact"}), points({x, y, role: "measured"})], {table, exact: [{ratio: 1, time: 1}, {ratio: 1000, time: 1000}]});
  assert.match(marks(svg, "line")[0]!, / d="M0,\d+(\.\d+)?L400,/);
});

test("logarithmic axes label decades", async () => {
  const labels = async (low: number, high: number) => {
    const svg = await drawn([points({x: logarithmic("ratio", {title: "r", domain: [low, high]}), y, role: "measured"})]);
    const axis = /<g class="mark-text role-axis-label"[^>]*>(.*?)<\/g>/s.exec(svg)![1]!;
    return Array.from(axis.matchAll(/>([^<>]+)<\/text>/g), (match) => match[1]);
  };
  assert.deepEqual(await labels(0.001, 1000), ["10⁻³", "10⁻²", "10⁻¹", "1", "10", "10²", "10³"]);
  assert.deepEqual(await labels(1, 20), ["1", "2", "5", "10", "20"]);
  assert.deepEqual(await labels(1e-12, 1e-10), ["10⁻¹²", "10⁻¹¹", "10⁻¹⁰"]);
});

test("rows become plain values", () => {
  const arrowLike = {toArray: () => [{n: 2n, xs: BigInt64Array.of(1n, 2n), s: "a", none: null}]};
  assert.deepEqual(plainRows(arrowLike), [{n: 2, xs: [1, 2], s: "a", none: null}]);
  assert.deepEqual(plainRows(new Set([{a: 1}])), [{a: 1}]);
  assert.throws(() => plainRows([], "escape"), /escape: there are no rows/);
  assert.throws(() => plainRows([1] as never, "escape"), /escape, row 0: expected an object, found 1/);
  assert.throws(() => plainRows({} as never, "escape"), /escape: expected rows or an Arrow table/);
  assert.throws(() => plainRows(undefined as never, "escape"), /expected rows or an Arrow table, found undefined/);
});

test("more series than can be told apart are refused", () => {
  assert.throws(() => seriesScale([]), /expected 1 to 6 series, found 0/);
  assert.throws(() => seriesScale(Array.from({length: maximumSeries + 1}, (_item, index) => index)), /found 7/);
  assert.deepEqual(seriesScale([1, 2, 4], {ordered: true}).colors, ["var(--figure-ordered-1)", "var(--figure-ordered-4)", "var(--figure-ordered-6)"]);
});

test("every colour has a light and a dark value that stands out from the paper", () => {
  const style = readFileSync(new URL("../../../docs/style.css", import.meta.url), "utf8");
  const [light, dark] = [/:root \{(.*?)\n\}/s, /prefers-color-scheme: dark\) \{\s*:root \{(.*?)\n {2}\}/s].map((block) => {
    const declared = block.exec(style)![1]!;
    return new Map(Array.from(declared.matchAll(/--(figure|verdict)-([\w-]+): (#[0-9a-f]{6});/g), ([, group, name, color]) => [`${group}-${name}`, color!]));
  });
  assert.deepEqual([...light!.keys()].sort(), [...dark!.keys()].sort());
  for (const scheme of [light!, dark!]) {
    const paper = scheme.get("figure-paper")!;
    for (const [name, color] of scheme) {
      if (name === "figure-paper" || name === "figure-grid") continue;
      const least = name.startsWith("verdict") || name === "figure-ink" || name === "figure-quiet" ? 4.5 : 3;
      assert.ok(contrast(color, paper) >= least, `${name} ${color} on ${paper}: contrast ${contrast(color, paper).toFixed(2)}`);
    }
    for (const role of Object.keys(roles) as RoleName[]) assert.ok(scheme.has(`figure-${role}`), role);
  }
});

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((first, second) => second - first);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(color: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
