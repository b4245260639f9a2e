import { tf } from "./library.ts";
import type { Tensor, Tensor1D, Tensor2D } from "./library.ts";

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

interface NativeBackend {
  readonly binding: Readonly<Record<"TF_ATTR_TYPE" | "TF_ATTR_BOOL" | "TF_FLOAT" | "TF_INT32", number>>;
  executeSingleOutput(name: string, attributes: readonly Attribute[], inputs: readonly Tensor[]): Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[];
}

/** Two int32 that select the numbers of one stateless operation; every pair, [0, 0] included, is ordinary. */
type Key = readonly [number, number];

const backend = tf.backend() as unknown as NativeBackend;
const { TF_ATTR_BOOL, TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = backend.binding;
const type = (name: string, value: number): Attribute => ({ name, type: TF_ATTR_TYPE, value });

const floatAttributes = [type("dtype", TF_FLOAT), type("T", TF_INT32), type("Tseed", TF_INT32)];
const integerAttributes = [type("dtype", TF_INT32), type("T", TF_INT32), type("Tseed", TF_INT32)];

const isInt32 = (value: number): boolean => Number.isInteger(value) && value === (value | 0);

const checkShape = (shape: readonly number[], operation: string): void => {
  if (!shape.every((length) => isInt32(length) && length >= 0)) {
    throw new RangeError(`${operation}: expected a shape of int32 lengths that are not negative, found [${shape}]`);
  }
};

const checkKey = (key: Key, operation: string): void => {
  if (key.length !== 2 || !key.every(isInt32)) {
    throw new RangeError(`${operation}: expected a key of two int32, found [${key}]`);
  }
};

const draw = (
  operation: string,
  attributes: readonly Attribute[],
  shape: readonly number[],
  key: Key,
  ...bounds: readonly number[]
): Tensor => {
  checkShape(shape, operation);
  checkKey(key, operation);
  const inputs = [
    tf.tensor1d(shape as number[], "int32"),
    tf.tensor1d(key as unknown as number[], "int32"),
    ...bounds.map((bound) => tf.scalar(bound, "int32")),
  ];
  try {
    return backend.executeSingleOutput(operation, attributes, inputs);
  } finally {
    for (const input of inputs) input.dispose();
  }
};

/**
 * Standard normal float32 numbers, a pure function of `shape` and `key`: the same key gives the same numbers whatever
 * was drawn before and on any number of threads. About 14 ns a number on one thread, and 14 µs a call.
 *
 * TensorFlow's `StatelessRandomNormal`: Philox 4×32-10 counters (Salmon et al., SC 2011) through the Box–Muller
 * transform. A float32 uniform below 1e-7 is raised to 1e-7, so that no number exceeds sqrt(-2 ln 1e-7) = 5.68 in size;
 * the probability beyond that is 1.4e-8 in the normal law.
 * @throws RangeError for a shape or a key that is not made of int32.
 */
export const statelessNormal = (shape: readonly number[], key: Key): Tensor =>
  draw("StatelessRandomNormal", floatAttributes, shape, key);

/**
 * Uniform float32 numbers in [0, 1), multiples of 2^-23; zero is among them, with probability 2^-23. A pure function
 * of `shape` and `key`, TensorFlow's `StatelessRandomUniform`.
 * @throws RangeError for a shape or a key that is not made of int32.
 */
export const statelessUniform = (shape: readonly number[], key: Key): Tensor =>
  draw("StatelessRandomUniform", floatAttributes, shape, key);

/**
 * Uniform int32 numbers in {`least`, …, `limit` - 1}, a pure function of the arguments, TensorFlow's
 * `StatelessRandomUniformInt`: a 32-bit number modulo n = `limit` - `least`, whose probabilities differ from 1/n by
 * at most 2^-32 each.
 * @throws RangeError for a shape or a key that is not made of int32, or an empty range.
 */
export const statelessUniformInteger = (
  shape: readonly number[],
  key: Key,
  least: number,
  limit: number,
): Tensor => {
  if (!isInt32(least) || !isInt32(limit) || least >= limit) {
    throw new RangeError(`StatelessRandomUniformInt: expected int32 bounds least < limit, found ${least} and ${limit}`);
  }
  return draw("StatelessRandomUniformInt", integerAttributes, shape, key, least, limit);
};

const checkSymmetricMatrix = (matrix: Tensor): void => {
  const [rows, columns] = matrix.shape;
  if (matrix.rank !== 2 || rows !== columns || rows === 0) {
    throw new RangeError(`SelfAdjointEigV2: expected a square matrix, found shape [${matrix.shape}]`);
  }
  if (matrix.dtype !== "float32") {
    throw new TypeError(`SelfAdjointEigV2: expected float32, found ${matrix.dtype}`);
  }
  const [scale, asymmetry] = tf.tidy(() => [
    tf.max(tf.abs(matrix)).dataSync()[0] as number,
    tf.max(tf.abs(tf.sub(matrix, tf.transpose(matrix)))).dataSync()[0] as number,
  ]) as [number, number];
  if (!Number.isFinite(scale) || !Number.isFinite(asymmetry)) {
    throw new RangeError("SelfAdjointEigV2: expected finite entries, found NaN or infinity");
  }
  if (asymmetry > 1e-4 * scale) {
    throw new RangeError(
      `SelfAdjointEigV2: expected a symmetric matrix, found entries that differ from their mirror by ${asymmetry}`,
    );
  }
};

const eigenOutputs = (matrix: Tensor, withVectors: boolean): Tensor[] => {
  checkSymmetricMatrix(matrix);
  const attributes = [type("T", TF_FLOAT), { name: "compute_v", type: TF_ATTR_BOOL, value: withVectors }];
  return backend.executeMultipleOutputs("SelfAdjointEigV2", attributes, [matrix], 2);
};

/**
 * Eigenvalues of a real symmetric float32 matrix (n, n) -> (n,), ascending; the lower triangle is read. The error is
 * of the order of n · 6e-8 times the largest eigenvalue. TensorFlow's `SelfAdjointEigV2`.
 * @throws RangeError for a matrix that is not square, not finite, or asymmetric by more than 1e-4 of its largest entry;
 * TypeError for another type than float32.
 */
export const symmetricEigenvalues = (matrix: Tensor): Tensor1D => {
  const [values, vectors] = eigenOutputs(matrix, false) as [Tensor1D, Tensor];
  vectors.dispose();
  return values;
};

/**
 * Eigenvalues (n,), ascending, and orthonormal eigenvectors (n, n), one a column, of a real symmetric float32 matrix
 * (n, n): matrix · vectors = vectors · diag(values). Assumptions and errors are those of `symmetricEigenvalues`.
 */
export const symmetricEigen = (matrix: Tensor): { readonly values: Tensor1D; readonly vectors: Tensor2D } => {
  const [values, vectors] = eigenOutputs(matrix, true) as [Tensor1D, Tensor2D];
  return { values, vectors };
};
