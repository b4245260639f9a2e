import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";

/**
 * One step of the stochastic Heun method for an SDE with additive noise,
 * dX = b(X) dt + σ dW:
 *
 * X̃ = X + b(X) Δ + σ√Δ ξ,  X' = X + ½ (b(X) + b(X̃)) Δ + σ√Δ ξ,
 *
 * of weak order 2 for constant σ. `increment` is b·Δ as a function of X,
 * `noise` is σ√Δ ξ, of the shape of X.
 *
 * Source: Kloeden and Platen, Numerical Solution of Stochastic Differential
 * Equations, section 15.1, with b' terms replaced by the corrector.
 */
export function stochasticHeunStep(position: Tensor, increment: (x: Tensor) => Tensor, noise: Tensor): Tensor {
  const first = increment(position);
  const kicked = tf.add(position, noise);
  const second = increment(tf.add(kicked, first));
  return tf.add(kicked, tf.mul(tf.add(first, second), 0.5));
}
