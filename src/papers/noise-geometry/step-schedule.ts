import {abs, add, div, less, mul, sub, where} from "../../kernels/index.ts";
import type {Real} from "../../kernels/index.ts";

/** A triangular cyclical step size, then a constant one; equal `low` and `peak` make a constant step. */
export interface StepSchedule {
  /** Step size at both ends of a cycle. */
  readonly lowStep: number;
  /** Step size in the middle of a cycle. */
  readonly peakStep: number;
  /** Steps of one cycle. */
  readonly cycleSteps: number;
  /** Steps of all cycles. */
  readonly scheduleSteps: number;
  /** Step size after them. */
  readonly finalStep: number;
}

/** What dynamics with a schedule are bound with. */
export const scheduleShapes = {lowStep: [], peakStep: [], cycleSteps: [], scheduleSteps: [], finalStep: []} as const;

/** The step size of step `step`, counted from 0, which is step `step` mod `cycleSteps` of its cycle. */
export function scheduledStep({lowStep, peakStep, cycleSteps, scheduleSteps, finalStep}: StepSchedule, step: number): number {
  return step < scheduleSteps ? lowStep + (peakStep - lowStep) * (1 - Math.abs((2 * (step % cycleSteps)) / cycleSteps - 1)) : finalStep;
}

/**
 * The same, traced.
 * @param phase the step within its cycle, a variable of the state
 */
export function tracedStep({lowStep, peakStep, cycleSteps, scheduleSteps, finalStep}: Readonly<Record<keyof StepSchedule, Real>>, step: Real, phase: Real): Real {
  const height = sub(1, abs(sub(div(mul(2, phase), cycleSteps), 1)));
  return where(less(step, scheduleSteps), add(lowStep, mul(sub(peakStep, lowStep), height)), finalStep);
}

/** The phase one step later. */
export const nextPhase = (phase: Real, cycleSteps: Real): Real => where(less(add(phase, 1), cycleSteps), add(phase, 1), 0);
