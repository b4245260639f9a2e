import type {RandomSource} from "../../statistics/index.ts";

/** Points whose features are wanted: `points` row-major with shape (count, inputs). */
export interface FeatureRequest {
  readonly count: number;
  readonly inputs: number;
  readonly points: ArrayLike<number>;
  /** Number of features d. */
  readonly features: number;
  /** Whether each feature has a random offset. */
  readonly offset: boolean;
}

/**
 * Random ReLU features aⱼ(x) = max(0, wⱼ·x + cⱼ)/√d, row-major with shape (count, d). The entries of wⱼ are
 * N(0, 1/inputs), the offsets cⱼ likewise, or 0.
 */
export function randomFeatures({count, inputs, points, features, offset}: FeatureRequest, random: RandomSource): Float64Array {
  const scale = 1 / Math.sqrt(inputs);
  const weights = Float64Array.from({length: features * inputs}, () => scale * random.normal());
  const offsets = Float64Array.from({length: features}, () => (offset ? scale * random.normal() : 0));
  const values = new Float64Array(count * features);
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < features; j++) {
      let sum = offsets[j]!;
      for (let k = 0; k < inputs; k++) sum += weights[j * inputs + k]! * points[row * inputs + k]!;
      values[row * features + j] = Math.max(0, sum) / Math.sqrt(features);
    }
  }
  return values;
}
