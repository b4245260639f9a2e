import {z} from "zod";

const isIncreasing = (values: readonly number[]) => values.every((value, i) => i === 0 || value > values[i - 1]!);
const stepCounts = (least: number, most: number) => z.array(z.number().int().min(least).max(most)).min(4).max(12).refine(isIncreasing, "numbers in increasing order");

/** The dynamics of all five papers on one problem. */
export const sideBySideParameters = z
  .strictObject({
    horizon: z.number().gte(0.25).lte(2).describe("T, the fixed horizon in units of 1/h; the step size is T over the number of steps"),
    steps: stepCounts(4, 4096).describe("Numbers of steps to the horizon for exact values, increasing"),
    measuredSteps: stepCounts(4, 512).describe("Numbers of steps to the horizon for simulations, increasing"),
    start: z.number().gte(0.1).lte(4).describe("x, where the first point starts, in units of σ"),
    oppositeStart: z.number().gte(0.1).lte(4).describe("−y, where the second point starts on the other side of the minimum"),
    controlKurtoses: z.array(z.number().min(1).max(3.5)).min(1).max(4).describe("Fourth moments of three-point inputs beside Gaussian ones, which have 3"),
    averagingHorizon: z.number().gte(4).lte(1000).describe("Length of the run, from the minimum, whose iterates are averaged, in units of 1/h"),
    replicas: z.number().int().min(1000).max(4_000_000).describe("Pairs of points of each dynamics"),
    averagingReplicas: z.number().int().min(1000).max(1_000_000).describe("Runs of SGD that are averaged"),
    diffusionSteps: z.number().int().min(16).max(1024).describe("Time steps of the diffusions to the horizon, at least those of SGD"),
    pathSteps: z.array(z.number().int().min(4).max(64)).min(1).max(3).refine(isIncreasing, "numbers in increasing order").describe("Numbers of steps to the horizon at which the mean loss is shown along time, increasing")
  })
  .describe("SGD and what five papers put in its place on one problem, question by question");

export type SideBySideParameters = z.output<typeof sideBySideParameters>;
