import {z} from "zod";

const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);
const tenths = z.number().min(-4).max(4).multipleOf(0.1);
const dataPoint = z.strictObject({input: tenths.describe("x, in tenths"), label: tenths.describe("y, in tenths")});
const data = (most: number) => z.array(dataPoint).min(2).max(most).describe("Data points (x, y), equally likely");
const horizon = z.number().gte(0.25).lte(4).describe("Horizon T, the same for all step sizes");
const stepCounts = (most: number) => z.array(z.number().int().min(2).max(most)).min(2).max(8).refine(isIncreasing, "numbers in increasing order").describe("Steps of SGD in the horizon, increasing: step sizes are η = T/n; fewer than 4 give no verdict on an order");

/** E4.4: the network θ²x, whose mean of θ² is a chain of its own. */
export const meanFieldScalarParameters = z
  .strictObject({
    data: data(4),
    horizon,
    start: z.number().gte(0.05).lte(4).describe("m₀, the mean of θ² at the start"),
    stepCounts: stepCounts(1024)
  })
  .describe("Weak errors of the distribution-dependent flow on a network that one number describes");

/** E4.5: a network of tanh neurons. */
export const meanFieldNetworkParameters = z
  .strictObject({
    data: data(3),
    horizon,
    lowest: tenths.describe("Lower end of the uniform law of the neurons at the start, in tenths"),
    highest: tenths.describe("Upper end of it, in tenths"),
    neurons: z.number().int().min(1).max(64).describe("Neurons M, at the law's quantiles (k − ½)/M"),
    stepCounts: stepCounts(20),
    pairs: z.number().int().min(500).max(200_000).describe("Antithetic pairs of paths at each step size"),
    timeSteps: z.number().int().min(2).max(16).multipleOf(2).describe("Steps of the flow's scheme in a step of SGD, even: its error is checked at half as many"),
    sizes: z
      .strictObject({
        neurons: z.array(z.number().int().min(1).max(512)).min(2).max(5).refine(isIncreasing, "numbers in increasing order").describe("Numbers of neurons compared, increasing"),
        steps: z.number().int().min(2).max(16).describe("Steps of SGD in the horizon"),
        pairs: z.number().int().min(500).max(100_000).describe("Antithetic pairs of paths for each number of neurons")
      })
      .describe("Whether the error and the fluctuations depend on the number of neurons"),
    starts: z
      .strictObject({
        neurons: z.array(z.number().int().min(1).max(1024)).min(2).max(8).refine(isIncreasing, "numbers in increasing order").describe("Numbers of neurons drawn, increasing"),
        steps: z.number().int().min(2).max(10).describe("Steps of SGD in the horizon"),
        draws: z.number().int().min(20).max(2000).describe("Independent draws of the neurons for each number"),
        limitNeurons: z.number().int().min(256).max(8192).describe("Neurons at quantiles that stand for the continuous law")
      })
      .describe("What independent draws of the neurons at the start change")
  })
  .refine(({lowest, highest}) => lowest < highest, {message: "lowest below highest", path: ["lowest"]})
  .describe("Weak errors, fluctuations and starts of a tanh network against the exact tree of SGD");

export type MeanFieldScalarParameters = z.output<typeof meanFieldScalarParameters>;
export type MeanFieldNetworkParameters = z.output<typeof meanFieldNetworkParameters>;
