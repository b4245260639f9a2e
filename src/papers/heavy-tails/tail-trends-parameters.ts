import {z} from "zod";
import {areDistinct} from "./are-distinct.ts";
import {blockChains, inBlocks, longEnough, settledDraws, wholeBlocks} from "./chain-blocks.ts";

const stepSize = z.number().gt(0).lt(2).describe("Step size γ, at curvature 1");
const batchSize = z.number().int().min(1).max(64).describe("Batch size B");
const ridge = z.number().gte(0).lte(5).describe("Ridge δ");
const dimension = z.number().int().min(1).max(64).describe("Dimension d");

const allChains = wholeBlocks(blockChains, 20_000_000);

const values = <T extends z.ZodType<number>>(value: T) => z.array(value).min(4).max(6).refine(areDistinct, "different values");

/** E2.3: the tail index as one parameter varies. */
export const tailTrendsParameters = z
  .strictObject({
    base: z.strictObject({batchSize, ridge, dimension}).describe("Parameters that do not vary"),
    stepSizes: values(stepSize),
    batchSizes: z.strictObject({stepSize, values: values(batchSize)}),
    ridges: z.strictObject({stepSize, values: values(ridge)}),
    dimensions: z.strictObject({stepSize, values: values(dimension)}),
    chains: allChains.describe(`Independent chains of SGD, of which one position each is used; ${inBlocks(blockChains)}`),
    homogenizedChains: allChains.describe(`Independent chains of hSGD, the same; ${inBlocks(blockChains)}`),
    settledDraws: settledDraws.describe(`Chains of SGD are ${longEnough}`),
    homogenizedSettledDraws: settledDraws.describe(`Chains of hSGD are ${longEnough}`),
    relativeTimeStep: z.number().gte(0.001).lte(0.1).describe("Time step of hSGD times γλ₁"),
    relaxationTimes: z.number().gte(5).lte(1000).describe("Length of a chain in relaxation times")
  })
  .describe("Tail indices of SGD and hSGD as step size, batch size, ridge or dimension varies, isotropic design");

export type TailTrendsParameters = z.output<typeof tailTrendsParameters>;
