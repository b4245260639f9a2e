import type {Simulation} from "../../kernels/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {CyclicalRateParameters} from "./cyclical-rate-parameters.ts";
import {relativeSchedules, scheduleThreshold, stepsAt} from "./cyclical-schedules.ts";
import type {ScheduleName} from "./cyclical-schedules.ts";
import {cyclicalStart} from "./cyclical-start.ts";
import type {CyclicalStart} from "./cyclical-start.ts";
import {flattestTrace, gradientSpectrum, gradientTrace, networkLoss} from "./diagonal-network.ts";
import type {StepSchedule} from "./step-schedule.ts";
import {trainSchedule} from "./train-schedule.ts";

/** Where one schedule of one seed begins and ends. */
export interface CyclicalOutcome {
  readonly seed: number;
  readonly schedule: ScheduleName;
  /** Step size at which the common start becomes unstable for this rule: Σ ηλ/(2 − ηλ) = 1 for SGD, 2/λ₁ for GD. */
  readonly threshold: number;
  readonly startTrace: number;
  readonly startSharpness: number;
  /** The least tr G of any network that fits the samples; null where there are fewer samples than inputs. */
  readonly flattestTrace: number | null;
  /** Loss at the end; null where the run diverged. */
  readonly loss: number | null;
  /** tr G at the end; null where the run diverged. */
  readonly trace: number | null;
  /** λ₁(G) at the end; null where the run diverged. */
  readonly sharpness: number | null;
  /** The threshold at the end over the greatest step that was made; null where the run diverged. */
  readonly margin: number | null;
  /** Whether the run ended at the matched loss or below. */
  readonly reached: boolean;
  /** Step at which it diverged; null where it did not. */
  readonly divergedAt: number | null;
}

function outcomeOf(seed: number, schedule: ScheduleName, {data, spectrum}: CyclicalStart, steps: StepSchedule, {state, divergedAt}: Simulation, matchedLoss: number): CyclicalOutcome {
  const network = {first: state.first!, second: state.second!};
  const diverged = divergedAt[0]! > 0;
  const loss = diverged ? null : networkLoss(data, network);
  const end = diverged ? null : gradientSpectrum(data, network);
  return {
    seed,
    schedule,
    threshold: scheduleThreshold(schedule, spectrum),
    startTrace: spectrum.reduce((sum, value) => sum + value, 0),
    startSharpness: spectrum[0]!,
    flattestTrace: flattestTrace(data),
    loss,
    trace: end === null ? null : gradientTrace(data, network),
    sharpness: end === null ? null : end[0]!,
    margin: end === null ? null : scheduleThreshold(schedule, end) / steps.peakStep,
    reached: loss !== null && loss <= matchedLoss,
    divergedAt: diverged ? divergedAt[0]! : null
  };
}

/**
 * E1.5: every schedule of every seed, from a minimum that the seed's schedules share. All schedules of SGD of a seed
 * see the samples in one order. Computed in float64. There is one cell; a replica is a seed.
 * @throws RangeError where gradient descent does not come to the starting loss.
 */
export const cyclicalRate = /* @__PURE__ */ defineExperiment({
  cells: ({seeds, ...reads}: CyclicalRateParameters) => [{name: "schedules", reads, replicas: seeds}],

  async run(parameters: Omit<CyclicalRateParameters, "seeds">, context): Promise<readonly CyclicalOutcome[]> {
    const {progress, replicas} = context;
    let finished = 0;
    const ofSeed = async (seed: number): Promise<readonly CyclicalOutcome[]> => {
      const start = await cyclicalStart(parameters, seed, context);
      const outcomes = await Promise.all(relativeSchedules(parameters).map(async (relative) => {
        const {schedule} = relative;
        const steps = stepsAt(relative, scheduleThreshold(schedule, start.spectrum));
        return outcomeOf(seed, schedule, start, steps, await trainSchedule(relative, start, steps, seed, context), parameters.matchedLoss);
      }));
      finished += 1;
      progress(finished, replicas.count);
      return outcomes;
    };
    return (await Promise.all(Array.from({length: replicas.count}, (_, i) => ofSeed(replicas.first + i)))).flat();
  }
});
