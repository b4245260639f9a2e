import {hodgesLehmann, wilcoxonSignedRank} from "../../../statistics/index.ts";
import {digits, inconclusive, judgePairedRatios, judgeValue, pText} from "../../../verdicts/index.ts";
import type {Finding, SectionClaim, Verdict} from "../../../verdicts/index.ts";
import type {MethodName, NetworkTrainingRow} from "../network-training.ts";
import {claimOf} from "./claim-of.ts";

/** The networks that are judged, with what stands for each in words. */
export const trainedNetworks = {
  teacher: "wide two-layer network, teacher data",
  narrow: "narrow two-layer network, teacher data",
  dense: "dense network, digits",
  convolution: "convolutional network, digits"
} as const;
export type TrainedNetwork = keyof typeof trainedNetworks;

type Quantity = "trainingLoss" | "testLoss" | "trace" | "matchedTrace";

interface Comparison {
  readonly claim: Omit<SectionClaim, "rule" | "quantity" | "id" | "title"> & {readonly name: string; readonly words: string};
  readonly quantity: Quantity;
  readonly first: MethodName;
  readonly second: MethodName;
}

const quantityWords: Readonly<Record<Quantity, string>> = {trainingLoss: "training loss", testLoss: "test loss", trace: "tr H of the training loss", matchedTrace: "tr H at the training loss at which the second ends"};
const fewestPairs = 6;
const averaged = "average of last half";
const section = "averaging-repairs-a-large-step-where-its-noise-remains";
const flatSection = "a-large-step-is-flatter-at-the-same-training-loss";
const tailSection = "a-late-start-removes-the-transient-and-pays-in-noise";
const trials = "setting and test ours: square loss, small networks, equal steps; supporting evidence only";

const claimed: readonly Comparison[] = [
  {
    claim: {name: "optimisation", section, words: "Averaging lowers the training loss of the large step", statement: "A large step converges less stably; averaging its iterates repairs that.", source: `Nitanda et al., the trade-off of bias and optimisation; ${trials}`, sourceKind: "paper"},
    quantity: "trainingLoss", first: averaged, second: "large step"
  },
  {
    claim: {name: "generalisation", section, words: "Averaging lowers the test loss of the large step", statement: "Parameter averaging improves generalisation over SGD with the same step size.", source: `Nitanda et al., experiments; ${trials}`, sourceKind: "paper"},
    quantity: "testLoss", first: averaged, second: "large step"
  },
  {
    claim: {name: "small-step", section, words: "The averaged large step has a lower test loss than the small step", statement: "Averaging with a suitable, large step size improves on SGD.", source: `Nitanda et al., experiments; ${trials}`, sourceKind: "paper"},
    quantity: "testLoss", first: averaged, second: "small step"
  },
  {
    claim: {name: "flatness", section: flatSection, words: "The large step ends at a smaller trace than the small step", statement: "A larger step size has a stronger bias towards flat regions.", source: `Nitanda et al., the implicit bias; the trace as its measure is recalled; ${trials}`, sourceKind: "paper"},
    quantity: "trace", first: "large step", second: "small step"
  },
  {
    claim: {name: "matched-flatness", section: flatSection, words: "At the small step's last loss the large step passes at a smaller trace", statement: "A larger step size has a stronger bias towards flat regions, where both fit equally well.", source: `Nitanda et al., the implicit bias; comparison at matched loss ours; ${trials}`, sourceKind: "derived"},
    quantity: "matchedTrace", first: "large step", second: "small step"
  },
  {
    claim: {name: "average-flatness", section: flatSection, words: "The averaged large step ends at a smaller trace than the small step", statement: "Averaging keeps the bias of a large step towards flat regions.", source: `Nitanda et al., title and the implicit bias; the trace as its measure is recalled; ${trials}`, sourceKind: "paper"},
    quantity: "trace", first: averaged, second: "small step"
  },
  {
    claim: {name: "tail", section: tailSection, words: "An average of the last half has a lower test loss than one of all steps", statement: "Where the start is far, the transient that a late start removes outweighs the noise that it costs.", source: `derived here from the transient 1/(ηT); ${trials}`, sourceKind: "derived"},
    quantity: "testLoss", first: averaged, second: "average of all"
  }
];

const pairedRule = `Wilcoxon's signed-rank test on paired log ratios, two-sided, exact, Holm over the ${claimed.length} comparisons of this network: reproduced if p < 0.05 and the 95 % interval of the ratio (Hodges and Lehmann) is below 1, not reproduced if it is above; inconclusive if any pair has a diverged run or fewer than ${fewestPairs} have a ratio`;

interface Pairs {
  readonly logRatios: readonly number[];
  readonly diverged: number;
  readonly unusable: number;
  readonly total: number;
}

/** The trace where a path first falls to a loss, between its records by logarithms; NaN if it does not. */
function traceAtLoss(path: readonly NetworkTrainingRow[], loss: number): number {
  const records = path.filter(({trainingLoss, trace}) => trainingLoss !== null && trace !== null && trainingLoss > 0 && trace > 0).toSorted((a, b) => a.epoch - b.epoch);
  const after = records.findIndex(({trainingLoss}) => trainingLoss! <= loss);
  if (after < 1) return NaN;
  const [before, behind] = [records[after - 1]!, records[after]!];
  const share = Math.log(before.trainingLoss! / loss) / Math.log(before.trainingLoss! / behind.trainingLoss!);
  return before.trace! * (behind.trace! / before.trace!) ** share;
}

