import assert from "node:assert/strict";
import {test} from "node:test";
import {View, parse} from "vega";
import {compile} from "vega-lite";
import {linear} from "../../../docs/components/axes.ts";
import {figureConfig} from "../../../docs/components/figure-config.ts";
import {points} from "../../../docs/components/layers.ts";
import {panels} from "../../../docs/components/panels.ts";

const x = linear("x", {title: "Input x", domain: [0, 1]});
const y = linear("y", {title: "Output y", domain: [0, 1]});
const list = ["first", "second", "third"].map((title) => ({title, layer: [points({x, y, role: "measured", from: "table"})]}));

/** The width of the drawn figure, and where each panel's title begins. */
async function drawn(width: number, least: number) {
  const spec = {...panels(width, list, {least}), data: {name: "table"}, datasets: {table: [{x: 0, y: 0}, {x: 1, y: 1}]}, config: figureConfig};
  const view = new View(parse(compile(spec as never).spec), {renderer: "none"});
  const svg = await view.toSVG();
  view.finalize();
  return {width: Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)![1]), titles: ["first", "second", "third"].filter((title) => svg.includes(`>${title}<`))};
}

test("panels stand side by side where each has its least width, else below one another, and all are drawn", async () => {
  assert.deepEqual([[740, 200], [740, 250], [740, 800], [320, 250]].map(([width, least]) => panels(width!, list, {least: least!}).columns), [3, 2, 1, 1]);
  for (const [width, least] of [[740, 200], [740, 250], [360, 250]] as const) {
    const figure = await drawn(width, least);
    assert.deepEqual(figure.titles, ["first", "second", "third"]);
    assert.ok(figure.width <= width + 12 && figure.width > 0.85 * width, `${figure.width} for ${width}`);
  }
});
