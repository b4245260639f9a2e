import type {RandomStream} from "../random/index.ts";
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

/**
 * A differentiable map of batches of samples. The first axis of every tensor counts samples; the others are the
 * layer's own, so that dense, convolutional and pooling layers join one network.
 */
export interface Layer {
  readonly initialParameters: (stream: RandomStream, position: number) => LayerParameters;
  readonly forward: (parameters: LayerParameters, input: Tensor) => Tensor;
  /** Gradient with respect to the input, given that with respect to the output. */
  readonly inputGradient: (parameters: LayerParameters, input: Tensor, output: Tensor, outputGradient: Tensor) => Tensor;
  /** What the layer contributes to gradients with respect to parameters; absent where it has none. */
  readonly parameterGradients?: ParameterGradients;
}

/** Gradients with respect to a layer's parameters, without ever holding one gradient for each sample. */
export interface ParameterGradients {
  /** Summed over samples, one tensor for each parameter; of one scalar for each sample. */
  readonly sum: (trace: LayerTrace) => LayerParameters;
  /** Inner products (n·c, m·c) of the gradients of n samples with those of m, c scalars for each of both. */
  readonly products: (left: LayerTrace, right: LayerTrace) => Tensor2D;
  /** Squared norms (n·c,): the diagonal of `products` of a trace with itself. */
  readonly squaredNorms: (trace: LayerTrace) => Tensor1D;
}

/** The layer with its parameters held fixed: they count in the function, not in its gradients. */
export function frozenLayer({initialParameters, forward, inputGradient}: Layer): Layer {
  return {initialParameters, forward, inputGradient};
}
