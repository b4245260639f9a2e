import {z} from "zod";

const multiple = z.number().gt(0).lte(3);
const steps = z.number().int().min(10).max(1_000_000);

/** Parameters of E1.5. Step sizes are multiples of the threshold at which the starting minimum becomes unstable. */
export const cyclicalRateParameters = z
  .strictObject({
    samples: z.number().int().min(2).max(5000).describe("n, samples that the teacher labels; every seed has its own"),
    dimension: z.number().int().min(2).max(200).describe("d, inputs of the diagonal linear network f = (u ⊙ v)·x; it has 2d parameters"),
    initialScale: z.number().gte(0.1).lte(10).describe("Standard deviation of every entry of u and v before training; the larger, the sharper the first minimum"),
    seeds: z.number().int().min(6).max(200).describe("Paired seeds: a seed is a data set, a teacher, an initial network and an order of samples, shared by all schedules; a two-sided rank test needs at least 6 to reach 0.05"),
    startingLoss: z.number().gt(0).lte(0.01).describe("All schedules of a seed start from where gradient descent at a small step first has this loss"),
    matchedLoss: z.number().gt(0).lte(0.01).describe("A run counts if its final loss is at most this"),
    smallStep: multiple.describe("The small constant step, over the threshold; the final phase of every run has it too"),
    lowStep: multiple.describe("Least step of a cycle, over the threshold"),
    peakStep: multiple.describe("Greatest step of a cycle, over the threshold; above 1 the minimum is left"),
    cycles: z.number().int().min(1).max(100).describe("Triangular cycles"),
    cycleSteps: steps.describe("Steps of a cycle"),
    finalSteps: steps.describe("Steps of the final phase at the small step")
  })
  .refine(({lowStep, peakStep}) => lowStep <= peakStep, {message: "lowStep at most peakStep", path: ["lowStep"]})
  .describe("Cyclical learning rates: SGD and gradient descent from one minimum, what is flatter in trace and in greatest eigenvalue");

export type CyclicalRateParameters = z.output<typeof cyclicalRateParameters>;
