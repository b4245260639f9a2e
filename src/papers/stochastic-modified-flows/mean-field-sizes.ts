import {eulerMaruyama, independentNoiseFlow, tanhNeuron} from "../../dynamics/index.ts";
import {meanFieldTree, tanhUnit} from "../../numerics/index.ts";
import {controlVariateMean, mean, normalQuantile, variance} from "../../statistics/index.ts";
import {defineExperiment} from "../experiment.ts";
import type {ExperimentContext} from "../experiment.ts";
import {flowPaths, meanSquares, pairedVariance, quantileParticles} from "./flow-paths.ts";
import type {MeanFieldNetworkParameters} from "./mean-field-parameters.ts";

/** One number of neurons at one step size. */
export interface MeanFieldSize {
  readonly neurons: number;
  readonly stepSize: number;
  /** Weak error of the flow, with its interval. */
  readonly error: number;
  readonly low: number;
  readonly high: number;
  /** Error over that of the fewest neurons under the same noise, with its interval. */
  readonly ratio: number;
  readonly ratioLow: number;
  readonly ratioHigh: number;
  /** Var ∫θ²dΓ_T of SGD, exactly. */
  readonly sgdVariance: number;
  /** The same of the flow, whose noise is common to all neurons. */
  readonly commonVariance: number;
  readonly commonVarianceError: number;
  /** The same of the control, in which every neuron has noise of its own. */
  readonly independentVariance: number;
  readonly independentVarianceError: number;
  readonly pairs: number;
}

const intervalWidth = normalQuantile(0.975);

/** One number of neurons, beside the fewest. */
type SizeCell = Pick<MeanFieldNetworkParameters, "data" | "horizon" | "lowest" | "highest" | "timeSteps"> & Pick<MeanFieldNetworkParameters["sizes"], "steps" | "pairs"> & {readonly neurons: number; readonly fewest: number};

/** The flow's error of so many neurons, pair by pair, with the paths and what SGD does. */
async function errorOf(neurons: number, {data, horizon, lowest, highest, timeSteps, steps, pairs}: SizeCell, context: ExperimentContext) {
  const stepSize = horizon / steps;
  const particles = quantileParticles(lowest, highest, neurons);
  const sgd = meanFieldTree({network: {unit: tanhUnit, data}, particles, stepSize, steps, statistic: (theta) => theta * theta});
  const paths = await flowPaths({data, particles, stepSize, horizon, timeSteps: steps * timeSteps, correction: {own: 1, lions: 1}, pairs, key: context.stream("sizes", 0).ensembleKey()}, context);
  const {estimate, standardError, adjusted} = controlVariateMean(paths.first.map((value, i) => (value + paths.mirrored[i]!) / 2), paths.controls);
  return {sgd, paths, error: estimate - sgd.mean, standardError, deviations: adjusted.map((value) => value - sgd.mean)};
}

/** The control: Var ∫θ²dΓ_T where every neuron has noise of its own, with its standard error. */
async function independentVariance({data, horizon, lowest, highest, timeSteps, steps, pairs, neurons}: SizeCell, {stream, ensembles}: ExperimentContext) {
  const stepSize = horizon / steps;
  const {state} = await ensembles.simulate(eulerMaruyama(independentNoiseFlow({neurons, samples: data.length, neuron: tanhNeuron})), {
    parameters: {stepSize, timeStep: stepSize / timeSteps, ownDerivative: 1, lionsDerivative: 1, samples: data.flatMap(({input, label}) => [input, label]), thetaStart: quantileParticles(lowest, highest, neurons)},
    key: stream(`independent noise of ${neurons} neurons`, 0).ensembleKey(),
    replicas: pairs,
    steps: steps * timeSteps
  });
  const ends = meanSquares(state.theta!, neurons);
  const centre = mean(ends);
  const squares = ends.map((value) => (value - centre) ** 2);
  return {independentVariance: mean(squares), independentVarianceError: Math.sqrt(variance(squares) / pairs)};
}

/**
 * E4.5: whether error and fluctuations depend on the number of neurons, at
 * quantiles of one law; with the control of independent noise. A number of
 * neurons runs the fewest too, whose error its own is divided by.
 */
export const meanFieldSizes = /* @__PURE__ */ defineExperiment({
  cells: ({data, horizon, lowest, highest, timeSteps, sizes: {neurons, steps, pairs}}: MeanFieldNetworkParameters) =>
    neurons.map((count) => ({name: `neurons ${count}`, reads: {data, horizon, lowest, highest, timeSteps, steps, pairs, neurons: count, fewest: neurons[0]!}})),

  async run(cell: SizeCell, context): Promise<readonly MeanFieldSize[]> {
    const {neurons, pairs} = cell;
    const {sgd, paths, error, standardError, deviations} = await errorOf(neurons, cell, context);
    const fewest = neurons === cell.fewest ? {error, deviations} : await errorOf(cell.fewest, cell, context);
    const ratio = error / fewest.error;
    const scatter = deviations.map((value, i) => value - ratio * fewest.deviations[i]!);
    const ratioError = neurons === cell.fewest ? 0 : Math.sqrt(variance(scatter) / pairs) / Math.abs(fewest.error);
    const common = pairedVariance(paths);
    return [
      {
        neurons,
        stepSize: cell.horizon / cell.steps,
        error,
        low: error - intervalWidth * standardError,
        high: error + intervalWidth * standardError,
        ratio,
        ratioLow: ratio - intervalWidth * ratioError,
        ratioHigh: ratio + intervalWidth * ratioError,
        sgdVariance: sgd.variance,
        commonVariance: common.variance,
        commonVarianceError: common.standardError,
        ...(await independentVariance(cell, context)),
        pairs
      }
    ];
  }
});
