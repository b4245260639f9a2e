import type {Kernel} from "../kernel.ts";
import {sizeOf} from "../value.ts";
import {lowerPassages} from "./lower-passages.ts";
import {lowerSimulation} from "./lower-simulation.ts";
import type {LoweredKernel} from "./lowered-kernel.ts";

export type {LaneShape, LoweredKernel} from "./lowered-kernel.ts";

/**
 * Vectors side by side. A state of few coordinates leaves the processor waiting
 * for each step's result before the next; other replicas fill the wait. More
 * coordinates fill it themselves, and would only run out of registers.
 */
function suitingGroups({kind, dynamics}: Kernel): number {
  const coordinates = Object.values(dynamics.state).reduce((total, shape) => total + sizeOf(shape), 0);
  if (coordinates <= 1) return kind === "simulation" ? 4 : 2;
  return coordinates <= 4 ? 2 : 1;
}

/**
 * The lane program of a kernel for vectors of `width` replicas, `groups` of
 * them side by side; by default as many as suit the kernel.
 */
export function lowerKernel(kernel: Kernel, width: number, groups = suitingGroups(kernel)): LoweredKernel {
  const shape = {width, groups};
  return kernel.kind === "simulation" ? lowerSimulation(kernel, shape) : lowerPassages(kernel, shape);
}
