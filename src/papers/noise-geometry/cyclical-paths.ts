import {defineExperiment} from "../experiment.ts";
import type {CyclicalRateParameters} from "./cyclical-rate-parameters.ts";
import {relativeSchedules, scheduleThreshold, stepsAt} from "./cyclical-schedules.ts";
import type {RelativeSchedule, ScheduleName} from "./cyclical-schedules.ts";
import {cyclicalStart} from "./cyclical-start.ts";
import type {StartParameters} from "./cyclical-start.ts";
import {gradientSpectrum, gradientTrace, networkLoss} from "./diagonal-network.ts";
import type {DiagonalNetwork} from "./diagonal-network.ts";
import {scheduledStep} from "./step-schedule.ts";
import {trainSchedule} from "./train-schedule.ts";

/** One moment of one schedule of the first seed. */
export interface CyclicalPoint {
  readonly schedule: ScheduleName;
  readonly step: number;
  /** η over the threshold at the start. */
  readonly relativeStep: number;
  readonly loss: number;
  readonly trace: number;
  readonly sharpness: number;
}

const pointsOfPath = 120;

/**
 * E1.5: the first seed's runs along their way, at about 120 moments of each; a run that diverges is followed until it does.
 * A cell is one schedule.
 */
export const cyclicalPaths = /* @__PURE__ */ defineExperiment({
  cells: (parameters: CyclicalRateParameters) => {
    const {samples, dimension, initialScale, startingLoss} = parameters;
    return relativeSchedules(parameters).map((relative) => ({name: relative.schedule, reads: {samples, dimension, initialScale, startingLoss, ...relative}}));
  },

  async run(parameters: StartParameters & RelativeSchedule, context): Promise<readonly CyclicalPoint[]> {
    const {schedule, cycles, cycleSteps, finalSteps} = parameters;
    const start = await cyclicalStart(parameters, 0, context);
    const {data, network} = start;
    const every = Math.max(1, Math.floor((cycles * cycleSteps + finalSteps) / pointsOfPath));
    const threshold = scheduleThreshold(schedule, start.spectrum);
    const steps = stepsAt(parameters, threshold);
    const {samples, sampleCount, divergedAt} = await trainSchedule(parameters, start, steps, 0, context, every);
    const part = (name: string, sample: number) => samples[name]!.subarray((sample - 1) * data.dimension, sample * data.dimension);
    const networks = [network, ...Array.from({length: sampleCount}, (_, i): DiagonalNetwork => ({first: part("first", i + 1), second: part("second", i + 1)}))];
    const followed = divergedAt[0]! > 0 ? networks.slice(0, Math.ceil(divergedAt[0]! / every)) : networks;
    return followed.map((point, i): CyclicalPoint => ({
      schedule,
      step: i * every,
      relativeStep: scheduledStep(steps, i * every) / threshold,
      loss: networkLoss(data, point),
      trace: gradientTrace(data, point),
      sharpness: gradientSpectrum(data, point)[0]!
    }));
  }
});
