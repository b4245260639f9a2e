import type {ReplicaRange} from "../experiment.ts";
import {packDistances, unpackDistances, unpackFloat64Distances} from "./packed-distances.ts";

/** The distances of the chains of one block. */
export interface DistanceBlock {
  /** Number of the block: it holds the chains from `block` times their number in a block on. */
  readonly block: number;
  /** Chains that did not diverge. */
  readonly used: number;
  /** Their distances, packed. */
  readonly distances: string;
}

/** The blocks of a range, of `size` chains each, from the distances of all of its chains in order, NaN where a chain diverged. */
export function distanceBlocks(values: Float32Array | Float64Array, {first, count}: ReplicaRange, size: number): readonly DistanceBlock[] {
  return Array.from({length: count}, (_, i): DistanceBlock => {
    const used = values.subarray(i * size, (i + 1) * size).filter(Number.isFinite);
    return {block: first + i, used: used.length, distances: packDistances(used)};
  });
}

function filled<T extends Float32Array | Float64Array>(all: T, blocks: readonly DistanceBlock[], unpack: (text: string) => T): T {
  let at = 0;
  for (const {distances} of blocks) {
    const values = unpack(distances);
    all.set(values, at);
    at += values.length;
  }
  return all;
}

const usedOf = (blocks: readonly DistanceBlock[]): number => blocks.reduce((sum, {used}) => sum + used, 0);

/** The distances in float32 of the chains of all blocks that did not diverge, in no order. */
export const distancesOfBlocks = (blocks: readonly DistanceBlock[]): Float32Array => filled(new Float32Array(usedOf(blocks)), blocks, unpackDistances);

/** The same in float64. */
export const float64DistancesOfBlocks = (blocks: readonly DistanceBlock[]): Float64Array => filled(new Float64Array(usedOf(blocks)), blocks, unpackFloat64Distances);
