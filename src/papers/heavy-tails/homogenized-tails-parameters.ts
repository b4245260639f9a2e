import {z} from "zod";
import {areDistinct} from "./are-distinct.ts";
import {blockChains, inBlocks, longEnough, settledDraws, wholeBlocks} from "./chain-blocks.ts";

const stepSize = z.number().gt(0).lte(1000).describe("Step size γ");
const batchSize = z.number().int().min(1).max(64).describe("Batch size B");
const ridge = z.number().gte(0).lte(1000).describe("Ridge δ");
const chains = z.number().int().min(1000).max(20_000_000).describe("Independent chains, of which one position each is used");
const allChains = wholeBlocks(blockChains, 20_000_000);
const relativeTimeStep = z.number().gte(0.001).lte(0.25).describe("Time step times γλ₁, the greatest relaxation rate");
const relaxationTimes = z.number().gte(5).lte(1000).describe("Length of a chain in relaxation times: of the slowest direction, or of log|X| far out, whichever is longer");

const eigenvalues = z
  .array(z.number().gt(0).lte(1000))
  .min(1)
  .max(64)
  .refine((values) => new Set(values).size <= 2, "at most two distinct eigenvalues, for which the exact index is known")
  .describe("Eigenvalues λ of H, repeated by multiplicity, of at most two values");

const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).describe("Name of the cell in tables and claims, lower case with hyphens");

const haveDistinctNames = (cells: readonly {readonly name: string}[]): boolean => areDistinct(cells.map(({name}) => name));

const cell = z.strictObject({name, eigenvalues, ridge, stepSize, batchSize});

/** E2.1: hSGD itself against its exact laws. */
export const homogenizedTailsParameters = z
  .strictObject({
    cells: z
      .array(cell)
      .min(1)
      .max(6)
      .refine(haveDistinctNames, "cells of different names")
      .describe("Quadratics whose tails are measured, with the least-squares solution m = 0 and L(m) = ½"),
    chains: allChains.describe(`Independent chains, of which one position each is used; ${inBlocks(blockChains)}`),
    checkChains: allChains.describe(`Independent chains with half of the time step; ${inBlocks(blockChains)}`),
    settledDraws: settledDraws.describe(`Chains are ${longEnough}`),
    relativeTimeStep,
    relaxationTimes,
    pearson: z
      .strictObject({
        curvature: z.number().gt(0).lte(1000).describe("λ"),
        solution: z.number().gte(0).lte(1000).describe("Least-squares solution m; δm other than 0 makes the law skew, another sign mirrors it"),
        ridge,
        stepSize,
        batchSize,
        chains: chains.max(1_000_000),
        relativeTimeStep,
        relaxationTimes
      })
      .describe("One dimension with ridge: the whole law against Pearson's type IV"),
    moments: z
      .strictObject({
        cells: z.array(cell.extend({solution: z.number().gte(0).lte(1000).describe("Least-squares solution, the same mᵢ in every direction")})).min(1).max(6).refine(haveDistinctNames, "cells of different names"),
        chains,
        relativeTimeStep
      })
      .describe("Mean loss against L(x_ridge)/(1 − γ/γ̃)")
  })
  .describe("hSGD against its exact tail index, stationary law and second moment");

export type HomogenizedTailsParameters = z.output<typeof homogenizedTailsParameters>;
