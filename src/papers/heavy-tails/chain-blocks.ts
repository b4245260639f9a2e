import {z} from "zod";
import type {ReplicaRange} from "../experiment.ts";

/** Chains that are run and kept together, as one replica of a cell; a chain is the same whatever block is run with it. */
export const blockChains = 50_000;
/** The same on finite data, whose chains are costlier and fewer. */
export const finiteBlockChains = 2000;

/** The chains of a range of blocks of `size` chains. */
export const chainsOf = ({first, count}: ReplicaRange, size: number): ReplicaRange => ({first: first * size, count: count * size});

/** A number of chains that are whole blocks of `size` chains. */
export const wholeBlocks = (size: number, most: number) => z.number().int().min(size).max(most).multipleOf(size, `a multiple of ${size}`);
/** Why it is to be that. */
export const inBlocks = (size: number): string => `a multiple of ${size}: that many are run and kept together, so that a greater number runs the new ones alone`;

/** Draws for which chains are long enough. */
export const settledDraws = z.number().int().min(10_000).max(20_000_000);
/** What that means. */
export const longEnough = "so long that the tail that this number of draws shows is at stationarity, with twice the time that it needs; their length depends on no other count, so that more of them leave those that are there as they are";
