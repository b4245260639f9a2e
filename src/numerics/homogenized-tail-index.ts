import { unexpected } from "./argument-checks.ts";
import { homogenizedTailIndexBounds, requireHomogenizedSgd, type HomogenizedSgd } from "./homogenized-sgd.ts";
import type { TailIndex } from "./tail-index.ts";

/** A spectrum of two distinct eigenvalues, the larger first, with their multiplicities. */
interface TwoBlocks extends HomogenizedSgd {
  readonly values: readonly [number, number];
  readonly counts: readonly [number, number];
}

interface AngularPoint {
  /** `sin² χ cos² χ`. */
  readonly metric: number;
  /** `uᵀ(H + δ)u` and `q`. */
  readonly curvature: number;
  readonly energy: number;
  /** Logarithms, up to constants, of the weight `ω` and of the density of the stationary angle. */
  readonly logWeight: number;
  readonly logDensity: number;
}

/** The recursion of slopes on a grid of `τ`; see {@link homogenizedTailIndex}. */
interface AngularGrid {
  readonly inflow: Float64Array;
  readonly gain: Float64Array;
  readonly pull: Float64Array;
}

/** Beyond the outermost scale by this much of `τ` nothing is left: `exp(-40)`. */
const MARGIN = 40;
const COARSEST = 1 / 16;
const LARGEST_GRID = 2 ** 20;
const TOLERANCE = 1e-11;

function angularPoint({ values: [large, small], counts: [n, m], ridge, stepSize, batchSize }: TwoBlocks, tau: number): AngularPoint {
  const [cosine, sine] = [1 / (1 + Math.exp(2 * tau)), 1 / (1 + Math.exp(-2 * tau))];
  const [logCosine, logSine] = [-Math.log1p(Math.exp(2 * tau)), -Math.log1p(Math.exp(-2 * tau))];
  const energy = large * large * cosine + small * small * sine;
  const exponent = batchSize / (stepSize * (large + small));
  const logEnergy = Math.log(energy / (large * large));
  return {
    metric: sine * cosine,
    curvature: large * cosine + small * sine + ridge,
    energy,
    logWeight: ((m - 2) * logSine + (n - 2) * logCosine) / 2 - exponent * logEnergy,
    logDensity: (m * logSine + n * logCosine) / 2 - (exponent + 1) * logEnergy,
  };
}

function nodes({ values: [large, small] }: TwoBlocks, spacing: number): { first: number; count: number } {
  return { first: -MARGIN, count: Math.ceil((2 * MARGIN + Math.log(large / small)) / spacing) };
}

function angularGrid(blocks: TwoBlocks, spacing: number): AngularGrid {
  const { first, count } = nodes(blocks, spacing);
  const [inflow, gain, pull] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i += 1) {
    const tau = first + i * spacing;
    const { metric, logWeight, curvature, energy } = angularPoint(blocks, tau);
    const next = angularPoint(blocks, tau + spacing / 2).logWeight;
    inflow[i] = Math.exp(angularPoint(blocks, tau - spacing / 2).logWeight - next);
    gain[i] = spacing * spacing * Math.exp(logWeight - next) * metric;
    pull[i] = ((2 * blocks.batchSize) / blocks.stepSize) * (curvature / energy);
  }
  return { inflow, gain, pull };
}

/** Whether the principal eigenvalue at `power` is negative: the solution without slope on the left is positive and rises on the right. */
function contracts({ inflow, gain, pull }: AngularGrid, power: number, dimension: number): boolean {
  let slope = 0;
  for (let i = 0; i < gain.length; i += 1) {
    slope = (inflow[i] * slope) / (1 + slope) - gain[i] * power * (power + dimension - 2 - pull[i]);
    if (1 + slope <= 0) return false;
  }
  return slope > 0;
}

function rootOnGrid(blocks: TwoBlocks, spacing: number, upper: number): number {
  const grid = angularGrid(blocks, spacing);
  let [low, high] = [0, upper];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high || high - low < 1e-15 * high) return middle;
    if (contracts(grid, middle, blocks.eigenvalues.length)) low = middle;
    else high = middle;
  }
}

/** Repeated Richardson extrapolation in the even powers of the spacing, until halving changes nothing that matters. */
function extrapolatedRoot(blocks: TwoBlocks, upper: number): { index: number; error: number } {
  let row: number[] = [];
  for (let spacing = COARSEST; ; spacing /= 2) {
    const next = [rootOnGrid(blocks, spacing, upper)];
    row.forEach((coarse, k) => next.push(next[k] + (next[k] - coarse) / (4 ** (k + 1) - 1)));
    const [index, before] = [next[next.length - 1], row[row.length - 1]];
    const error = Math.abs(index - before);
    if (error <= TOLERANCE * index || (row.length > 0 && 2 * nodes(blocks, spacing).count > LARGEST_GRID)) return { index, error };
    row = next;
  }
}

