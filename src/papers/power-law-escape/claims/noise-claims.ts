import {linearRegression, mean, minimumDetectableEffect, standardErrorOfMean, studentTQuantile} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {TrainingRow} from "../training-record.ts";
import {claimOf} from "./claim-of.ts";

interface Moment {
  readonly loss: number;
  readonly noise: number;
  readonly traceRatio: number;
  readonly meanSquaredGradientNorm: number;
}

/** The recorded moments of one training, in order of time. */
type Run = readonly Moment[];
type Judged = Omit<Finding, "explanation">;

const fewestRuns = 10;
const fewestRecords = 10;
const slopeMargins = {equivalent: 0.2, tolerated: 0.5} as const;
const dataSetNames: Readonly<Record<string, string>> = {teacher: "teacher data", digits: "8×8 digits", mnist: "MNIST"};
const overRuns = "95 % interval of the mean over independent trainings (Student)";
const needed = `fewer than ${fewestRuns} trainings to the last epoch, or than ${fewestRecords} records of each, are inconclusive`;

/** The runs that reached the last epoch, and how many there are. */
function completeRuns(rows: readonly TrainingRow[]): {readonly runs: readonly Run[]; readonly total: number} {
  const runs = new Map<number, Map<number, Record<string, number>>>();
  for (const {run, epoch, quantity, rank, value} of rows) {
    if (rank !== null) continue;
    const moments = runs.get(run) ?? new Map<number, Record<string, number>>();
    moments.set(epoch, {...moments.get(epoch), [quantity]: value});
    runs.set(run, moments);
  }
  const last = Math.max(...[...runs.values()].flatMap((moments) => [...moments.keys()]));
  const complete = [...runs].filter(([, moments]) => moments.has(last)).sort(([a], [b]) => a - b);
  return {
    runs: complete.map(([, moments]) => [...moments].sort(([a], [b]) => a - b).map(([, moment]) => moment as unknown as Moment)),
    total: runs.size
  };
}

const laterHalf = (run: Run): Run => run.slice(Math.floor(run.length / 2));
const logSlope = (run: Run): number => linearRegression({x: run.map(({loss}) => Math.log(loss)), y: run.map(({noise}) => Math.log(noise))}).slope;
const meanRatio = (run: Run): number => mean(run.map(({traceRatio}) => traceRatio));

function judgeRuns(series: readonly Run[], total: number, statistic: (run: Run) => number, limits: typeof slopeMargins | typeof margins, text: (finding: Judged, spread: string) => string): Finding {
  const counts = {used: series.length, total, predicted: 1};
  if (series.length < fewestRuns) return inconclusive(`${series.length} of ${total} trainings reached the last epoch; at least ${fewestRuns} are needed: raise runs`, counts);
  const fewest = Math.min(...series.map(({length}) => length));
  if (fewest < fewestRecords) return inconclusive(`${fewestRecords} records of a training are needed, found ${fewest}; lower recordEvery`, counts);
  const values = series.map(statistic);
  const estimate = mean(values);
  const standardError = standardErrorOfMean(values);
  const reach = studentTQuantile(0.975, values.length - 1) * standardError;
  const finding = judgeValue({...counts, estimate, low: estimate - reach, high: estimate + reach, ...(standardError > 0 ? {minimumDetectableEffect: minimumDetectableEffect(standardError)} : {})}, limits);
  return {...finding, explanation: text(finding, `in single trainings from ${digits(Math.min(...values))} to ${digits(Math.max(...values))}`)};
}

/** E0.4: the verdicts on the trainings of one network: noise against loss, of all and late, and the trace under decoupling. */
export function noiseVerdicts(rows: readonly TrainingRow[]): readonly Verdict[] {
  const dataSet = rows[0]!.dataSet;
  const name = dataSetNames[dataSet] ?? dataSet;
  const {runs, total} = completeRuns(rows);
  const late = runs.map(laterHalf);
  const growth = () => mean(runs.map((run) => run.at(-1)!.meanSquaredGradientNorm / run[0]!.meanSquaredGradientNorm));
  const ratioAt = (position: number) => digits(mean(runs.map((run) => run.at(position)!.traceRatio)));
  const slopeClaim = (id: string, title: string, statement: string, quantity: string) =>
    claimOf({
      id: `${id}.${dataSet}`,
      section: "noise-follows-the-loss-better-late-than-early",
      title: `${title}, ${name}`,
      statement,
      source: "Mori et al., figure 2",
      sourceKind: "paper",
      quantity,
      rule: `${overRuns}: reproduced within [0.8, 1.2], approximate within 50 %; ${needed}`
    });
  return [
    {
      ...slopeClaim("noise-loss", "Noise is proportional to the loss along all of training", "The trace of the gradient noise is proportional to the loss: slope 1 on log–log axes.", "slope of log 𝒩 on log L over all epochs of a training"),
      ...judgeRuns(runs, total, logSlope, slopeMargins, ({estimate, discrepancy}, spread) => `mean slope ${digits(estimate!)} (${percent(discrepancy!)}), ${spread}; the mean squared gradient of the outputs, whose drift the paper names for early deviations, changes by a factor of ${digits(growth(), 2)}`)
    },
    {
      ...slopeClaim("noise-loss-late", "Noise is proportional to the loss late in training", "Late in training, when the gradients of the outputs have settled, the noise is proportional to the loss.", "slope of log 𝒩 on log L over the later half of the epochs of a training"),
      ...judgeRuns(late, total, logSlope, slopeMargins, ({estimate, discrepancy}, spread) => `mean slope ${digits(estimate!)} (${percent(discrepancy!)}) over the later half, ${spread}`)
    },
    {
      ...claimOf({
        id: `decoupling-trace.${dataSet}`,
        section: "the-decoupled-spectrum-holds-at-first-then-drifts",
        title: `The decoupled noise has the strength of the exact one, ${name}`,
        statement: "(1/N) Σ ℓ_μ C_f^(μ) ≈ L · (1/N) Σ C_f^(μ), so that both have one trace.",
        source: "Mori et al., decoupling approximation and figure 1",
        sourceKind: "paper",
        quantity: "trace of the exact noise matrix over that of the decoupled one, mean over the later half of the epochs of a training",
        rule: `${overRuns}: reproduced within 3 % of 1, approximate within 35 %; ${needed}`
      }),
      ...judgeRuns(late, total, meanRatio, margins, ({estimate, discrepancy}, spread) => `mean trace ratio ${digits(estimate!)} (${percent(discrepancy!)}), ${spread}; ${ratioAt(0)} before training, ${ratioAt(-1)} at its end`)
    }
  ];
}
