import type {Ensembles, RunOptions} from "../kernels/index.ts";
import {createStream} from "../random/index.ts";
import {checksum} from "./checksum.ts";
import {densityBins} from "./density-bins.ts";
import type {DensityBin} from "./density-bins.ts";
import {distanceOfDistributions} from "./distance-of-distributions.ts";
import {studentSteps} from "./student-diffusion.ts";
import {studentDistribution, studentTemperature} from "./student-law.ts";

/** What a reader chooses. */
export interface StudentChoice {
  readonly seed: number;
  /** Δ, a divisor of the duration. */
  readonly timeStep: number;
  readonly replicas: number;
}

/** The choices that the build has run already. */
export const studentChoices = {seed: [0, 1, 2], timeStep: [0.2, 0.1, 0.05, 0.02], replicas: [1_000, 10_000, 100_000]} as const;

/** Time from the start at 0 to the histogram; what is left of the start then decays at the rates 2 − 2T = 1.5 and more. */
const duration = 8;

/** Where the replicas are at the end, beside the exact stationary law. */
export interface StudentRun {
  readonly bins: readonly DensityBin[];
  /** sup |Fₙ − F|. */
  readonly distance: number;
  /** What `distance` of as many exact samples exceeds with probability 5 %, 1.358/√n. */
  readonly criticalDistance: number;
  /** Replicas that left the numbers, in no bin. */
  readonly diverged: number;
  /** Of the positions' float32, replica after replica. */
  readonly checksum: string;
  readonly replicaSteps: number;
}

/** Runs the Student diffusion from 0 to stationarity. The same choice gives the same bits wherever it is run. */
export async function runStudentDiffusion(ensembles: Ensembles, {seed, timeStep, replicas}: StudentChoice, options?: RunOptions): Promise<StudentRun> {
  const steps = Math.round(duration / timeStep);
  const key = createStream({seed, experiment: "new-equation", cell: `timeStep ${timeStep}`, block: 0}).ensembleKey();
  const {state, divergedAt} = await ensembles.simulate(studentSteps, {parameters: {temperature: studentTemperature, timeStep}, key, replicas, steps}, options);
  const positions = state.position!.filter((_, replica) => divergedAt[replica] === 0);
  return {
    bins: densityBins(positions, {from: -3.5, to: 3.5, bins: 28}),
    distance: distanceOfDistributions(positions, studentDistribution),
    criticalDistance: 1.358 / Math.sqrt(positions.length),
    diverged: replicas - positions.length,
    checksum: checksum(state.position!),
    replicaSteps: replicas * steps
  };
}
