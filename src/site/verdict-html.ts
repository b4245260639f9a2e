import type {Outcome, Verdict} from "../verdicts/index.ts";
import {escapeHtml} from "./escape-html.ts";
import {formatNumber, formatPercent} from "./format-number.ts";
import {intervalPlot} from "./interval-plot.ts";

const sourceKinds: Readonly<Record<Verdict["sourceKind"], string>> = {
  paper: "stated in the paper",
  recalled: "recalled from the paper",
  derived: "derived here"
};

/** The shape of each outcome's sign, in a box of 16: a full disc, a half disc, a crossed square, an open dashed ring. */
const signs: Readonly<Record<Outcome, string>> = {
  reproduced:
    '<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M4.6 8.2l2.4 2.4 4.4-4.8" fill="none" stroke="var(--figure-paper)" stroke-width="1.8"/>',
  approximate:
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"/>',
  "not reproduced":
    '<rect x="1.6" y="1.6" width="12.8" height="12.8" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 5l6 6M11 5l-6 6" stroke="currentColor" stroke-width="1.8"/>',
  inconclusive:
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.6 2.3"/>'
};

/** The sign and the word of an outcome; sign and word each tell it without colour. */
export function outcomeBadge(outcome: Outcome): string {
  return badge(outcome, outcome);
}

function badge(outcome: Outcome, words: string): string {
  const svg = `<svg viewBox="0 0 16 16" aria-hidden="true">${signs[outcome]}</svg>`;
  return `<span class="badge">${svg}${escapeHtml(words)}</span>`;
}

/** What follows the outcome in brackets: how far an approximate estimate is off, or that an undecided one is off at all. */
function aside({outcome, predicted, discrepancy, low, high}: Verdict): string {
  if (outcome === "approximate" && discrepancy !== null) return ` (${formatPercent(discrepancy)})`;
  const differs = predicted !== null && low !== null && high !== null && (low > predicted || high < predicted);
  return outcome === "inconclusive" && differs ? " (it differs; whether by more than is tolerated is open)" : "";
}

/** The verdict on one claim, as the HTML block that stands under its figure; every text in it is shown as text. */
export function verdictCard(verdict: Verdict): string {
  const {id, title, outcome, explanation, statement, source, sourceKind, rule, quantity} = verdict;
  const numbers = verdictNumbers(verdict).map(([term, value]) => `<div><dt>${term}</dt><dd>${value}</dd></div>`);
  return (
    `<section class="verdict" id="${escapeHtml(verdictAnchor(id))}" data-outcome="${escapeHtml(outcome)}" aria-label="Verdict">` +
    `<p class="verdict-title">${escapeHtml(title)}</p>` +
    `<p>${outcomeBadge(outcome)}${aside(verdict)}: ${escapeHtml(explanation)}</p>` +
    `<dl>${numbers.join("")}</dl>` +
    `<details><summary>Claim, source and rule</summary>` +
    `<p>${escapeHtml(statement)} <em>${escapeHtml(source)}</em> (${sourceKinds[sourceKind]}).</p>` +
    `<p>Measured: ${escapeHtml(quantity)}.</p><p>Rule, fixed before the run: ${escapeHtml(rule)}</p></details></section>`
  );
}

/** The anchor that a verdict's card has on its page. */
export function verdictAnchor(id: string): string {
  return `verdict-${id.replace(/[^A-Za-z0-9_-]+/g, "-")}`;
}

/**
 * All claims with their verdicts as HTML: one folded table for each paper, in the order of the list, under a line that
 * counts its outcomes; each claim has a small plot of measured against predicted. Links lead from the site's root.
 *
 * @param paperTitles the words to show for each paper's identifier; the identifier itself where absent.
 */
export function claimsTable(verdicts: readonly Verdict[], paperTitles: Readonly<Record<string, string>> = {}): string {
  const heads = ["Claim", "Predicted", "Measured, 95 % interval", "Against predicted", "Verdict"];
  const head = `<thead><tr>${heads.map((text) => `<th scope="col">${text}</th>`).join("")}</tr></thead>`;
  const papers = [...new Set(verdicts.map(({paper}) => paper))];
  const groups = papers.map((paper) => {
    const claims = verdicts.filter((verdict) => verdict.paper === paper);
    const title = Object.hasOwn(paperTitles, paper) ? paperTitles[paper]! : paper;
    return (
      `<details class="claims-paper"><summary><span class="claims-title">${escapeHtml(title)}</span><span class="claims-counts">${outcomeCounts(claims)}</span></summary>` +
      `<table class="claims" aria-label="${escapeHtml(title)}">${head}<tbody>${claims.map(claimRow).join("")}</tbody></table></details>`
    );
  });
  return groups.join("");
}

function outcomeCounts(verdicts: readonly Verdict[]): string {
  return (Object.keys(signs) as Outcome[])
    .map((outcome) => ({outcome, count: verdicts.filter((verdict) => verdict.outcome === outcome).length}))
    .filter(({count}) => count > 0)
    .map(({outcome, count}) => `<span data-outcome="${outcome}">${badge(outcome, `${count} ${outcome}`)}</span>`)
    .join(" ");
}

function claimRow(verdict: Verdict): string {
  const {title, quantity, href, predicted, outcome, discrepancy} = verdict;
  const link = `<a href="/${escapeHtml(href.replace(/^\//, ""))}">${escapeHtml(title)}</a>`;
  const signed = outcome === "approximate" && discrepancy !== null ? `<small>${formatPercent(discrepancy)}</small>` : "";
  return (
    `<tr data-outcome="${escapeHtml(outcome)}"><th scope="row">${link}<small>${escapeHtml(quantity)}</small></th>` +
    `<td class="number" data-label="Predicted">${predicted === null ? "–" : formatNumber(predicted)}</td>` +
    `<td class="number" data-label="Measured">${measured(verdict)}</td>` +
    `<td>${intervalPlot(verdict)}</td><td>${outcomeBadge(outcome)}${signed}</td></tr>`
  );
}

function verdictNumbers(verdict: Verdict): readonly (readonly [string, string])[] {
  const {predicted, estimate, discrepancy, used, total, minimumDetectableEffect} = verdict;
  const optional = (term: string, value: number | null, format: (value: number) => string) =>
    value === null ? [] : [[term, format(value)] as const];
  return [
    ...optional("Predicted", predicted, formatNumber),
    ...(estimate === null ? [] : [["Measured, 95 % interval", measured(verdict)] as const]),
    ...optional("Discrepancy", discrepancy, formatPercent),
    ["Used / run", `${used.toLocaleString("en")} / ${total.toLocaleString("en")}`] as const,
    ...optional("Smallest effect it would show", minimumDetectableEffect, (value) => formatPercent(value).replace("+", "±"))
  ];
}

function measured({estimate, low, high}: Verdict): string {
  if (estimate === null) return "–";
  if (low === null || high === null || low === high) return formatNumber(estimate);
  return `${formatNumber(estimate)} [${formatNumber(low)}, ${formatNumber(high)}]`;
}
