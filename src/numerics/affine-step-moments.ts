import { requireFinite, requireIntegerAtLeast, unexpected } from "./argument-checks.ts";

/**
 * What one step of a linear recursion with affine noise, or of an equation over the same time, does to moments:
 * `E w' = mean · E w`, `E w'² = square.factor · E w² + square.increment`,
 * `E w'³ = cube.factor · E w³ + cube.fromMean · E w`.
 */
export interface AffineStepMoments {
  readonly mean: number;
  readonly square: { readonly factor: number; readonly increment: number };
  readonly cube: { readonly factor: number; readonly fromMean: number };
}

/** Moments after some steps from a fixed start. */
export interface AffineMoments {
  readonly mean: number;
  readonly square: number;
  readonly cube: number;
  /** `E w² - (E w)²`. */
  readonly variance: number;
  /** `E (w - E w)³`. */
  readonly thirdCumulant: number;
}

/**
 * Moments of `w_n`, `n` = `steps`, from `w_0` = `start`, by the recursion.
 *
 * @throws RangeError for a start that is not finite, or a number of steps that is no integer of at least 0.
 */
export function affineMoments({ mean, square, cube }: AffineStepMoments, start: number, steps: number): AffineMoments {
  requireFinite("start", start);
  requireIntegerAtLeast("steps", steps, 0);
  let [first, variance, third] = [start, 0, 0];
  // Central moments are carried, since their powers of the step size drown in differences of raw ones.
  const [spread, linked] = [square.factor - mean ** 2, cube.fromMean - 3 * mean * square.increment];
  const skew = cube.factor - 3 * mean * square.factor + 2 * mean ** 3;
  for (let n = 0; n < steps; n += 1) {
    third = cube.factor * third + 3 * (cube.factor - mean * square.factor) * first * variance + skew * first ** 3 + linked * first;
    variance = square.factor * variance + spread * first ** 2 + square.increment;
    first *= mean;
  }
  return { mean: first, square: variance + first ** 2, cube: third + 3 * first * variance + first ** 3, variance, thirdCumulant: third };
}

/**
 * `E w_n w'_n` of two points moved by one noise, of those recursions in which a product of two points moves as a
 * square does: `E ww' -> square.factor · E ww' + square.increment`. So do SGD, a stochastic modified flow and additive
 * noise; an equation with the square root of a variance does not.
 *
 * @throws RangeError as {@link affineMoments}.
 */
export function affinePairMoment({ square }: AffineStepMoments, starts: readonly [number, number], steps: number): number {
  starts.forEach((start, i) => requireFinite(() => `starts[${i}]`, start));
  requireIntegerAtLeast("steps", steps, 0);
  let product = starts[0] * starts[1];
  for (let n = 0; n < steps; n += 1) product = square.factor * product + square.increment;
  return product;
}

/**
 * `E w̄²` of the average `w̄ = (1/n) Σ_{k=1}^n w_k`, from `w_0` = `start`.
 *
 * @throws RangeError as {@link affineMoments}, or for no steps.
 */
export function affineAverageSquare({ mean, square }: AffineStepMoments, start: number, steps: number): number {
  requireFinite("start", start);
  requireIntegerAtLeast("steps", steps, 1);
  let [second, withSum, sumSquare] = [start ** 2, 0, 0];
  for (let n = 0; n < steps; n += 1) {
    second = square.factor * second + square.increment;
    withSum = mean * withSum + second;
    sumSquare += 2 * withSum - second;
  }
  return sumSquare / steps ** 2;
}

/**
 * The stationary second moment `square.increment / (1 - square.factor)`.
 *
 * @throws RangeError where the step does not contract squares: there is no finite one.
 */
export function affineStationarySquare({ square }: AffineStepMoments): number {
  if (!(square.factor < 1)) throw unexpected("square.factor", "a number below 1, at which squares contract", square.factor);
  return square.increment / (1 - square.factor);
}
