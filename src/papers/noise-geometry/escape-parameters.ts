import {z} from "zod";

const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);
const replicas = z.number().int().min(2000).max(5_000_000).describe("Independent runs, each with its own samples");
const blocks = z.number().int().min(20).max(200).describe("Blocks of runs behind the intervals");

/** E1.4: escape from a minimum of linear regression, one fresh Gaussian sample a step. */
export const escapeParameters = z
  .strictObject({
    flatEigenvalue: z.number().gt(0).lt(1).describe("λ of all directions but the first, whose λ is 1"),
    flatDirections: z.number().int().min(1).max(1000).describe("Number of these directions"),
    scales: z.array(z.number().gt(0).max(10)).min(1).max(4).describe("β of the step sizes η = β/‖G‖_F"),
    sharpCounts: z.array(z.number().int().min(1).max(20)).min(1).max(3).describe("k: how many of the first directions count as sharp in D_k"),
    steps: z.number().int().min(4).max(10).describe("Steps; beyond about 8 a few runs decide the second moments and no number of runs is enough"),
    start: z.number().gt(0).max(1).describe("Size of the start: √λ₁|w₁| and the norm √Σλᵢwᵢ² of the flat directions"),
    replicas,
    blocks,
    gradientDescentStep: z.number().gt(2).max(4).describe("Step size of gradient descent times λ₁; above 2 its sharpest direction grows"),
    pictured: z.number().int().min(4).max(40).describe("Runs of SGD that are drawn"),
    picturedGrowth: z.number().gt(1).max(1e6).describe("They are drawn until their loss is this many times the first one")
  })
  .describe("The flat-to-sharp ratio of SGD that escapes from a minimum, beside gradient descent");

/** E1.4: the step size at which SGD loses its stability. */
export const escapeThresholdParameters = z
  .strictObject({
    dimension: z.number().int().min(2).max(1000).describe("d of the spectra that are not the digits'"),
    twoLevelEigenvalue: z.number().gt(0).lt(1).describe("λ of all directions but the first in the two-level spectrum"),
    decayExponent: z.number().gt(0).max(4).describe("a of the spectrum j^−a"),
    digitsCutOff: z.number().gte(1e-6).lt(1).describe("Eigenvalues of the digits below this multiple of the greatest are left out"),
    relativeSteps: z.array(z.number().gt(0).max(10)).min(2).max(6).refine(isIncreasing, "numbers in increasing order").describe("Step sizes of the ensembles over the exact threshold, on both sides of it, increasing"),
    steps: z.number().int().min(1).max(8).describe("Steps over which the growth of the mean loss is measured"),
    replicas,
    blocks
  })
  .refine(({relativeSteps}) => relativeSteps[0]! < 1 && relativeSteps.at(-1)! > 1, {path: ["relativeSteps"], message: "step sizes on both sides of 1, the threshold"})
  .describe("The step size at which the mean loss of SGD starts to grow, over spectra, beside the scale 1/‖G‖_F");

export type EscapeParameters = z.output<typeof escapeParameters>;
export type EscapeThresholdParameters = z.output<typeof escapeThresholdParameters>;
