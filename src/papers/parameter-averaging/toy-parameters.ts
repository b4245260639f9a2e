import {z} from "zod";

const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);
const stepSizes = z.array(z.number().gte(0.001).lt(2)).min(1).max(16).refine(isIncreasing, "numbers in increasing order").describe("Step sizes η, increasing");
const curvature = z.number().gte(0.05).lte(4);
const isStable = ({curvature, stepSizes}: {readonly curvature: number; readonly stepSizes: readonly number[]}): boolean => stepSizes.every((stepSize) => stepSize * curvature < 1.95);
const unstable = {path: ["stepSizes"], message: "step sizes below 1.95 over the curvature; from 2 on the steps are unstable"};
const wellDepth = z.number().gt(0).lte(4);
const wellWidth = z.number().gte(0.05).lte(2);

/** The least eigenvalue of a symmetric matrix of two rows. */
const leastEigenvalue = (first: number, second: number, across: number): number => (first + second) / 2 - Math.hypot((first - second) / 2, across);

/** E3.1: noisy gradient descent and its average on objectives with exact references. */
export const toyParameters = z
  .strictObject({
    noise: z.number().gte(0.1).lte(3).describe("σ, standard deviation of the Gaussian noise of a gradient, on objectives of one weight"),
    runs: z.number().int().min(200).max(100_000).describe("Independent runs at each step size"),
    blocks: z.number().int().min(20).max(200).describe("Blocks of runs behind the paired comparisons"),
    averagedSteps: z.number().int().min(200).max(100_000).describe("T, iterates in an average"),
    burnInTime: z.number().gte(20).lte(2000).describe("Steps before the first averaged iterate, times η"),
    startWidth: z.number().gte(0.5).lte(4).describe("Runs start uniformly within this distance of 0"),
    rippledBowl: z
      .strictObject({
        curvature: curvature.describe("a"),
        ripple: z.number().gt(0).lte(2).describe("b"),
        waveNumber: z.number().gte(1).lte(20).describe("k"),
        phase: z.number().min(0).lte(7).describe("φ"),
        stepSizes
      })
      .refine(isStable, unstable)
      .describe("f = ½ a w² + b (1 − cos(k w + φ))"),
    asymmetricValley: z
      .strictObject({
        rightSlope: z.number().gte(0.2).lte(6).describe("p"),
        leftSlope: z.number().gte(0.2).lte(6).describe("q"),
        stepSizes,
        fittedBelow: z.number().gt(0).lt(2).describe("Slopes over η are fitted up to this step size"),
        smallSteps: stepSizes.describe("Step sizes, down to smaller ones, of the exact displacement of the average")
      })
      .refine(({rightSlope, leftSlope}) => Math.abs(rightSlope - leftSlope) >= 0.1, {path: ["leftSlope"], message: "a slope at least 0.1 from rightSlope: a symmetric valley has no bias"})
      .describe("f = log(exp(p w) + exp(−q w))"),
    twoWells: z
      .strictObject({
        curvature: curvature.describe("a of the bowl ½ a w² around both wells"),
        distance: z.number().gte(0.3).lte(2).describe("The sharp well is centred at this distance right of 0, the flat one as far left of it"),
        sharpDepth: wellDepth.describe("Depth of the sharp well"),
        sharpWidth: wellWidth.describe("Standard deviation of its Gaussian"),
        flatDepth: wellDepth.describe("Depth of the flat well"),
        flatWidth: wellWidth.describe("Standard deviation of its Gaussian"),
        stepSizes
      })
      .refine(isStable, unstable)
      .describe("A bowl with two Gaussian wells, of which the narrower one should be the deeper"),
    parabola: z.strictObject({curvature: curvature.describe("a"), stepSizes}).refine(isStable, unstable).describe("f = ½ a w², the control: averaging has no bias on it"),
    plane: z
      .strictObject({
        curvature: curvature.describe("h of the second weight"),
        firstVariance: z.number().gte(0.01).lte(9).describe("Variance of the first weight's noise"),
        secondVariance: z.number().gte(0.01).lte(9).describe("Variance of the second weight's noise"),
        covariance: z.number().min(0).lte(9).describe("Their covariance"),
        stepSizes,
        pictured: z.number().int().min(20).max(400).describe("Runs whose end points are drawn")
      })
      .refine(isStable, unstable)
      .check(({value: {firstVariance, secondVariance, covariance}, issues}) => {
        const least = leastEigenvalue(firstVariance, secondVariance, covariance);
        if (least < 0) issues.push({code: "custom", path: ["covariance"], message: `one of a positive semidefinite matrix (its least eigenvalue is ${Number(least.toPrecision(4))})`, input: covariance});
      })
      .describe("Two weights: the asymmetric valley of the first plus ½ h times the square of the second, with correlated noise")
  })
  .describe("Noisy gradient descent and its average beside exact laws, on objectives of one and two weights");

export type ToyParameters = z.output<typeof toyParameters>;
