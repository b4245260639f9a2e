import {sumLanes} from "../kernel-arguments.ts";
import type {Binding, Block, RealArray, SimulationBlock, SimulationKernel, SimulationRun} from "../kernel.ts";
import {componentsOf} from "../memory-layout.ts";
import {float32Lanes, float64Lanes} from "../number-lanes.ts";
import {totalOf} from "./evaluate-graph.ts";
import {planGraph} from "../region-plan.ts";
import type {NumberLanes} from "./replica.ts";
import {trajectories} from "./trajectory.ts";

/** Zeros of a kernel's width. */
export const zeros = (bits: 32 | 64, length: number): RealArray => (bits === 32 ? new Float32Array(length) : new Float64Array(length));

function simulate<W>(lanes: NumberLanes<W>, {dynamics, bits, observables, samples: kept}: SimulationKernel, binding: Binding, {first, count}: Block, {steps, every}: SimulationRun): SimulationBlock {
  const start = trajectories(lanes, dynamics, binding);
  const reading = planGraph("observables", observables);
  const components = componentsOf(observables);
  const sampleCount = components === 0 ? 0 : Math.floor(steps / every);
  const sums = kept === "sums";
  const states = zeros(bits, componentsOf(dynamics.step) * count);
  const divergences = new Int32Array(count);
  const samples = zeros(bits, sampleCount * (sums ? (components + 1) * sumLanes : components * count));
  const add = (index: number, value: number, alive: boolean) => {
    samples[index] = lanes.add(samples[index]!, lanes.select(alive, value, lanes.real(0)));
  };
  for (let r = 0; r < count; r++) {
    const trajectory = start(first + r);
    for (let step = 1; step <= steps; step++) {
      trajectory.advance();
      const total = totalOf(lanes, trajectory.state());
      if (divergences[r] === 0 && !lanes.equal(lanes.subtract(total, total), lanes.real(0))) divergences[r] = step;
      if (components === 0 || step % every !== 0) continue;
      const sample = step / every - 1;
      const alive = divergences[r] === 0;
      const values = trajectory.read(reading).flat();
      if (sums) [...values, 1].forEach((value, component) => add((sample * (components + 1) + component) * sumLanes + (r % sumLanes), value, alive));
      else values.forEach((value, component) => (samples[(sample * components + component) * count + r] = value));
    }
    trajectory.state().flat().forEach((value, component) => (states[component * count + r] = value));
  }
  return {states, divergences, samples};
}

/**
 * What a simulation kernel gives, computed plainly, replica after replica and
 * value after value: the meaning of a kernel, that the compiled ones are held
 * against. What it is given was checked before, as for them.
 */
export function interpretSimulation(kernel: SimulationKernel, binding: Binding, block: Block, run: SimulationRun): SimulationBlock {
  return kernel.bits === 32 ? simulate(float32Lanes, kernel, binding, block, run) : simulate(float64Lanes, kernel, binding, block, run);
}
