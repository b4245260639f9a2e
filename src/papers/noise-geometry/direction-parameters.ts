import {z} from "zod";

const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);

/** E1.2: the directional alignment over samples per dimension, inputs and angle. */
export const directionParameters = z
  .strictObject({
    draws: z.number().int().min(20).max(1000).describe("Independent draws of data in every cell"),
    dimension: z.number().int().min(2).max(200).describe("d, the dimension of the inputs, all of variance 1"),
    ratios: z.array(z.number().gt(0).max(100_000)).min(4).max(14).refine(isIncreasing, "numbers in increasing order").describe("Samples per dimension n/d, increasing"),
    fitFrom: z.number().min(4).max(100_000).describe("Smallest n/d of the slopes: below about 64 the range has not settled"),
    kurtoses: z.array(z.number().min(1).max(10)).min(1).max(4).describe("Fourth moments of the inputs along angles; 3 is normal, others have three points"),
    angleRatio: z.number().min(4).max(100_000).describe("n/d of the alignment along angles"),
    angles: z.array(z.number().min(0).max(90)).min(3).max(31).refine(isIncreasing, "numbers in increasing order").describe("Angles in degrees between direction and gradient, increasing")
  })
  .describe("Directional alignment g of Gaussian linear regression: its range over samples, and its course from the gradient to the directions across");

export type DirectionParameters = z.output<typeof directionParameters>;
