import embed from "npm:vega-embed";
import type {Result} from "npm:vega-embed";
import {figureConfig} from "./figure-config.js";
import {countKeptMarks} from "./count-kept-marks.js";
import type {SceneMark} from "./count-kept-marks.js";
import {keptDatasets} from "./kept-datasets.js";
import type {Datasets, KeptData} from "./kept-datasets.js";
import {comparedRuns, onComparedRuns} from "./kept-runs.js";
import type {KeptRun} from "./kept-runs.js";
import {keptRunsDescription, keptRunsLine} from "./kept-runs-line.js";
import type {ComparedData, ComparedMarks} from "./kept-runs-line.js";
import {withMergedRowOrder} from "./merged-row-order.js";
import {overlayKeptRuns} from "./overlay-kept-runs.js";
import {plainRows} from "./plain-rows.js";
import type {Rows} from "./plain-rows.js";
import {requireWholeFiles} from "./whole-files.js";
import type {SiteFile} from "./whole-files.js";

export {roles, seriesScale} from "./roles.js";
export * from "./axes.js";
export * from "./layers.js";
export * from "./panels.js";
export * from "./rows.js";

/** A Vega-Lite specification without data, width or configuration. */
export type FigureSpec = Readonly<Record<string, unknown>>;

type Source = Rows | PromiseLike<Rows>;

export type FigureOptions = {
  /** The rows of the figure, or several tables by name for layers that say `from: "name"`; may still be on their way. */
  readonly data: Source | Readonly<Record<string, Source>>;
  /** What the figure shows, for readers who do not see it: the fitted number and the verdict. */
  readonly description: string;
  /** One line on how to read the figure. */
  readonly caption?: string | Node;
  /** The files that the rows come from, such as `[FileAttachment("./data/escape.arrow")]`; each must arrive whole. */
  readonly files?: readonly SiteFile[];
};

/** The name that rows have when a figure gets one table. */
const onlyTable = "table";

/**
 * Draws a Vega-Lite specification as wide as its place, again when the place's width changes, and follows light, dark
 * and paper through the page's style sheet. It is cleared away when it leaves the page.
 * Whatever is wrong with its data (a missing table, SQL that DuckDB refuses, no rows) is said in its place by name, so
 * that the page around it stays readable; give a query as a promise, not awaited, for its errors to arrive here.
 * Of rows that come from `sql` of `sql.js`, the same are drawn beneath for each kept run that the reader compares.
 *
 * @param spec a specification, or a function of the width in CSS pixels that gives one (to stack panels when narrow).
 */
export function figure(spec: FigureSpec | ((width: number) => FigureSpec), {data, description, caption, files = []}: FigureOptions): HTMLElement {
  const element = document.createElement("figure");
  element.className = "figure";
  const plot = document.createElement("div");
  plot.className = "figure-plot";
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", description);
  element.append(plot);
  if (caption !== undefined) {
    const line = document.createElement("figcaption");
    line.append(caption);
    element.append(line);
  }
  const sources = isTables(data) ? data : {[onlyTable]: data};
  const datasets = Promise.all([readDatasets(sources), requireWholeFiles(files)]).then(([tables]) => tables);
  datasets.catch(() => {});
  const compare = comparison(sources, datasets);
  drawWhenSized(plot, async (width) => {
    const compared = await compare();
    const drawn = typeof spec === "function" ? spec(width) : spec;
    const {finalize, view} = await draw(plot, {...withKeptRuns(drawn, await datasets, compared), width});
    const scene = (view.scenegraph() as unknown as {readonly root: SceneMark}).root;
    sayCompared(element, description, compared.map((one) => ({...one, marks: countKeptMarks(scene, one.run.place)})));
    return finalize;
  });
  return element;
}

type Finalize = () => void;
type Sources = Readonly<Record<string, Source>>;
type Drawing = {readonly spec: FigureSpec; readonly datasets: Datasets; readonly width: number};

async function readDatasets(sources: Sources): Promise<Datasets> {
  const read = async ([name, source]: readonly [string, Source]) => [name, plainRows(await source, name)] as const;
  return Object.fromEntries(await Promise.all(Object.entries(sources).map(read)));
}

function isTables(data: FigureOptions["data"]): data is Sources {
  return typeof data === "object" && data !== null && !("then" in data) && !("toArray" in data) && !(Symbol.iterator in data);
}

/** What the compared runs have of a figure, each asked once as it is told of. */
function comparison(sources: Sources, datasets: Promise<Datasets>): () => Promise<readonly ComparedData[]> {
  const known = new WeakMap<object, Promise<KeptData>>();
  const ask = (run: KeptRun): Promise<KeptData> => {
    const asked = known.get(run.told) ?? datasets.then((shown) => keptDatasets(sources, shown, run));
    known.set(run.told, asked);
    return asked;
  };
  return () => Promise.all(comparedRuns().map(async (run) => ({run, data: await ask(run)})));
}

