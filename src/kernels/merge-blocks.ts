import type {Graph} from "./dynamics.ts";
import {sumLanes} from "./kernel-arguments.ts";
import type {Block, RealArray, SimulationBlock} from "./kernel.ts";
import type {LaneBits} from "./lane-arithmetic.ts";
import {componentsOf} from "./memory-layout.ts";
import {sizeOf} from "./value.ts";

const realArray = (bits: LaneBits, length: number): RealArray => (bits === 32 ? new Float32Array(length) : new Float64Array(length));

/** From blocks of (rows, components, count) the arrays (rows, replicas, n) by name, `rows` of them from row `row` on. */
export function gatherComponents(graph: Graph, bits: LaneBits, replicas: Block, blocks: readonly Block[], partOf: (index: number) => RealArray, row: number, rows: number): Readonly<Record<string, RealArray>> {
  const components = componentsOf(graph);
  let before = 0;
  return Object.fromEntries(
    Object.entries(graph).map(([name, {shape}]) => {
      const length = sizeOf(shape);
      const all = realArray(bits, rows * replicas.count * length);
      blocks.forEach(({first, count}, index) => {
        const values = partOf(index);
        for (let r = 0; r < rows; r++)
          for (let i = 0; i < length; i++) {
            const from = ((row + r) * components + before + i) * count;
            const to = (r * replicas.count + first - replicas.first) * length + i;
            if (length === 1) all.set(values.subarray(from, from + count), to);
            else for (let replica = 0; replica < count; replica++) all[to + replica * length] = values[from + replica]!;
          }
      });
      before += length;
      return [name, all];
    })
  );
}

const laneSums = new Float64Array(sumLanes);

/** Sum of the 16 lanes of a block in a fixed order, by pairs. */
function sumOfLanes(values: RealArray, from: number): number {
  for (let lane = 0; lane < sumLanes; lane++) laneSums[lane] = values[from + lane]!;
  for (let width = sumLanes / 2; width >= 1; width /= 2) for (let lane = 0; lane < width; lane++) laneSums[lane]! += laneSums[lane + width]!;
  return laneSums[0]!;
}

/** Sums over the replicas of all blocks, in the order of the blocks. */
export function mergeSums(graph: Graph, sampleCount: number, results: readonly SimulationBlock[]): {readonly sums: Readonly<Record<string, Float64Array>>; readonly counts: Float64Array} {
  const components = componentsOf(graph);
  const total = (sample: number, component: number) => results.reduce((sum, {samples}) => sum + sumOfLanes(samples, (sample * (components + 1) + component) * sumLanes), 0);
  let before = 0;
  const sums = Object.fromEntries(
    Object.entries(graph).map(([name, {shape}]) => {
      const [first, length] = [before, sizeOf(shape)];
      before += length;
      return [name, Float64Array.from({length: sampleCount * length}, (_, i) => total(Math.floor(i / length), first + (i % length)))];
    })
  );
  return {sums, counts: Float64Array.from({length: sampleCount}, (_, sample) => total(sample, components))};
}

/** Numbers of blocks one after another. */
export function joinIntegers(count: number, parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(count);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
