import type {Outcome} from "../verdicts/index.ts";
import {escapeHtml} from "./escape-html.ts";
import {formatNumber} from "./format-number.ts";
import type {PageSource} from "./page-source.ts";
import {outcomeBadge} from "./verdict-html.ts";

type VerdictState = {readonly outcome: Outcome; readonly estimate: number | null; readonly low: number | null; readonly high: number | null};

/** A kept run beside the shown one: `first` is the shown run's value, `second` the kept run's. */
export type ComparedRun = {
  readonly name: string;
  readonly preset: string;
  readonly parameters: readonly {readonly paper: string; readonly path: string; readonly first?: unknown; readonly second?: unknown}[];
  /** Tables that differ and that it has. */
  readonly tables: readonly string[];
  /** Tables that it does not have. */
  readonly missingTables: readonly string[];
  readonly verdicts: readonly {readonly id: string; readonly title: string; readonly first: VerdictState; readonly second: VerdictState}[];
};

/** The page on which runs are compared. */
export type ComparedPage = PageSource & {
  /** Papers whose parameters the page's tables read; of all papers where null. */
  readonly papers: readonly string[] | null;
  /** Whether a claim's evidence stands on the page. */
  readonly isOnPage: (claim: string) => boolean;
};

/**
 * The part of a page that compares the shown run with kept ones, for below its title: a control that draws kept runs
 * beneath the figures, which stays hidden until a script can act on it, and for each run what differs: parameters,
 * verdicts of the page, and the tables behind its figures to download. Empty where no run is kept. Everything that comes
 * from runs is shown as text.
 */
export function keptRunsHtml(runs: readonly ComparedRun[], page: ComparedPage): string {
  if (runs.length === 0) return "";
  const boxes = runs.map(({name}) => `<label><input type="checkbox" value="${escapeHtml(name)}" autocomplete="off"> ${escapeHtml(name)}</label>`);
  const control = page.hasFigures ? `<fieldset hidden><legend>Compare with</legend>${boxes.join("")}</fieldset>` : "";
  return `<section class="compared-runs" aria-label="Kept runs">${control}${runs.map((run) => runHtml(run, page)).join("")}</section>`;
}

function runHtml(run: ComparedRun, page: ComparedPage): string {
  const {name, preset, parameters} = run;
  const own = parameters.filter(({paper}) => page.papers === null || page.papers.includes(paper));
  const others = parameters.filter((parameter) => !own.includes(parameter));
  const verdicts = run.verdicts.filter(({id}) => page.isOnPage(id));
  const namesOf = (files: readonly string[]) => files.map((file) => ({file, names: Object.keys(page.tables).filter((table) => page.tables[table] === file)})).filter(({names}) => names.length > 0);
  const missing = namesOf(run.missingTables).flatMap(({names}) => names);
  const count = [counted(own.length, "parameter"), counted(verdicts.length, "verdict")].join(" and ");
  return (
    `<details data-run="${escapeHtml(name)}" data-missing="${escapeHtml(missing.join(" "))}">` +
    `<summary>What differs in <strong>${escapeHtml(name)}</strong>: ${count}${page.papers === null ? "" : " here"}</summary>` +
    (own.length === 0 ? `<p>No parameter of ${page.papers === null ? "any paper" : "this page"} differs.</p>` : parameterTable(own, name, preset)) +
    (others.length === 0 ? "" : `<details><summary>${counted(others.length, "parameter")} of other papers</summary>${parameterTable(others, name, preset)}</details>`) +
    (verdicts.length === 0 ? "" : verdictTable(verdicts, name)) +
    downloads(name, namesOf(run.tables)) +
    `</details>`
  );
}

const counted = (count: number, word: string): string => `${count === 0 ? "no" : count} ${word}${count === 1 ? "" : "s"}`;

function table(caption: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join("");
  return `<div class="compared-table"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function parameterTable(parameters: ComparedRun["parameters"], name: string, preset: string): string {
  const rows = parameters.map(({paper, path, first, second}) => `<tr><th scope="row"><code>${escapeHtml(`${paper}.${path}`)}</code></th><td>${shown(first)}</td><td>${shown(second)}</td></tr>`);
  return table(`Parameters that differ; ${escapeHtml(name)} was run with the preset <code>${escapeHtml(preset)}</code>`, ["Parameter", "Shown", escapeHtml(name)], rows);
}

function shown(value: unknown): string {
  return value === undefined ? "–" : `<code>${escapeHtml(typeof value === "string" ? value : JSON.stringify(value))}</code>`;
}

function verdictTable(verdicts: ComparedRun["verdicts"], name: string): string {
  const rows = verdicts.map(({id, title, first, second}) => `<tr><th scope="row">${escapeHtml(title)}<small>${escapeHtml(id)}</small></th>${state(first)}${state(second)}</tr>`);
  return table("Verdicts that changed", ["Claim", "Shown", escapeHtml(name)], rows);
}

function state({outcome, estimate, low, high}: VerdictState): string {
  const interval = low === null || high === null || low === high ? "" : ` [${formatNumber(low)}, ${formatNumber(high)}]`;
  return `<td data-outcome="${escapeHtml(outcome)}">${outcomeBadge(outcome)}${estimate === null ? "" : `<small>${formatNumber(estimate)}${interval}</small>`}</td>`;
}

function downloads(run: string, tables: readonly {readonly file: string; readonly names: readonly string[]}[]): string {
  if (tables.length === 0) return "";
  const address = (file: string) => `./data/runs/${encodeURIComponent(run)}/${file}.arrow`;
  const links = tables.map(({file, names}) => `<a download href="${escapeHtml(address(file))}" data-tables="${escapeHtml(names.join(" "))}">${escapeHtml(file)}</a>`);
  return `<p class="downloads">Its tables behind this page's figures, where they differ: ${links.join(", ")}.</p>`;
}
