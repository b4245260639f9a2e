import {multiplicativeFlowMoment} from "../../numerics/index.ts";
import type {FlowProcess} from "../../numerics/index.ts";
import {normalQuantile} from "../../statistics/index.ts";
import type {CoupledPointsParameters} from "./counter-example-parameters.ts";
import {pairProcesses} from "./coupled-points.ts";
import type {PairPosition, PairProcess} from "./coupled-points.ts";

/** What is read of a pair: the point that starts above 0, or the product of both. */
export type PairQuantity = "one point" | "product";

/** A quantile of a law at the horizon. */
export interface PairQuantile {
  readonly process: PairProcess;
  readonly quantity: PairQuantity;
  readonly probability: number;
  readonly value: number;
}

/** A mean at the horizon beside its closed forms. */
export interface PairMean {
  readonly process: PairProcess;
  readonly quantity: PairQuantity;
  readonly mean: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** By the process' own closed form. */
  readonly exact: number;
  /** By SGD's. */
  readonly sgd: number;
  readonly replicas: number;
}

const closedForms = {SGD: "SGD", "modified flow": "stochastic modified flow", "modified equation": "stochastic modified equation"} as const satisfies Record<PairProcess, FlowProcess>;
const probabilities = Array.from({length: 99}, (_, i) => (i + 1) / 100);
const quantities = ["one point", "product"] as const;

/** Values of a quantity, for each process. */
function valuesOf(pairs: readonly PairPosition[]): readonly {readonly process: PairProcess; readonly quantity: PairQuantity; readonly values: Float64Array}[] {
  return pairProcesses.flatMap((process) => {
    const chosen = pairs.filter((pair) => pair.process === process);
    return quantities.map((quantity) => ({process, quantity, values: Float64Array.from(chosen, ({upper, lower}) => (quantity === "product" ? upper * lower : upper))}));
  });
}

/** Percentiles of one point and of the product, for each process. */
export function pairQuantiles(pairs: readonly PairPosition[]): readonly PairQuantile[] {
  return valuesOf(pairs).flatMap(({process, quantity, values}) => {
    const sorted = values.slice().sort();
    return probabilities.map((probability) => ({process, quantity, probability, value: sorted[Math.floor(probability * sorted.length)]!}));
  });
}

/** Means of one point and of the product with 95 % intervals, beside their closed forms. */
export function pairMeans(pairs: readonly PairPosition[], {noise, stepSize, steps, upper, lower}: CoupledPointsParameters): readonly PairMean[] {
  return valuesOf(pairs).map(({process, quantity, values}) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    const standardError = Math.sqrt(variance / values.length);
    const width = normalQuantile(0.975) * standardError;
    const momentOf = (of: FlowProcess) => multiplicativeFlowMoment({process: of, points: quantity === "product" ? [upper, lower] : [upper], noise, stepSize, horizon: stepSize * steps});
    return {process, quantity, mean, standardError, low: mean - width, high: mean + width, exact: momentOf(closedForms[process]), sgd: momentOf("SGD"), replicas: values.length};
  });
}

/** The first pairs of each process, to be drawn. */
export function picturedPairs(pairs: readonly PairPosition[], {pictured}: CoupledPointsParameters): readonly PairPosition[] {
  return pairProcesses.flatMap((process) => pairs.filter((pair) => pair.process === process).slice(0, pictured));
}
