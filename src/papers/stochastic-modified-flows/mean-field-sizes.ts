import {eulerMaruyama, independentNoiseFlow, tanhNeuron} from "../../dynamics/index.ts";
import {meanFieldTree, tanhUnit} from "../../numerics/index.ts";
import {controlVariateMean, mean, normalQuantile, variance} from "../../statistics/index.ts";
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

/** E4.5: whether error and fluctuations depend on the number of neurons, at quantiles of one law; with the control of independent noise. */
export async function meanFieldSizes({data, horizon, lowest, highest, timeSteps, sizes}: MeanFieldNetworkParameters, context: ExperimentContext): Promise<readonly MeanFieldSize[]> {
  const {steps, pairs} = sizes;
  const stepSize = horizon / steps;
  const key = context.stream("sizes", 0).ensembleKey();
  const samples = data.flatMap(({input, label}) => [input, label]);
  const rows: MeanFieldSize[] = [];
  let fewest: {readonly deviations: Float64Array; readonly error: number} | undefined;
  for (const [done, neurons] of sizes.neurons.entries()) {
    const particles = quantileParticles(lowest, highest, neurons);
    const sgd = meanFieldTree({network: {unit: tanhUnit, data}, particles, stepSize, steps, statistic: (theta) => theta * theta});
    const paths = await flowPaths({data, particles, stepSize, horizon, timeSteps: steps * timeSteps, correction: {own: 1, lions: 1}, pairs, key}, context);
    const found = controlVariateMean(paths.first.map((value, i) => (value + paths.mirrored[i]!) / 2), paths.controls);
    const deviations = found.adjusted.map((value) => value - sgd.mean);
    const error = found.estimate - sgd.mean;
    fewest ??= {deviations, error};
    const ratio = error / fewest.error;
    const scatter = deviations.map((value, i) => value - ratio * fewest!.deviations[i]!);
    const ratioError = neurons === sizes.neurons[0] ? 0 : Math.sqrt(variance(scatter) / pairs) / Math.abs(fewest.error);
    const control = await context.ensembles.simulate(eulerMaruyama(independentNoiseFlow({neurons, samples: data.length, neuron: tanhNeuron})), {
      parameters: {stepSize, timeStep: stepSize / timeSteps, ownDerivative: 1, lionsDerivative: 1, samples, thetaStart: particles},
      key: context.stream(`independent noise of ${neurons} neurons`, 0).ensembleKey(),
      replicas: pairs,
      steps: steps * timeSteps
    });
    const ends = meanSquares(control.state.theta!, neurons);
    const centre = mean(ends);
    const squares = ends.map((value) => (value - centre) ** 2);
    const common = pairedVariance(paths);
    rows.push({
      neurons,
      stepSize,
      error,
      low: error - intervalWidth * found.standardError,
      high: error + intervalWidth * found.standardError,
      ratio,
      ratioLow: ratio - intervalWidth * ratioError,
      ratioHigh: ratio + intervalWidth * ratioError,
      sgdVariance: sgd.variance,
      commonVariance: common.variance,
      commonVarianceError: common.standardError,
      independentVariance: mean(squares),
      independentVarianceError: Math.sqrt(variance(squares) / pairs),
      pairs
    });
    context.progress(done + 1, sizes.neurons.length);
  }
  return rows;
}
