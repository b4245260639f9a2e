import embed from "npm:vega-embed";
import {figureConfig} from "./figure-config.js";
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
  const datasets = Promise.all([readDatasets(data), requireWholeFiles(files)]).then(([tables]) => tables);
  datasets.catch(() => {});
  drawWhenSized(plot, async (width) => draw(plot, typeof spec === "function" ? spec(width) : spec, await datasets, width));
  return element;
}

type Finalize = () => void;
type Datasets = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

async function readDatasets(data: FigureOptions["data"]): Promise<Datasets> {
  const sources = isTables(data) ? data : {[onlyTable]: data};
  const read = async ([name, source]: readonly [string, Source]) => [name, plainRows(await source, name)] as const;
  return Object.fromEntries(await Promise.all(Object.entries(sources).map(read)));
}

function isTables(data: FigureOptions["data"]): data is Readonly<Record<string, Source>> {
  return typeof data === "object" && data !== null && !("then" in data) && !("toArray" in data) && !(Symbol.iterator in data);
}

async function draw(plot: HTMLElement, spec: FigureSpec, datasets: Datasets, width: number, room = 0): Promise<Finalize> {
  const [firstTable = onlyTable] = Object.keys(datasets);
  const isComposed = ["hconcat", "vconcat", "concat", "facet", "repeat"].some((key) => key in spec);
  const size = isComposed ? {} : {width, autosize: {type: "fit-x", contains: "padding"}};
  const padding = {...figureConfig.padding, right: figureConfig.padding.right + room};
  const complete = {data: {name: firstTable}, ...size, ...spec, padding, datasets, config: figureConfig};
  const stage = document.createElement("div");
  const {finalize} = await embed(stage, complete as never, {
    actions: false,
    renderer: "svg",
    defaultStyle: false,
    mode: "vega-lite",
    tooltip: {theme: "custom"}
  });
  plot.replaceChildren(stage);
  plot.classList.remove("figure-error");
  const excess = room === 0 ? labelsBeyond(plot) : 0;
  if (excess === 0) return finalize;
  finalize();
  return draw(plot, spec, datasets, width, excess);
}

/** How far labels at line ends reach past the figure: Vega fits the axes, and a label moves less than the room it is given. */
function labelsBeyond(plot: HTMLElement): number {
  const right = plot.getBoundingClientRect().right;
  const ends = Array.from(plot.querySelectorAll("svg text"), (text) => text.getBoundingClientRect().right);
  return Math.ceil(1.2 * Math.max(0, ...ends.map((end) => end - right)));
}

function drawWhenSized(plot: HTMLElement, drawAt: (width: number) => Promise<Finalize>): void {
  let drawnWidth = 0;
  let drawing: Promise<Finalize> = Promise.resolve(() => {});
  const redraw = (width: number) => {
    const previous = drawing;
    drawing = previous.then(async (finalize) => {
      if (width !== drawnWidth) return finalize;
      finalize();
      return width === 0 ? () => {} : drawAt(width).catch((error: unknown) => showError(plot, error));
    });
  };
  new ResizeObserver(() => {
    const width = plot.isConnected ? Math.floor(plot.clientWidth) : 0;
    if (width === drawnWidth) return;
    drawnWidth = width;
    redraw(width);
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
