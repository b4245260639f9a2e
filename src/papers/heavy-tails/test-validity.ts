import {binomialInterval, fitStudentLaw, kolmogorovSmirnov, studentLaw} from "../../statistics/index.ts";
import type {RandomSource, StudentLaw} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {Cell, ExperimentContext} from "../experiment.ts";
import type {TestValidityParameters} from "./finite-data-parameters.ts";
import {oneDimensionalDiffusion} from "./one-dimensional-diffusion.ts";

/** Where the values of a test come from: draws of the law, one chain thinned to independence, or its consecutive iterates. */
export type TestedData = "independent draws" | "thinned chain" | "consecutive iterates";

/** Which p-value is taken: the tabulated one of the true law or of a law fitted to the same values, or a bootstrap with refits. */
export type TestedPValue = "true law" | "fitted law" | "fitted law, bootstrap";

/** How often a Kolmogorov–Smirnov test at level 0.05 rejects data whose law is right. */
export interface ValidityRow {
  readonly data: TestedData;
  readonly pValue: TestedPValue;
  readonly rejected: number;
  readonly replicates: number;
  readonly rate: number;
  /** Clopper and Pearson's 95 % interval. */
  readonly low: number;
  readonly high: number;
}

const level = 0.05;
const warmUp = 20;

/** The stationary law of hSGD in one dimension without ridge, L = (1 + z²)/2: Student's with ν = 1 + 2B/(γλ) on the scale 1/√ν. */
export function stationaryStudentLaw(temperature: number): StudentLaw {
  const degreesOfFreedom = 1 + 2 / temperature;
  return studentLaw({location: 0, scale: 1 / Math.sqrt(degreesOfFreedom), degreesOfFreedom});
}

/** Tests of one kind of data; values along chains are `spacing` relaxation times 1/(γλ) apart. */
interface TestedCell extends Pick<TestValidityParameters, "temperature" | "draws" | "replicates"> {
  readonly data: TestedData;
  /** Null for independent draws. */
  readonly chain: {readonly relativeTimeStep: number; readonly spacing: number} | null;
}

/** The values of all tests, one row of `draws` a replicate: draws of the law, or a chain of hSGD at stationarity. */
async function valuesOf({data, temperature, draws, replicates, chain}: TestedCell, law: StudentLaw, {stream, ensembles}: Pick<ExperimentContext, "stream" | "ensembles">): Promise<readonly Float64Array[]> {
  if (chain === null) {
    const random = stream(data, 0).generator("draws");
    return Array.from({length: replicates}, () => Float64Array.from({length: draws}, () => law.draw(random)));
  }
  const {relativeTimeStep, spacing} = chain;
  const timeStep = relativeTimeStep / temperature;
  const every = Math.max(1, Math.round(spacing / relativeTimeStep));
  const skipped = Math.ceil((warmUp / relativeTimeStep) / every);
  const {samples} = await ensembles.simulate(oneDimensionalDiffusion, {
    parameters: {stepSize: temperature, batchSize: 1, curvature: 1, solution: 0, ridge: 0, minimumLoss: 0.5, timeStep},
    key: stream(data, 0).ensembleKey(),
    replicas: replicates,
    steps: every * (skipped + draws),
    every,
    observe: ({deviation}) => ({deviation}),
    samples: "replicas"
  });
  return Array.from({length: replicates}, (_, replicate) => Float64Array.from({length: draws}, (_, i) => samples.deviation![(skipped + i) * replicates + replicate]!));
}

interface Test {
  readonly trueLaw: boolean;
  readonly fittedLaw: boolean;
  /** The distance to the law fitted to the values, and of one bootstrap sample of that law to the law fitted to it. */
  readonly distance: number;
  readonly bootstrapped: number;
}

function fittedDistance(values: Float64Array): {readonly law: StudentLaw; readonly distance: number; readonly pValue: number} {
  const law = studentLaw(fitStudentLaw(values));
  const {statistic, pValue} = kolmogorovSmirnov(values, law.cdf);
  return {law, distance: statistic, pValue};
}

function testOf(values: Float64Array, law: StudentLaw, random: RandomSource): Test {
  const fitted = fittedDistance(values);
  const resample = Float64Array.from(values, () => fitted.law.draw(random));
  return {trueLaw: kolmogorovSmirnov(values, law.cdf).pValue <= level, fittedLaw: fitted.pValue <= level, distance: fitted.distance, bootstrapped: fittedDistance(resample).distance};
}

function rowsOf(data: TestedData, tests: readonly Test[]): readonly ValidityRow[] {
  const resampled = Float64Array.from(tests, ({bootstrapped}) => bootstrapped).sort();
  const critical = resampled[Math.ceil((1 - level) * resampled.length) - 1]!;
  const row = (pValue: TestedPValue, isRejected: (test: Test) => boolean): ValidityRow => {
    const rejected = tests.filter(isRejected).length;
    const {low, high} = binomialInterval(rejected, tests.length);
    return {data, pValue, rejected, replicates: tests.length, rate: rejected / tests.length, low, high};
  };
  return [row("true law", ({trueLaw}) => trueLaw), row("fitted law", ({fittedLaw}) => fittedLaw), row("fitted law, bootstrap", ({distance}) => distance > critical)];
}

/**
 * How often Kolmogorov–Smirnov tests at level 0.05 reject values whose law is exactly right, Student's as the
 * stationary law of hSGD in one dimension: with all parameters known, with parameters fitted to the same values, and
 * with the critical value of a parametric bootstrap, for independent values, a thinned chain and consecutive iterates
 * one step of SGD apart. The bootstrap is pooled over the replicates, one sample each. A cell is one kind of values; it
 * has no replicas, since its rows are shares of all replicates.
 *
 * Source: R. Giacomini, D. N. Politis, H. White, Econometric Theory 29 (2013) 567, for the pooled bootstrap.
 */
export const testValidity = /* @__PURE__ */ defineExperiment({
  cells: ({temperature, draws, replicates, relativeTimeStep, thinning}: TestValidityParameters) => {
    const spacings: readonly (readonly [TestedData, number | null])[] = [["independent draws", null], ["thinned chain", thinning], ["consecutive iterates", temperature]];
    return spacings.map(([data, spacing]): Cell<TestedCell> => ({name: data, reads: {data, temperature, draws, replicates, chain: spacing === null ? null : {relativeTimeStep, spacing}}}));
  },

  async run(reads: TestedCell, {stream, ensembles, progress}): Promise<readonly ValidityRow[]> {
    const {data, temperature} = reads;
    const law = stationaryStudentLaw(temperature);
    const random = stream(data, 0).generator("bootstrap");
    const values = await valuesOf(reads, law, {stream, ensembles});
    const tests = values.map((sample, replicate) => {
      if (replicate % 50 === 0) progress(replicate, values.length);
      return testOf(sample, law, random);
    });
    return rowsOf(data, tests);
  }
});
