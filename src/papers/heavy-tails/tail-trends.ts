import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {chainSteps} from "./chain-steps.ts";
import {homogenizedDistances, sgdDistances} from "./distance-chains.ts";
import {homogenizedLength} from "./homogenized-tails.ts";
import {kestenReference} from "./tail-references.ts";
import {tailSample} from "./tail-sample.ts";
import type {TailPoint} from "./tail-sample.ts";
import {trendDesigns, trendStep} from "./tail-trend-designs.ts";
import type {TrendDesign, TrendParameter} from "./tail-trend-designs.ts";
import type {TailTrendsParameters} from "./tail-trends-parameters.ts";

/** One order statistic of ‖X − m‖ of one cell's chains. */
export interface TrendPoint extends TailPoint {
  readonly varied: TrendParameter;
  readonly value: number;
  readonly process: "SGD" | "hSGD";
}

const tailShare = 0.006;

/** A process on one design, and how its chains are run. */
interface TrendChains {
  readonly design: TrendDesign;
  readonly chains: number;
  readonly relaxationTimes: number;
  /** Time step of hSGD times γ, null for SGD. */
  readonly relativeTimeStep: number | null;
}

/**
 * E2.3: ‖X − m‖ of independent chains. A cell is SGD or hSGD on one design, without rows where SGD has no stationary
 * law; it has no replicas, since its rows are order statistics of all of its chains. Parameters that share a design
 * have the same chains of it.
 */
export const tailTrends = /* @__PURE__ */ defineExperiment({
  cells: (parameters: TailTrendsParameters) =>
    trendDesigns(parameters).flatMap((design): readonly Cell<TrendChains>[] => {
      const {chains, homogenizedChains, relativeTimeStep, relaxationTimes} = parameters;
      const name = `${design.varied} ${design.value}`;
      return [
        {name: `${name}, SGD`, reads: {design, chains, relaxationTimes, relativeTimeStep: null}},
        {name: `${name}, hSGD`, reads: {design, chains: homogenizedChains, relaxationTimes, relativeTimeStep}}
      ];
    }),

  async run({design, chains, relaxationTimes, relativeTimeStep}: TrendChains, {stream, ensembles, progress}): Promise<readonly TrendPoint[]> {
    const {varied, value, dimension, stepSize, batchSize, ridge} = design;
    const process = relativeTimeStep === null ? "SGD" : "hSGD";
    const sgd = trendStep(design);
    const run = {ensembles, key: stream(`trend ${process} d ${dimension} γ ${stepSize} B ${batchSize} δ ${ridge}`, 0).ensembleKey(), progress};
    const sample = async () => {
      if (relativeTimeStep !== null) {
        const timeStep = relativeTimeStep / stepSize;
        return homogenizedDistances(sgd, {chains, timeStep, steps: Math.ceil(homogenizedLength(sgd, relaxationTimes, chains) / timeStep)}, run);
      }
      const {kesten, lyapunovExponent} = kestenReference(sgd);
      return kesten === null ? null : sgdDistances(sgd, {chains, steps: chainSteps({index: {kind: "power law", index: kesten, lyapunovExponent: lyapunovExponent!}, slowestRate: stepSize, relaxationTimes, chains})}, run);
    };
    const found = await sample();
    return found === null ? [] : tailSample(found.end, tailShare).map((point): TrendPoint => ({varied, value, process, ...point}));
  }
});
