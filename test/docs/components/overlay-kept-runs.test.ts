import assert from "node:assert/strict";
import {test} from "node:test";
import {Warn, View, parse} from "vega";
import {compile} from "vega-lite";
import {countKeptMarks} from "../../../docs/components/count-kept-marks.ts";
import {beyondWords} from "../../../docs/components/kept-runs-line.ts";
import {linear, logarithmic} from "../../../docs/components/axes.ts";
import {figureConfig} from "../../../docs/components/figure-config.ts";
import type {Spec} from "../../../docs/components/kept-look.ts";
import {band, curves, endLabels, level, line, points, pointsWithIntervals, slopeTriangle} from "../../../docs/components/layers.ts";
import {withMergedRowOrder} from "../../../docs/components/merged-row-order.ts";
import {overlayKeptRuns} from "../../../docs/components/overlay-kept-runs.ts";
import {panels} from "../../../docs/components/panels.ts";
import {seriesScale} from "../../../docs/components/roles.ts";
import {rowBands, rowPoints, rowTicks, rowWords} from "../../../docs/components/rows.ts";

const x = logarithmic("ratio", {title: "Loss ratio", domain: [1, 1000]});
const y = logarithmic("time", {title: "Time"});
const series = {field: "kind", scale: seriesScale(["a", "b"])};
const rowsOf = (factor: number) => [1, 10, 100].flatMap((ratio) => ["a", "b"].map((kind) => ({ratio, kind, time: factor * (ratio ** 2 + 1), low: factor * ratio, high: factor * (ratio ** 3 + 1)})));
const datasets = {table: rowsOf(1), exact: rowsOf(3), "table kept": rowsOf(2), "exact kept": rowsOf(6)};
const both = {name: "big-step", place: 0, tables: {table: "table kept", exact: "exact kept"}};

async function compiled(spec: Spec, tables: Readonly<Record<string, readonly unknown[]>> = datasets) {
  const said: string[] = [];
  const collect = (...words: readonly unknown[]) => said.push(words.join(" "));
  const logger = {level: () => logger, error: collect, warn: collect, info: () => logger, debug: () => logger};
  const size = "concat" in spec ? {} : {width: 400, height: 300};
  const complete = {...size, data: {name: "table"}, ...spec, datasets: tables, config: figureConfig};
  const vega = compile(complete as never, {logger: logger as never}).spec;
  const view = new View(parse(vega), {renderer: "none", logLevel: Warn, logger: logger as never});
  const svg = await view.toSVG();
  assert.deepEqual(said, []);
  return {vega, view, svg};
}

const layersOf = (spec: Spec): readonly Spec[] => spec.layer as readonly Spec[];
const dataOf = (spec: Spec): unknown => (spec.data as Spec | undefined)?.name;
const markOf = (spec: Spec): Spec => spec.mark as Spec;

const everyLayer = [
  band({x, y, low: "low", high: "high", role: "reference"}),
  line({x, y, role: "prediction", from: "exact"}),
  curves({x, y, role: "control", by: "kind"}),
  pointsWithIntervals({x, y, low: "low", high: "high", role: "measured", series}),
  points({x, y, role: "control"}),
  endLabels({x, y, role: "prediction", label: "paper"}),
  level({y, value: 50, role: "rival"}),
  slopeTriangle({x, y, at: [2, 10], slope: 2})
];

test("every layer with data is repeated beneath on the kept run's data, names of curves and marks of the figure alone are not", () => {
  const spec = overlayKeptRuns({layer: everyLayer, height: 300}, "table", [both]);
  const layers = layersOf(spec);
  assert.deepEqual(layers.slice(-everyLayer.length), everyLayer);
  assert.equal(spec.height, 300);
  assert.deepEqual(layers.slice(0, -everyLayer.length).map((layer) => [dataOf(layer), markOf(layer).type]), [
    ["table kept", "area"],
    ["exact kept", "line"],
    ["table kept", "line"],
    ["table kept", "rule"],
    ["table kept", "point"],
    ["table kept", "point"]
  ]);
});

