import type {RandomStream} from "../random/index.ts";
import {tf} from "../tensors/index.ts";
import type {Tensor, Tensor1D, Tensor2D} from "../tensors/index.ts";

/** The parameters of one layer, none for an activation. */
export type LayerParameters = readonly Tensor[];

/**
 * What one layer sees of n samples: its input (n, …) and gradients (n·c, …) of c scalars of each sample with respect
 * to the layer's output, those of sample μ in rows μc to μc + c − 1. Mostly c = 1; products and norms take any c.
 */
export interface LayerTrace {
  readonly input: Tensor;
  readonly outputGradient: Tensor;
}

/** The number c of scalars whose gradients a trace holds for each sample. */
export function scalarsOfTrace({input, outputGradient}: LayerTrace): number {
  return outputGradient.shape[0]! / input.shape[0]!;
}

/** A tensor and its derivative along a direction of the network's parameters; without one, the derivative is 0. */
export interface Dual {
  readonly value: Tensor;
  readonly tangent?: Tensor;
}

/**
 * A differentiable map of batches of samples. The first axis of every tensor counts samples; the others are the
 * layer's own, so that dense, convolutional and pooling layers join one network.
 */
export interface Layer {
  readonly initialParameters: (stream: RandomStream, position: number) => LayerParameters;
  readonly forward: (parameters: LayerParameters, input: Tensor) => Tensor;
  /** Gradient with respect to the input, given that with respect to the output. */
  readonly inputGradient: (parameters: LayerParameters, input: Tensor, output: Tensor, outputGradient: Tensor) => Tensor;
  /**
   * Derivative of the output along a direction of the parameters, which moves the input too. The direction is empty for
   * a layer that has no parameters or is frozen.
   */
  readonly forwardTangent: (parameters: LayerParameters, direction: LayerParameters, input: Dual, output: Tensor) => Tensor;
  /** Derivative, along the same direction, of the gradient with respect to the input. */
  readonly inputGradientTangent: (parameters: LayerParameters, direction: LayerParameters, input: Dual, output: Dual, outputGradient: Dual) => Tensor;
  /** What the layer contributes to gradients with respect to parameters; absent where it has none. */
  readonly parameterGradients?: ParameterGradients;
}

/** Gradients with respect to a layer's parameters, without ever holding one gradient for each sample. */
export interface ParameterGradients {
  /** Summed over samples, one tensor for each parameter; of one scalar for each sample. */
  readonly sum: (trace: LayerTrace) => LayerParameters;
  /** Derivative of `sum` along a direction that moves input and output gradient. */
  readonly sumTangent: (input: Dual, outputGradient: Dual) => LayerParameters;
  /** Inner products (n·c, m·c) of the gradients of n samples with those of m, c scalars for each of both. */
  readonly products: (left: LayerTrace, right: LayerTrace) => Tensor2D;
  /** Squared norms (n·c,): the diagonal of `products` of a trace with itself. */
  readonly squaredNorms: (trace: LayerTrace) => Tensor1D;
}

/** The layer with its parameters held fixed: they count in the function, not in its gradients. */
export function frozenLayer({initialParameters, forward, inputGradient, forwardTangent, inputGradientTangent}: Layer): Layer {
  return {initialParameters, forward, inputGradient, forwardTangent, inputGradientTangent};
}

/** The sum of those of some tensors of one shape that are there, one at least. */
export function sumOfPresent(...terms: readonly (Tensor | undefined)[]): Tensor {
  const present = terms.filter((term) => term !== undefined);
  return present.length === 1 ? present[0]! : tf.addN(present);
}
