import type {RealArray, Value} from "../../kernels/index.ts";
import {sizeOf} from "../../kernels/index.ts";
import {tf} from "../../tensors/index.ts";
import {tensorOf} from "./kernel-tensor.ts";
import type {TensorDraws} from "./tensor-draws.ts";

/** The numbers of every draw, for each of its evaluations in order, replica after replica; of rows their numbers. */
export interface GivenNumbers {
  readonly start: ReadonlyMap<Value, readonly (RealArray | Int32Array)[]>;
  readonly steps: readonly ReadonlyMap<Value, readonly (RealArray | Int32Array)[]>[];
}

/**
 * Draws that were made elsewhere, so that a tensor program computes with the
 * same numbers as another evaluation of its dynamics.
 * @throws RangeError at a draw that was not given.
 */
export function givenDraws({start, steps}: GivenNumbers): TensorDraws {
  return {
    draw({value, step, draw, evaluation, replicas: {count}}) {
      const numbers = (step === undefined ? start : steps[step])?.get(value)?.[evaluation];
      if (numbers === undefined) throw new RangeError(`givenDraws: expected the numbers of draw ${draw}, evaluation ${evaluation}, of ${step === undefined ? "the start" : `step ${step}`}, found none`);
      return numbers instanceof Int32Array ? tf.tensor1d(numbers.slice(), "int32") : tensorOf(numbers, [count, sizeOf(value.shape)]);
    },
    dispose() {}
  };
}
