import {z} from "zod";

/** X1: first passages at large levels against half the tail index. */
export const passageSlopesParameters = z
  .strictObject({
    stepOverBatch: z.number().gt(0).lt(2).describe("γ/B, step size over batch size, in units of the curvature h = 1"),
    dimensions: z.array(z.number().int().min(1).max(64)).min(1).max(6).describe("Numbers of weights n"),
    decades: z.number().int().min(2).max(8).describe("Levels c reach up to this power of ten of the minimum's loss")
  })
  .describe("First passages of the common diffusion at large loss ratios, whose exponent is half the tail index");

export type PassageSlopesParameters = z.output<typeof passageSlopesParameters>;
