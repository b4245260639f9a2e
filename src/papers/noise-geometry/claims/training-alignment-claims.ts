import {studentTQuantile} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeBound, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {TrainingAlignmentRow} from "../training-alignment.ts";
import {claimOf} from "./claim-of.ts";

/** The trainings that are judged, with what stands for each in words. */
export const trainings = {
  dense: "dense network",
  convolution: "convolutional network",
  classes: "ten outputs",
  wide: "a million parameters"
} as const;
export type TrainingName = keyof typeof trainings;

const fewestSeeds = 10;
const leastAlignment = 0.3;
/** Alignments are quotients of sums of float32 products: 10⁻⁵ is some tens of their roundings. */
const rounding = 1e-5;

interface SeedRun {
  readonly seed: number;
  /** By quantity and epoch. */
  readonly alignments: readonly number[];
  readonly isComplete: boolean;
  readonly lastDirections: readonly number[];
}

function seedRuns(rows: readonly TrainingAlignmentRow[]): readonly SeedRun[] {
  const last = Math.max(...rows.map(({epoch}) => epoch));
  const seeds = [...new Set(rows.map(({seed}) => seed))];
  return seeds.map((seed) => {
    const own = rows.filter((row) => row.seed === seed);
    const alignments = own.filter(({quantity}) => quantity === "alignment");
    return {
      seed,
      alignments: alignments.map(({value}) => value),
      isComplete: alignments.some(({epoch}) => epoch === last),
      lastDirections: own.filter(({quantity, epoch}) => quantity === "directionalAlignment" && epoch === last).map(({value}) => value)
    };
  });
}

/** Mean of the logarithms over seeds with a 95 % interval, of the mean or of one more seed, taken back to the values. */
function overSeeds(values: readonly number[], total: number, of: "mean" | "next seed") {
  const logs = values.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logs.length - 1);
  const reach = studentTQuantile(0.975, logs.length - 1) * Math.sqrt(variance * (1 / logs.length + (of === "mean" ? 0 : 1)));
  return {estimate: Math.exp(mean), low: Math.exp(mean - reach), high: Math.exp(mean + reach), used: values.length, total};
}

function judged(values: readonly number[], total: number, of: "mean" | "next seed", judge: (measurement: ReturnType<typeof overSeeds>) => Omit<Finding, "explanation">, text: (finding: Omit<Finding, "explanation">) => string): Finding {
  if (values.length < fewestSeeds) return inconclusive(`${values.length} of ${total} seeds trained to the end; at least ${fewestSeeds} are needed`, {used: values.length, total});
  const finding = judge(overSeeds(values, total, of));
  return {...finding, explanation: text(finding)};
}

const averageSection = "average-alignment-stays-of-order-one-along-training";
const directionSection = "single-directions-are-aligned-less-evenly";
const boundRule = `95 % prediction interval of one more seed (Student, on logarithms) above ${leastAlignment}; fewer than ${fewestSeeds} seeds are inconclusive`;

