import type {Kernel} from "../kernel.ts";
import {lowerPassages} from "./lower-passages.ts";
import {lowerSimulation} from "./lower-simulation.ts";
import type {LoweredKernel} from "./lowered-kernel.ts";

export type {LoweredKernel} from "./lowered-kernel.ts";

/** The lane program of a kernel for `lanes` replicas side by side. */
export function lowerKernel(kernel: Kernel, lanes: number): LoweredKernel {
  return kernel.kind === "simulation" ? lowerSimulation(kernel, lanes) : lowerPassages(kernel, lanes);
}
