import type {KeptData} from "./kept-datasets.js";
import {keptLook} from "./kept-look.js";
import type {KeptRun} from "./kept-runs.js";

/** A compared run and what a figure has of it. */
export type ComparedData = {readonly run: KeptRun; readonly data: KeptData};

/** The line under a figure that says of each compared run how it is drawn, or why it is not; names are text. */
export function keptRunsLine(compared: readonly ComparedData[]): HTMLElement {
  const line = document.createElement("p");
  line.className = "figure-runs";
  for (const {run, data} of compared) {
    const entry = document.createElement("span");
    if (data.state === "differs") entry.append(sample(run.place));
    entry.append(wordsOn(run, data));
    line.append(entry);
  }
  return line;
}

/** What readers who do not see a figure are told of the runs beneath it. */
export function keptRunsDescription(compared: readonly ComparedData[]): string {
  const names = compared.filter(({data}) => data.state === "differs").map(({run}) => run.name);
  return names.length === 0 ? "" : ` Beneath it, dashed and hollow: kept ${names.length === 1 ? "run" : "runs"} ${names.join(", ")}.`;
}

function wordsOn({name}: KeptRun, data: KeptData): string {
  if (data.state === "differs") return `${name}, dashed and hollow`;
  if (data.state === "same") return `same as in ${name}`;
  if (data.state === "none") return `nothing of ${name} to compare: this figure is not drawn from its tables`;
  return `${name} is not shown: ${data.reason}`;
}

/** A dash with a hollow mark on it, as the run's marks look. */
function sample(place: number): SVGElement {
  const {lineDash, outlineDash, opacity} = keptLook(place);
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({viewBox: "0 0 34 12", width: "34", height: "12", "aria-hidden": "true"})) drawing.setAttribute(name, value);
  drawing.innerHTML =
    `<g stroke="var(--figure-ink)" stroke-width="1.25" opacity="${opacity}"><path d="M0 6H34" stroke-dasharray="${lineDash.join(" ")}"/>` +
    `<circle cx="17" cy="6" r="4" fill="var(--figure-paper)" stroke-dasharray="${outlineDash.join(" ")}"/></g>`;
  return drawing;
}
