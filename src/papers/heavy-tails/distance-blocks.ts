import type {ReplicaRange} from "../experiment.ts";
import {blockChains} from "./chain-blocks.ts";
import {packDistances, unpackDistances} from "./packed-distances.ts";

/** The distances of the chains of one block. */
export interface DistanceBlock {
  /** Number of the block: it holds the chains from `block` times 50,000 on. */
  readonly block: number;
  /** Chains that did not diverge. */
  readonly used: number;
  /** Their distances, packed. */
  readonly distances: string;
}

/** The blocks of a range, from the distances of all of its chains in order, NaN where a chain diverged. */
export function distanceBlocks(values: Float32Array, {first, count}: ReplicaRange): readonly DistanceBlock[] {
  return Array.from({length: count}, (_, i): DistanceBlock => {
    const used = values.subarray(i * blockChains, (i + 1) * blockChains).filter(Number.isFinite);
    return {block: first + i, used: used.length, distances: packDistances(used)};
  });
}

/** The distances of the chains of all blocks that did not diverge, in no order. */
export function distancesOfBlocks(blocks: readonly DistanceBlock[]): Float32Array {
  const all = new Float32Array(blocks.reduce((sum, {used}) => sum + used, 0));
  let at = 0;
  for (const {distances} of blocks) {
    const values = unpackDistances(distances);
    all.set(values, at);
    at += values.length;
  }
  return all;
}