function lyapunovExponent(blocks: TwoBlocks): number {
  const { first, count } = nodes(blocks, COARSEST);
  const points = Array.from({ length: count }, (_, i) => angularPoint(blocks, first + i * COARSEST));
  const top = points.reduce((most, { logDensity }) => Math.max(most, logDensity), -Infinity);
  let [mass, growth] = [0, 0];
  for (const { logDensity, energy, curvature } of points) {
    const weight = Math.exp(logDensity - top);
    mass += weight;
    growth += weight * radialDrift(blocks, energy, curvature);
  }
  return growth / mass;
}

function radialDrift({ eigenvalues, stepSize, batchSize }: HomogenizedSgd, energy: number, curvature: number): number {
  return ((stepSize * stepSize) / (2 * batchSize)) * (eigenvalues.length - 2) * energy - stepSize * curvature;
}

function blocksOf(sgd: HomogenizedSgd): TwoBlocks | undefined {
  const distinct = [...new Set(sgd.eigenvalues)].sort((a, b) => b - a);
  if (distinct.length > 2) throw unexpected("eigenvalues", "at most two distinct values (bounds hold for more)", sgd.eigenvalues);
  if (distinct.length === 1) return undefined;
  const count = (value: number) => sgd.eigenvalues.filter((other) => other === value).length;
  return { ...sgd, values: [distinct[0], distinct[1]], counts: [count(distinct[0]), count(distinct[1])] };
}

/**
 * Exact tail index of hSGD in any dimension whose spectrum has at most two distinct eigenvalues `λ₁ > λ₂`, of
 * multiplicities `n₁` and `n₂`; in two dimensions that is any spectrum.
 *
 * Far from the least-squares solution the coordinates `v = (x - m)/√λ` have isotropic noise, `(γ²/B) q(v) I` with
 * `q = Σ λ² v²`, and drift `-γ(λ + δ)v`. `E‖v‖^p` neither grows nor decays where `‖v‖^p h(χ)`, `h > 0`, is harmonic,
 * `χ` the angle between `v` and the block of `λ₁`. In `τ = log tan χ` that is `(ωh')' + ω sin²χ cos²χ V h = 0`,
 * `ω = sin^(n₂-2)χ cos^(n₁-2)χ q^(-B/(γ(λ₁+λ₂)))`, `V = p(p + d - 2) - (2Bp/γ) uᵀ(H + δ)u / q(u)`, without slope at
 * both ends. The smallest `p > 0` is the index. Central differences on a uniform grid of `τ`, which resolves any
 * `λ₂/λ₁`, keep `h = 1` at `p = 0`; the step is halved and the roots are extrapolated.
 *
 * The Lyapunov exponent is the mean of `(γ²/2B)(d - 2)q - γ uᵀ(H + δ)u` under the angle's stationary law
 * `∝ ω sin²χ cos²χ / q`. Equal eigenvalues give `2 - d + 2B(λ + δ)/(γλ²)`. As `λ₂ → 0` the index tends to that of
 * the first block alone, `2 - n₁ + 2B(λ₁ + δ)/(γλ₁²)`: what is left of the second is slow and without noise.
 *
 * The equation is this project's derivation from the paper's process. `error` is the last change by halving.
 *
 * @throws RangeError for input that is not positive and finite, or more than two distinct eigenvalues.
 */
export function homogenizedTailIndex(sgd: HomogenizedSgd): TailIndex {
  const { eigenvalues, ridge, stepSize, batchSize } = requireHomogenizedSgd(sgd);
  const blocks = blocksOf(sgd);
  const exponent = blocks === undefined ? radialDrift(sgd, eigenvalues[0] ** 2, eigenvalues[0] + ridge) : lyapunovExponent(blocks);
  if (exponent >= 0) {
    return { kind: "not stationary", index: undefined, lyapunovExponent: exponent, reason: `the Lyapunov exponent ${exponent.toPrecision(4)} is not negative: hSGD has no stationary law` };
  }
  if (blocks === undefined) {
    const index = 2 - eigenvalues.length + (2 * batchSize * (eigenvalues[0] + ridge)) / (stepSize * eigenvalues[0] ** 2);
    return { kind: "power law", index, lyapunovExponent: exponent, error: 0 };
  }
  return { kind: "power law", lyapunovExponent: exponent, ...extrapolatedRoot(blocks, 2 * homogenizedTailIndexBounds(sgd).upper) };
}
