import {z} from "zod";
import {noiseAlongTrainingParameters} from "./noise-along-training-parameters.ts";

const stepSize = z.number().gt(0).lt(2).describe("Step size η; the curvature at the minimum is 1, so that η < 2 is needed for stability without noise");
const batchSize = z.number().int().min(1).max(64).describe("Batch size B");
const replicas = z.number().int().min(40).max(100_000).describe("Independent replicas, each with its own random numbers");
const temperature = z.number().gte(0.1).lte(0.9).describe("Temperature T = η h*/B of the log-loss dynamics: step size times curvature at the minimum over batch size");
const gridCells = z.number().int().min(100).max(3000).describe("Cells of the grid on which the exact transfer operator of SGD is discretised; its error is checked on half as many");
const relaxationTimes = z.number().gte(10).lte(1000).describe("Length of a chain in relaxation times 1/η before its one position is taken");

const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);

/** The law of the inputs: standard normal, or ±√κ with probability 1/(2κ) each and 0 otherwise. */
const inputs = z
  .discriminatedUnion("kind", [
    z.strictObject({kind: z.literal("gaussian")}),
    z.strictObject({kind: z.literal("three-point"), kurtosis: z.number().min(1).max(20).describe("Fourth moment κ of the inputs, whose variance is 1")})
  ])
  .describe("Law of the inputs, with variance 1: gaussian (kurtosis 3), or three-point with a kurtosis of your choice");

/** E0.1: escape over a double well of the loss, in the clock of the log-loss. */
const logBarrierEscape = z
  .strictObject({
    temperatures: z.array(temperature).min(1).max(4),
    lossRatios: z.array(z.number().gt(1.05).lte(50).describe("Loss at the saddle over loss at the minimum, L(θˢ)/L(θ*)")).min(2).max(12).describe("Barriers that are simulated"),
    replicas,
    relativeTimeStep: z.number().gte(0.001).lte(0.2).describe("Time step times the curvature of log L at the minimum"),
    longestInMeans: z.number().gte(1).lte(20).describe("Replicas are followed for this many predicted mean passage times, then censored")
  })
  .describe("Escape over a barrier of the log-loss against the exact mean first-passage time and against Arrhenius' law");

/** The random time change: one process, two clocks. */
const randomTimeChange = z
  .strictObject({
    temperature,
    replicas,
    relativeTimeStep: z.number().gte(0.001).lte(0.1).describe("Time step times the largest relaxation rate of each clock"),
    relaxationTimes: z.number().gte(5).lte(200).describe("Length of a chain in relaxation times of its own clock"),
    bins: z.number().int().min(10).max(60).describe("Bins of the histograms")
  })
  .describe("The additive-noise equation in the clock τ against the multiplicative one in t, on a quadratic bowl");

/** E0.2: stationary exponents. */
const stationaryExponent = z
  .strictObject({
    stepSizes: z.array(stepSize).min(1).max(8),
    batchSizes: z.array(batchSize).min(1).max(8),
    inputs,
    chains: replicas,
    relaxationTimes,
    gridCells
  })
  .describe("The stationary law's exponent over step size and batch size, in one dimension");

/** E0.3: first passage of SGD over dimension and loss ratio. */
const firstPassage = z
  .strictObject({
    stepSize,
    batchSize,
    dimensions: z.array(z.number().int().min(1).max(64)).min(1).max(8).describe("Numbers of weights d"),
    lossRatios: z.array(z.number().gt(1).lte(20)).min(4).max(12).refine(isIncreasing, "numbers in increasing order").describe("Levels c = L/L* whose first passage is recorded, increasing"),
    replicas,
    maximumSteps: z.number().int().min(1000).max(4_000_000).describe("Steps after which a replica is censored"),
    gridCells
  })
  .describe("First passage of SGD on linear regression from the minimum to a given loss ratio");

/** X2: the kurtosis of the inputs as a control of the decoupling. */
const kurtosisControl = z
  .strictObject({
    stepSizes: z.array(stepSize).min(1).max(8),
    batchSize,
    kurtoses: z.array(z.number().min(1).max(20)).min(2).max(6).describe("Fourth moments of three-point inputs; 2 makes the decoupled noise exact at small steps"),
    chains: replicas,
    relaxationTimes,
    gridCells
  })
  .describe("Inputs of kurtosis 1, 2, 3: where the decoupled noise model is exact, and where it misses");

/** Every experiment on the first paper with the schema of its parameters. */
export const parameterSections = {
  logBarrierEscape,
  randomTimeChange,
  stationaryExponent,
  firstPassage,
  kurtosisControl,
  noiseOnTeacherData: noiseAlongTrainingParameters,
  noiseOnImages: noiseAlongTrainingParameters
};

type Sections = typeof parameterSections;
export type LogBarrierEscapeParameters = z.output<Sections["logBarrierEscape"]>;
export type RandomTimeChangeParameters = z.output<Sections["randomTimeChange"]>;
export type StationaryExponentParameters = z.output<Sections["stationaryExponent"]>;
export type FirstPassageParameters = z.output<Sections["firstPassage"]>;
export type KurtosisControlParameters = z.output<Sections["kurtosisControl"]>;
