import {tf, uniforms} from "../tensors/index.ts";
import type {Tensor1D, Tensor2D, Tensor} from "../tensors/index.ts";
import {scalarsOfTrace, sumOfPresent} from "./layer.ts";
import type {Layer} from "./layer.ts";

/** What may differ from one affine layer to another. */
export interface DenseOptions {
  /** Whether there is a bias; true unless given. */
  readonly bias?: boolean;
  /** The variance of the initial weights; Glorot's 2 / (inputs + outputs) unless given. */
  readonly variance?: number;
}

/**
 * An affine map: input A (n, inputs) to A W + b with weights W (inputs, outputs) and bias b (outputs,), or A W.
 *
 * With the gradient Δ (n, outputs) of one network output with respect to the layer's output, the gradient of sample μ
 * with respect to W is the outer product A_μ Δ_μ, with respect to b it is Δ_μ. Their inner products are therefore
 * (Δ Δᵀ) ∘ (A Aᵀ + 1), without an n × parameters matrix; without a bias, the 1 goes.
 *
 * It takes stacked replicas too: input (R, n, inputs), weights (R, inputs, outputs), bias (R, 1, outputs), but for norms
 * and inner products.
 *
 * Initial weights are uniform on ±√(3 variance), which with the variance 2 / (inputs + outputs) are Glorot's; the bias
 * is zero (Glorot, Bengio, *Understanding the difficulty of training deep feedforward neural networks*, AISTATS 2010,
 * equation 16).
 */
export function denseLayer(inputs: number, outputs: number, {bias: biased = true, variance = 2 / (inputs + outputs)}: DenseOptions = {}): Layer {
  const limit = Math.sqrt(3 * variance);
  const plusBias = <T extends Tensor>(products: T): T => (biased ? tf.add(products, 1) : products);
  const forward: Layer["forward"] = ([weights, bias], input) => {
    const mapped = tf.matMul(input as Tensor2D, weights as Tensor2D);
    return bias === undefined ? mapped : tf.add(mapped, bias);
  };
  const backward = (weights: Tensor, outputGradient: Tensor) => tf.matMul(outputGradient as Tensor2D, weights as Tensor2D, false, true);
  const weightGradient = (input: Tensor, outputGradient: Tensor) => tf.matMul(input as Tensor2D, outputGradient as Tensor2D, true, false);
  const biasGradient = (outputGradient: Tensor) => (biased ? [tf.sum(outputGradient, -2, outputGradient.rank > 2)] : []);
  return {
    initialParameters: (stream, position) => {
      const weights = tf.tidy(() => tf.mul(tf.sub(uniforms(stream, position, [inputs, outputs], "initial weights"), 0.5), 2 * limit));
      return biased ? [weights, tf.zeros([outputs])] : [weights];
    },
    forward,
    inputGradient: ([weights], _input, _output, outputGradient) => backward(weights!, outputGradient),
    forwardTangent: ([weights], direction, {value, tangent}) => sumOfPresent(
      tangent && tf.matMul(tangent as Tensor2D, weights as Tensor2D),
      direction.length === 0 ? undefined : forward(direction, value)),
    inputGradientTangent: ([weights], [direction], _input, _output, {value, tangent}) => sumOfPresent(
      tangent && backward(weights!, tangent),
      direction && backward(direction, value)),
    parameterGradients: {
      sum: ({input, outputGradient}) => [weightGradient(input, outputGradient), ...biasGradient(outputGradient)],
      sumTangent: (input, {value, tangent}) => [
        sumOfPresent(input.tangent && weightGradient(input.tangent, value), weightGradient(input.value, tangent!)),
        ...biasGradient(tangent!),
      ],
      products: (left, right) => {
        const inputs = plusBias(tf.matMul(left.input as Tensor2D, right.input as Tensor2D, false, true));
        const outputs = tf.matMul(left.outputGradient as Tensor2D, right.outputGradient as Tensor2D, false, true);
        const [n, m] = inputs.shape, c = scalarsOfTrace(left);
        if (c === 1) return tf.mul(outputs, inputs);
        return tf.reshape(tf.mul(tf.reshape(outputs, [n, c, m, c]), tf.reshape(inputs, [n, 1, m, 1])), [n * c, m * c]) as Tensor2D;
      },
      squaredNorms: (trace) => {
        const [n, c] = [trace.input.shape[0]!, scalarsOfTrace(trace)];
        const inputs = plusBias(tf.sum(tf.square(trace.input), 1, true));
        const outputs = tf.sum(tf.square(trace.outputGradient), 1);
        return tf.reshape(tf.mul(tf.reshape(outputs, [n, c]), inputs), [n * c]) as Tensor1D;
      },
    },
  };
}
