import {dot, square} from "../../kernels/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {EscapeParameters} from "./escape-parameters.ts";
import {escapeSgd, evenStart, frobeniusNorm, twoLevelSpectrum} from "./escape-sgd.ts";
import {sharpPart} from "./sharp-part.ts";

/** Mean components of one block of runs after some steps: parts of 2 E L. */
export interface EscapeBlock {
  /** β = η‖G‖_F. */
  readonly scale: number;
  readonly block: number;
  readonly step: number;
  /** k, the directions that count as sharp. */
  readonly sharpCount: number;
  readonly runs: number;
  /** Mean of Σ_{i≤k} λᵢ wᵢ². */
  readonly sharp: number;
  /** Mean of Σ_{i>k} λᵢ wᵢ². */
  readonly flat: number;
}

type EscapeCell = Pick<EscapeParameters, "flatEigenvalue" | "flatDirections" | "sharpCounts" | "steps" | "start"> & {
  readonly scale: number;
  /** Runs of one block. */
  readonly runs: number;
};

const nameOf = ({scale}: EscapeCell): string => `escape at beta = ${scale}`;

/**
 * E1.4: mean sharp and flat components of SGD from a start with equal parts, by independent blocks of runs. A cell is one
 * scale β, a replica a block.
 */
export const escapeBlocks = /* @__PURE__ */ defineExperiment({
  cells: ({flatEigenvalue, flatDirections, scales, sharpCounts, steps, start, replicas, blocks}: EscapeParameters) =>
    scales.map((scale) => {
      const reads: EscapeCell = {scale, flatEigenvalue, flatDirections, sharpCounts, steps, start, runs: Math.floor(replicas / blocks)};
      return {name: nameOf(reads), reads, replicas: blocks};
    }),

  async run(cell: EscapeCell, {stream, ensembles, progress, replicas}): Promise<readonly EscapeBlock[]> {
    const {flatEigenvalue, flatDirections, scale, sharpCounts, steps, start, runs} = cell;
    const spectrum = twoLevelSpectrum(flatEigenvalue, flatDirections);
    const dynamics = escapeSgd(spectrum.length);
    const rows: EscapeBlock[] = [];
    for (let i = 0; i < replicas.count; i++) {
      const block = replicas.first + i;
      const {sums, counts} = await ensembles.simulate(dynamics, {
        parameters: {labelNoise: 0, spectrum: [...spectrum], stepSize: scale / frobeniusNorm(spectrum), initialWeights: [...evenStart(spectrum, start)]},
        key: stream(nameOf(cell), block).ensembleKey(),
        replicas: runs,
        steps,
        samples: "sums",
        observe: ({weights}, {parameters: bound}) => ({
          total: dot(bound.spectrum, square(weights)),
          ...Object.fromEntries(sharpCounts.map((count) => [`sharp${count}`, sharpPart(bound.spectrum, weights, count)]))
        })
      });
      for (const sharpCount of sharpCounts) {
        for (let step = 1; step <= steps; step++) {
          const [total, sharp] = [sums.total![step - 1]! / counts[step - 1]!, sums[`sharp${sharpCount}`]![step - 1]! / counts[step - 1]!];
          rows.push({scale, block, step, sharpCount, runs: counts[step - 1]!, sharp, flat: total - sharp});
        }
      }
      progress(i + 1, replicas.count);
    }
    return rows;
  }
});
