import {digits, judgeAgreement, judgeSlope} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import {linearRegression} from "../../../statistics/index.ts";
import type {TailTrendRow} from "../tail-trend-summary.ts";
import type {TrendParameter} from "../tail-trend-designs.ts";
import type {TailTrendsParameters} from "../tail-trends-parameters.ts";
import {claimOf} from "./claim-of.ts";
import {indexStandardError} from "./index-standard-error.ts";

const section = "every-parameter-moves-both-tails-the-same-way-by-different-amounts";
type TrendDesigns = Pick<TailTrendsParameters, "base" | "ridges">;

const slopeMargins = {equivalent: 0.2, tolerated: 0.6};
const exactMargin = 0.1;

const formulas: Readonly<Record<TrendParameter, string>> = {
  "step size": "2(λ₁ + δ)/λ₁² on B/γ, γ varied",
  "batch size": "2(λ₁ + δ)/λ₁² on B/γ, B varied",
  ridge: "2B/(γλ₁²) on δ",
  dimension: "−1 on d"
};

function predictedSlope(varied: TrendParameter, {base, ridges}: TrendDesigns): number {
  if (varied === "ridge") return (2 * base.batchSize) / ridges.stepSize;
  return varied === "dimension" ? -1 : 2 * (1 + base.ridge);
}

/** The rows of one process at the lower one of the two thresholds of each of its cells, where the interval is closed. */
function lowerThreshold(rows: readonly TailTrendRow[], process: TailTrendRow["process"], varied?: TrendParameter): readonly TailTrendRow[] {
  const chosen = rows.filter((row) => row.process === process && (varied === undefined || row.varied === varied));
  return chosen.filter((row) => indexStandardError(row) !== null && !chosen.some((other) => other.varied === row.varied && other.value === row.value && other.probability < row.probability));
}

const countsOf = (rows: readonly TailTrendRow[]) => ({used: rows.reduce((sum, {exceedances}) => sum + exceedances, 0), total: rows.reduce((sum, {total}) => sum + total, 0)});

/** E2.3: the verdicts on how the tail index depends on each parameter. */
export function trendVerdicts(rows: readonly TailTrendRow[], parameters: TrendDesigns): readonly Verdict[] {
  const varied = [...new Set(rows.map((row) => row.varied))];
  return [...varied.map((parameter) => slope(rows, parameter, parameters)), calibration(rows), agreement(rows, "hSGD"), agreement(rows, "SGD")];
}

function slope(rows: readonly TailTrendRow[], varied: TrendParameter, parameters: TrendDesigns): Verdict {
  const predicted = predictedSlope(varied, parameters);
  const cells = lowerThreshold(rows, "SGD", varied);
  const points = cells.map((row) => ({x: row.regressor, y: row.tailIndex!, standardError: indexStandardError(row)!}));
  const judged = judgeSlope(points, predicted, countsOf(cells), slopeMargins);
  const exact = points.length < 4 ? "" : `; SGD's exact indices at these values have slope ${digits(linearRegression({x: points.map(({x}) => x), y: cells.map((row) => row.exact), standardErrors: points.map(({standardError}) => standardError)}).slope)}`;
  return {
    ...claimOf({
      id: `trend.${varied.replaceAll(" ", "-")}`,
      section,
      title: `How the ${varied} moves SGD's tail index`,
      statement: `The tail index has slope ${formulas[varied]}: heavier tails for larger γ, smaller B, smaller δ, larger d.`,
      source: "Jiao and Keller-Ressel, figure 2; the slope from hSGD's index as derived here",
      sourceKind: "recalled",
      quantity: `slope of SGD's measured tail index on ${varied === "step size" || varied === "batch size" ? "B/γ" : varied === "ridge" ? "δ" : "d"}`,
      rule: "weighted least squares over at least 4 values at the lower one of the two highest thresholds with 200 exceedances, 95 % interval: reproduced within 20 % of hSGD's slope, approximate within 60 %"
    }),
    ...judged,
    explanation: `${judged.explanation}${exact}`
  };
}

/** Every design once, at the lower threshold: several parameters share one. */
function distinctDesigns(rows: readonly TailTrendRow[], process: TailTrendRow["process"]): readonly TailTrendRow[] {
  return [...new Map(lowerThreshold(rows, process).map((row) => [`${row.exact} ${row.tailIndex}`, row])).values()];
}

function calibration(rows: readonly TailTrendRow[]): Verdict {
  const cells = distinctDesigns(rows, "hSGD");
  const judged = judgeSlope(cells.map((row) => ({x: row.exact, y: row.tailIndex!, standardError: indexStandardError(row)!})), 1, countsOf(cells), slopeMargins);
  return {
    ...claimOf({
      id: "trend.hsgd-slope",
      section,
      title: "hSGD's tail index moves with every parameter as its formula says",
      statement: "On an isotropic design hSGD's tail index is 2 − d + 2B(λ + δ)/(γλ²).",
      source: "angular equation of hSGD",
      sourceKind: "derived",
      quantity: "slope of hSGD's measured tail index on the formula's value over all designs",
      rule: "weighted least squares at the lower one of the two highest thresholds with 200 exceedances, 95 % interval: reproduced within 20 % of 1, approximate within 60 %"
    }),
    ...judged
  };
}

function agreement(rows: readonly TailTrendRow[], process: TailTrendRow["process"]): Verdict {
  const designs = distinctDesigns(rows, process);
  const cells = designs.map((row) => ({name: `${row.varied} ${row.value}`, estimate: row.tailIndex!, exact: row.exact, logStandardError: indexStandardError(row)! / row.tailIndex!}));
  return {
    ...claimOf({
      id: process === "SGD" ? "trend.sgd-exact" : "trend.hsgd-exact",
      section,
      title: `${process}'s measured tail indices are the exact ones as parameters vary`,
      statement: process === "SGD" ? "SGD's tail index is the root of Kesten's equation at every step size, batch size, ridge and dimension." : "hSGD's tail index on an isotropic design is 2 − d + 2B(λ + δ)/(γλ²).",
      source: process === "SGD" ? "Kesten's theorem for random affine recursions" : "angular equation of hSGD",
      sourceKind: "derived",
      quantity: "measured tail index over the exact one, pooled over all cells",
      rule: "lower one of the two highest thresholds with 200 exceedances: reproduced if the 95 % interval of the pooled ratio lies within 10 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
    }),
    ...judgeAgreement(cells, countsOf(designs), {equivalent: exactMargin})
  };
}
