import {modifiedEquationExpectation, sgdExpectation, torusDifference} from "../../numerics/index.ts";
import type {TorusExpectation, TorusFunction} from "../../numerics/index.ts";
import {standIns} from "./stand-ins.ts";
import type {StandIn} from "./stand-ins.ts";
import {torusSamples, torusStatistics} from "./torus-model.ts";

/** A statistic of some points after `steps` steps to a horizon, on a grid. */
export interface StatisticCell {
  readonly noise: number;
  readonly points: 1 | 2 | 3;
  readonly horizon: number;
  readonly steps: number;
  /** Nodes on each axis. */
  readonly nodes: number;
}

/** What sets a cell apart: its points, steps and horizon. */
export const statisticName = ({points, steps, horizon}: StatisticCell): string => `points ${points} steps ${steps} horizon ${horizon}`;

/** The expectation that a cell asks for. */
export function expectationOf({noise, points, horizon, steps, nodes}: StatisticCell): TorusExpectation {
  return {samples: torusSamples(noise), statistic: torusStatistics[points - 1]!, points, size: nodes, stepSize: horizon / steps, horizon};
}

/** 𝔼 f(stand-in) − 𝔼 f(SGD) of each stand-in at every starting point. */
export function errorFields(expectation: TorusExpectation, names: readonly StandIn[]): readonly TorusFunction[] {
  const sgd = sgdExpectation(expectation);
  return names.map((name) => torusDifference(modifiedEquationExpectation({...expectation, ...standIns[name]}), sgd));
}
