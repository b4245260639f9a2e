import {z} from "zod";

/** X3: tail indices as the step size goes to 0. */
export const stepLimitParameters = z
  .strictObject({
    dimensions: z.array(z.number().int().min(1).max(64)).min(1).max(4).describe("Numbers of weights d"),
    leastStepSize: z.number().gte(1e-5).lte(0.01).describe("Smallest step size γ, in units of 1/h"),
    points: z.number().int().min(8).max(60).describe("Step sizes, evenly spaced in logarithm up to 1")
  })
  .describe("Tail indices of SGD and of both diffusions over the step size, one sample a step");

export type StepLimitParameters = z.output<typeof stepLimitParameters>;
