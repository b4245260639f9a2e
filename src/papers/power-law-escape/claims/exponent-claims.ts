import {normalQuantile} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeAgreement, judgeSlope, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import type {ExponentSummary, KurtosisSummary} from "../exponent-summary.ts";
import {claimOf} from "./claim-of.ts";

interface FittedCell extends ExponentSummary {
  readonly fitted: number;
  readonly standardError: number;
}

const isFitted = (cell: ExponentSummary): cell is FittedCell => cell.fitted !== null && cell.standardError !== null;
const countsOf = (cells: readonly ExponentSummary[]) => ({used: cells.reduce((sum, {used, fitted}) => sum + (fitted === null ? 0 : used), 0), total: cells.reduce((sum, {total}) => sum + total, 0)});
const agreementOf = (cells: readonly ExponentSummary[], name: (cell: ExponentSummary) => string) =>
  judgeAgreement(
    cells.filter(isFitted).flatMap((cell) => (cell.exact === null ? [] : [{name: name(cell), estimate: cell.fitted, exact: cell.exact, logStandardError: cell.standardError / cell.fitted}])),
    countsOf(cells)
  );

/** E0.2: the verdicts on the stationary exponent. */
export function exponentVerdicts(cells: readonly ExponentSummary[]): readonly Verdict[] {
  const section = "the-stationary-exponent-has-the-right-trend-and-a-lower-level";
  const fitted = cells.filter(isFitted);
  const counts = countsOf(cells);
  const operator: Verdict = {
    ...claimOf({
      id: "exponent-operator",
      section,
      title: "SGD's chains have the exponents of its exact operator",
      statement: "Chains of SGD at stationarity have the exponent of the exact stationary law of SGD's one-step kernel.",
      source: "transfer operator of one-dimensional SGD",
      sourceKind: "derived",
      quantity: "fitted exponent over the exact one, pooled over step sizes and batch sizes",
      rule: "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
    }),
    ...agreementOf(cells, ({stepSize, batchSize}) => `η = ${stepSize}, B = ${batchSize}`)
  };
  const slope: Verdict = {
    ...claimOf({
      id: "exponent-slope",
      section,
      title: "The stationary exponent grows as B/η",
      statement: "P(θ) ∝ L(θ)^−φ with φ = 1 + B/(η h*).",
      source: "Mori et al., section 4 and figure 3a",
      sourceKind: "paper",
      quantity: "slope of the fitted exponent on B/η over all cells",
      rule: "weighted least squares, 95 % interval: reproduced within 3 % of 1, approximate within 35 %"
    }),
    ...judgeSlope(fitted.map(({batchOverStep, fitted, standardError}) => ({x: batchOverStep, y: fitted, standardError})), 1, counts)
  };
  return [operator, slope, ...[...new Set(cells.map(({stepSize}) => stepSize))].map((stepSize) => level(fitted.filter((cell) => cell.stepSize === stepSize), stepSize, section, counts))];
}

function level(cells: readonly FittedCell[], stepSize: number, section: string, all: {readonly total: number}): Verdict {
  const claim = claimOf({
    id: `exponent-level.step-${stepSize}`,
    section,
    title: `The level of the exponent at η = ${stepSize}`,
    statement: `φ = 1 + B/(η h*) at η = ${stepSize}.`,
    source: "Mori et al., section 4 and figure 3a",
    sourceKind: "paper",
    quantity: "fitted exponent over 1 + B/η, weighted mean over batch sizes",
    rule: "95 % interval: reproduced within 3 % of 1, approximate within 35 %"
  });
  if (cells.length === 0) return {...claim, ...inconclusive("SGD has no stationary law at this step size, at any of the batch sizes", {used: 0, total: all.total, predicted: 1})};
  const ratios = cells.map(({fitted, predicted}) => fitted / predicted);
  const weights = cells.map(({standardError, predicted}) => (predicted / standardError) ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const estimate = ratios.reduce((sum, ratio, i) => sum + ratio * weights[i]!, 0) / total;
  const half = normalQuantile(0.975) / Math.sqrt(total);
  const judged = judgeValue({predicted: 1, estimate, low: estimate - half, high: estimate + half, ...countsOf(cells)}, margins);
  return {...claim, ...judged, explanation: `the fitted exponent is ${digits(Math.min(...ratios), 2)} to ${digits(Math.max(...ratios), 2)} times 1 + B/η over the batch sizes, ${percent(judged.discrepancy!)} in the mean`};
}

/** X2: the verdicts on the kurtosis of the inputs. */
export function kurtosisVerdicts(cells: readonly KurtosisSummary[]): readonly Verdict[] {
  const section = "decoupling-is-exact-at-kurtosis-2-only";
  const operator: Verdict = {
    ...claimOf({
      id: "kurtosis-operator",
      section,
      title: "Chains on inputs of any kurtosis have the exact exponents",
      statement: "Chains of SGD on three-point inputs have the exponents of the exact stationary law.",
      source: "transfer operator of one-dimensional SGD",
      sourceKind: "derived",
      quantity: "fitted exponent over the exact one, pooled over kurtoses and step sizes",
      rule: "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %"
    }),
    ...agreementOf(cells, (cell) => `κ = ${(cell as KurtosisSummary).kurtosis}, η = ${cell.stepSize}`)
  };
  return [operator, ...[...new Set(cells.map(({kurtosis}) => kurtosis))].map((kurtosis) => multiplicativeNoise(cells.filter((cell) => cell.kurtosis === kurtosis), kurtosis, section))];
}

function multiplicativeNoise(cells: readonly KurtosisSummary[], kurtosis: number, section: string): Verdict {
  const claim = claimOf({
    id: `multiplicative-noise.kurtosis-${kurtosis}`,
    section,
    title: `The decoupled noise at kurtosis ${kurtosis}`,
    statement: "The noise covariance is (2L(θ)/B) H: its multiplicative part is h²θ²/B, whatever the law of the inputs.",
    source: "Mori et al., equation (6), decoupling",
    sourceKind: "paper",
    quantity: "B times the coefficient of h²θ² in the noise covariance, from the second moment at stationarity",
    rule: "weighted mean over step sizes, 95 % interval: reproduced within 25 % of 1, approximate within 50 %, where exact is κ − 1"
  });
  const measured = cells.filter(({multiplicativeNoise, multiplicativeNoiseError, exactSecondMoment}) => multiplicativeNoise !== null && multiplicativeNoiseError !== null && exactSecondMoment !== null);
  if (measured.length === 0) return {...claim, ...inconclusive("the second moment is infinite or chains diverged at every step size", {...countsOf(cells), predicted: 1})};
  const weights = measured.map(({multiplicativeNoiseError}) => multiplicativeNoiseError! ** -2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const estimate = measured.reduce((sum, {multiplicativeNoise}, i) => sum + multiplicativeNoise! * weights[i]!, 0) / total;
  const half = normalQuantile(0.975) / Math.sqrt(total);
  const judged = judgeValue({predicted: 1, estimate, low: estimate - half, high: estimate + half, ...countsOf(measured)}, {equivalent: 0.25, tolerated: 0.5});
  return {...claim, ...judged, explanation: `measured ${digits(estimate)} [${digits(estimate - half)}, ${digits(estimate + half)}]; the exact covariance gives κ − 1 = ${digits(kurtosis - 1)}, decoupling 1`};
}
