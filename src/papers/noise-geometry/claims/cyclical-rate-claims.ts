import {hodgesLehmann} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeBound, judgePairedRatios, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Finding, SectionClaim, Verdict} from "../../../verdicts/index.ts";
import type {CyclicalOutcome} from "../cyclical-rate.ts";
import type {ScheduleName} from "../cyclical-schedules.ts";
import {claimOf} from "./claim-of.ts";

/** A run that ended at the matched loss. */
interface Ended {
  readonly startTrace: number;
  readonly startSharpness: number;
  readonly trace: number;
  readonly sharpness: number;
  readonly margin: number;
}

type Runs = ReadonlyMap<number, Ended>;

function runsOf(outcomes: readonly CyclicalOutcome[], schedule: ScheduleName): Runs {
  const ended = outcomes.flatMap(({seed, schedule: own, reached, trace, sharpness, margin, startTrace, startSharpness}) =>
    own === schedule && reached && trace !== null && sharpness !== null && margin !== null ? [[seed, {startTrace, startSharpness, trace, sharpness, margin}] as const] : []);
  return new Map(ended);
}

const logsOf = (runs: Runs, ratio: (run: Ended) => number): readonly number[] => [...runs.values()].map((run) => Math.log(ratio(run)));

/** Log trace ratios of the seeds at which both schedules ended at the matched loss. */
const pairedTraces = (first: Runs, second: Runs): readonly number[] => [...first].flatMap(([seed, {trace}]) => (second.has(seed) ? [Math.log(trace / second.get(seed)!.trace)] : []));

const section = "large-steps-carry-sgd-to-a-lower-trace-gradient-descent-to-a-lower-top-eigenvalue";
const pairedRule = "Wilcoxon's signed-rank test on paired log ratios, two-sided, Holm over the four comparisons of this section: reproduced if p < 0.05 and the 95 % interval of the ratio (Hodges and Lehmann) is below 1, not reproduced if it is above; pairs with a run above the matched loss are left out and counted";

const paired: readonly SectionClaim[] = [
  {
    id: "cyclical.small",
    section,
    title: "Cyclical steps carry SGD to a flatter minimum than a small step",
    statement: "From one minimum, SGD with cyclical steps ends at a smaller tr G than with a small constant step, at matched loss.",
    source: "Wang, Wu, application of the escape directions to cyclical learning rates; model, schedule and test ours",
    sourceKind: "paper",
    quantity: "tr G of SGD with cycles over that with a small step",
    rule: pairedRule
  },
  {
    id: "cyclical.trace",
    section,
    title: "Cycles lower the trace more for SGD than for gradient descent",
    statement: "With cycles at the same multiples of its own threshold, SGD ends at a smaller tr G than gradient descent.",
    source: "Wang, Wu, escape along flat and sharp directions; the comparison is recalled, model and test ours",
    sourceKind: "recalled",
    quantity: "tr G of SGD with cycles over that of gradient descent with its own cycles",
    rule: pairedRule
  },
  {
    id: "cyclical.sharpness",
    section,
    title: "Gradient descent lowers the greatest eigenvalue more than the trace",
    statement: "With cycles above 2/λ₁ gradient descent leaves along the sharpest direction: λ₁(G) falls by a larger factor than tr G.",
    source: "Wang, Wu, escape of gradient descent; the consequence for λ₁ is derived here",
    sourceKind: "derived",
    quantity: "λ₁ at the end over its start, over the same of tr G, gradient descent with its own cycles",
    rule: pairedRule
  },
  {
    id: "cyclical.peak",
    section,
    title: "Cycles flatten more than a constant step as large as their peak",
    statement: "SGD with cycles ends at a smaller tr G than with a constant step at the peak of the cycles, lowered at the end.",
    source: "a control of the paper's application, ours: is it the cycling, or the largest step?",
    sourceKind: "derived",
    quantity: "tr G of SGD with cycles over that with a constant step at their peak",
    rule: pairedRule
  }
];

