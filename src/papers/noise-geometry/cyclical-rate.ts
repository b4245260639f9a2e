import {dot, matVec, mul, neg, sub} from "../../kernels/index.ts";
import type {Simulation} from "../../kernels/index.ts";
import {instabilityThresholds} from "../../numerics/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {flattestTrace, gradientSpectrum, gradientTrace, networkLoss, teacherRegression} from "./diagonal-network.ts";
import type {DiagonalNetwork, TeacherRegression} from "./diagonal-network.ts";
import {diagonalNetworkDescent, diagonalNetworkSgd} from "./diagonal-network-training.ts";
import type {CyclicalRateParameters} from "./cyclical-rate-parameters.ts";
import {scheduledStep} from "./step-schedule.ts";
import type {StepSchedule} from "./step-schedule.ts";

/**
 * The schedules that are compared, each with the rule of its steps: `SGD` draws one sample a step, `GD` takes all of
 * them. Step sizes are multiples of SGD's instability threshold, but those of `GD, own cycles`, which are of 2/λ₁.
 */
export const schedules = ["SGD, cycles", "SGD, small step", "SGD, mean step", "SGD, peak step", "GD, same cycles", "GD, own cycles"] as const;
export type ScheduleName = (typeof schedules)[number];

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

/** A seed's data with the minimum that all of its schedules start from. */
interface Start {
  readonly data: TeacherRegression;
  readonly network: DiagonalNetwork;
  readonly spectrum: readonly number[];
}

const warmUpSteps = 300_000;
const usesSamples = (schedule: ScheduleName) => schedule.startsWith("SGD");

function thresholdOf(schedule: ScheduleName, eigenvalues: readonly number[]): number {
  const {meanSquare, gradientDescent} = instabilityThresholds({eigenvalues, batchSize: 1, noise: "aligned"});
  return schedule === "GD, own cycles" ? gradientDescent : meanSquare;
}

function stepsOf(schedule: ScheduleName, {smallStep, lowStep, peakStep, cycles, cycleSteps}: CyclicalRateParameters, threshold: number): StepSchedule {
  const constant = {"SGD, small step": smallStep, "SGD, mean step": (lowStep + peakStep) / 2, "SGD, peak step": peakStep} as const;
  const value = schedule in constant ? constant[schedule as keyof typeof constant] : undefined;
  return {
    lowStep: threshold * (value ?? lowStep),
    peakStep: threshold * (value ?? peakStep),
    cycleSteps,
    scheduleSteps: cycles * cycleSteps,
    finalStep: threshold * smallStep
  };
}

/** Gradient descent at a quarter of 1/λ₁ until the loss is `startingLoss`. */
async function startOf(parameters: CyclicalRateParameters, seed: number, {stream, ensembles}: ExperimentContext): Promise<Start> {
  const own = stream(`seed ${seed}`, 0);
  const data = teacherRegression(parameters, own);
  const entries = own.generator("initial network").normals(2 * data.dimension).map((value) => value * parameters.initialScale);
  const initial = {first: entries.subarray(0, data.dimension), second: entries.subarray(data.dimension)};
  const stepSize = 0.25 / gradientSpectrum(data, initial)[0]!;
  const dynamics = diagonalNetworkDescent(data.dimension);
  const {atEnd, reasons} = await ensembles.firstPassages(dynamics, {
    parameters: {lowStep: stepSize, peakStep: stepSize, finalStep: stepSize, cycleSteps: warmUpSteps, scheduleSteps: 0, firstStart: initial.first, secondStart: initial.second, inputMoments: data.inputMoments, teacher: data.teacher},
    key: own.ensembleKey(),
    replicas: 1,
    precision: "float64",
    steps: warmUpSteps,
    quantity: ({first, second}, {parameters: {inputMoments, teacher}}) => {
      const error = sub(mul(first, second), teacher);
      return {closeness: neg(mul(0.5, dot(error, matVec(inputMoments, error))))};
    },
    levels: [-parameters.startingLoss],
    record: ({first, second}) => ({first, second})
  });
  if (reasons[0] !== "passed") throw new RangeError(`startingLoss: expected one that gradient descent reaches within ${warmUpSteps} steps, found ${parameters.startingLoss}: seed ${seed} ended ${reasons[0]}`);
  const network = {first: atEnd.first!, second: atEnd.second!};
  return {data, network, spectrum: gradientSpectrum(data, network)};
}

