import type {InputLaw} from "../numerics/index.ts";
import type {RandomStream} from "../random/index.ts";
import {normals, tf, uniforms} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";

/** E x⁴ of an input coordinate. */
export function inputKurtosis(inputs: InputLaw): number {
  return inputs.kind === "gaussian" ? 3 : inputs.kurtosis;
}

/** Independent inputs of the law, of the given shape. */
export function drawInputs(inputs: InputLaw, stream: RandomStream, step: number, shape: readonly number[]): Tensor {
  if (inputs.kind === "gaussian") return normals(stream, step, shape, "inputs");
  const {kurtosis} = inputs;
  return tf.tidy(() => {
    const uniform = uniforms(stream, step, shape, "inputs");
    const positive = tf.cast(tf.less(uniform, 1 / (2 * kurtosis)), "float32");
    const negative = tf.cast(tf.greaterEqual(uniform, 1 - 1 / (2 * kurtosis)), "float32");
    return tf.mul(tf.sub(positive, negative), Math.sqrt(kurtosis));
  });
}