/** The ratio of runs of one schedule with its interval, as a measurement to judge. */
function ratioOf(logs: readonly number[], total: number) {
  const {estimate, interval} = hodgesLehmann(logs);
  return {estimate: Math.exp(estimate), low: Math.exp(interval.low), high: Math.exp(interval.high), used: logs.length, total};
}

const fewest = 6;

function judged(logs: readonly number[], total: number, judge: (measurement: ReturnType<typeof ratioOf>) => Omit<Finding, "explanation">, text: (finding: Omit<Finding, "explanation">) => string): Finding {
  if (logs.length < fewest) return inconclusive(`${logs.length} of ${total} seeds ended at the matched loss; an interval needs ${fewest}`, {used: logs.length, total});
  const finding = judge(ratioOf(logs, total));
  return {...finding, explanation: text(finding)};
}

/** E1.5: the verdicts on where cyclical and constant steps end. */
export function cyclicalVerdicts(outcomes: readonly CyclicalOutcome[]): readonly Verdict[] {
  const total = new Set(outcomes.map(({seed}) => seed)).size;
  const runs = (schedule: ScheduleName) => runsOf(outcomes, schedule);
  const [cycles, own, same] = [runs("SGD, cycles"), runs("GD, own cycles"), runs("GD, same cycles")];
  const comparisons = [
    pairedTraces(cycles, runs("SGD, small step")),
    pairedTraces(cycles, own),
    logsOf(own, ({sharpness, startSharpness, trace, startTrace}) => sharpness / startSharpness / (trace / startTrace)),
    pairedTraces(cycles, runs("SGD, peak step"))
  ];
  const findings = judgePairedRatios(comparisons.map((logRatios) => ({logRatios, total})));
  return [
    ...paired.map((claim, i): Verdict => ({...claimOf(claim), ...findings[i]!})),
    {
      ...claimOf({
        id: "cyclical.same-steps",
        section,
        title: "Gradient descent stays where it is at the step sizes of SGD",
        statement: "At the step sizes that drive SGD away, far below 2/λ₁, gradient descent leaves tr G as it was: what moves SGD is its noise.",
        source: "derived here from the instability thresholds of both",
        sourceKind: "derived",
        quantity: "tr G at the end over its start, gradient descent with the cycles of SGD",
        rule: "95 % interval (Hodges and Lehmann, over seeds): reproduced within 3 % of 1, approximate within 35 %"
      }),
      ...judged(logsOf(same, ({trace, startTrace}) => trace / startTrace), total, (ratio) => judgeValue({predicted: 1, ...ratio}, margins), ({discrepancy}) => `tr G changes by ${percent(discrepancy!)}`)
    },
    {
      ...claimOf({
        id: "cyclical.sgd-rest",
        section,
        title: "SGD rests where the peak step is stable",
        statement: "Where SGD with cycles ends, the threshold η_c of Σ ηλ/(2 − ηλ) = 1 has risen to the peak step at least.",
        source: "derived here from the mean-square recursion with aligned noise",
        sourceKind: "derived",
        quantity: "η_c at the end over the peak step, SGD with cycles",
        rule: "95 % interval (Hodges and Lehmann, over seeds) above 1"
      }),
      ...judged(logsOf(cycles, ({margin}) => margin), total, (ratio) => judgeBound(ratio, {side: "above", bound: 1}), ({estimate}) => `the threshold ends at ${digits(estimate!)} times the peak step`)
    },
    {
      ...claimOf({
        id: "cyclical.gd-rest",
        section,
        title: "Gradient descent rests at the edge of stability of the peak step",
        statement: "Where gradient descent with its own cycles ends, 2/λ₁ is the peak step.",
        source: "derived here: escape stops as soon as it may",
        sourceKind: "derived",
        quantity: "2/λ₁ at the end over the peak step, gradient descent with its own cycles",
        rule: "95 % interval (Hodges and Lehmann, over seeds): reproduced within 3 % of 1, approximate within 35 %"
      }),
      ...judged(logsOf(own, ({margin}) => margin), total, (ratio) => judgeValue({predicted: 1, ...ratio}, margins), ({estimate, discrepancy}) => `2/λ₁ ends at ${digits(estimate!)} times the peak step (${percent(discrepancy!)})`)
    }
  ];
}
