const ink = "var(--figure-ink)";
const quiet = "var(--figure-quiet)";
const grid = "var(--figure-grid)";
const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * The Vega-Lite configuration of every figure: open axes, horizontal grid lines alone, the y axis named above it so that
 * a narrow screen keeps its width. All colours are CSS variables of the page's style sheet, which gives them values for light,
 * dark and paper, so that a figure follows them without being drawn again.
 */
export const figureConfig = {
  background: null,
  font,
  aria: false,
  padding: {left: 2, right: 6, top: 4, bottom: 2},
  view: {stroke: null, continuousHeight: 300},
  axis: {
    labelFont: font,
    titleFont: font,
    labelFontSize: 12,
    titleFontSize: 13,
    titleFontWeight: 500,
    labelColor: quiet,
    titleColor: ink,
    domainColor: quiet,
    tickColor: quiet,
    gridColor: grid,
    tickSize: 4,
    labelPadding: 4,
    titlePadding: 8,
    labelOverlap: "parity",
    titleLimit: 520
  },
  axisX: {grid: false},
  axisY: {
    domain: false,
    ticks: false,
    titleAngle: 0,
    titleAlign: "left",
    titleAnchor: "start",
    titleBaseline: "bottom",
    titleX: -30,
    titleY: -10
  },
  header: {labelFont: font, labelFontSize: 12, labelFontWeight: 500, labelColor: ink, titleFont: font, titleColor: ink},
  legend: {
    labelFont: font,
    titleFont: font,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 500,
    labelColor: ink,
    titleColor: ink,
    orient: "top",
    symbolStrokeWidth: 2
  },
  title: {font, fontSize: 13, fontWeight: 500, color: ink, anchor: "start", offset: 8},
  text: {font, fontSize: 12, fill: ink},
  mark: {color: ink},
  point: {filled: true, size: 64},
  rule: {color: quiet}
} as const;