/** One schedule from a start; with `every`, its states are kept along the way. */
function train(schedule: ScheduleName, start: Start, steps: StepSchedule, parameters: CyclicalRateParameters, seed: number, {stream, ensembles}: ExperimentContext, every?: number): Promise<Simulation> {
  const {data, network} = start;
  const bound = {...steps, firstStart: Array.from(network.first), secondStart: Array.from(network.second)};
  const request = {key: stream(`seed ${seed}`, 1).ensembleKey(), replicas: 1, precision: "float64", steps: steps.scheduleSteps + parameters.finalSteps, ...(every === undefined ? {} : {every})} as const;
  if (usesSamples(schedule)) {
    const tables = {samples: {rows: data.count, values: data.table}};
    return ensembles.simulate(diagonalNetworkSgd(data.dimension), {...request, parameters: bound, tables, ...(every === undefined ? {} : {observe: ({first, second}) => ({first, second})})});
  }
  const full = {...bound, inputMoments: data.inputMoments, teacher: data.teacher};
  return ensembles.simulate(diagonalNetworkDescent(data.dimension), {...request, parameters: full, ...(every === undefined ? {} : {observe: ({first, second}) => ({first, second})})});
}

function outcomeOf(seed: number, schedule: ScheduleName, {data, spectrum}: Start, steps: StepSchedule, {state, divergedAt}: Simulation, {matchedLoss}: CyclicalRateParameters): CyclicalOutcome {
  const network = {first: state.first!, second: state.second!};
  const diverged = divergedAt[0]! > 0;
  const loss = diverged ? null : networkLoss(data, network);
  const end = diverged ? null : gradientSpectrum(data, network);
  return {
    seed,
    schedule,
    threshold: thresholdOf(schedule, spectrum),
    startTrace: spectrum.reduce((sum, value) => sum + value, 0),
    startSharpness: spectrum[0]!,
    flattestTrace: flattestTrace(data),
    loss,
    trace: end === null ? null : gradientTrace(data, network),
    sharpness: end === null ? null : end[0]!,
    margin: end === null ? null : thresholdOf(schedule, end) / steps.peakStep,
    reached: loss !== null && loss <= matchedLoss,
    divergedAt: diverged ? divergedAt[0]! : null
  };
}

/**
 * E1.5: every schedule of every seed, from a minimum that the seed's schedules share. All schedules of SGD of a seed
 * see the samples in one order. Computed in float64.
 * @throws RangeError where gradient descent does not come to the starting loss.
 */
export async function cyclicalRate(parameters: CyclicalRateParameters, context: ExperimentContext): Promise<readonly CyclicalOutcome[]> {
  const {seeds} = parameters;
  let finished = 0;
  const ofSeed = async (seed: number): Promise<readonly CyclicalOutcome[]> => {
    const start = await startOf(parameters, seed, context);
    const outcomes = await Promise.all(schedules.map(async (schedule) => {
      const steps = stepsOf(schedule, parameters, thresholdOf(schedule, start.spectrum));
      return outcomeOf(seed, schedule, start, steps, await train(schedule, start, steps, parameters, seed, context), parameters);
    }));
    finished += 1;
    context.progress(finished, seeds);
    return outcomes;
  };
  return (await Promise.all(Array.from({length: seeds}, (_, seed) => ofSeed(seed)))).flat();
}

const pointsOfPath = 120;

/** The first seed's runs of {@link cyclicalRate} along their way, at about 120 moments of each; a run that diverges is followed until it does. */
export async function cyclicalPaths(parameters: CyclicalRateParameters, context: ExperimentContext): Promise<readonly CyclicalPoint[]> {
  const start = await startOf(parameters, 0, context);
  const {data, network} = start;
  const every = Math.max(1, Math.floor((parameters.cycles * parameters.cycleSteps + parameters.finalSteps) / pointsOfPath));
  const paths = await Promise.all(schedules.map(async (schedule) => {
    const threshold = thresholdOf(schedule, start.spectrum);
    const steps = stepsOf(schedule, parameters, threshold);
    const {samples, sampleCount, divergedAt} = await train(schedule, start, steps, parameters, 0, context, every);
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
  }));
  return paths.flat();
}
