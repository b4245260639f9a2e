import {digits, inconclusive, judgeBound, judgeSlope, judgeValue} from "../../../verdicts/index.ts";
import type {Finding, Verdict} from "../../../verdicts/index.ts";
import type {MeanFieldSize} from "../mean-field-sizes.ts";
import type {MeanFieldStart} from "../mean-field-starts.ts";
import {claimOf} from "./claim-of.ts";

const quantile = 1.96;

/** E4.5: the error over the number of neurons, and the control of independent noise. */
export function meanFieldSizeVerdicts(rows: readonly MeanFieldSize[]): readonly Verdict[] {
  const sorted = [...rows].sort((a, b) => a.neurons - b.neurons);
  return [
    {
      ...claimOf({
        id: "network-size",
        section: "the-error-of-order-two-does-not-grow-with-the-number-of-neurons",
        title: "The error is uniform in the number of neurons",
        statement: "The constant of the flow's weak error does not depend on the number of neurons.",
        source: "on M neurons the flow is the stochastic modified flow of M particles, so that the error is uniform in M; derived here",
        sourceKind: "derived",
        quantity: "weak error with more neurons over that with the fewest under the same noise, the number of neurons whose ratio is farthest from 1",
        rule: "95 % interval: reproduced within 10 % of 1, approximate within 35 %"
      }),
      ...uniformity(sorted)
    },
    {
      ...claimOf({
        id: "independent-noise-variance",
        section: "common-noise-moves-the-whole-measure",
        title: "Independent noise for each neuron loses the fluctuations (control)",
        statement: "With a Wiener process for each neuron instead of common ones the statistic has less than half of SGD's variance when neurons are many.",
        source: "negative control; derived here",
        sourceKind: "derived",
        quantity: "variance of the statistic with independent noise over SGD's exact one, at the largest number of neurons",
        rule: "reproduced if the 95 % interval lies below 0.5"
      }),
      ...independent(sorted)
    }
  ];
}

function uniformity(rows: readonly MeanFieldSize[]): Finding {
  const used = rows.reduce((sum, {pairs}) => sum + pairs, 0);
  const [fewest, ...more] = rows;
  if (fewest === undefined || more.length === 0) return inconclusive(`a comparison needs at least 2 numbers of neurons, found ${rows.length}`, {used, total: used});
  const {ratio, ratioLow, ratioHigh} = more.reduce((most, row) => (Math.abs(row.ratio - 1) > Math.abs(most.ratio - 1) ? row : most));
  return {
    ...judgeValue({predicted: 1, estimate: ratio, low: ratioLow, high: ratioHigh, used, total: used}, {equivalent: 0.1, tolerated: 0.35}),
    explanation: `error/η² is ${rows.map(({neurons, error, stepSize}) => `${digits(error / stepSize ** 2)} (M = ${neurons})`).join(", ")}`
  };
}

function independent(rows: readonly MeanFieldSize[]): Finding {
  const last = rows.at(-1);
  if (last === undefined) return inconclusive("no number of neurons was run", {used: 0, total: 0});
  const {neurons, pairs, independentVariance, independentVarianceError, commonVariance, sgdVariance} = last;
  const [ratio, half] = [independentVariance / sgdVariance, (quantile * independentVarianceError) / sgdVariance];
  return {
    ...judgeBound({estimate: ratio, low: ratio - half, high: ratio + half, used: pairs, total: pairs}, {side: "below", bound: 0.5}),
    explanation: `with M = ${neurons} independent noise leaves ${digits(ratio)} of SGD's variance, common noise ${digits(commonVariance / sgdVariance)}`
  };
}

/** E4.5: how fast independent draws of the neurons approach their law. */
export function meanFieldStartVerdicts(rows: readonly MeanFieldStart[]): readonly Verdict[] {
  const drawn = rows.filter(({start, deviation}) => start === "drawn" && deviation > 0);
  const used = drawn.reduce((sum, {draws}) => sum + draws, 0);
  return [
    {
      ...claimOf({
        id: "random-start-rate",
        section: "drawing-the-neurons-at-random-costs-one-over-the-root-of-their-number",
        title: "Neurons drawn independently are M^−½ away from their law",
        statement: "Going from M independent neurons to their continuous law costs an error of order M^−½.",
        source: "W₁ distance of an empirical measure on the line; derived here",
        sourceKind: "derived",
        quantity: "slope of the logarithm of the root mean square deviation on log M",
        rule: "weighted regression, 95 % interval: reproduced within 20 % of −1/2, approximate within 50 %; fewer than 4 numbers of neurons are inconclusive"
      }),
      ...judgeSlope(drawn.map(({neurons, deviation, logStandardError}) => ({x: Math.log(neurons), y: Math.log(deviation), standardError: logStandardError})), -0.5, {used, total: used}, {equivalent: 0.2, tolerated: 0.5})
    }
  ];
}
