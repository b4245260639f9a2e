import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import {squaredGradientNorms} from "./gram-matrix.ts";
import {networkOutputs} from "./network.ts";
import type {Network, NetworkParameters} from "./network.ts";
import {squareLossGradient} from "./square-loss-gradient.ts";
import type {Samples} from "./samples.ts";

/** The gradient noise of a network with one output at fixed parameters, in float64. */
export interface GradientNoise {
  /** r_μ = f_μ − y_μ (N,) */
  readonly residuals: Float64Array;
  /** L = (1/N) Σ ½ r_μ² */
  readonly loss: number;
  /** tr K / N, the mean of ‖∇f_μ‖² */
  readonly meanSquaredGradientNorm: number;
  /** ‖∇L‖² */
  readonly squaredLossGradient: number;
  /** 𝒩 = (1/N) Σ ‖∇ℓ_μ‖² − ‖∇L‖² */
  readonly noise: number;
  /** Σ ℓ_μ ‖∇f_μ‖² / (L Σ ‖∇f_μ‖²): the trace of the noise matrix over that of its decoupled form */
  readonly traceRatio: number;
}

/**
 * Loss and trace of the gradient noise in time and memory linear in the number of samples; equal to what
 * {@link gramStatistics} gets from the whole Gram matrix. Per-sample quantities are float32, their sums float64.
 */
export function gradientNoise(network: Network, parameters: NetworkParameters, {inputs, targets}: Samples): GradientNoise {
  const read = (tensor: () => Tensor) => tf.tidy(() => tensor().dataSync());
  const residuals = Float64Array.from(read(() => tf.sub(networkOutputs(network, parameters, inputs), targets)));
  const norms = read(() => squaredGradientNorms(network, parameters, inputs));
  const squaredLossGradient = read(() => {
    const gradients = squareLossGradient(network, parameters, inputs, targets).flat();
    return tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient))));
  })[0]!;
  const count = residuals.length;
  let loss = 0, trace = 0, weightedTrace = 0;
  residuals.forEach((r, i) => {
    const sampleLoss = (r * r) / 2;
    loss += sampleLoss / count;
    trace += norms[i]! / count;
    weightedTrace += (sampleLoss * norms[i]!) / count;
  });
  return {
    residuals,
    loss,
    meanSquaredGradientNorm: trace,
    squaredLossGradient,
    noise: 2 * weightedTrace - squaredLossGradient,
    traceRatio: weightedTrace / (loss * trace),
  };
}
