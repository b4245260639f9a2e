import {instabilityThresholds} from "../../numerics/index.ts";
import type {CyclicalRateParameters} from "./cyclical-rate-parameters.ts";
import type {StepSchedule} from "./step-schedule.ts";

/**
 * The schedules that are compared, each with the rule of its steps: `SGD` draws one sample a step, `GD` takes all of
 * them. Step sizes are multiples of SGD's instability threshold, but those of `GD, own cycles`, which are of 2/λ₁.
 */
export const schedules = ["SGD, cycles", "SGD, small step", "SGD, mean step", "SGD, peak step", "GD, same cycles", "GD, own cycles"] as const;
export type ScheduleName = (typeof schedules)[number];

/** One schedule with step sizes in multiples of the threshold of the minimum that it starts from. */
export interface RelativeSchedule extends Pick<CyclicalRateParameters, "cycles" | "cycleSteps" | "finalSteps"> {
  readonly schedule: ScheduleName;
  /** Least and greatest step of a cycle; equal where the step is constant. */
  readonly low: number;
  readonly peak: number;
  /** Step of the final phase. */
  readonly final: number;
}

/** The schedules in their order. */
export function relativeSchedules({smallStep, lowStep, peakStep, cycles, cycleSteps, finalSteps}: Pick<CyclicalRateParameters, "smallStep" | "lowStep" | "peakStep" | "cycles" | "cycleSteps" | "finalSteps">): readonly RelativeSchedule[] {
  const constant: Partial<Record<ScheduleName, number>> = {"SGD, small step": smallStep, "SGD, mean step": (lowStep + peakStep) / 2, "SGD, peak step": peakStep};
  return schedules.map((schedule) => ({schedule, low: constant[schedule] ?? lowStep, peak: constant[schedule] ?? peakStep, final: smallStep, cycles, cycleSteps, finalSteps}));
}

/** The step size from which on a minimum with these eigenvalues of G is unstable, of which a schedule's steps are multiples. */
export function scheduleThreshold(schedule: ScheduleName, eigenvalues: readonly number[]): number {
  const {meanSquare, gradientDescent} = instabilityThresholds({eigenvalues, batchSize: 1, noise: "aligned"});
  return schedule === "GD, own cycles" ? gradientDescent : meanSquare;
}

/** The step sizes of a schedule from a minimum of this threshold. */
export function stepsAt({low, peak, final, cycles, cycleSteps}: RelativeSchedule, threshold: number): StepSchedule {
  return {lowStep: threshold * low, peakStep: threshold * peak, cycleSteps, scheduleSteps: cycles * cycleSteps, finalStep: threshold * final};
}
