/**
 * Samples for least-squares regression of a scalar: `inputs` row-major with shape (count, dimension),
 * `targets` with shape (count,).
 */
export interface RegressionData {
  readonly count: number;
  readonly dimension: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

/**
 * The first `count` samples.
 *
 * @throws {RangeError} if there are fewer
 */
export function firstSamples(data: RegressionData, count: number): RegressionData {
  if (!Number.isInteger(count) || count < 1 || count > data.count) {
    throw new RangeError(`samples: expected an integer from 1 to ${data.count}, the size of the data set, found ${count}`);
  }
  if (count === data.count) return data;
  const {dimension} = data;
  return {count, dimension, inputs: data.inputs.slice(0, count * dimension), targets: data.targets.slice(0, count)};
}
