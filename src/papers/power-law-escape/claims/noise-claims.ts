import {linearRegression, minimumDetectableEffect, movingBlockBootstrap} from "../../../statistics/index.ts";
import type {RandomSource} from "../../../statistics/index.ts";
import {digits, inconclusive, judgeValue, margins, percent} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {TrainingRow} from "../training-record.ts";
import {claimOf} from "./claim-of.ts";

interface Record {
  readonly loss: number;
  readonly noise: number;
  readonly traceRatio: number;
  readonly meanSquaredGradientNorm: number;
}

const blockShare = 10;
const slopeMargins = {equivalent: 0.2, tolerated: 0.5} as const;
const dataSetNames: Readonly<globalThis.Record<string, string>> = {teacher: "teacher data", digits: "8×8 digits", mnist: "MNIST"};

function recordsOf(rows: readonly TrainingRow[]): readonly Record[] {
  const epochs = new Map<number, globalThis.Record<string, number>>();
  for (const {epoch, quantity, rank, value} of rows) {
    if (rank !== null) continue;
    const record = epochs.get(epoch) ?? {};
    record[quantity] = value;
    epochs.set(epoch, record);
  }
  return [...epochs].sort(([a], [b]) => a - b).map(([, record]) => record as unknown as Record);
}

const logSlope = (records: readonly Record[]): number => linearRegression({x: records.map(({loss}) => Math.log(loss)), y: records.map(({noise}) => Math.log(noise))}).slope;
const meanRatio = (records: readonly Record[]): number => records.reduce((sum, {traceRatio}) => sum + traceRatio, 0) / records.length;

function judgeSeries(series: readonly Record[], statistic: (records: readonly Record[]) => number, limits: typeof slopeMargins | typeof margins, random: RandomSource): Omit<Finding, "explanation"> | undefined {
  const blockLength = Math.max(2, Math.round(series.length / blockShare));
  if (series.length < 3 * blockLength || series.length < 10) return undefined;
  const {estimate, interval, standardError} = movingBlockBootstrap({series, blockLength, statistic, random});
  return judgeValue({predicted: 1, estimate, ...interval, used: series.length, total: series.length, minimumDetectableEffect: minimumDetectableEffect(standardError)}, limits);
}

/** E0.4: the verdicts on one training run: noise against loss, early and late, and the trace under decoupling. */
export function noiseVerdicts(rows: readonly TrainingRow[], random: (purpose: string) => RandomSource): readonly Verdict[] {
  const dataSet = rows[0]!.dataSet;
  const name = dataSetNames[dataSet] ?? dataSet;
  const section = "noise-follows-the-loss-better-late-than-early";
  const records = recordsOf(rows);
  const late = records.slice(Math.floor(records.length / 2));
  const missing = inconclusive(`10 records are needed, found ${late.length} in the later half; lower recordEvery`, {used: late.length, total: records.length, predicted: 1});
  const explained = (finding: Omit<Finding, "explanation"> | undefined, text: (finding: Omit<Finding, "explanation">) => string): Finding => (finding === undefined ? missing : {...finding, explanation: text(finding)});
  const slopeRule = "moving-block bootstrap over epochs, blocks of a tenth of the series, 95 % interval: reproduced within [0.8, 1.2], approximate within 50 %";
  const slopeClaim = (id: string, title: string, statement: string, quantity: string) => claimOf({id: `${id}.${dataSet}`, section, title: `${title}, ${name}`, statement, source: "Mori et al., figure 2", sourceKind: "paper", quantity, rule: slopeRule});
  return [
    {
      ...slopeClaim("noise-loss", "Noise is proportional to the loss along all of training", "The trace of the gradient noise is proportional to the loss: slope 1 on log–log axes.", "slope of log 𝒩 on log L over all epochs"),
      ...explained(judgeSeries(records, logSlope, slopeMargins, random(`noise ${dataSet}`)), ({estimate, discrepancy}) => `slope ${digits(estimate!)} (${percent(discrepancy!)}); the mean squared gradient of the outputs, whose drift the paper names for early deviations, changes by a factor of ${digits(records.at(-1)!.meanSquaredGradientNorm / records[0]!.meanSquaredGradientNorm, 2)}`)
    },
    {
      ...slopeClaim("noise-loss-late", "Noise is proportional to the loss late in training", "Late in training, when the gradients of the outputs have settled, the noise is proportional to the loss.", "slope of log 𝒩 on log L over the later half of the epochs"),
      ...explained(judgeSeries(late, logSlope, slopeMargins, random(`late noise ${dataSet}`)), ({estimate, discrepancy}) => `slope ${digits(estimate!)} (${percent(discrepancy!)}) over the later half`)
    },
    {
      ...claimOf({
        id: `decoupling-trace.${dataSet}`,
        section: "the-decoupled-spectrum-holds-at-first-then-drifts",
        title: `The decoupled noise has the strength of the exact one, ${name}`,
        statement: "(1/N) Σ ℓ_μ C_f^(μ) ≈ L · (1/N) Σ C_f^(μ), so that both have one trace.",
        source: "Mori et al., decoupling approximation and figure 1",
        sourceKind: "paper",
        quantity: "trace of the exact noise matrix over that of the decoupled one, mean over the later half of the epochs",
        rule: "moving-block bootstrap over epochs, 95 % interval: reproduced within 3 % of 1, approximate within 35 %"
      }),
      ...explained(judgeSeries(late, meanRatio, margins, random(`trace ${dataSet}`)), ({estimate, discrepancy}) => `trace ratio ${digits(estimate!)} (${percent(discrepancy!)}); ${digits(records[0]!.traceRatio)} before training, ${digits(records.at(-1)!.traceRatio)} at its end`)
    }
  ];
}
