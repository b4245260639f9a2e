import {halvedTorus} from "../../numerics/index.ts";
import type {TorusFunction} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {errorFields, expectationOf, statisticName} from "./torus-errors.ts";
import type {StatisticCell} from "./torus-errors.ts";
import type {WeakErrorParameters} from "./weak-error-parameters.ts";

/** The errors of two points at every pair of a grid of starting points. */
export interface PairError {
  readonly first: number;
  readonly second: number;
  /** 𝔼 f(modified flow) − 𝔼 f(SGD) */
  readonly flowError: number;
  /** 𝔼 f(modified equation) − 𝔼 f(SGD) */
  readonly equationError: number;
}

/** The two-point errors of flow and equation at one step size, at every pair of half as many starting points. */
export const pairErrors = /* @__PURE__ */ defineExperiment({
  cells({noise, horizon, pictureSteps, twoPointNodes}: WeakErrorParameters) {
    const cell = {noise, points: 2, horizon, steps: pictureSteps, nodes: twoPointNodes} as const;
    return [{name: statisticName(cell), reads: cell}];
  },

  run(cell: StatisticCell): readonly PairError[] {
    const [flow, equation] = errorFields(expectationOf(cell), ["modified flow", "modified equation"]).map(halvedTorus) as [TorusFunction, TorusFunction];
    const node = (j: number): number => (2 * Math.PI * j) / flow.size;
    return Array.from(flow.values, (flowError, place) => ({first: node(Math.floor(place / flow.size)), second: node(place % flow.size), flowError, equationError: equation.values[place]!}));
  }
});
