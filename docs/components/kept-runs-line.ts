import type {Beyond, MarkCounts} from "./count-kept-marks.js";
import type {KeptData} from "./kept-datasets.js";
import {keptLook} from "./kept-look.js";
import type {KeptRun} from "./kept-runs.js";

/** A compared run and what a figure has of it. */
export type ComparedData = {readonly run: KeptRun; readonly data: KeptData};

/** A compared run and how many of its marks a figure shows. */
export type ComparedMarks = ComparedData & {readonly marks: MarkCounts};

/** The line under a figure that says of each compared run how it is drawn, or why it is not; names are text. */
export function keptRunsLine(compared: readonly ComparedMarks[]): HTMLElement {
  const line = document.createElement("p");
  line.className = "figure-runs";
  for (const one of compared) {
    const entry = document.createElement("span");
    if (isSeen(one)) entry.append(sample(one.run.place));
    entry.append(wordsOn(one));
    line.append(entry);
  }
  return line;
}

/** What readers who do not see a figure are told of the runs beneath it. */
export function keptRunsDescription(compared: readonly ComparedMarks[]): string {
  const names = compared.filter(isSeen).map(({run}) => run.name);
  return names.length === 0 ? "" : ` Beneath it, dashed and hollow: kept ${names.length === 1 ? "run" : "runs"} ${names.join(", ")}.`;
}

const isSeen = ({data, marks}: ComparedMarks): boolean => data.state === "differs" && marks.inside > 0;

const counted = (count: number, one: string): readonly string[] => (count === 0 ? [] : [`${count} ${count === 1 ? one : `${one}s`}`]);

/** What lies beyond the axes, which stay the shown run's; nothing where nothing does. */
export function beyondWords({points, intervals, bars, curves}: Beyond): string {
  const whole = [...counted(points, "point"), ...counted(intervals, "interval"), ...counted(bars, "bar")].join(", ");
  const parts = [...(whole === "" ? [] : [`${whole} beyond the axes`]), ...counted(curves, "curve").map((text) => `${text} ${curves === 1 ? "reaches" : "reach"} beyond ${whole === "" ? "the axes" : "them"}`)];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function wordsOn({run: {name}, data, marks: {inside, beyond}}: ComparedMarks): string {
  if (data.state === "same") return `same as in ${name}`;
  if (data.state === "none") return `nothing of ${name} to compare: this figure is not drawn from its tables`;
  if (data.state === "failed") return `${name} is not shown: ${data.reason}`;
  if (inside === 0) return `${name} is not shown: its rows differ, but none has a place on these axes${beyondWords(beyond)}`;
  return `${name}, dashed and hollow${beyondWords(beyond)}`;
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
