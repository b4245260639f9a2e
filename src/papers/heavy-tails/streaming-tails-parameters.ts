import {z} from "zod";
import {areDistinct} from "./are-distinct.ts";

const chains = z.number().int().min(1000).max(20_000_000).describe("Independent chains, of which one position each is used");
const stepRatio = z.number().gt(0).lt(1).describe("Step size over hSGD's mean-square threshold, γ/γ̃ = γ tr H/(2B) without ridge; below 1, where hSGD has a second moment");
const relaxationTimes = z.number().gte(5).lte(1000).describe("Length of a chain over the relaxation time of log|X| far out, the inverse of SGD's Lyapunov exponent");
const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).describe("Name of the spectrum in tables and claims, lower case with hyphens");

/** E2.2: SGD on streaming Gaussian data against its Kesten index and hSGD's band. */
export const streamingTailsParameters = z
  .strictObject({
    dimensions: z.array(z.number().int().min(1).max(200)).min(1).max(8).refine(areDistinct, "different values").describe("Dimensions d of isotropic designs, H = 1"),
    stepRatios: z.array(stepRatio).min(1).max(6).refine(areDistinct, "different values"),
    batchSizes: z.array(z.number().int().min(1).max(64)).min(1).max(4).refine(areDistinct, "different values").describe("Batch sizes B"),
    coordinateSteps: z.number().gte(1e5).lte(1e12).describe("Work on each cell, chains × steps × B × (d + 1), which fixes its number of chains"),
    mostChains: chains.describe("Most chains of a cell"),
    relaxationTimes,
    mostSteps: z.number().int().min(10).max(1_000_000).describe("Cells that need longer chains are not simulated"),
    measured: z
      .strictObject({least: z.number().gte(0.5).lte(20).describe("Least tail index that single precision can hold"), greatest: z.number().gte(0.5).lte(20).describe("Greatest tail index that samples of this size can show")})
      .describe("Exact tail indices that are also measured; beyond them the equation alone is reported"),
    spectra: z
      .array(z.strictObject({name, eigenvalues: z.array(z.number().gt(0).lte(1000)).min(2).max(64), stepRatio, batchSize: z.number().int().min(1).max(64), steps: z.number().int().min(10).max(1_000_000).describe("Length of a chain in steps")}))
      .max(6)
      .refine((spectra) => areDistinct(spectra.map(({name}) => name)), "spectra of different names")
      .describe("Anisotropic designs, of at most two distinct eigenvalues"),
    divergence: z
      .strictObject({
        dimension: z.number().int().min(1).max(64),
        stepRatio,
        chains: z.number().int().min(100).max(1_000_000).describe("Independent chains"),
        steps: z.number().int().min(100).max(100_000).describe("Steps over which the chains are followed"),
        samples: z.number().int().min(5).max(200).describe("Times at which their distribution is recorded"),
        productChains: z.number().int().min(1000).max(2_000_000).describe("Independent products of factors, whose mean logarithm estimates the Lyapunov exponent"),
        productSteps: z.number().int().min(10).max(2000).describe("Factors of each product")
      })
      .describe("The negative control: a step size at which hSGD is stationary and SGD is not")
  })
  .describe("Whether hSGD's band contains the true tail index of SGD");

export type StreamingTailsParameters = z.output<typeof streamingTailsParameters>;
