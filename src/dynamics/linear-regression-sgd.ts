import type {InputLaw} from "../numerics/index.ts";
import type {RandomStream} from "../random/index.ts";
import {normals, tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";
import {drawInputs} from "./input-law.ts";
import type {Dynamics} from "./run-ensemble.ts";

/** SGD on linear regression with fresh samples. */
export interface LinearRegressionSgd {
  /** d, the number of weights. */
  readonly dimension: number;
  readonly batchSize: number;
  readonly stepSize: number;
  /** The law of every input coordinate, independent of the others. */
  readonly inputs: InputLaw;
  readonly replicas: number;
  readonly stream: RandomStream;
}

/**
 * SGD θ ← θ − (η/B) Σ_b (θ·x_b − y_b) x_b on samples drawn afresh at each
 * step: inputs x with independent coordinates of mean 0 and variance 1, labels
 * y ~ N(0, 1) independent of x. The loss is L(θ) = (1 + |θ|²)/2, its minimum
 * θ* = 0 with L* = 1/2 and Hessian I. The state is one tensor (R, d), started
 * at θ*.
 *
 * Source: Mori et al., Power-law escape rate of SGD, section 5.2, in the limit
 * of a data set much larger than the number of steps times the batch.
 */
export function linearRegressionSgd({dimension, batchSize, stepSize, inputs, replicas, stream}: LinearRegressionSgd): Dynamics {
  const single = batchSize === 1;
  return {
    initial: () => [tf.zeros([replicas, dimension])],
    draw: (chunk, steps) => {
      const labels = normals(stream, chunk, single ? [steps, replicas, 1] : [steps, replicas, batchSize, 1], "labels");
      return [drawInputs(inputs, stream, chunk, single ? [steps, replicas, dimension] : [steps, replicas, batchSize, dimension]), labels];
    },
    step: ([weights], [features, labels]) => {
      const position = single ? weights! : tf.expandDims(weights!, 1);
      const products = tf.mul(features!, position);
      const residuals = tf.sub(dimension === 1 ? products : tf.sum(products, -1, true), labels!);
      const gradients = tf.mul(features!, tf.mul(residuals, stepSize / batchSize));
      return [tf.sub(weights!, single ? gradients : tf.sum(gradients, 1))];
    }
  };
}

/** |θ|² of a state (R, d), of shape [R]. */
export function squaredDistance([weights]: readonly Tensor[]): Tensor {
  return tf.sum(tf.square(weights!), 1);
}
