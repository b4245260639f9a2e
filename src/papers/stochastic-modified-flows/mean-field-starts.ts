import {meanFieldTree, tanhUnit} from "../../numerics/index.ts";
import {variance} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {quantileParticles} from "./flow-paths.ts";
import type {MeanFieldNetworkParameters} from "./mean-field-parameters.ts";

/** How far SGD from finitely many neurons is from SGD from their continuous law. */
export interface MeanFieldStart {
  readonly neurons: number;
  /** Whether the neurons are independent draws, or quantiles of the law. */
  readonly start: "drawn" | "quantiles";
  readonly stepSize: number;
  /** Root of the mean square, over draws, of E ∫θ²dΓ_T less its value for the law. */
  readonly deviation: number;
  /** Standard error of its logarithm; 0 for quantiles. */
  readonly logStandardError: number;
  /** The value for the law. */
  readonly limit: number;
  readonly draws: number;
}

/** One number of neurons. */
type StartCell = Pick<MeanFieldNetworkParameters, "data" | "horizon" | "lowest" | "highest"> & Pick<MeanFieldNetworkParameters["starts"], "steps" | "draws" | "limitNeurons"> & {readonly neurons: number};

/**
 * E4.5: E ∫θ²dΓ_T of SGD, exactly by the tree, from M independent draws of the
 * uniform law and from its M quantiles, less that from very many quantiles.
 */
export const meanFieldStarts = /* @__PURE__ */ defineExperiment({
  cells: ({data, horizon, lowest, highest, starts: {neurons, ...starts}}: MeanFieldNetworkParameters) => neurons.map((count) => ({name: `neurons ${count}`, reads: {data, horizon, lowest, highest, ...starts, neurons: count}})),

  run({data, horizon, lowest, highest, steps, draws, limitNeurons, neurons}: StartCell, {stream, progress}): readonly MeanFieldStart[] {
    const stepSize = horizon / steps;
    const meanFrom = (particles: readonly number[]) => meanFieldTree({network: {unit: tanhUnit, data}, particles, stepSize, steps, statistic: (theta) => theta * theta}).mean;
    const limit = meanFrom(quantileParticles(lowest, highest, limitNeurons));
    const random = stream(`drawn ${neurons} neurons`, 0).generator("neurons");
    const squares = Array.from({length: draws}, (_, draw) => {
      const square = (meanFrom(Array.from({length: neurons}, () => lowest + (highest - lowest) * random.uniform())) - limit) ** 2;
      progress(draw + 1, draws);
      return square;
    });
    const meanSquare = squares.reduce((sum, value) => sum + value, 0) / draws;
    return [
      {neurons, start: "drawn", stepSize, deviation: Math.sqrt(meanSquare), logStandardError: Math.sqrt(variance(squares) / draws) / (2 * meanSquare), limit, draws},
      {neurons, start: "quantiles", stepSize, deviation: Math.abs(meanFrom(quantileParticles(lowest, highest, neurons)) - limit), logStandardError: 0, limit, draws: 1}
    ];
  }
});
