import {z} from "zod";
import type {ReplicaRange} from "../experiment.ts";

/** Chains that are run and kept together, as one replica of a cell; a chain is the same whatever block is run with it. */
export const blockChains = 50_000;

/** The chains of a range of blocks. */
export const chainsOf = ({first, count}: ReplicaRange): ReplicaRange => ({first: first * blockChains, count: count * blockChains});

/** A number of chains that are whole blocks, and why it is to be that. */
export const wholeBlocks = z.number().int().min(blockChains).max(20_000_000).multipleOf(blockChains, `a multiple of ${blockChains}`);
export const inBlocks = `one position each is used. A multiple of ${blockChains}: that many are run and kept together, so that a greater number runs the new ones alone`;

/** Draws for which chains are long enough, and what that means. */
export const settledDraws = z.number().int().min(10_000).max(20_000_000);
export const longEnough = "so long that the tail that this number of draws shows is at stationarity, with twice the time that it needs; their length depends on nothing else that is counted, so that more of them leave those that are there as they are";
