import {z} from "zod";

const number = z.number().multipleOf(0.01, "a multiple of 0.01").gte(-3).lte(3);

const problemOf = (dimension: number) => {
  const weights = z.array(number).min(dimension).max(dimension);
  return z.strictObject({
    pairs: z.array(z.array(number).min(dimension + 1).max(dimension + 1)).min(2).max(16).describe("The data, one row a pair: features a, then the label b; loss ½(a·z − b)²"),
    first: weights.describe("Where the point x starts"),
    second: weights.describe("Where the point y starts")
  });
};

/** E4.3 and E4.6: linear regression on few pairs, its flows and the covariance of their noise. */
export const finiteDataParameters = z
  .strictObject({
    oneWeight: problemOf(1).describe("Regression with one weight"),
    twoWeights: problemOf(2).describe("Regression with two weights"),
    horizon: z.number().gte(0.25).lte(4).describe("T, in units in which the loss is given"),
    stepCounts: z.array(z.number().int().min(2).max(8192)).min(4).max(10).describe("Steps n of SGD in the horizon, increasing; η = T/n"),
    sampledStepCounts: z.array(z.number().int().min(2).max(1024)).min(4).max(8).describe("The same where the modified equation is simulated, which costs time"),
    timeSteps: z.number().int().min(8).max(512).describe("Euler–Maruyama steps in the horizon; each is also halved"),
    batches: z.number().int().min(20).max(1000).describe("Independent batches of paths, over which is bootstrapped"),
    pathsPerBatch: z.number().int().min(50).max(10_000).describe("Paths of a batch"),
    separations: z.array(z.number().gte(0.01).lte(4)).min(2).max(12).refine((values) => new Set(values).size === values.length, "numbers that differ").describe("Pairs of points x and x + s(y − x) at which increments are compared, by s"),
    draws: z.number().int().min(1000).max(4_000_000).describe("Single steps of SGD at each pair of points")
  })
  .describe("Weak errors of flow and equation at two points on finite data, and the covariance of one step");

export type FiniteDataParameters = z.output<typeof finiteDataParameters>;
