import {z} from "zod";

const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);
const noise = z.number().gt(0).lte(2).describe("s, strength of the noise");

/** Numbers of steps to a horizon, for an order of convergence. */
const stepCounts = (most: number) => z.array(z.number().int().min(1).max(most)).min(4).max(8).refine(isIncreasing, "numbers in increasing order");
const nodes = (most: number) => z.number().int().min(16).max(most).multipleOf(4);

/** E4.1: exact weak errors on the circle. */
export const weakErrorParameters = z
  .strictObject({
    noise,
    horizon: z.number().gte(0.05).lte(3).describe("T for one and two points"),
    steps: stepCounts(640).describe("Numbers n of steps to T for one and two points, increasing; the step size is T/n"),
    onePointNodes: nodes(512).describe("Nodes of the grid for one point, a multiple of 4"),
    twoPointNodes: nodes(128).describe("Nodes on each axis for two points, a multiple of 4"),
    threePointHorizon: z.number().gte(0.05).lte(1).describe("T for three points"),
    threePointSteps: stepCounts(160).describe("Numbers of steps to T for three points, increasing"),
    threePointNodes: nodes(48).describe("Nodes on each axis for three points, a multiple of 4"),
    pictureSteps: z.number().int().min(1).max(640).describe("Number of steps to T in the picture of all pairs")
  })
  .describe("Weak errors of n-point statistics on the circle, by operators, over the step size");

/** How the errors grow with the horizon. */
export const flowHorizonParameters = z
  .strictObject({
    noise: z.number().gt(0).lt(1).describe("s, strength of the noise"),
    stepSize: z.number().gte(0.002).lte(0.2).describe("η, which must make up each horizon"),
    steps: z.array(z.number().int().min(1).max(4000)).min(4).max(12).refine(isIncreasing, "numbers in increasing order").describe("Numbers of steps to each horizon, increasing"),
    nodes: nodes(1024).describe("Nodes on the circle, a multiple of 4"),
    momentOrders: z.array(z.number().int().min(1).max(2000)).min(4).max(60).refine(isIncreasing, "numbers in increasing order").describe("Orders m of moments whose growth is drawn, increasing")
  })
  .describe("The same errors over the horizon, and the growth of moments");

export type WeakErrorParameters = z.output<typeof weakErrorParameters>;
export type FlowHorizonParameters = z.output<typeof flowHorizonParameters>;
