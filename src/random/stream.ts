import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { checkInteger } from "./check-integer.ts";
import { checkSeed } from "./check-seed.ts";
import { createGenerator } from "./generator.ts";
import type { Generator } from "./generator.ts";

/** Where in a run random numbers belong. Equal addresses give equal numbers, whatever else is drawn before them. */
export interface StreamAddress {
  /** The run's seed, an integer in [0, 2^53 - 1]. */
  readonly seed: number;
  /** The experiment's name. */
  readonly experiment: string;
  /** The cell's name, unique in its experiment. */
  readonly cell: string;
  /** The block of replicas, counted from 0. */
  readonly block: number;
}

/** The two 32-bit integers that select the numbers of one stateless native operation or of an ensemble. */
export type StreamKey = readonly [number, number];

/** The random numbers of one address. It holds no position: what a call returns depends on its arguments alone. */
export interface RandomStream {
  readonly address: StreamAddress;
  /** The key of a step, a non-negative integer. `purpose` tells apart several draws of one step. */
  key(step: number, purpose?: string): StreamKey;
  /** Two uint32 that select the generators of an ensemble's replicas. */
  ensembleKey(): StreamKey;
  /** A generator at its start; the same purpose gives the same sequence again. */
  generator(purpose: string): Generator;
}

const checkName = (value: unknown, where: string): string => {
  if (typeof value !== "string") throw new TypeError(`${where}: expected a string, found ${typeof value}`);
  return value;
};

/**
 * The random stream of an address: counter-based, so that blocks and steps can be computed in any order, on any
 * number of processes, and give the same numbers.
 *
 * Everything is read from SHA-256 (FIPS 180-4) of UTF-8 text, two JSON arrays one after the other,
 *
 *     ["driftbook stream 1",seed,experiment,cell,block]["key",purpose,step]
 *     ["driftbook stream 1",seed,experiment,cell,block]["ensemble"]
 *     ["driftbook stream 1",seed,experiment,cell,block]["generator",purpose]
 *
 * JSON delimits every field, so two different addresses never share a text. A key is the first 8 bytes of the digest
 * as two big-endian int32 (uint32 for an ensemble), a generator starts from its first 16 bytes.
 *
 * Among n keys, some two agree with probability about n² / 2^65: 3e-10 for the 10^5 steps of one stream, 3e-4 for
 * 10^8 keys in a whole run. Two agreeing keys make one step of two blocks share its noise, nothing more: no later step
 * follows from a key. Two ensembles that agree share all their noise: 3e-14 for 10^3 of them. Among n generators it is
 * n² / 2^129.
 * @throws RangeError for a seed, block or step that is no integer in [0, 2^53 - 1]; TypeError for a name that is no
 * string.
 */
export const createStream = (address: StreamAddress): RandomStream => {
  const { seed, experiment, cell, block } = address;
  const checked: StreamAddress = Object.freeze({
    seed: checkSeed(seed),
    experiment: checkName(experiment, "experiment"),
    cell: checkName(cell, "cell"),
    block: checkInteger(block, "block"),
  });
  const prefix = sha256
    .create()
    .update(utf8ToBytes(JSON.stringify(["driftbook stream 1", checked.seed, experiment, cell, checked.block])));
  const digest = (use: readonly unknown[]): DataView => {
    const bytes = prefix.clone().update(utf8ToBytes(JSON.stringify(use))).digest();
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };

  return {
    address: checked,
    key(step, purpose = "") {
      const words = digest(["key", checkName(purpose, "purpose"), checkInteger(step, "step")]);
      return [words.getInt32(0), words.getInt32(4)];
    },
    ensembleKey() {
      const words = digest(["ensemble"]);
      return [words.getUint32(0), words.getUint32(4)];
    },
    generator(purpose) {
      const words = digest(["generator", checkName(purpose, "purpose")]);
      return createGenerator([words.getInt32(0), words.getInt32(4), words.getInt32(8), words.getInt32(12)]);
    },
  };
};
