import {tf} from "../tensors/index.ts";
import type {Tensor} from "../tensors/index.ts";

/**
 * One Euler–Maruyama step of the Itô SDE dX = b(X) dt + s(X) dW,
 * X' = X + b(X) Δ + s(X)√Δ ξ, of weak order 1. `increment` is b·Δ and `scale`
 * is s√Δ, both functions of X; `noise` is ξ, of the shape of X.
 */
export function eulerMaruyamaStep(position: Tensor, increment: (x: Tensor) => Tensor, scale: (x: Tensor) => Tensor, noise: Tensor): Tensor {
  return tf.add(tf.add(position, increment(position)), tf.mul(scale(position), noise));
}
