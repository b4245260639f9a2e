import {formatNumber} from "./format-number.ts";
import {escapeHtml} from "./escape-html.ts";

/** What one small plot compares; absent values are null. */
export type Interval = {
  readonly predicted: number | null;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

const width = 120;
const height = 20;
const margin = 6;
const smallestRelativeSpan = 0.05;

/**
 * Draws an estimate with its interval against the prediction as an inline SVG: the prediction is the upright line in
 * the middle, so a glance down a column of them says which side each estimate lies on and whether its interval covers it. Each plot
 * has its own scale, never less than ±5 % of its middle. Without an estimate there is nothing to draw: "".
 */
export function intervalPlot({predicted, estimate, low, high}: Interval): string {
  if (estimate === null || !Number.isFinite(estimate)) return "";
  const ends = [low ?? estimate, high ?? estimate].filter(Number.isFinite);
  const middle = predicted !== null && Number.isFinite(predicted) ? predicted : estimate;
  const reach = Math.max(...[...ends, estimate].map((end) => Math.abs(end - middle)));
  const span = Math.max(1.1 * reach, smallestRelativeSpan * Math.abs(middle)) || 1;
  const x = (value: number) => (width / 2 + ((width / 2 - margin) * (value - middle)) / span).toFixed(1);
  const y = height / 2;
  const [from = estimate, to = estimate] = ends;
  const predictedMark = predicted === null ? "" : `<line class="predicted" x1="${x(middle)}" x2="${x(middle)}" y1="1" y2="${height - 1}"/>`;
  return (
    `<svg class="interval-plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(describe({predicted, estimate, low, high}))}">` +
    `<line class="scale" x1="0" x2="${width}" y1="${y}" y2="${y}"/>${predictedMark}` +
    `<line class="interval" x1="${x(from)}" x2="${x(to)}" y1="${y}" y2="${y}"/>` +
    `<circle class="estimate" cx="${x(estimate)}" cy="${y}" r="4"/></svg>`
  );
}

function describe({predicted, estimate, low, high}: Interval): string {
  const plain = (value: number) => formatNumber(value).replace(/ × 10<sup>(.*)<\/sup>/, "e$1");
  const interval = low === null || high === null ? "" : `, interval ${plain(low)} to ${plain(high)}`;
  return `measured ${plain(estimate!)}${interval}${predicted === null ? "" : `, predicted ${plain(predicted)}`}`;
}
