import {endReasons} from "../kernel-arguments.ts";
import type {EndReason} from "../kernel-arguments.ts";
import type {Binding, Block, PassageBlock, PassageKernel, PassageRun} from "../kernel.ts";
import {componentsOf} from "../memory-layout.ts";
import {float32Lanes, float64Lanes} from "../number-lanes.ts";
import {zeros} from "./interpret-simulation.ts";
import {planGraph} from "../region-plan.ts";
import type {NumberLanes} from "./replica.ts";
import {trajectories} from "./trajectory.ts";

function passages<W>(lanes: NumberLanes<W>, kernel: PassageKernel, binding: Binding, {first, count}: Block, run: PassageRun): PassageBlock {
  const start = trajectories(lanes, kernel.dynamics, binding);
  const quantity = planGraph("observables", {quantity: kernel.quantity});
  const recording = planGraph("observables", kernel.records);
  const components = componentsOf(kernel.records);
  const levels = run.levels.map((level) => lanes.real(level));
  const passed = new Int32Array(levels.length * count);
  const ends = new Int32Array(count);
  const reasons = new Int32Array(count);
  const records = zeros(kernel.bits, (levels.length + 1) * components * count);
  for (let r = 0; r < count; r++) {
    const trajectory = start(first + r);
    const record = (row: number) => trajectory.read(recording).flat().forEach((value, component) => (records[(row * components + component) * count + r] = value));
    let next = 0;
    let reason: EndReason | undefined;
    for (let step = 1; reason === undefined; step++) {
      trajectory.advance();
      const value = trajectory.read(quantity)[0]![0]!;
      if (!(value < Infinity)) reason = "diverged";
      else {
        for (; next < levels.length && lanes.lessOrEqual(levels[next]!, value); next++) {
          passed[next * count + r] = step;
          record(next);
        }
        if (next === levels.length) reason = "passed";
        else if (step === run.steps) reason = "censored";
      }
      ends[r] = step;
    }
    reasons[r] = endReasons.indexOf(reason);
    record(levels.length);
  }
  return {passages: passed, ends, reasons, records};
}

/**
 * What a passage kernel gives, computed plainly, replica after replica and
 * value after value: the meaning of a kernel, that the compiled ones are held
 * against. What it is given was checked before, as for them.
 */
export function interpretPassages(kernel: PassageKernel, binding: Binding, block: Block, run: PassageRun): PassageBlock {
  return kernel.bits === 32 ? passages(float32Lanes, kernel, binding, block, run) : passages(float64Lanes, kernel, binding, block, run);
}
