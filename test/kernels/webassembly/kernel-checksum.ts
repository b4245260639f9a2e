import {createHash} from "node:crypto";

import fc from "fast-check";

import {normalPair} from "../../../src/kernels/functions/index.ts";
import {nextWord, seedReplica} from "../../../src/kernels/generators/index.ts";
import type {LaneBits} from "../../../src/kernels/lane-arithmetic.ts";
import {laneBuilder} from "../../../src/kernels/lane-builder.ts";
import type {LaneProgram} from "../../../src/kernels/lane-program.ts";
import {product, scalar, sum} from "../../../src/kernels/scalar.ts";
import {assemble, instantiate} from "../../../src/kernels/webassembly/index.ts";
import {laneScripts, randomLaneProgram, randomProgramArguments, randomProgramMemory, randomProgramResult} from "../random-lane-program.ts";

/** 300 steps of a random walk with normal increments in each of 16 replicas. */
function walk(bits: LaneBits): LaneProgram {
  const builder = laneBuilder(bits, 128 / bits);
  const [block, step] = [builder.counter(), builder.counter()];
  const state = [0, 1, 2, 3].map(() => builder.variable("word"));
  const position = builder.variable("real");
  builder.for(block, scalar(0), scalar(16 / builder.lanes), 1, () => {
    const replica = builder.addWords(builder.splat(product(block, builder.lanes)), builder.laneNumbers());
    const seeded = seedReplica(builder, [builder.word(1n), builder.word(2n)], replica);
    builder.set([position, builder.real(0)], ...state.map((variable, index) => [variable, seeded[index]] as const));
    builder.for(step, scalar(0), scalar(150), 1, () => {
      const [s0, s1, s2, s3] = state.map((variable) => builder.read(variable));
      const first = nextWord(builder, [s0, s1, s2, s3]);
      const second = nextWord(builder, first.state);
      const [x, y] = normalPair(builder, first.output, second.output);
      const next = builder.add(builder.multiply(builder.read(position), builder.real(0.9)), builder.add(x, y));
      builder.set([position, next], ...state.map((variable, index) => [variable, second.state[index]] as const));
    });
    builder.store(sum(product(block, 16), 64), builder.read(position));
  });
  return builder.finish();
}

/** A hash of what kernels of both widths leave in memory: walks, and random programs. */
export function kernelChecksum(): string {
  const hash = createHash("sha256");
  for (const bits of [32, 64] as const) {
    const memory = new WebAssembly.Memory({initial: 1});
    instantiate(assemble(walk(bits)), memory).run(0);
    hash.update(new Uint8Array(memory.buffer, 64, 2 * bits));
    for (const script of fc.sample(laneScripts, {numRuns: 60, seed: 7})) {
      new Uint8Array(memory.buffer).set(new Uint8Array(randomProgramMemory(bits).buffer));
      instantiate(assemble(randomLaneProgram(bits, 128 / bits, script)), memory).run(randomProgramArguments);
      hash.update(randomProgramResult(bits, new DataView(memory.buffer)).map((value) => (Object.is(value, -0) ? "-0" : String(value))).join());
    }
  }
  return hash.digest("hex");
}
