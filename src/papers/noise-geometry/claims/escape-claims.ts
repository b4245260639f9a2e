import {limitingFlatToSharpRatio} from "../../../numerics/index.ts";
import {digits, inconclusive, judgeAgreement, judgeBound, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {CellAgreement, Verdict} from "../../../verdicts/index.ts";
import {gradientDescentPath} from "../escape-paths.ts";
import type {EscapeParameters} from "../escape-parameters.ts";
import {frobeniusNorm, twoLevelSpectrum} from "../escape-sgd.ts";
import type {EscapeSummary} from "../escape-summary.ts";
import type {EscapeGrowth} from "../escape-threshold.ts";
import {claimOf} from "./claim-of.ts";
import {pooledErrorBound} from "./correlated-cells.ts";

const directions = "sgd-escapes-along-flat-directions-gradient-descent-along-the-sharpest";
const thresholds = "sgd-is-unstable-below-the-scale-that-steps-are-measured-by";
const agreementRule = "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %";
const sharpOnly = 1e-3;

/** What the claims on the directions of escape read. */
type EscapeClaimParameters = Pick<EscapeParameters, "flatEigenvalue" | "flatDirections" | "scales" | "sharpCounts" | "start" | "gradientDescentStep" | "picturedGrowth">;

type SharedCell = CellAgreement & {readonly ensemble: string};

const counted = (runs: number) => ({used: runs, total: runs});
const runsOf = (cells: readonly EscapeSummary[]) => [...new Set(cells.map(({scale}) => scale))].reduce((sum, scale) => sum + cells.find((cell) => cell.scale === scale)!.runs, 0);
const judgeShared = (cells: readonly SharedCell[], runs: number) => judgeAgreement(cells, counted(runs), {equivalent: margins.equivalent, pooledStandardError: pooledErrorBound(cells)});

/** E1.4: the verdicts on the directions of escape. */
export function escapeVerdicts(cells: readonly EscapeSummary[], parameters: EscapeClaimParameters): readonly Verdict[] {
  const [sharpCount] = parameters.sharpCounts;
  const growths = cells.filter((cell) => cell.sharpCount === sharpCount);
  const ratio: Verdict = {
    ...claimOf({
      id: "escape-ratio",
      section: directions,
      title: "The flat-to-sharp ratio of SGD follows its exact recursion",
      statement: "The second moments of SGD on Gaussian inputs obey a⁺ = [diag((1 − ηλ)² + η²λ²) + η²λ²1ᵀ] a, a_i = λ_i E w_i², and D_k = Σ_{i>k} a_i / Σ_{i≤k} a_i.",
      source: "exact second moments of Gaussian inputs",
      sourceKind: "derived",
      quantity: "measured D_k(t) over the exact one, pooled over β, k and t",
      rule: `the steps of one ensemble count as fully dependent in the interval: ${agreementRule}`
    }),
    ...judgeShared(cells.map((cell) => ({name: `β = ${cell.scale}, k = ${cell.sharpCount}, t = ${cell.step}`, ensemble: String(cell.scale), estimate: cell.ratio, exact: cell.exact, logStandardError: cell.logStandardError})), runsOf(cells))
  };
  const growth: Verdict = {
    ...claimOf({
      id: "escape-growth",
      section: directions,
      title: "The mean loss of SGD grows as its exact recursion",
      statement: "E L(t) = ½ Σ a_i(t) by the same recursion, growing by the root ρ of Σ η²λ_i²/(ρ − (1 − ηλ_i)² − η²λ_i²) = 1 a step in the end.",
      source: "exact second moments of Gaussian inputs",
      sourceKind: "derived",
      quantity: "measured growth of the mean loss over the exact one, pooled over β and t",
      rule: `the steps of one ensemble count as fully dependent in the interval: ${agreementRule}`
    }),
    ...judgeShared(growths.map((cell) => ({name: `β = ${cell.scale}, t = ${cell.step}`, ensemble: String(cell.scale), estimate: cell.growth, exact: cell.exactGrowth, logStandardError: cell.growthLogError})), runsOf(cells))
  };
  return [ratio, growth, sgdContrast(cells, parameters), gradientDescentContrast(parameters), ...parameters.scales.map((scale) => simpleRatio(scale, parameters))];
}

function sgdContrast(cells: readonly EscapeSummary[], {sharpCounts, scales}: EscapeClaimParameters): Verdict {
  const claim = claimOf({
    id: "escape-contrast.sgd",
    section: directions,
    title: "SGD escapes along flat directions",
    statement: "After enough steps the flat-to-sharp ratio D_k(t) of SGD is bounded below, at step sizes η = β/‖G‖_F.",
    source: "Wang and Wu, section 5; the constant is not known to us, 1 here",
    sourceKind: "paper",
    quantity: "least D_k over β and k at the last step, from a start at which D_1 = 1",
    rule: "reproduced if its 95 % interval lies above 1, not reproduced if below"
  });
  const last = Math.max(...cells.map(({step}) => step));
  const ends = cells.filter(({step}) => step === last);
  if (ends.length < sharpCounts.length * scales.length) return {...claim, ...inconclusive(`${sharpCounts.length * scales.length} cells are needed, found ${ends.length}`, counted(0))};
  const least = ends.reduce((lowest, cell) => (cell.low < lowest.low ? cell : lowest));
  return {
    ...claim,
    ...judgeBound({estimate: least.ratio, low: least.low, high: least.high, ...counted(runsOf(ends))}, {side: "above", bound: 1}),
    explanation: `after ${last} steps D is ${digits(Math.min(...ends.map(({ratio}) => ratio)))} to ${digits(Math.max(...ends.map(({ratio}) => ratio)))} over β and k; the least interval is [${digits(least.low)}, ${digits(least.high)}] at β = ${least.scale}, k = ${least.sharpCount}`
  };
}

function gradientDescentContrast(parameters: EscapeClaimParameters): Verdict {
  const end = gradientDescentPath(parameters).at(-1)!;
  const ratio = (end.flat / end.sharp) ** 2;
  const growth = (end.flat ** 2 + end.sharp ** 2) / 2;
  const claim = claimOf({
    id: "escape-contrast.gd",
    section: directions,
    title: "Gradient descent escapes along the sharpest direction alone",
    statement: "Gradient descent with η > 2/λ₁ has D_1(t) → 0 exponentially.",
    source: "Wang and Wu, section 5",
    sourceKind: "paper",
    quantity: "D_1 once the loss has grown as far as that of the drawn runs of SGD",
    rule: "deterministic: reproduced if below 10⁻³"
  });
  if (growth < parameters.picturedGrowth) return {...claim, ...inconclusive(`the loss has grown by a factor of ${digits(growth)} only; raise gradientDescentStep`, counted(0))};
  return {...claim, ...judgeBound({estimate: ratio, low: ratio, high: ratio, ...counted(1)}, {side: "below", bound: sharpOnly}), explanation: `D₁ = ${digits(ratio)} after ${end.step} steps at η = ${parameters.gradientDescentStep}/λ₁, its loss having grown by a factor of ${digits(growth)}`};
}

function simpleRatio(scale: number, {flatEigenvalue, flatDirections, sharpCounts}: EscapeClaimParameters): Verdict {
  const eigenvalues = twoLevelSpectrum(flatEigenvalue, flatDirections);
  const sharpCount = sharpCounts[0]!;
  const squares = eigenvalues.map((value) => value * value);
  const sum = (part: readonly number[]) => part.reduce((total, value) => total + value, 0);
  const predicted = sum(squares.slice(sharpCount)) / sum(squares.slice(0, sharpCount));
  const [exact, aligned] = (["gaussian", "aligned"] as const).map((noise) => limitingFlatToSharpRatio({eigenvalues, stepSize: scale / frobeniusNorm(eigenvalues), batchSize: 1, noise}, sharpCount));
  const judged = judgeBound({estimate: exact!, low: exact!, high: exact!, ...counted(1)}, {side: "above", bound: predicted});
  return {
    ...claimOf({
      id: `escape-simple-ratio.beta-${scale}`,
      section: directions,
      title: `The final flat-to-sharp ratio is at least the simple one, β = ${scale}`,
      statement: "After enough steps D_k is at least of the order of Σ_{i>k} λ_i² / Σ_{i≤k} λ_i².",
      source: "Wang and Wu, section 5, as we recall it; the constant is not known to us, 1 here",
      sourceKind: "recalled",
      quantity: `D_${sharpCount}(∞) of the exact recursion for Gaussian inputs`,
      rule: "deterministic: reproduced at or above the simple ratio, not reproduced below it"
    }),
    ...judged,
    explanation: `exactly ${digits(exact!)} against ${digits(predicted)} (${percent(exact! / predicted - 1)}): a bound of the right order, no value; perfectly aligned noise would give ${digits(aligned!)}`
  };
}

/** E1.4: the verdicts on the step size at which SGD turns unstable. */
export function thresholdVerdicts(cells: readonly EscapeGrowth[]): readonly Verdict[] {
  const runs = cells.reduce((sum, cell) => sum + cell.runs, 0);
  const rates: Verdict = {
    ...claimOf({
      id: "escape-rates",
      section: thresholds,
      title: "The mean loss grows at the exact rate on both sides of the threshold",
      statement: "E L grows by the largest root ρ of Σ η²λ_i²/(ρ − (1 − ηλ_i)² − η²λ_i²) = 1 a step, which is 1 where Σ ηλ_i/(2 − 2ηλ_i) = 1.",
      source: "exact second moments of Gaussian inputs",
      sourceKind: "derived",
      quantity: "measured growth of the mean loss a step over ρ, pooled over spectra and step sizes",
      rule: agreementRule
    }),
    ...judgeAgreement(cells.map(({spectrum, scale, rate, exact, logStandardError}) => ({name: `${spectrum}, β = ${digits(scale, 2)}`, estimate: rate, exact, logStandardError})), counted(runs))
  };
  return [rates, instability(cells), ...[...new Set(cells.map(({spectrum}) => spectrum))].map((spectrum) => scaleOf(cells.find((cell) => cell.spectrum === spectrum)!))];
}

function instability(cells: readonly EscapeGrowth[]): Verdict {
  const claim = claimOf({
    id: "escape-instability",
    section: thresholds,
    title: "At the step size 1/‖G‖_F SGD is unstable",
    statement: "E L(t + 1) ≥ η²‖G‖_F² μ L(t) with the centred alignment μ ≥ 1 of Gaussian inputs: from η = 1/‖G‖_F on SGD escapes.",
    source: "ours, after the scale by which Wang and Wu measure step sizes",
    sourceKind: "derived",
    quantity: "least growth of the mean loss a step at η = 1/‖G‖_F over the spectra",
    rule: "reproduced if its 95 % interval lies above 1, not reproduced if below"
  });
  const atScale = cells.filter(({scale}) => Math.abs(scale - 1) < 1e-9);
  if (atScale.length === 0) return {...claim, ...inconclusive("no ensemble has this step size", counted(0))};
  const least = atScale.reduce((lowest, cell) => (cell.low < lowest.low ? cell : lowest));
  return {...claim, ...judgeBound({estimate: least.rate, low: least.low, high: least.high, ...counted(atScale.reduce((sum, {runs}) => sum + runs, 0))}, {side: "above", bound: 1}), explanation: `the mean loss grows by ${digits(Math.min(...atScale.map(({rate}) => rate)))} to ${digits(Math.max(...atScale.map(({rate}) => rate)))} a step over ${atScale.length} spectra, least for ${least.spectrum}`};
}

function scaleOf({spectrum, thresholdScale, alignedThresholdScale, gradientDescentScale}: EscapeGrowth): Verdict {
  const judged = judgeValue({predicted: 1, estimate: thresholdScale, low: thresholdScale, high: thresholdScale, ...counted(1)}, margins);
  return {
    ...claimOf({
      id: `escape-scale.${spectrum.replaceAll(" ", "-")}`,
      section: thresholds,
      title: `1/‖G‖_F is the step size at which SGD turns unstable, spectrum: ${spectrum}`,
      statement: "Escape sets in at η = β/‖G‖_F with β about 1.",
      source: "our reading of the scale in Wang and Wu, section 5, who need not mean a threshold",
      sourceKind: "recalled",
      quantity: "exact mean-square threshold of the step size times ‖G‖_F, Gaussian inputs",
      rule: "deterministic: reproduced within 3 % of 1, approximate within 35 %"
    }),
    ...judged,
    explanation: `the threshold is ${digits(thresholdScale)}/‖G‖_F (${percent(judged.discrepancy!)}), ${digits(alignedThresholdScale)} for aligned noise; gradient descent is stable up to ${digits(gradientDescentScale)}/‖G‖_F`
  };
}
