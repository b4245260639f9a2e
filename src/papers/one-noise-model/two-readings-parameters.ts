import {z} from "zod";

/** X1 and X3: one law read at its core and at its tail, for hSGD and for SGD. */
export const twoReadingsParameters = z
  .strictObject({
    stepSizes: z.array(z.number().gt(0).lt(2)).min(4).max(8).describe("Step sizes γ, with one sample a step and curvature 1"),
    chains: z.number().int().min(10_000).max(4_000_000).describe("Independent chains, one position from each"),
    relaxationTimes: z.number().gte(10).lte(1000).describe("Length of a chain in relaxation times 1/γ"),
    relativeTimeStep: z.number().gte(0.002).lte(0.1).describe("Time step of the diffusion in relaxation times; its bias is checked at twice it")
  })
  .describe("The stationary law of the common equation, and of SGD, read as escape reads it and as heavy tails read it");

export type TwoReadingsParameters = z.output<typeof twoReadingsParameters>;
