import {z} from "zod";

const draws = z.number().int().min(20).max(1000).describe("Independent draws of data and weights in every cell");
const dimension = z.number().int().min(2).max(20_000);
const samples = z.number().int().min(2).max(4000);
const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);
const increasing = <T extends z.ZodType<number>>(item: T, least: number) => z.array(item).min(least).max(12).refine(isIncreasing, "numbers in increasing order");

/** E1.1, linear models: the average alignment over samples, label noise, dimension and conditioning. */
export const linearAlignmentParameters = z
  .strictObject({
    draws,
    dimension: dimension.max(1000).describe("d, the dimension of the inputs, and of each factor of the diagonal network"),
    decayExponents: z.array(z.number().min(0).max(4)).min(1).max(5).describe("a of the inputs' variances j^−a"),
    sampleCounts: increasing(samples, 2).describe("Sample sizes n, increasing"),
    noisyDecayExponent: z.number().min(0).max(4).describe("a of the inputs whose labels are noisy, with as much variance as the signal"),
    fewSamples: samples.describe("n of the sweep of the dimension"),
    dimensions: increasing(dimension, 4).describe("d of the sweep of the dimension at few samples and equal variances, increasing"),
    conditionSamples: samples.describe("n of the sweep of the conditioning"),
    conditionNumbers: increasing(z.number().min(1).max(1e6), 2).describe("Condition numbers κ of ∇F∇Fᵀ of the diagonal network, increasing")
  })
  .describe("Average alignment μ of Gaussian linear models and of a diagonal linear network");

/** E1.1, networks: the average alignment over width and depth. */
export const networkAlignmentParameters = z
  .strictObject({
    draws,
    inputs: dimension.max(1000).describe("d, the dimension of the Gaussian inputs"),
    samples: samples.describe("n"),
    activations: z.array(z.enum(["tilted-tanh", "relu", "tanh"])).min(1).max(3).describe("Activations of the two-layer networks; tilted-tanh is z + ½ tanh z"),
    widths: increasing(z.number().int().min(1).max(8192), 4).describe("Units of the two-layer networks with fixed output weights, increasing"),
    depths: increasing(z.number().int().min(1).max(10), 2).describe("Hidden layers of fully trained ReLU networks, increasing"),
    depthWidth: z.number().int().min(1).max(1024).describe("Units in each of their layers")
  })
  .describe("Average alignment μ of networks before training, over width and depth");

export type LinearAlignmentParameters = z.output<typeof linearAlignmentParameters>;
export type NetworkAlignmentParameters = z.output<typeof networkAlignmentParameters>;
