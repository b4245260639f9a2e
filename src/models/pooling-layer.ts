import {maximumPoolingTangent, poolingGradient, tf} from "../tensors/index.ts";
import type {Tensor, Tensor4D} from "../tensors/index.ts";
import type {Layer} from "./layer.ts";

/** How a window of an image becomes one number. */
export const poolings = ["max", "average"] as const;
export type Pooling = (typeof poolings)[number];

/**
 * Pooling over disjoint square windows: images (n, height, width, channels) to (n, ⌊height/size⌋, ⌊width/size⌋,
 * channels); rows and columns that fill no window are left out. The gradient of a maximum goes to the first of equal
 * entries.
 */
export function poolingLayer(pooling: Pooling, size: number): Layer {
  const window = [size, size] as const;
  const pool = pooling === "max" ? tf.maxPool : tf.avgPool;
  const backward = (images: Tensor, pooled: Tensor, gradient: Tensor) => poolingGradient(pooling, {images, pooled, gradient, window, padding: "valid"});
  return {
    initialParameters: () => [],
    forward: (_, input) => pool(input as Tensor4D, size, size, "valid"),
    inputGradient: (_, images, pooled, gradient) => backward(images, pooled, gradient),
    forwardTangent: (_, _direction, {value, tangent}, pooled) => pooling === "max"
      ? maximumPoolingTangent({images: value, pooled, tangent: tangent!, window, padding: "valid"})
      : pool(tangent as Tensor4D, size, size, "valid"),
    inputGradientTangent: (_, _direction, images, pooled, {tangent}) => backward(images.value, pooled.value, tangent!),
  };
}
