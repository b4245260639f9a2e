import {z} from "zod";

const isIncreasing = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > values[i - 1]!);

/** E4.2: the scalar example in which two points tell the equation from the flow. */
export const counterExampleParameters = z
  .strictObject({
    noise: z.number().gt(0).lte(1).describe("s, relative strength of the noise; the curvatures of the two samples are 1 ± s"),
    horizon: z.number().gte(0.1).lte(10).describe("T"),
    steps: z.array(z.number().int().min(1).max(100_000)).min(4).max(12).refine(isIncreasing, "numbers in increasing order").describe("Numbers n of steps to T, increasing; the step size is T/n"),
    upper: z.number().gte(0.2).lte(10).describe("x > 0, a starting point"),
    lower: z.number().gte(-10).lte(-0.2).describe("y < 0, another one"),
    third: z.number().gte(-10).lte(10).refine((value) => Math.abs(value) >= 0.2, "a number of at least 0.2 in size").describe("A third one, for products of three")
  })
  .refine(({horizon, steps}) => horizon / steps[0]! <= 0.5, {path: ["steps"], message: "step sizes of at most 1/2, for which SGD is stable at every s up to 1"})
  .describe("Closed forms of products of points under SGD, the modified flow and the modified equation");

/** The same example, drawn. */
export const coupledPointsParameters = z
  .strictObject({
    noise: z.number().gt(0).lte(1).describe("s"),
    stepSize: z.number().gte(0.01).lte(0.5).describe("η"),
    steps: z.number().int().min(2).max(400).describe("Steps of SGD"),
    upper: z.number().gte(0.2).lte(10).describe("x > 0"),
    lower: z.number().gte(-10).lte(-0.2).describe("y < 0"),
    substeps: z.number().int().min(2).max(50).multipleOf(2).describe("Steps of the diffusions in one of SGD, an even number; half as many state the error of the scheme"),
    pictured: z.number().int().min(20).max(1000).describe("Pairs whose ends are drawn"),
    replicas: z.number().int().min(1000).max(2_000_000).describe("Pairs that means and laws are of")
  })
  .refine(({pictured, replicas}) => pictured <= replicas, {path: ["pictured"], message: "at most as many pairs as replicas"})
  .describe("Two points under one noise, simulated");

export type CounterExampleParameters = z.output<typeof counterExampleParameters>;
export type CoupledPointsParameters = z.output<typeof coupledPointsParameters>;
