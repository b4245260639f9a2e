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
  /** A third of what half as many time steps change: the bias of a scheme of weak order 2; 0 for SGD. */
  readonly schemeError: number;
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

/** The pairs of a process with its most, or its fewest, time steps. */
function pairsOf(pairs: readonly PairPosition[], process: PairProcess, pick: "most" | "fewest"): readonly PairPosition[] {
  const chosen = pairs.filter((pair) => pair.process === process);
  const wanted = chosen.reduce((found, {substeps}) => (pick === "most" ? Math.max(found, substeps) : Math.min(found, substeps)), chosen[0]?.substeps ?? 0);
  return chosen.filter(({substeps}) => substeps === wanted);
}

const valuesOf = (pairs: readonly PairPosition[], quantity: PairQuantity): Float64Array => Float64Array.from(pairs, ({upper, lower}) => (quantity === "product" ? upper * lower : upper));
const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Percentiles of one point and of the product, for each process. */
export function pairQuantiles(pairs: readonly PairPosition[]): readonly PairQuantile[] {
  return pairProcesses.flatMap((process) =>
    quantities.flatMap((quantity) => {
      const sorted = valuesOf(pairsOf(pairs, process, "most"), quantity).sort();
      return probabilities.map((probability) => ({process, quantity, probability, value: sorted[Math.floor(probability * sorted.length)]!}));
    })
  );
}

/** Means of one point and of the product with 95 % intervals, beside their closed forms. */
export function pairMeans(pairs: readonly PairPosition[], {noise, stepSize, steps, upper, lower}: Pick<CoupledPointsParameters, "noise" | "stepSize" | "steps" | "upper" | "lower">): readonly PairMean[] {
  return pairProcesses.flatMap((process) => quantities.map((quantity): PairMean => {
    const values = valuesOf(pairsOf(pairs, process, "most"), quantity);
    const mean = meanOf(values);
    const schemeError = Math.abs(mean - meanOf(valuesOf(pairsOf(pairs, process, "fewest"), quantity))) / 3;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    const standardError = Math.sqrt(variance / values.length);
    const width = normalQuantile(0.975) * standardError;
    const momentOf = (of: FlowProcess) => multiplicativeFlowMoment({process: of, points: quantity === "product" ? [upper, lower] : [upper], noise, stepSize, horizon: stepSize * steps});
    return {process, quantity, mean, standardError, schemeError, low: mean - width, high: mean + width, exact: momentOf(closedForms[process]), sgd: momentOf("SGD"), replicas: values.length};
  }));
}
