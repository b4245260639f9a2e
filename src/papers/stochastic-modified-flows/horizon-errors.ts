import {halvedTorus, modifiedEquationExpectation, multiplicativeFlowMoment, refinedTorus, sgdExpectation, torusDifference, torusSupremum} from "../../numerics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {torusSamples, torusStatistics} from "./torus-model.ts";
import type {FlowHorizonParameters} from "./weak-error-parameters.ts";

/** Errors of the modified flow at one step size and horizon. */
export interface HorizonError {
  readonly horizon: number;
  readonly stepSize: number;
  /** sup |𝔼 f(flow) − 𝔼 f(SGD)| of one point on the circle. */
  readonly torusError: number;
  /** How far half as many nodes and time steps move it at any node. */
  readonly gridChange: number;
  /** |𝔼 X(x)X(y) / 𝔼 Z(x)Z(y) − 1| of the scalar example, in closed form. */
  readonly relativeError: number;
}

/** The growth of one moment of the scalar example. */
export interface MomentGrowth {
  readonly order: number;
  readonly process: "SGD" | "modified flow";
  /** (1/t) log 𝔼 |Z_t|^m for Z₀ = 1. */
  readonly rate: number;
  /** The order from which on moments of the flow grow, 1 + (2 + η)/(η s²). */
  readonly criticalOrder: number;
}

type HorizonCell = Pick<FlowHorizonParameters, "noise" | "stepSize" | "nodes"> & {readonly steps: number};

/** Errors of the modified flow over horizons at a fixed step size: on the circle by operators, of pairs in closed form. */
export const horizonErrors = /* @__PURE__ */ defineExperiment({
  cells: ({noise, stepSize, steps, nodes}: FlowHorizonParameters) => steps.map((count) => ({name: `steps ${count} step size ${stepSize}`, reads: {noise, stepSize, steps: count, nodes}})),

  run({noise, stepSize, steps, nodes}: HorizonCell): readonly HorizonError[] {
    const horizon = steps * stepSize;
    const fieldOn = (size: number) => {
      const expectation = {samples: torusSamples(noise), statistic: torusStatistics[0], points: 1, size, stepSize, horizon};
      return torusDifference(modifiedEquationExpectation({...expectation, noise: "flow", corrected: true}), sgdExpectation(expectation));
    };
    const [field, coarse] = [fieldOn(nodes), fieldOn(nodes / 2)];
    const pair = {points: [1, -1], noise, stepSize, horizon};
    const relativeError = Math.abs(multiplicativeFlowMoment({...pair, process: "stochastic modified flow"}) / multiplicativeFlowMoment({...pair, process: "SGD"}) - 1);
    return [{horizon, stepSize, torusError: torusSupremum(refinedTorus(field, 4)), gridChange: torusSupremum(torusDifference(halvedTorus(field), coarse)), relativeError}];
  }
});

/** The order from which on moments of the flow of the scalar example grow, 1 + (2 + η)/(η s²): where −m(1 + η/2) + ½ηs² m(m−1) is 0. */
export function criticalMomentOrder(noise: number, stepSize: number): number {
  return 1 + (2 + stepSize) / (stepSize * noise ** 2);
}

/** Growth rates of the moments of SGD and of the modified flow, each over one step. */
export function momentGrowth({noise, stepSize, momentOrders}: Pick<FlowHorizonParameters, "noise" | "stepSize" | "momentOrders">): readonly MomentGrowth[] {
  const criticalOrder = criticalMomentOrder(noise, stepSize);
  const beyond = Math.ceil(criticalOrder) + 1;
  const orders = [...new Set([...momentOrders, beyond])].sort((a, b) => a - b);
  return orders.flatMap((order) =>
    (["SGD", "modified flow"] as const).map((process): MomentGrowth => {
      const moment = multiplicativeFlowMoment({process: process === "SGD" ? "SGD" : "stochastic modified flow", points: new Array<number>(order).fill(1), noise, stepSize, horizon: stepSize});
      return {order, process, rate: Math.log(moment) / stepSize, criticalOrder};
    })
  );
}
