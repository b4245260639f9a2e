import {z} from "zod";

const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);

/** Parameters of E3.3 on streaming linear regression, where averages are known exactly. */
export const tailAverageParameters = z
  .strictObject({
    curvatures: z.array(z.number().min(1e-4).max(1e4)).min(1).max(50).describe("Variances h_i of the Gaussian inputs, the eigenvalues of the Hessian"),
    stepSize: z.number().min(1e-6).max(1e4).describe("η; Σ ηh_i / (2 − 2ηh_i) must be below 1, or SGD is unstable in mean square"),
    labelNoise: z.number().min(1e-6).max(1e6).describe("Standard deviation of the label noise"),
    horizons: z.array(z.number().int().min(4).max(200_000)).min(1).max(20).refine(isIncreasing, "numbers in increasing order").describe("T, steps made; a slope over them needs 4")
  })
  .describe("Transient and noise of averages of SGD on streaming linear regression, exactly");

export type TailAverageParameters = z.output<typeof tailAverageParameters>;