test("the figure's own marks are drawn as without a kept run, and the kept run's along the same axes", async () => {
  const fixed = linear("time", {title: "Time", domain: [0, 100]});
  const spec = {layer: [points({x, y: fixed, role: "measured"}), line({x, y: fixed, role: "reference", series})]};
  const alone = await compiled(spec);
  const {svg, vega} = await compiled(overlayKeptRuns(spec, "table", [both]));
  const marks = (drawn: string) => Array.from(drawn.matchAll(/<g class="mark-(?:symbol|line) role-mark[^>]*>(.*?)<\/g>/gs), (match) => match[1]!);
  assert.equal(marks(svg).length, marks(alone.svg).length * 2);
  assert.deepEqual(marks(svg).filter((mark) => !mark.includes('opacity="0.75"')), marks(alone.svg));
  const scales = (spec_: typeof vega) => (spec_.scales ?? []).map(({name, type, domain}) => ({name, type, given: Array.isArray(domain)}));
  assert.deepEqual(scales(vega), scales(alone.vega));
});

test("a kept point stands at its own value on the shared axis, hollow in its series' colour", async () => {
  const fixed = linear("time", {title: "Time", domain: [0, 100]});
  const spec = overlayKeptRuns({layer: [points({x, y: fixed, role: "measured", series})]}, "table", [both]);
  const {svg} = await compiled(spec, {table: [{ratio: 1, time: 50, kind: "a"}], "table kept": [{ratio: 10, time: 25, kind: "b"}], exact: []});
  const kept = /<path [^>]*opacity="0\.75"[^>]*>/.exec(svg)![0];
  assert.match(kept, /translate\(133\.3\d*,225\)/);
  assert.match(kept, / fill="var\(--figure-paper\)"/);
  assert.match(kept, /stroke="var\(--figure-series-2\)"/);
});

test("kept curves by series stay apart, thin and dashed, each in its colour", async () => {
  const spec = overlayKeptRuns({layer: [line({x, y, role: "measured", series})]}, "table", [both]);
  const {svg} = await compiled(spec);
  const kept = Array.from(svg.matchAll(/<path [^>]*stroke-dasharray="4,3"[^>]*>/g), ([path]) => path);
  assert.deepEqual(kept.map((path) => /stroke="([^"]*)"/.exec(path)![1]), ["var(--figure-series-1)", "var(--figure-series-2)"]);
  assert.ok(kept.every((path) => path.includes('stroke-width="1.25"')));
});

test("a kept band is an edge without a filling, dashed like lines", async () => {
  const {svg} = await compiled(overlayKeptRuns({layer: [band({x, y, low: "low", high: "high", role: "reference"})]}, "table", [both]));
  const edges = Array.from(svg.matchAll(/<g class="mark-area role-mark[^>]*>(.*?)<\/g>/gs), ([, mark]) => /stroke="([^"]*)"[^>]*stroke-dasharray="4,3"/.exec(mark!)?.[1]);
  assert.deepEqual(edges, ["var(--figure-reference)", undefined]);
});

test("every layer function compiles without a warning with three kept runs beneath", async () => {
  const overlays = [0, 1, 2].map((place) => ({...both, place}));
  const {svg} = await compiled(overlayKeptRuns({layer: everyLayer}, "table", overlays));
  assert.doesNotMatch(svg, /NaN|undefined/);
  for (const dash of ["4,3", "1.5,2.5", "9,3,2,3"]) assert.ok(svg.includes(`stroke-dasharray="${dash}"`));
});

test("panels are overlaid each by itself, and transforms on the way are kept", async () => {
  const only = (kind: string, layer: Spec) => ({...layer, transform: [{filter: {field: "kind", equal: kind}}, ...((layer.transform as readonly unknown[]) ?? [])]});
  const plain = {x: linear("ratio", {title: "x"}), y: linear("time", {title: "y"})};
  const spec = panels(900, ["a", "b"].map((kind) => ({title: kind, layer: [only(kind, pointsWithIntervals({...plain, low: "low", high: "high", role: "measured"}))]})));
  const overlaid = overlayKeptRuns(spec, "table", [both]);
  for (const [i, panel] of (overlaid.concat as readonly Spec[]).entries()) {
    assert.equal(layersOf(panel).length, 3);
    for (const layer of layersOf(panel).slice(0, 2)) assert.deepEqual([dataOf(layer), layer.transform], ["table kept", [{filter: {field: "kind", equal: "ab"[i]}}]]);
    assert.deepEqual(layersOf(panel)[2], layersOf((spec.concat as readonly Spec[])[i]!)[0]);
  }
  const {view} = await compiled(overlaid);
  assert.ok(view);
});

test("an encoding and a transform of the layers around reach the repeated layer", () => {
  const spec = {data: {name: "exact"}, transform: [{filter: "datum.ratio > 1"}], encoding: {x: linear("ratio", {title: "x"}), stroke: {value: "red"}}, layer: [{mark: "line", encoding: {}}, {layer: [{transform: [{filter: "datum.ratio > 2"}], mark: "line", encoding: {}}]}]};
  const [first, second] = layersOf(overlayKeptRuns(spec, "table", [both]));
  assert.deepEqual([dataOf(first!), first!.transform], ["exact kept", [{filter: "datum.ratio > 1"}]]);
  assert.deepEqual((first!.encoding as Spec).stroke, {value: "red"});
  assert.deepEqual(second!.transform, [{filter: "datum.ratio > 1"}, {filter: "datum.ratio > 2"}]);
});

test("a unit becomes two layers with its size and title kept, and a data set that the run does not have is not repeated", async () => {
  const unit = {title: "one", height: 200, mark: {type: "point"}, encoding: {x, y}};
  const overlaid = overlayKeptRuns(unit, "table", [both]);
  assert.deepEqual([overlaid.title, overlaid.height, overlaid.mark, layersOf(overlaid).length], ["one", 200, undefined, 2]);
  await compiled(overlaid);
  assert.equal(overlayKeptRuns(unit, "table", [{...both, tables: {exact: "exact kept"}}]), unit);
  assert.throws(() => overlayKeptRuns({facet: {field: "kind"}, spec: unit}, "table", [both]), /RangeError|facets/);
});

test("a hostile name is a tooltip's text and no part of an expression", async () => {
  const name = `"'); alert(1); <script>`;
  const spec = overlayKeptRuns({layer: [line({x, y, role: "prediction"})]}, "table", [{...both, name}]);
  const {view} = await compiled(spec);
  const tooltips = new Set<unknown>();
  const visit = (item: {readonly items?: readonly never[]; readonly tooltip?: unknown}): void => {
    if (item.tooltip !== undefined) tooltips.add(item.tooltip);
    item.items?.forEach(visit);
  };
  visit((view.scenegraph() as unknown as {readonly root: never}).root);
  assert.deepEqual([...tooltips], [`kept run ${name}`]);
});

test("rows keep the figure's order with the kept run's own among them, its marks a step below", async () => {
  const value = linear("value", {title: "Value", domain: [0, 10]});
  const rows = (labels: readonly string[]) => labels.map((label, i) => ({label, value: i + 1, low: i, high: i + 2, words: "none"}));
  const tables = {table: rows(["c", "a", "b"]), "table kept": rows(["c", "new", "b"])};
  const layers = [rowBands({x: value, row: "label", low: "low", high: "high", role: "prediction"}), rowTicks({x: value, row: "label", role: "reference"}), rowPoints({x: value, row: "label", low: "low", high: "high", role: "measured", offset: 2}), rowWords({x: value, row: "label", label: "words", at: 1, role: "measured"})];
  const overlays = [{name: "big-step", place: 0, tables: {table: "table kept"}}];
  const overlaid = withMergedRowOrder(overlayKeptRuns({layer: layers}, "table", overlays), "table", tables, new Set(["table kept"]));
  const kept = layersOf(overlaid).slice(0, -layers.length);
  assert.deepEqual(kept.map((layer) => [markOf(layer).type, markOf(layer).yOffset]), [["rule", 5], ["tick", 5], ["rule", 7], ["point", 7], ["text", 5]]);
  const {view} = await compiled(overlaid, tables);
  assert.deepEqual((view.scale("y") as unknown as {domain(): readonly string[]}).domain(), ["c", "new", "a", "b"]);
});

const nothing = {points: 0, intervals: 0, bars: 0, curves: 0};

test("what of a kept run lies beyond the axes is said in words, whatever kind of mark it is", async () => {
  const value = linear("value", {title: "Value", domain: [0, 10]});
  const spec = {layer: [rowBands({x: value, row: "label", low: "low", high: "high", role: "prediction"}), {mark: "bar", encoding: {x: value, y: {field: "label", type: "nominal"}, x2: {field: "high"}}}]};
  const rows = (...values: readonly number[]) => values.map((value) => ({label: String(value), value, low: value - 1, high: value + 2}));
  const {view} = await compiled(overlayKeptRuns(spec, "table", [{name: "big-step", place: 0, tables: {table: "table kept"}}]), {table: rows(1), "table kept": rows(-5, 9, 12, 20)});
  const {root} = view.scenegraph() as unknown as {readonly root: Parameters<typeof countKeptMarks>[0]};
  assert.deepEqual(countKeptMarks(root, 0), {inside: 2, beyond: {points: 0, intervals: 3, bars: 3, curves: 0}});
  assert.equal(beyondWords(nothing), "");
  assert.equal(beyondWords({points: 1, intervals: 2, bars: 0, curves: 0}), " (1 point, 2 intervals beyond the axes)");
  assert.equal(beyondWords({...nothing, curves: 1}), " (1 curve reaches beyond the axes)");
  assert.equal(beyondWords({...nothing, bars: 1, curves: 2}), " (1 bar beyond the axes, 2 curves reach beyond them)");
});

test("a kept run's marks are counted within the axes of their own panel, and its points beyond them", async () => {
  const fixed = linear("time", {title: "Time", domain: [0, 100]});
  const rows = (...times: readonly number[]) => times.map((time) => ({ratio: 10, time, low: time - 1, high: time + 1}));
  const panel = {title: "one", layer: [pointsWithIntervals({x, y: fixed, low: "low", high: "high", role: "measured"}), line({x, y: fixed, role: "control", from: "exact"})]};
  const tables = {table: rows(1), exact: rows(2, 500), "table kept": rows(50, 120, 130), "exact kept": rows(60, 500)};
  const {view} = await compiled(overlayKeptRuns(panels(900, [panel, panel]), "table", [both, {...both, place: 1, tables: {}}]), tables);
  const {root} = view.scenegraph() as unknown as {readonly root: Parameters<typeof countKeptMarks>[0]};
  assert.deepEqual(countKeptMarks(root, 0), {inside: 2 * (1 + 1 + 1), beyond: {points: 2 * 2, intervals: 2 * 2, bars: 0, curves: 2}});
  assert.deepEqual(countKeptMarks(root, 1), {inside: 0, beyond: nothing});
});

test("values that a logarithmic axis cannot show are left out of a kept run, and of it alone", async () => {
  const spec = overlayKeptRuns({layer: [pointsWithIntervals({x, y, low: "low", high: "high", role: "measured"}), line({x, y, role: "control"})]}, "table", [both]);
  const {svg, view} = await compiled(spec, {table: rowsOf(1), exact: [], "table kept": [{ratio: 1, time: 5, low: -1, high: 9}, {ratio: 10, time: -5, low: -9, high: -1}, {ratio: 100, time: null, low: 1, high: 2}]});
  assert.doesNotMatch(svg, /NaN/);
  const {root} = view.scenegraph() as unknown as {readonly root: Parameters<typeof countKeptMarks>[0]};
  assert.deepEqual(countKeptMarks(root, 0), {inside: 1 + 1 + 1, beyond: nothing});
});

test("words that follow a curve are not repeated, words in a row that has no value are", () => {
  const value = linear("value", {title: "Value", domain: [0, 10]});
  const words = rowWords({x: value, row: "label", label: "words", at: 1, role: "measured"});
  const above = {mark: {type: "text"}, encoding: {x, y: {...y, field: undefined, datum: 3}, text: {value: "lowest"}}};
  const repeated = layersOf(overlayKeptRuns({layer: [words, above]}, "table", [both])).slice(0, -2);
  assert.deepEqual(repeated.map((layer) => (layer.encoding as Spec).text), [(words.encoding as Spec).text]);
});
