import {digits, judgeAgreement, judgeBound} from "../../../verdicts/index.ts";
import type {Verdict} from "../../../verdicts/index.ts";
import type {ToyDistance} from "../toy-distances.ts";
import type {ToyReference} from "../toy-references.ts";
import {claimOf} from "./claim-of.ts";
import {toySections} from "./toy-sections.ts";

const section = toySections.smoothing;
const cellName = ({objective, stepSize}: {readonly objective: string; readonly stepSize: number}): string => `${objective}, η = ${stepSize}`;
const agreementRule = "reproduced if the 95 % interval of the pooled ratio lies within 3 % of 1 and no cell is rejected at level 0.01 after Holm, approximate if the interval lies within 35 %";
const runsOf = (rows: readonly ToyDistance[]) => {
  const used = rows.reduce((sum, {runs}) => sum + runs, 0);
  return {used, total: used};
};

/** E3.1: the stationarity identity, and that simulated averages have the exact mean and variance. */
export function toyLawVerdicts(distances: readonly ToyDistance[], references: readonly ToyReference[]): readonly Verdict[] {
  return [identityVerdict(references), meanVerdict(distances), varianceVerdict(distances), parabolaVerdict(distances)];
}

function identityVerdict(references: readonly ToyReference[]): Verdict {
  const worst = references.reduce((most, row) => (row.identityDefect > most.identityDefect ? row : most));
  return {
    ...claimOf({
      id: "toy-identity",
      section,
      title: "At stationarity the smoothed gradient has mean zero",
      statement: "The points v = w − η∇f(w) move by −η∇F(v) in the mean, so that E∇F(v) = 0 once they are stationary.",
      source: "Nitanda et al., the view of SGD as descent on F; identity derived here",
      sourceKind: "derived",
      quantity: "|E F′(v)| over √E F′(v)² by the exact law, in the cell where it is largest",
      rule: "reproduced below 10⁻⁶; deterministic"
    }),
    ...judgeBound({estimate: worst.identityDefect, low: worst.identityDefect, high: worst.identityDefect, used: references.length, total: references.length}, {side: "below", bound: 1e-6}),
    explanation: `at most ${digits(worst.identityDefect, 2)} (${cellName(worst)}), with laws exact to ${digits(Math.max(...references.map(({gridError}) => gridError)), 2)} by halving their cells`
  };
}

function meanVerdict(distances: readonly ToyDistance[]): Verdict {
  const cells = distances.flatMap((row) =>
    row.exactMean === null ? [] : [{name: cellName(row), estimate: 1 + (row.mean - row.exactMean) / row.exactLast, exact: 1, logStandardError: row.meanError / row.exactLast}]
  );
  return {
    ...claimOf({
      id: "toy-mean",
      section,
      title: "Averages have the mean of the exact law",
      statement: "The average of T iterates has the mean of the exact chain, which for long averages is E w = E v.",
      source: "transfer operator of the chain; derived here",
      sourceKind: "derived",
      quantity: "1 + (mean of the averages − exact mean) over SGD's exact distance from v*, pooled over objectives and step sizes",
      rule: agreementRule
    }),
    ...judgeAgreement(cells, runsOf(distances.filter(({exactMean}) => exactMean !== null)))
  };
}

function varianceVerdict(distances: readonly ToyDistance[]): Verdict {
  const cells = distances.flatMap((row) => (row.exactVariance === null ? [] : [{name: cellName(row), estimate: row.variance, exact: row.exactVariance, logStandardError: row.varianceLogError}]));
  return {
    ...claimOf({
      id: "toy-variance",
      section,
      title: "Averages have the variance of the exact chain",
      statement: "The variance of the average of T iterates is that of the exact chain from the same starts.",
      source: "transfer operator of the chain; derived here",
      sourceKind: "derived",
      quantity: "variance of the averages over the exact one, pooled over objectives and step sizes",
      rule: agreementRule
    }),
    ...judgeAgreement(cells, runsOf(distances.filter(({exactVariance}) => exactVariance !== null)))
  };
}

function parabolaVerdict(distances: readonly ToyDistance[]): Verdict {
  const rows = distances.filter(({objective}) => objective === "parabola");
  return {
    ...claimOf({
      id: "toy-parabola",
      section: toySections.distance,
      title: "On a parabola the error of the average is statistical only",
      statement: "Where F is quadratic, E w = v*: the average has no bias, at any step size.",
      source: "control; derived here",
      sourceKind: "derived",
      quantity: "1 + (mean of the averages − v*) over SGD's exact distance, pooled over step sizes",
      rule: agreementRule
    }),
    ...judgeAgreement(
      rows.map((row) => ({name: cellName(row), estimate: 1 + row.mean / row.exactLast, exact: 1, logStandardError: row.meanError / row.exactLast})),
      runsOf(rows)
    )
  };
}
