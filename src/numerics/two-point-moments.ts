import { Matrix } from "ml-matrix";
import { requireAffineSamples, type AffineSample } from "./affine-samples.ts";
import { requireFiniteEntries, requireIntegerAtLeast, requireNonNegative, requirePositive, unexpected } from "./argument-checks.ts";
import { matrixExponential } from "./matrix-exponential.ts";

/** First and second moments of two points of a flow; equal starts give those of one point. */
export interface TwoPointMoments {
  /** `E X`, shape (d). */
  readonly first: readonly number[];
  /** `E Y`, shape (d). */
  readonly second: readonly number[];
  /** `E X Yᵀ`, shape (d, d). */
  readonly product: readonly (readonly number[])[];
}

/** Two points of a flow on samples with affine gradients. */
export interface AffineFlow {
  readonly samples: readonly AffineSample[];
  /** `η`. */
  readonly stepSize: number;
  /** Where the two points start, shape (d) each. */
  readonly starts: readonly [readonly number[], readonly number[]];
}

/** A linear map of the vector `(E X⊗Y, E X, E Y, 1)`, by blocks. */
interface MomentBlocks {
  readonly square: Matrix;
  readonly onFirst: Matrix;
  readonly onSecond: Matrix;
  readonly constant: Matrix;
  readonly linear: Matrix;
  readonly shift: Matrix;
}

const kron = (a: Matrix, b: Matrix) => a.kroneckerProduct(b);
const total = (matrices: readonly Matrix[]) => matrices.reduce((sum, matrix) => Matrix.add(sum, matrix));
const mean = (matrices: readonly Matrix[]) => total(matrices).div(matrices.length);

function assembled({ square, onFirst, onSecond, constant, linear, shift }: MomentBlocks, corner: number): number[][] {
  const [d, size] = [linear.rows, linear.rows ** 2];
  const matrix = Matrix.zeros(size + 2 * d + 1, size + 2 * d + 1);
  matrix.setSubMatrix(square, 0, 0).setSubMatrix(onFirst, 0, size).setSubMatrix(onSecond, 0, size + d).setSubMatrix(constant, 0, size + 2 * d);
  for (const from of [size, size + d]) matrix.setSubMatrix(linear, from, from).setSubMatrix(shift, from, size + 2 * d);
  return matrix.set(size + 2 * d, size + 2 * d, corner).to2DArray();
}

function initialMoments({ samples, starts }: AffineFlow): number[] {
  const dimension = requireAffineSamples(samples);
  if (starts.length !== 2) throw unexpected("starts.length", "2 points", starts.length);
  starts.forEach((start, i) => {
    if (start.length !== dimension) throw unexpected(`starts[${i}].length`, `${dimension}, the dimension of the samples`, start.length);
    requireFiniteEntries(`starts[${i}]`, start);
  });
  const [x, y] = starts;
  return [...x.flatMap((a) => y.map((b) => a * b)), ...x, ...y, 1];
}

function momentsOf(vector: readonly number[], d: number): TwoPointMoments {
  const size = d * d;
  return {
    first: vector.slice(size, size + d),
    second: vector.slice(size + d, size + 2 * d),
    product: Array.from({ length: d }, (_, i) => vector.slice(i * d, (i + 1) * d)),
  };
}

const applied = (matrix: readonly (readonly number[])[], vector: readonly number[]) => matrix.map((row) => row.reduce((sum, value, j) => sum + value * vector[j], 0));

function iterated(matrix: readonly (readonly number[])[], start: readonly number[], steps: number): readonly number[] {
  requireIntegerAtLeast("steps", steps, 0);
  let vector = start;
  for (let step = 0; step < steps; step += 1) vector = applied(matrix, vector);
  return vector;
}

/** `H_i`, `c_i` (d, 1), and what they differ from their means by. */
function partsOf(samples: readonly AffineSample[]) {
  const hessians = samples.map(({ hessian }) => new Matrix(hessian.map((row) => [...row])));
  const shifts = samples.map(({ shift }) => Matrix.columnVector([...shift]));
  const [hessian, shift] = [mean(hessians), mean(shifts)];
  return { hessians, shifts, hessian, shift, noise: hessians.map((own, i) => [Matrix.sub(hessian, own), Matrix.sub(shifts[i], shift)] as const) };
}

/**
 * Exact moments of two points of SGD after `steps` steps with one common sample a step,
 * `Z' = (I - ηH_i) Z + ηc_i` for `i` uniform on the `N` samples: the mean of `(Z⊗Z', Z, Z')` obeys a linear recursion of
 * size `d² + 2d`.
 *
 * @throws RangeError for samples, starts, a step size or steps that are none, named.
 */
