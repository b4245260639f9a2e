import type {Simulation} from "../../kernels/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import type {RelativeSchedule} from "./cyclical-schedules.ts";
import type {CyclicalStart} from "./cyclical-start.ts";
import {diagonalNetworkDescent, diagonalNetworkSgd} from "./diagonal-network-training.ts";
import type {StepSchedule} from "./step-schedule.ts";

/** One schedule from a start; with `every`, its states are kept along the way. */
export function trainSchedule({schedule, finalSteps}: Pick<RelativeSchedule, "schedule" | "finalSteps">, start: CyclicalStart, steps: StepSchedule, seed: number, {stream, ensembles}: Pick<ExperimentContext, "stream" | "ensembles">, every?: number): Promise<Simulation> {
  const {data, network} = start;
  const bound = {...steps, firstStart: Array.from(network.first), secondStart: Array.from(network.second)};
  const request = {key: stream(`seed ${seed}`, 1).ensembleKey(), replicas: 1, precision: "float64", steps: steps.scheduleSteps + finalSteps, ...(every === undefined ? {} : {every})} as const;
  if (schedule.startsWith("SGD")) {
    const tables = {samples: {rows: data.count, values: data.table}};
    return ensembles.simulate(diagonalNetworkSgd(data.dimension), {...request, parameters: bound, tables, ...(every === undefined ? {} : {observe: ({first, second}) => ({first, second})})});
  }
  const full = {...bound, inputMoments: data.inputMoments, teacher: data.teacher};
  return ensembles.simulate(diagonalNetworkDescent(data.dimension), {...request, parameters: full, ...(every === undefined ? {} : {observe: ({first, second}) => ({first, second})})});
}
