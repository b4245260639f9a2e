import { EigenvalueDecomposition, Matrix, solve } from "ml-matrix";
import { requirePositive, unexpected } from "./argument-checks.ts";
import { findRoot } from "./find-root.ts";
import { isotropicKestenIndex } from "./isotropic-kesten-index.ts";
import { planarStepLaw, type PlanarRegression, type PlanarStepLaw } from "./planar-step-law.ts";
import type { TailIndex } from "./tail-index.ts";

export type { PlanarRegression } from "./planar-step-law.ts";

/** The transfer operator on even functions of the doubled angle, at `modes` angles. */
interface AngularOperator {
  readonly laws: readonly PlanarStepLaw[];
  /** Turns values at the angles into coefficients of `cos 2kθ`. */
  readonly transform: Matrix;
}

const [FEWEST_MODES, MOST_MODES] = [6, 48];
const TOLERANCE = 1e-9;
/** Exponents nearer to 0 than this are not told from it. */
const CRITICAL = 1e-7;

function angularOperator(regression: PlanarRegression, modes: number, largestPower: number): AngularOperator {
  const angles = Array.from({ length: modes }, (_, i) => ((i + 0.5) * Math.PI) / (2 * modes));
  const transform = new Matrix(angles.map((_, k) => angles.map((angle) => ((k === 0 ? 1 : 2) / modes) * Math.cos(2 * k * angle))));
  return { laws: angles.map((angle) => planarStepLaw(regression, angle, largestPower)), transform };
}

/** Row `i`: `E[|v'|^power cos 2kθ']` for `k = 0, 1, ...` from angle `i`. */
function moments({ logFactors, weights, doubleCosines }: PlanarStepLaw, power: number, modes: number): Float64Array {
  const sums = new Float64Array(modes);
  for (let i = 0; i < weights.length; i += 1) {
    const cosine = doubleCosines[i];
    let [current, next] = [weights[i] * Math.exp(power * logFactors[i]), 0];
    next = current * cosine;
    for (let k = 0; k < modes; k += 1) {
      sums[k] += current;
      [current, next] = [next, 2 * cosine * next - current];
    }
  }
  return sums;
}

function operatorMatrix({ laws, transform }: AngularOperator, power: number): Matrix {
  return new Matrix(laws.map((law) => moments(law, power, laws.length))).mmul(transform);
}

function logGrowth(operator: AngularOperator, power: number): number {
  return Math.log(Math.max(...new EigenvalueDecomposition(operatorMatrix(operator, power)).realEigenvalues));
}

/** `E log|v'|` under the stationary law `π` of the angle: `(Kᵀ - I + 1 1ᵀ) π = 1`. */
function lyapunovExponent(operator: AngularOperator): number {
  const size = operator.laws.length;
  const ones = Matrix.ones(size, size);
  const law = solve(operatorMatrix(operator, 0).transpose().sub(Matrix.eye(size)).add(ones), Matrix.ones(size, 1));
  return operator.laws.reduce((sum, { logFactors, weights }, i) => sum + law.get(i, 0) * weights.reduce((mean, weight, j) => mean + weight * logFactors[j], 0), 0);
}

/** The root near `guess`, by brackets that widen from the factor `1 + first`. */
function rootFrom(operator: AngularOperator, guess: number, first: number): number {
  let [lower, upper, factor] = [guess, guess, first];
  for (; logGrowth(operator, upper) <= 0; factor *= 4) [lower, upper] = [upper, upper * (1 + Math.min(factor, 0.5))];
  for (; logGrowth(operator, lower) >= 0; factor *= 4) [lower, upper] = [lower / (1 + Math.min(factor, 0.5)), lower];
  return findRoot((power) => logGrowth(operator, power), lower, upper, { tolerance: 1e-11 * upper });
}

/**
 * Exact tail index of SGD with a ridge on fresh normal inputs of covariance `diag(λ₁, λ₂)`, any batch size: the `α > 0`
 * at which the transfer operator `f(θ) → E[|v'|^α f(θ')]` on the angle has principal eigenvalue 1, the growth rate of
 * `E‖Π_k‖^α` for products `Π_k` of `I - γ(H_B + δ)`. One step is that of {@link planarStepLaw}; functions of the angle
 * are sums of `cos 2kθ`, by symmetry.
 *
 * Assumes label noise that does not vanish. The modes are doubled from 6 to at most 48, until the index changes by less
 * than `1e-9` and the Lyapunov exponent by less than `1e-3` of itself; `error` is the last change of the index, besides
 * which quadrature leaves about `1e-10`. Indices above 50 and ratios of the eigenvalues above 10 reach 48, in seconds.
 *
 * Source: H. Kesten, Acta Math. 131 (1973) 207; the law of a step is this project's derivation.
 *
 * @throws RangeError for input that is not positive and finite, or a batch size that is not an integer.
 */
export function planarKestenIndex(regression: PlanarRegression): TailIndex {
  const { eigenvalues, ridge, stepSize, batchSize } = regression;
  if (eigenvalues.length !== 2) throw unexpected("eigenvalues.length", "2", eigenvalues.length);
  eigenvalues.forEach((value, i) => requirePositive(`eigenvalues[${i}]`, value));
  const line = isotropicKestenIndex({ dimension: 1, curvature: Math.max(...eigenvalues), ridge, stepSize, batchSize });
  // For powers of at least 1 the larger eigenvalue's coordinate alone grows no faster, by convexity.
  const largest = Math.max(1, line.index ?? 0);
  let [index, error, exponent] = [largest, Infinity, Infinity];
  for (let modes = FEWEST_MODES; ; modes *= 2) {
    const operator = angularOperator(regression, modes, 1.2 * largest);
    const coarser = { index, exponent };
    exponent = lyapunovExponent(operator);
    const settled = modes === MOST_MODES || Math.abs(exponent - coarser.exponent) <= 1e-3 * Math.abs(exponent);
    if (exponent >= -CRITICAL) {
      if (settled) return { kind: "not stationary", index: undefined, lyapunovExponent: exponent, reason: `the Lyapunov exponent ${exponent.toPrecision(4)} is not negative: the iterates diverge` };
      continue;
    }
    index = rootFrom(operator, coarser.index, error === Infinity ? 0.5 : Math.max(1e-8, error / index));
    error = modes === FEWEST_MODES ? 0.01 * index : Math.abs(index - coarser.index);
    if (modes === MOST_MODES || (settled && error <= TOLERANCE * index)) return { kind: "power law", index, lyapunovExponent: exponent, error };
  }
}