/** Log ratios over the seeds at the last epoch, and how many pairs have none, and why. */
function pairsOf(rows: readonly NetworkTrainingRow[], {quantity, first, second}: Omit<Comparison, "claim">): Pairs {
  const last = Math.max(...rows.map(({epoch}) => epoch));
  const ends = (method: MethodName) => new Map(rows.filter((row) => row.method === method && row.epoch === last).map((row) => [row.seed, row] as const));
  const [firsts, seconds] = [ends(first), ends(second)];
  const seeds = [...firsts.keys()].filter((seed) => seconds.has(seed));
  const whole = seeds.filter((seed) => !firsts.get(seed)!.diverged && !seconds.get(seed)!.diverged);
  const values = whole.map((seed) => {
    const [a, b] = [firsts.get(seed)!, seconds.get(seed)!];
    if (quantity !== "matchedTrace") return [a[quantity] ?? NaN, b[quantity] ?? NaN] as const;
    return [traceAtLoss(rows.filter((row) => row.method === first && row.seed === seed), b.trainingLoss!), b.trace ?? NaN] as const;
  });
  const logRatios = values.filter(([a, b]) => a > 0 && b > 0).map(([a, b]) => Math.log(a / b));
  return {logRatios, diverged: seeds.length - whole.length, unusable: whole.length - logRatios.length, total: seeds.length};
}

/** Why pairs decide nothing, if they do not: a run that diverged, or a quantity that has no ratio. */
function undecided({logRatios, diverged, unusable, total}: Pairs): Finding | null {
  if (diverged > 0) return inconclusive(`${diverged} of ${total} pairs have a run that diverged; a smaller largeFraction would decide`, {used: logRatios.length, total});
  if (logRatios.length < fewestPairs) return inconclusive(`${logRatios.length} of ${total} pairs have a ratio (${unusable} have a value that is not positive or, at matched loss, never reach it); ${fewestPairs} are needed`, {used: logRatios.length, total});
  return null;
}

/** Judges that two methods are alike: the interval of the ratio against 1. */
function alike(pairs: Pairs, equivalent: number, level: number | null): Finding {
  const open = undecided(pairs);
  if (open !== null) return open;
  const {logRatios, total} = pairs;
  const used = logRatios.length;
  const {estimate, interval} = hodgesLehmann(logRatios);
  const test = wilcoxonSignedRank(logRatios);
  const judged = judgeValue({predicted: 1, estimate: Math.exp(estimate), low: Math.exp(interval.low), high: Math.exp(interval.high), used, total}, {equivalent, tolerated: 0.35});
  const p = test.kind === "test" ? test.pValue : 1;
  const differs = level !== null && p < level;
  return {...judged, outcome: differs ? "not reproduced" : judged.outcome, explanation: `ratio ${digits(judged.estimate!)} over ${used} pairs, ${pText(p)}; rank-biserial correlation ${digits(test.rankBiserial, 2)}`};
}

const samMargin = 0.1;
const controlMargin = 0.1;
const controlLevel = 0.01;

/** E3.2 and E3.3: the verdicts on one network. */
export function networkVerdicts(name: TrainedNetwork, rows: readonly NetworkTrainingRow[]): readonly Verdict[] {
  const words = trainedNetworks[name];
  const pairs = claimed.map((comparison) => pairsOf(rows, comparison));
  const open = pairs.map(undecided);
  const judged = judgePairedRatios(pairs.map(({logRatios, total}, i) => ({logRatios: open[i] === null ? logRatios : [], total})));
  const comparisons = claimed.map(({claim: {name: kind, words: title, ...claim}, quantity, first, second}, i): Verdict => ({
    ...claimOf({...claim, id: `networks-${kind}.${name}`, title: `${title}, ${words}`, quantity: `${quantityWords[quantity]}, ${first} over ${second}`, rule: pairedRule}),
    ...(open[i] ?? judged[i]!)
  }));
  const sam: Verdict = {
    ...claimOf({
      id: `networks-sam.${name}`,
      section,
      title: `The averaged large step generalises like SAM, ${words}`,
      statement: "Averaged SGD with a suitable step size is sometimes comparable to sharpness-aware minimisation.",
      source: `Nitanda et al., experiments; ${trials}; SAM takes twice the gradients`,
      sourceKind: "paper",
      quantity: `test loss, ${averaged} over SAM`,
      rule: `95 % interval of the ratio (Hodges and Lehmann, paired seeds): within ${100 * samMargin} % of 1 reproduced, within 35 % approximate; inconclusive if any pair has a diverged run`
    }),
    ...alike(pairsOf(rows, {quantity: "testLoss", first: averaged, second: "SAM"}), samMargin, null)
  };
  const control: Verdict = {
    ...claimOf({
      id: `networks-control.${name}`,
      section,
      title: `A method does not differ from itself in another order, ${words}`,
      statement: "The control: the large step, compared with itself in another order of samples, shows no difference.",
      source: "a negative control, ours",
      sourceKind: "derived",
      quantity: "test loss, large step over large step in another order",
      rule: `p ≥ ${controlLevel} by the signed-rank test and the 95 % interval of the ratio within ${100 * controlMargin} % of 1: reproduced; within 35 %: approximate; p < ${controlLevel}: not reproduced`
    }),
    ...alike(pairsOf(rows, {quantity: "testLoss", first: "large step", second: "large step, other order"}), controlMargin, controlLevel)
  };
  return [...comparisons, sam, control];
}
