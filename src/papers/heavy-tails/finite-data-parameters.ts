import {z} from "zod";
import {finiteBlockChains, inBlocks, wholeBlocks} from "./chain-blocks.ts";

const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);

const tailChains = wholeBlocks(finiteBlockChains, 1_000_000);

/** E2.4: SGD and hSGD on a stream, on random features of a finite sample and on the digits. */
export const finiteData = z
  .strictObject({
    streamDimension: z.number().int().min(2).max(40).describe("Coordinates d of the Gaussian stream"),
    spectrumDecay: z.number().gte(0.5).lte(4).describe("The stream's inputs have the variances i^-decay, i = 1 … d"),
    samples: z.number().int().min(50).max(10_000).describe("Points in the plane, the finite synthetic data set"),
    planeFeatures: z.number().int().min(2).max(40).describe("Random features of a point in the plane, d"),
    digitFeatures: z.number().int().min(2).max(64).describe("Random features of a digit's 64 pixels, d"),
    labelNoise: z.number().positive().lte(10).describe("Standard deviation σ of the noise of synthetic labels"),
    relativeRidge: z.number().gte(0.001).lte(1).describe("Ridge δ over the greatest eigenvalue λ₁; above 0, since random features are nearly dependent"),
    batchSize: z.literal(1).describe("Batch size B, drawn with replacement; SGD's own tail index is computed for 1"),
    stepRatios: z
      .array(z.number().gt(0).lt(1).describe("Step size over γ̃, the step size from which on hSGD has no second moment"))
      .min(1)
      .max(4)
      .refine(isIncreasing, "numbers in increasing order")
      .describe("Step sizes as fractions γ/γ̃, increasing"),
    contraction: z.number().gt(0).lt(1).describe("Step size of the negative control as a fraction of the greatest at which every step of SGD contracts"),
    chains: tailChains.describe(`Independent chains of SGD for the tail index; ${inBlocks(finiteBlockChains)}`),
    diffusionChains: tailChains.describe(`Independent chains of hSGD for the tail index; ${inBlocks(finiteBlockChains)}`),
    draws: z.number().int().min(100).max(20_000).describe("Independent chains to which laws are fitted, and as many again that they are compared on"),
    relaxationTimes: z.number().gte(1).lte(100).describe("Half the length of a chain of SGD in relaxation times 1/(γ(λ_d + δ)) of its slowest mode; the other half is the check that it was long enough"),
    diffusionRelaxationTimes: z.number().gte(1).lte(100).describe("The same for hSGD, whose steps are many times as costly"),
    relativeTimeStep: z.number().gte(0.002).lte(0.2).describe("Time step of hSGD times the fastest relaxation rate γ(λ₁ + δ)"),
    growthParticles: z.number().int().min(100).max(20_000).describe("Particles of the population by which SGD's true tail index is computed"),
    growthSteps: z.number().int().min(200).max(20_000).describe("Steps that the population makes for each moment")
  })
  .describe("Finite data: SGD and hSGD on a Gaussian stream, on random features of points in the plane and on the digits");

/** Fits of laws to one coordinate, and their tests. */
export const lawFits = z
  .strictObject({
    resamples: z.number().int().min(19).max(2000).describe("Bootstrap samples of each goodness-of-fit test, each with its own fit"),
    testedRatio: z.number().gt(0).lt(1).describe("The step ratio γ/γ̃ whose chains are tested for goodness of fit and drawn as quantiles; one of the step ratios of finiteData")
  })
  .describe("Student's, skew Student's, stable and normal laws fitted to one coordinate of SGD");

/** What fitted parameters and dependent iterates do to a Kolmogorov–Smirnov test. */
export const testValidity = z
  .strictObject({
    temperature: z.number().gt(0).lte(2).describe("γλ/B of hSGD in one dimension without ridge, whose stationary law is Student's with ν = 1 + 2B/(γλ)"),
    draws: z.number().int().min(50).max(5000).describe("Values in one test"),
    replicates: z.number().int().min(100).max(20_000).describe("Tests of each kind"),
    relativeTimeStep: z.number().gte(0.002).lte(0.1).describe("Time step times the relaxation rate γλ"),
    thinning: z.number().int().min(2).max(100).describe("Relaxation times between values of a thinned chain; consecutive ones are one step of SGD apart")
  })
  .describe("Rejection rates of the tabulated Kolmogorov–Smirnov test on data that follow the law");

export type FiniteDataParameters = z.output<typeof finiteData>;
export type LawFitsParameters = z.output<typeof lawFits>;
export type TestValidityParameters = z.output<typeof testValidity>;