/** E1.3 along training: the verdicts on one network. For ten outputs μ is taken times their number, which is 1 where residuals prefer no output. */
export function trainingVerdicts(name: TrainingName, rows: readonly TrainingAlignmentRow[]): readonly Verdict[] {
  const outputs = name === "classes" ? 10 : 1;
  const symbol = outputs === 1 ? "μ" : `${outputs} μ`;
  const all = seedRuns(rows);
  const runs = all.filter(({isComplete}) => isComplete);
  const words = trainings[name];
  const bounded: Verdict = {
    ...claimOf({
      id: `training-bounded.${name}`,
      section: averageSection,
      title: `Average alignment stays away from zero along training, ${words}`,
      statement: "Noise and curvature are aligned at all of training: μ is bounded away from zero.",
      source: "Wang, Wu, theorems on average alignment and figure 1; the bound 0.3 is ours",
      sourceKind: "paper",
      quantity: `least ${symbol} of a training over its recorded epochs`,
      rule: boundRule
    }),
    ...judged(runs.map(({alignments}) => outputs * Math.min(...alignments)), all.length, "next seed", (measured) => judgeBound(measured, {side: "above", bound: leastAlignment}), ({estimate, low}) => `least ${symbol} along training ${digits(estimate!)}; of one more seed at least ${digits(low!)} with 95 %`)
  };
  const late: Verdict = {
    ...claimOf({
      id: `training-late.${name}`,
      section: averageSection,
      title: `Average alignment is one at the end of training, ${words}`,
      statement: "At the end of training noise and loss are decoupled on average: μ = 1.",
      source: "what the decoupling of Mori et al. says of Wang and Wu's μ",
      sourceKind: "derived",
      quantity: `${symbol} after the last epoch`,
      rule: `95 % interval of the mean over seeds (Student, on logarithms): reproduced within 3 % of 1, approximate within 35 %; fewer than ${fewestSeeds} seeds are inconclusive`
    }),
    ...judged(runs.map(({alignments}) => outputs * alignments.at(-1)!), all.length, "mean", (measured) => judgeValue({predicted: 1, ...measured}, margins), ({estimate, discrepancy}) => `${symbol} = ${digits(estimate!)} after the last epoch (${percent(discrepancy!)})`)
  };
  if (outputs > 1) return [bounded, late];
  const directions = runs.filter(({lastDirections}) => lastDirections.length > 0);
  const directional: Verdict = {
    ...claimOf({
      id: `training-directions.${name}`,
      section: directionSection,
      title: `Alignment along every sharp direction stays away from zero, ${words}`,
      statement: "Along the sharpest eigenvectors of G the noise is at least a constant times the loss: g(v) is bounded away from zero.",
      source: "Wang, Wu, section 4 and figure 2; the bound 0.3 is ours, as for μ",
      sourceKind: "paper",
      quantity: "least g over the recorded sharpest directions after the last epoch",
      rule: boundRule
    }),
    ...judged(directions.map(({lastDirections}) => Math.min(...lastDirections)), all.length, "next seed", (measured) => judgeBound(measured, {side: "above", bound: leastAlignment}), ({estimate, low}) => `least g ${digits(estimate!)}; of one more seed at least ${digits(low!)} with 95 %`)
  };
  return [bounded, late, directional];
}

/** The certificate min s / mean s ≤ μ ≤ max s / mean s at every record of every training. */
export function trainingCertificate(tables: readonly (readonly TrainingAlignmentRow[])[]): Verdict {
  const records = tables.flatMap((rows) => {
    const byMoment = new Map<string, Record<string, number>>();
    for (const {seed, epoch, quantity, rank, value} of rows) {
      if (rank !== null) continue;
      const key = `${seed} ${epoch}`;
      byMoment.set(key, {...byMoment.get(key), [quantity]: value});
    }
    return [...byMoment.values()].filter(({alignment}) => alignment !== undefined);
  });
  const violated = records.filter(({alignment, leastAlignment: least, greatestAlignment: greatest}) => alignment! < least! * (1 - rounding) || alignment! > greatest! * (1 + rounding)).length;
  const counts = {used: records.length, total: records.length};
  const claim = claimOf({
    id: "training-certificate",
    section: averageSection,
    title: "The certificate holds at every moment of every training",
    statement: "With K = (∇f_i · ∇f_j) and s_i = (K²)_ii, whatever the residuals, min s / mean s ≤ μ ≤ max s / mean s; for several outputs with the extreme eigenvalues of their blocks.",
    source: "derived here from the Gram form of μ",
    sourceKind: "derived",
    quantity: "records at which μ lies outside its certificate",
    rule: "none of the records outside, beyond the rounding 10⁻⁵ of float32: reproduced; else not reproduced"
  });
  if (records.length === 0) return {...claim, ...inconclusive("no training has a record", counts)};
  return {
    ...claim,
    outcome: violated === 0 ? "reproduced" : "not reproduced",
    predicted: 0,
    estimate: violated,
    low: violated,
    high: violated,
    ...counts,
    discrepancy: null,
    minimumDetectableEffect: null,
    explanation: `${violated} of ${records.length} records outside`
  };
}
