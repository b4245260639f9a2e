/** a · b */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The vector over its length. */
export function normalised(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((x) => x / norm);
}

/** Takes from `vector` its projection on the unit vector `onto`, in place. */
export function subtractProjection(vector: Float64Array, onto: Float64Array): void {
  const length = dot(vector, onto);
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! - length * onto[i]!;
}
