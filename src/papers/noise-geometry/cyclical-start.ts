import {dot, matVec, mul, neg, sub} from "../../kernels/index.ts";
import type {ExperimentContext} from "../experiment.ts";
import {gradientSpectrum, teacherRegression} from "./diagonal-network.ts";
import type {DiagonalNetwork, TeacherRegression} from "./diagonal-network.ts";
import {diagonalNetworkDescent} from "./diagonal-network-training.ts";
import type {CyclicalRateParameters} from "./cyclical-rate-parameters.ts";

/** What decides the minimum that all schedules of a seed start from. */
export type StartParameters = Pick<CyclicalRateParameters, "samples" | "dimension" | "initialScale" | "startingLoss">;

/** A seed's data with the minimum that all of its schedules start from. */
export interface CyclicalStart {
  readonly data: TeacherRegression;
  readonly network: DiagonalNetwork;
  /** Eigenvalues of G there, sharpest first. */
  readonly spectrum: readonly number[];
}

const warmUpSteps = 300_000;

/**
 * Gradient descent at a quarter of 1/λ₁ until the loss is `startingLoss`.
 * @throws RangeError where it does not come there.
 */
export async function cyclicalStart(parameters: StartParameters, seed: number, {stream, ensembles}: Pick<ExperimentContext, "stream" | "ensembles">): Promise<CyclicalStart> {
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