export function sgdTwoPointMoments(flow: AffineFlow, steps: number): TwoPointMoments {
  const start = initialMoments(flow);
  const { samples, stepSize } = flow;
  requireNonNegative("stepSize", stepSize);
  const { hessians, shifts } = partsOf(samples);
  const maps = hessians.map((hessian, i) => [Matrix.sub(Matrix.eye(hessian.rows), Matrix.mul(hessian, stepSize)), Matrix.mul(shifts[i], stepSize)] as const);
  const blocks = {
    square: mean(maps.map(([a]) => kron(a, a))),
    onFirst: mean(maps.map(([a, b]) => kron(a, b))),
    onSecond: mean(maps.map(([a, b]) => kron(b, a))),
    constant: mean(maps.map(([, b]) => kron(b, b))),
    linear: mean(maps.map(([a]) => a)),
    shift: mean(maps.map(([, b]) => b)),
  };
  return momentsOf(iterated(assembled(blocks, 1), start, steps), flow.starts[0].length);
}

/** Drift `B z + β` and noise `η E (Γz + γ)⊗(Γz' + γ)` of the stochastic modified flow. */
function modifiedFlow({ samples, stepSize }: AffineFlow) {
  requireNonNegative("stepSize", stepSize);
  const { hessian, shift, noise } = partsOf(samples);
  const modifier = Matrix.add(Matrix.eye(hessian.rows), Matrix.mul(hessian, stepSize / 2));
  const covariance = (f: (linear: Matrix, constant: Matrix) => Matrix) => mean(noise.map(([linear, constant]) => f(linear, constant))).mul(stepSize);
  return {
    linear: Matrix.mul(modifier.mmul(hessian), -1),
    shift: modifier.mmul(shift),
    square: covariance((linear) => kron(linear, linear)),
    onFirst: covariance((linear, constant) => kron(linear, constant)),
    onSecond: covariance((linear, constant) => kron(constant, linear)),
    constant: covariance((_, constant) => kron(constant, constant)),
  };
}

/**
 * Exact moments of two points of the stochastic modified flow
 * `dX = -∇(R + (η/4)|∇R|²)(X) dt + √η E_ξ-noise` at a time `T`: a linear equation of size `d² + 2d`, solved by the matrix
 * exponential to about 10⁻¹³. With equal starts they are also those of one point of the stochastic modified equation,
 * whose generator is the same; with `η = 0` those of gradient flow.
 *
 * @throws RangeError for samples, starts, a step size or a time that are none, named.
 */
export function modifiedFlowTwoPointMoments(flow: AffineFlow, time: number): TwoPointMoments {
  const start = initialMoments(flow);
  requireNonNegative("time", time);
  const { linear, shift, square, onFirst, onSecond, constant } = modifiedFlow(flow);
  const identity = Matrix.eye(linear.rows);
  const generator = assembled(
    {
      square: total([kron(linear, identity), kron(identity, linear), square]),
      onFirst: Matrix.add(kron(identity, shift), onFirst),
      onSecond: Matrix.add(kron(shift, identity), onSecond),
      constant,
      linear,
      shift,
    },
    0,
  );
  const exponential = matrixExponential(generator.map((row) => row.map((value) => value * time)));
  return momentsOf(applied(exponential, start), flow.starts[0].length);
}

/**
 * Exact moments of two points of the Euler–Maruyama scheme for the stochastic modified flow, after `steps` steps of length
 * `timeStep`; with equal starts also those of one point of the scheme for the stochastic modified equation.
 *
 * @throws RangeError for samples, starts, a step size, a time step or steps that are none, named.
 */
export function eulerMaruyamaTwoPointMoments(flow: AffineFlow, { timeStep, steps }: { readonly timeStep: number; readonly steps: number }): TwoPointMoments {
  const start = initialMoments(flow);
  requirePositive("timeStep", timeStep);
  const { linear, shift, square, onFirst, onSecond, constant } = modifiedFlow(flow);
  const step = Matrix.add(Matrix.eye(linear.rows), Matrix.mul(linear, timeStep));
  const kick = Matrix.mul(shift, timeStep);
  const scaled = (matrix: Matrix) => Matrix.mul(matrix, timeStep);
  const blocks = {
    square: Matrix.add(kron(step, step), scaled(square)),
    onFirst: Matrix.add(kron(step, kick), scaled(onFirst)),
    onSecond: Matrix.add(kron(kick, step), scaled(onSecond)),
    constant: Matrix.add(kron(kick, kick), scaled(constant)),
    linear: step,
    shift: kick,
  };
  return momentsOf(iterated(assembled(blocks, 1), start, steps), flow.starts[0].length);
}
