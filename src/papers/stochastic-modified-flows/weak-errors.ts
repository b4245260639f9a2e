import {halvedTorus, refinedTorus, torusDifference, torusSupremum} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {StandIn} from "./stand-ins.ts";
import {errorFields, expectationOf, statisticName} from "./torus-errors.ts";
import type {StatisticCell} from "./torus-errors.ts";
import type {WeakErrorParameters} from "./weak-error-parameters.ts";

/** The weak error of one stand-in at one step size. */
export interface WeakError {
  /** Points of the statistic. */
  readonly points: number;
  readonly standIn: StandIn;
  readonly horizon: number;
  readonly stepSize: number;
  /** sup over all starting points |𝔼 f(stand-in) − 𝔼 f(SGD)| */
  readonly error: number;
  /** How far half as many nodes and time steps move the error at any node. */
  readonly gridChange: number;
  /** |error| at the starting points (π/4, 3π/4); null but for two points. */
  readonly symmetricPairError: number | null;
}

const refinementOf = {1: 4, 2: 4, 3: 2} as const;
const compared: Readonly<Record<1 | 2 | 3, readonly StandIn[]>> = {1: ["modified flow", "modified equation", "uncorrected flow", "gradient flow"], 2: ["modified flow", "modified equation"], 3: ["modified flow"]};

/**
 * E4.1: weak errors of one-, two- and three-point statistics on the circle,
 *
 * sup |𝔼 f(X_T(x₁), …, X_T(x_m)) − 𝔼 f(Z_n(x₁), …, Z_n(x_m))|,  T = nη,
 *
 * with f = exp(sin z), sin x sin y and sin x sin y sin z, by operators and
 * without sampling: the error that is left is of the grid, and stated by halving
 * it together with the time step. Suprema are over the interpolated error, on
 * four times as many starting points (twice for three points).
 */
export const weakErrors = /* @__PURE__ */ defineExperiment({
  cells({noise, horizon, steps, onePointNodes, twoPointNodes, threePointHorizon, threePointSteps, threePointNodes}: WeakErrorParameters) {
    const statistics = [
      {points: 1, horizon, nodes: onePointNodes, counts: steps},
      {points: 2, horizon, nodes: twoPointNodes, counts: steps},
      {points: 3, horizon: threePointHorizon, nodes: threePointNodes, counts: threePointSteps}
    ] as const;
    return statistics.flatMap(({counts, ...statistic}) => counts.map((count) => ({noise, ...statistic, steps: count}))).map((cell) => ({name: statisticName(cell), reads: cell}));
  },

  run(cell: StatisticCell): readonly WeakError[] {
    const {points} = cell;
    const names = compared[points];
    const expectation = expectationOf(cell);
    const {size, stepSize, horizon} = expectation;
    const [fields, coarse] = [errorFields(expectation, names), errorFields({...expectation, size: size / 2}, names)];
    return names.map((standIn, i) => ({
      points,
      standIn,
      horizon,
      stepSize,
      error: torusSupremum(refinedTorus(fields[i]!, refinementOf[points])),
      gridChange: torusSupremum(torusDifference(halvedTorus(fields[i]!), coarse[i]!)),
      symmetricPairError: points === 2 && size % 8 === 0 ? Math.abs(fields[i]!.values[(size / 8) * size + (3 * size) / 8]!) : null
    }));
  }
});
