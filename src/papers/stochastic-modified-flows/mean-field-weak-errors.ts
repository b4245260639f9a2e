import {lionsTermEffect, meanFieldFlow, meanFieldTree, tanhUnit} from "../../numerics/index.ts";
import {controlVariateMean, normalQuantile} from "../../statistics/index.ts";
import type {ControlVariateMean} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import {flowPaths, pairedVariance, quantileParticles} from "./flow-paths.ts";
import type {MeanFieldNetworkParameters} from "./mean-field-parameters.ts";
import type {MeanFieldVariant} from "./scalar-mean-field-values.ts";

/** The weak error of one equation at one step size, and its fluctuations, beside exact ones of SGD. */
export interface MeanFieldWeakError {
  readonly steps: number;
  readonly stepSize: number;
  readonly variant: MeanFieldVariant;
  /** E ∫θ²dΓ_T of SGD, exactly. */
  readonly sgd: number;
  /** The same of the equation, less that of SGD. */
  readonly error: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** Error less that of the full flow under the same noise. */
  readonly beyondFull: number;
  readonly beyondFullError: number;
  /** What the time step adds to the error, by halving it; null where that was not run. */
  readonly timeStepBias: number | null;
  readonly timeStepBiasError: number | null;
  /** Var ∫θ²dΓ_T of SGD, exactly. */
  readonly sgdVariance: number;
  /** The same of the equation. */
  readonly variance: number;
  readonly varianceError: number;
  /** The coefficient of η in the error without the Lions term, by perturbation. */
  readonly lionsEffect: number;
  readonly pairs: number;
}

const intervalWidth = normalQuantile(0.975);
const statistic = (theta: number): number => theta * theta;
const corrections = {"full flow": {own: 1, lions: 1}, "without Lions term": {own: 1, lions: 0}, "without correction": {own: 0, lions: 0}} as const;

const adjustedMean = ({first, mirrored, controls}: Awaited<ReturnType<typeof flowPaths>>): ControlVariateMean => controlVariateMean(first.map((value, i) => (value + mirrored[i]!) / 2), controls);

/** One step size. */
type NetworkCell = Pick<MeanFieldNetworkParameters, "data" | "horizon" | "lowest" | "highest" | "neurons" | "pairs" | "timeSteps"> & {readonly steps: number};

/**
 * E4.5: SGD on f(x) = (1/M) Σ tanh(θₖ x), exactly by the tree of all samples,
 * against the distribution-dependent flow (antithetic pairs, a scheme of weak
 * order 2, control variates; all variants under the same noise) and the
 * deterministic mean-field limit.
 */
export const meanFieldWeakErrors = /* @__PURE__ */ defineExperiment({
  cells: ({data, horizon, lowest, highest, neurons, stepCounts, pairs, timeSteps}: MeanFieldNetworkParameters) =>
    stepCounts.map((steps) => ({name: `steps ${steps}`, reads: {data, horizon, lowest, highest, neurons, pairs, timeSteps, steps}})),

  async run({data, horizon, lowest, highest, neurons, pairs, timeSteps, steps}: NetworkCell, context): Promise<readonly MeanFieldWeakError[]> {
    const network = {unit: tanhUnit, data};
    const particles = quantileParticles(lowest, highest, neurons);
    const lionsEffect = lionsTermEffect({network, particles, horizon, statistic});
    const limit = meanFieldFlow({network, particles, horizon, correction: {own: 0, lions: 0}, statistic}).value;
    const stepSize = horizon / steps;
    const sgd = meanFieldTree({network, particles, stepSize, steps, statistic});
    const key = context.stream(`paths with ${steps} steps`, 0).ensembleKey();
    const run = (correction: (typeof corrections)[keyof typeof corrections], refinement: number) => flowPaths({data, particles, stepSize, horizon, timeSteps: steps * refinement, correction, pairs, key}, context);
    const shared = {steps, stepSize, sgd: sgd.mean, sgdVariance: sgd.variance, lionsEffect, pairs};
    const full = await run(corrections["full flow"], timeSteps);
    const [fullMean, coarse] = [adjustedMean(full), adjustedMean(await run(corrections["full flow"], timeSteps / 2))];
    const variants = Object.keys(corrections) as (keyof typeof corrections)[];
    const rows: MeanFieldWeakError[] = [];
    for (const [done, variant] of variants.entries()) {
      const isFull = variant === "full flow";
      const paths = isFull ? full : await run(corrections[variant], timeSteps);
      const found = isFull ? fullMean : adjustedMean(paths);
      const difference = controlVariateMean(found.adjusted.map((value, i) => value - fullMean.adjusted[i]!), []);
      const {variance, standardError: varianceError} = pairedVariance(paths);
      const error = found.estimate - sgd.mean;
      rows.push({
        ...shared,
        variant,
        error,
        standardError: found.standardError,
        low: error - intervalWidth * found.standardError,
        high: error + intervalWidth * found.standardError,
        beyondFull: difference.estimate,
        beyondFullError: difference.standardError,
        timeStepBias: isFull ? (coarse.estimate - fullMean.estimate) / 3 : null,
        timeStepBiasError: isFull ? Math.hypot(coarse.standardError, fullMean.standardError) / 3 : null,
        variance,
        varianceError
      });
      context.progress(done + 1, variants.length);
    }
    const error = limit - sgd.mean;
    return [...rows, {...shared, variant: "mean-field limit", error, standardError: 0, low: error, high: error, beyondFull: limit - fullMean.estimate, beyondFullError: fullMean.standardError, timeStepBias: null, timeStepBiasError: null, variance: 0, varianceError: 0}];
  }
});
