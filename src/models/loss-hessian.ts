import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import {backwardPass} from "./backward-pass.ts";
import type {Dual, LayerParameters} from "./layer.ts";
import {forwardPass} from "./network.ts";
import type {Network, NetworkParameters} from "./network.ts";
import type {Samples} from "./samples.ts";

/** H v with what the same pass tells of the Gauss–Newton part G = (1/n) Σ_μ Σ_c ∇f_μc ∇f_μcᵀ of H. */
export interface HessianProduct {
  /** H v, shaped as the parameters, none for a frozen layer. */
  readonly product: NetworkParameters;
  /** The derivative (n, outputs) of the outputs along v, for which vᵀ G v = (1/n) Σ_μ |∂_v f_μ|². */
  readonly outputTangent: Tensor;
}

/** The Hessian of a loss at fixed parameters as an operator. */
export interface LossHessian {
  /** The product with a direction shaped as the parameters, with nothing for a frozen layer; in a tidy, or the caller disposes of both. */
  readonly multiply: (direction: NetworkParameters) => HessianProduct;
  readonly dispose: () => void;
}

/**
 * The Hessian H = ∇²L of the mean square loss L = (1/n) Σ_μ ½ |f_μ − y_μ|² with respect to all parameters that are not
 * frozen, by exact products: Pearlmutter's R-operator, which differentiates forward and backward pass along the
 * direction, layer by layer, at about twice the cost of a gradient. Forward and backward pass themselves are taken once
 * for all products.
 *
 * Stacked replicas have inputs (R, n, …), targets (R, n, outputs) and directions as their parameters: each has the
 * Hessian of its own mean. Where an activation has a kink (relu, maxima), H is that of the piece on which the
 * parameters lie. Rounding is that of float32.
 *
 * Source: B. A. Pearlmutter, *Fast exact multiplication by the Hessian*, Neural Computation 6 (1994) 147.
 */
export function lossHessian(network: Network, parameters: NetworkParameters, {inputs, targets}: Samples): LossHessian {
  const {layers} = network;
  const count = targets.shape.at(-2)!;
  const first = layers.findIndex(({parameterGradients}) => parameterGradients !== undefined);
  const [values, gradients] = tf.tidy(() => {
    const passed = forwardPass(network, parameters, inputs);
    const outputGradient = tf.div(tf.sub(passed.at(-1)!, targets), count);
    const traces = backwardPass(network, parameters, passed, outputGradient);
    return [passed.slice(1), traces.map((trace) => trace.outputGradient)] as unknown as [Tensor[], Tensor[]];
  });
  const valueAt = (position: number): Tensor => (position === 0 ? inputs : values[position - 1]!);

  const multiply = (direction: NetworkParameters): HessianProduct => {
    const duals: Dual[] = [];
    duals[first] = {value: valueAt(first)};
    for (let position = first; position < layers.length; position++) {
      const value = valueAt(position + 1);
      duals[position + 1] = {value, tangent: layers[position]!.forwardTangent(parameters[position]!, direction[position]!, duals[position]!, value)};
    }
    const outputTangent = duals.at(-1)!.tangent!;
    const product: LayerParameters[] = layers.map(() => []);
    let gradientTangent = tf.div(outputTangent, count);
    for (let position = layers.length - 1; position >= first; position--) {
      const outputGradient: Dual = {value: gradients[position]!, tangent: gradientTangent};
      const layer = layers[position]!;
      product[position] = layer.parameterGradients?.sumTangent(duals[position]!, outputGradient) ?? [];
      if (position > first) gradientTangent = layer.inputGradientTangent(parameters[position]!, direction[position]!, duals[position]!, duals[position + 1]!, outputGradient);
    }
    return {product, outputTangent};
  };

  return {
    multiply: (direction) => tf.tidy(() => multiply(direction) as never) as HessianProduct,
    dispose: () => tf.dispose([values, gradients.filter((gradient) => gradient !== undefined)]),
  };
}
