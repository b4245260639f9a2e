import {z} from "zod";

/** X2: the covariance of single gradients, along and across the loss gradient. */
export const noiseAlongGradientParameters = z
  .strictObject({
    dimensions: z.array(z.number().int().min(1).max(64)).min(1).max(4).describe("Numbers of weights d"),
    kurtoses: z.array(z.number().min(1).max(20)).min(1).max(5).describe("Fourth moments of the inputs: three-point laws, but Gaussian at 3"),
    signals: z.array(z.number().gt(0).lte(1000)).min(2).max(8).describe("|w|²/σ²: squared distance from the minimum over the variance of the labels' noise"),
    replicas: z.number().int().min(1000).max(2_000_000).describe("Independent gradients of one sample each")
  })
  .describe("The exact noise of one step beside the decoupled one, for inputs of several kurtoses");

export type NoiseAlongGradientParameters = z.output<typeof noiseAlongGradientParameters>;
