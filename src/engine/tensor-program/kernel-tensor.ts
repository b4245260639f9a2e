import type {RealArray} from "../../kernels/index.ts";
import {tf} from "../../tensors/index.ts";
import type {Tensor} from "../../tensors/index.ts";

/**
 * A float32 tensor of numbers that a kernel gave, row-major. It never shares
 * their memory: a tensor made straight from an array keeps using it, before its
 * first operation always and afterwards depending on alignment, so that it
 * changes when a kernel writes there again, and is lost when the memory grows.
 * @throws RangeError if the numbers do not fill the shape.
 */
export function tensorOf(values: RealArray, shape: readonly number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== values.length) throw new RangeError(`tensorOf: expected ${size} numbers for the shape [${shape.join()}], found ${values.length}`);
  return tf.tensor(Float32Array.from(values), [...shape], "float32");
}
