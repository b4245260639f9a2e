import type {RandomStream} from "../random/index.ts";
import {tf, uniforms} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import {squaredGradientNorms} from "./gram-matrix.ts";
import type {LossHessian} from "./loss-hessian.ts";
import type {Network, NetworkParameters} from "./network.ts";

/** The trace of a Hessian, estimated, and of its Gauss–Newton part. */
export interface HessianTrace {
  readonly estimate: number;
  readonly standardError: number;
  /** tr G = (1/n) Σ_μ Σ_c ‖∇f_μc‖², exact but for rounding. */
  readonly gaussNewton: number;
}

/** How a trace is estimated. */
export interface TraceProbes {
  /** How many Rademacher vectors, at least 2. */
  readonly probes: number;
  /** Draws them: the same stream gives the same vectors, whatever the network's parameters. */
  readonly stream: RandomStream;
}

/**
 * The trace of the Hessian H of the mean square loss by Hutchinson's estimator, E vᵀHv = tr H for v with independent
 * entries ±1, with the Gauss–Newton part G as control variate: tr H is estimated by tr G + mean(vᵀHv − vᵀGv), whose
 * scatter is that of the residual part Σ r ∇²f alone. For networks that are linear in each single parameter (relu,
 * maxima, linear) that part has no diagonal and tr H = tr G wherever H exists.
 *
 * Source: M. F. Hutchinson, Commun. Statist. Simula. 19 (1990) 433; the control variate is ours.
 *
 * @param hessian of `network` at `parameters` over the samples whose inputs these are; no stacked replicas
 * @throws {RangeError} for fewer than 2 probes
 */
export function hessianTrace(network: Network, parameters: NetworkParameters, inputs: Tensor, hessian: LossHessian, {probes, stream}: TraceProbes): HessianTrace {
  if (!(Number.isInteger(probes) && probes >= 2)) throw new RangeError(`probes: expected an integer of at least 2, found ${probes}`);
  const gaussNewton = gaussNewtonTrace(network, parameters, inputs);
  const count = inputs.shape[0]!;
  const residualParts = Array.from({length: probes}, (_, probe) => {
    const [whole, outer] = tf.tidy(() => {
      const signs = rademacher(network, parameters, stream, probe);
      const {product, outputTangent} = hessian.multiply(signs);
      const alongs = signs.flatMap((layer, i) => layer.map((sign, j) => tf.sum(tf.mul(sign, product[i]![j]!))));
      return tf.stack([tf.addN(alongs), tf.div(tf.sum(tf.square(outputTangent)), count)]).dataSync();
    }) as unknown as Float32Array;
    return whole! - outer!;
  });
  const mean = residualParts.reduce((sum, part) => sum + part, 0) / probes;
  const variance = residualParts.reduce((sum, part) => sum + (part - mean) ** 2, 0) / (probes - 1);
  return {estimate: gaussNewton + mean, standardError: Math.sqrt(variance / probes), gaussNewton};
}

/** tr G = (1/n) Σ_μ Σ_c ‖∇f_μc‖² over the parameters that are not frozen. */
function gaussNewtonTrace(network: Network, parameters: NetworkParameters, inputs: Tensor): number {
  const ofOutput = (output: number) => tf.tidy(() => tf.mean(squaredGradientNorms(network, parameters, inputs, output)).dataSync()[0]!);
  return Array.from({length: network.outputs}, (_, output) => ofOutput(output)).reduce((sum, norm) => sum + norm, 0);
}

function rademacher({layers}: Network, parameters: NetworkParameters, stream: RandomStream, probe: number): NetworkParameters {
  const signsOf = ({shape}: Tensor, purpose: string) => tf.sub(tf.mul(2, tf.floor(tf.mul(2, uniforms(stream, probe, shape, purpose)))), 1);
  return parameters.map((layer, i) => (layers[i]!.parameterGradients === undefined ? [] : layer.map((tensor, j) => signsOf(tensor, `probe ${i} ${j}`))));
}
