import {normalPair} from "../../../src/kernels/functions/index.ts";
import {nextWord, seedReplica} from "../../../src/kernels/generators/index.ts";
import type {LaneArithmetic} from "../../../src/kernels/index.ts";
import {float32Lanes, float64Lanes} from "../../../src/kernels/number-lanes.ts";

/** What one replica draws, one after the other. */
export interface ReplicaWords {
  word(): bigint;
  pair(): readonly [number, number];
}

function wordsOf<W extends number | bigint>(lanes: LaneArithmetic<number, W, boolean>, key: readonly [number, number], replica: number): ReplicaWords {
  const word = (value: number) => lanes.word(BigInt(value));
  let generator = seedReplica(lanes, [word(key[0]), word(key[1])], word(replica));
  const next = () => {
    const {output, state} = nextWord(lanes, generator);
    generator = state;
    return output;
  };
  return {
    word: () => BigInt(next()),
    pair() {
      const first = next();
      return normalPair(lanes, first, next());
    }
  };
}

/** The words and normals of a replica, straight from its generator. */
export const replicaWords = (bits: 32 | 64, key: readonly [number, number], replica: number): ReplicaWords => (bits === 32 ? wordsOf(float32Lanes, key, replica) : wordsOf(float64Lanes, key, replica));
