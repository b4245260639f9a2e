import {escapeComponents, flatToSharpRatio} from "../../numerics/index.ts";
import type {EscapeNoise} from "../../numerics/index.ts";
import {mean, studentTQuantile, variance} from "../../statistics/index.ts";
import type {EscapeBlock} from "./escape-components.ts";
import type {EscapeParameters} from "./escape-parameters.ts";
import {evenStart, frobeniusNorm, twoLevelSpectrum} from "./escape-sgd.ts";

/** The flat-to-sharp ratio and the loss after some steps, beside their exact values. */
export interface EscapeSummary {
  readonly scale: number;
  readonly stepSize: number;
  readonly sharpCount: number;
  readonly step: number;
  readonly runs: number;
  /** D_k(t): mean flat over mean sharp part, with the standard error of its logarithm and a 95 % interval. */
  readonly ratio: number;
  readonly logStandardError: number;
  readonly low: number;
  readonly high: number;
  /** The same from the exact recursion for Gaussian inputs. */
  readonly exact: number;
  /** The same if the noise were aligned, Σ = 2L G. */
  readonly aligned: number;
  /** E L over its first value, with the standard error of its logarithm. */
  readonly growth: number;
  readonly growthLogError: number;
  readonly exactGrowth: number;
}

/** Components λᵢ wᵢ² at the start. */
export const initialComponents = (eigenvalues: readonly number[], start: number): readonly number[] => evenStart(eigenvalues, start).map((weight, i) => eigenvalues[i]! * weight ** 2);

/** The exact path of the components of one scale β. */
export function exactComponents({flatEigenvalue, flatDirections, start, steps}: Pick<EscapeParameters, "flatEigenvalue" | "flatDirections" | "start" | "steps">, scale: number, noise: EscapeNoise): readonly (readonly number[])[] {
  const eigenvalues = twoLevelSpectrum(flatEigenvalue, flatDirections);
  return escapeComponents({eigenvalues, stepSize: scale / frobeniusNorm(eigenvalues), batchSize: 1, noise}, initialComponents(eigenvalues, start), steps);
}

const total = (components: readonly number[]): number => components.reduce((sum, value) => sum + value, 0);

/** E1.4: ratios of means over blocks, with intervals from the spread of blocks to first order in it. */
export function summarizeEscape(blocks: readonly EscapeBlock[], parameters: Pick<EscapeParameters, "flatEigenvalue" | "flatDirections" | "scales" | "sharpCounts" | "steps" | "start">): readonly EscapeSummary[] {
  const {flatEigenvalue, flatDirections, scales, sharpCounts, steps, start} = parameters;
  const norm = frobeniusNorm(twoLevelSpectrum(flatEigenvalue, flatDirections));
  return scales.flatMap((scale) => {
    const [exact, aligned] = [exactComponents(parameters, scale, "gaussian"), exactComponents(parameters, scale, "aligned")];
    return sharpCounts.flatMap((sharpCount) =>
      Array.from({length: steps}, (_, i): EscapeSummary => {
        const step = i + 1;
        const cell = blocks.filter((block) => block.scale === scale && block.sharpCount === sharpCount && block.step === step);
        const [flat, sharp] = [mean(cell.map((block) => block.flat)), mean(cell.map((block) => block.sharp))];
        const spread = (values: readonly number[]) => Math.sqrt(variance(values) / cell.length);
        const logStandardError = spread(cell.map((block) => block.flat / flat - block.sharp / sharp));
        const width = Math.exp(studentTQuantile(0.975, cell.length - 1) * logStandardError);
        return {
          scale,
          stepSize: scale / norm,
          sharpCount,
          step,
          runs: cell.reduce((sum, {runs}) => sum + runs, 0),
          ratio: flat / sharp,
          logStandardError,
          low: flat / sharp / width,
          high: (flat / sharp) * width,
          exact: flatToSharpRatio(exact[step]!, sharpCount),
          aligned: flatToSharpRatio(aligned[step]!, sharpCount),
          growth: (flat + sharp) / (2 * start ** 2),
          growthLogError: spread(cell.map((block) => (block.flat + block.sharp) / (flat + sharp))),
          exactGrowth: total(exact[step]!) / total(exact[0]!)
        };
      })
    );
  });
}
