import {tf, uniforms} from "../tensors/index.ts";
import type {Tensor1D, Tensor2D} from "../tensors/index.ts";
import type {Layer} from "./layer.ts";

/**
 * An affine map: input A (n, inputs) to A W + b with weights W (inputs, outputs) and bias b (outputs,).
 *
 * With the gradient Δ (n, outputs) of one network output with respect to the layer's output, the gradient of sample μ
 * with respect to W is the outer product A_μ Δ_μ, with respect to b it is Δ_μ. Their inner products are therefore
 * (Δ Δᵀ) ∘ (A Aᵀ + 1), without an n × parameters matrix.
 *
 * Initial weights are Glorot's uniform ones on ±√(6 / (inputs + outputs)), the bias is zero (Glorot, Bengio,
 * *Understanding the difficulty of training deep feedforward neural networks*, AISTATS 2010, equation 16).
 */
export function denseLayer(inputs: number, outputs: number): Layer {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return {
    initialParameters: (stream, position) => [
      tf.tidy(() => tf.mul(tf.sub(uniforms(stream, position, [inputs, outputs], "initial weights"), 0.5), 2 * limit)),
      tf.zeros([outputs]),
    ],
    forward: ([weights, bias], input) => tf.add(tf.matMul(input as Tensor2D, weights as Tensor2D), bias!),
    inputGradient: ([weights], _input, _output, outputGradient) =>
      tf.matMul(outputGradient as Tensor2D, weights as Tensor2D, false, true),
    parameterGradients: {
      sum: ({input, outputGradient}) => [
        tf.matMul(input as Tensor2D, outputGradient as Tensor2D, true, false),
        tf.sum(outputGradient, 0),
      ],
      products: (left, right) => {
        const inputs = tf.matMul(left.input as Tensor2D, right.input as Tensor2D, false, true);
        const outputs = tf.matMul(left.outputGradient as Tensor2D, right.outputGradient as Tensor2D, false, true);
        return tf.mul(outputs, tf.add(inputs, 1));
      },
      squaredNorms: ({input, outputGradient}) => {
        const inputs = tf.sum(tf.square(input), 1);
        const outputs = tf.sum(tf.square(outputGradient), 1);
        return tf.mul(outputs, tf.add(inputs, 1)) as Tensor1D;
      },
    },
  };
}