/** The figure with the compared runs beneath it, their data sets beside its own. */
function withKeptRuns(spec: FigureSpec, shown: Datasets, compared: readonly ComparedData[]): {readonly spec: FigureSpec; readonly datasets: Datasets} {
  const [first = onlyTable] = Object.keys(shown);
  const runs = compared.flatMap(({run, data}) => (data.state === "differs" ? [{run, datasets: data.datasets}] : []));
  if (runs.length === 0) return {spec, datasets: shown};
  const nameIn = ({place}: KeptRun, table: string) => `${table} of kept run ${place}`;
  const overlays = runs.map(({run, datasets}) => ({name: run.name, place: run.place, tables: Object.fromEntries(Object.keys(datasets).map((table) => [table, nameIn(run, table)]))}));
  const kept = Object.fromEntries(runs.flatMap(({run, datasets}) => Object.entries(datasets).map(([table, rows]) => [nameIn(run, table), rows])));
  const all = {...shown, ...kept};
  return {spec: withMergedRowOrder(overlayKeptRuns(spec, first, overlays), first, all, new Set(Object.keys(kept))), datasets: all};
}

function sayCompared(element: HTMLElement, description: string, compared: readonly ComparedMarks[]): void {
  element.querySelector(".figure-plot[role]")?.setAttribute("aria-label", description + keptRunsDescription(compared));
  element.querySelector(".figure-runs")?.remove();
  if (compared.length > 0) element.querySelector(".figure-plot")!.after(keptRunsLine(compared));
}

async function draw(plot: HTMLElement, drawing: Drawing, room = 0): Promise<Result> {
  const {spec, datasets, width} = drawing;
  const [firstTable = onlyTable] = Object.keys(datasets);
  const isComposed = ["hconcat", "vconcat", "concat", "facet", "repeat"].some((key) => key in spec);
  const size = isComposed ? {} : {width, autosize: {type: "fit-x", contains: "padding"}};
  const padding = {...figureConfig.padding, right: figureConfig.padding.right + room};
  const complete = {data: {name: firstTable}, ...size, ...spec, padding, datasets, config: figureConfig};
  const stage = document.createElement("div");
  const drawn = await embed(stage, complete as never, {
    actions: false,
    renderer: "svg",
    defaultStyle: false,
    mode: "vega-lite",
    tooltip: {theme: "custom"}
  });
  plot.replaceChildren(stage);
  plot.classList.remove("figure-error");
  const excess = room === 0 ? labelsBeyond(plot) : 0;
  if (excess === 0) return drawn;
  drawn.finalize();
  return draw(plot, drawing, excess);
}

/** How far labels at line ends reach past the figure: Vega fits the axes, and a label moves less than the room it is given. */
function labelsBeyond(plot: HTMLElement): number {
  const right = plot.getBoundingClientRect().right;
  const ends = Array.from(plot.querySelectorAll("svg text"), (text) => text.getBoundingClientRect().right);
  return Math.ceil(1.2 * Math.max(0, ...ends.map((end) => end - right)));
}

/** Draws when the place has a width, again when that or the compared runs change, and listens only while it is on the page. */
function drawWhenSized(plot: HTMLElement, drawAt: (width: number) => Promise<Finalize>): void {
  let drawnWidth = 0;
  let latest = 0;
  let drawing: Promise<Finalize> = Promise.resolve(() => {});
  let unsubscribe: () => void = () => {};
  const redraw = () => {
    const turn = ++latest;
    const width = drawnWidth;
    drawing = drawing.then(async (finalize) => {
      if (turn !== latest) return finalize;
      finalize();
      return width === 0 ? () => {} : drawAt(width).catch((error: unknown) => showError(plot, error));
    });
  };
  new ResizeObserver(() => {
    const width = plot.isConnected ? Math.floor(plot.clientWidth) : 0;
    if (width === drawnWidth) return;
    unsubscribe();
    unsubscribe = width === 0 ? () => {} : onComparedRuns(redraw);
    drawnWidth = width;
    redraw();
  }).observe(plot);
}

function showError(plot: HTMLElement, error: unknown): Finalize {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  const title = document.createElement("strong");
  title.textContent = "This figure cannot be drawn. ";
  message.append(title, error instanceof Error ? error.message : String(error));
  plot.replaceChildren(message);
  plot.removeAttribute("role");
  plot.classList.add("figure-error");
  return () => {};
}
