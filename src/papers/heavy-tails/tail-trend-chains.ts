import {defineExperiment} from "../experiment.ts";
import type {Cell} from "../experiment.ts";
import {blockChains, chainsOf} from "./chain-blocks.ts";
import {chainSteps} from "./chain-steps.ts";
import {distanceBlocks} from "./distance-blocks.ts";
import type {DistanceBlock} from "./distance-blocks.ts";
import {homogenizedDistances, sgdDistances} from "./distance-chains.ts";
import {homogenizedLength} from "./homogenized-length.ts";
import {kestenReference} from "./tail-references.ts";
import {trendDesigns, trendStep} from "./tail-trend-designs.ts";
import type {TrendDesign, TrendParameter} from "./tail-trend-designs.ts";
import type {TailTrendsParameters} from "./tail-trends-parameters.ts";

/** A process on one design. */
export interface TrendProcess {
  readonly varied: TrendParameter;
  readonly value: number;
  readonly process: "SGD" | "hSGD";
}

/** ‖X − m‖ of one block of a process's chains. */
export type TrendBlock = TrendProcess & DistanceBlock;

/** A process on one design, and how its chains are run. */
interface TrendChains {
  readonly design: TrendDesign;
  /** Draws whose tail is to be at stationarity. */
  readonly settledDraws: number;
  readonly relaxationTimes: number;
  /** Time step of hSGD times γ, null for SGD. */
  readonly relativeTimeStep: number | null;
}

/**
 * E2.3: ‖X − m‖ of independent chains. A cell is SGD or hSGD on one design, without rows where SGD has no stationary
 * law, a replica of it a block of chains. Parameters that share a design have the same chains of it.
 */
export const tailTrendChains = /* @__PURE__ */ defineExperiment({
  cells: (parameters: TailTrendsParameters) =>
    trendDesigns(parameters).flatMap((design): readonly Cell<TrendChains>[] => {
      const {chains, homogenizedChains, settledDraws, homogenizedSettledDraws, relativeTimeStep, relaxationTimes} = parameters;
      const name = `${design.varied} ${design.value}`;
      return [
        {name: `${name}, SGD`, reads: {design, settledDraws, relaxationTimes, relativeTimeStep: null}, replicas: chains / blockChains},
        {name: `${name}, hSGD`, reads: {design, settledDraws: homogenizedSettledDraws, relaxationTimes, relativeTimeStep}, replicas: homogenizedChains / blockChains}
      ];
    }),

  async run({design, settledDraws, relaxationTimes, relativeTimeStep}: TrendChains, {stream, ensembles, progress, replicas}): Promise<readonly TrendBlock[]> {
    const {varied, value, dimension, stepSize, batchSize, ridge} = design;
    const process = relativeTimeStep === null ? "SGD" : "hSGD";
    const sgd = trendStep(design);
    const chains = chainsOf(replicas, blockChains);
    const run = {ensembles, key: stream(`trend ${process} d ${dimension} γ ${stepSize} B ${batchSize} δ ${ridge}`, 0).ensembleKey(), progress};
    const distances = async () => {
      if (relativeTimeStep !== null) {
        const timeStep = relativeTimeStep / stepSize;
        return homogenizedDistances(sgd, {chains, timeStep, steps: Math.ceil(homogenizedLength(sgd, relaxationTimes, settledDraws) / timeStep)}, run);
      }
      const {kesten, lyapunovExponent} = kestenReference(sgd);
      return kesten === null ? null : sgdDistances(sgd, {chains, steps: chainSteps({index: {kind: "power law", index: kesten, lyapunovExponent: lyapunovExponent!}, slowestRate: stepSize, relaxationTimes, draws: settledDraws})}, run);
    };
    const found = await distances();
    return found === null ? [] : distanceBlocks(found.end, replicas, blockChains).map((block): TrendBlock => ({varied, value, process, ...block}));
  }
});
