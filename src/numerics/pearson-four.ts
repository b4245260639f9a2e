import { requireFinite, requirePositive, requireProbability, unexpected } from "./argument-checks.ts";
import { findRoot } from "./find-root.ts";
import { gaussLegendre } from "./gaussian-quadrature.ts";
import { gaussPower } from "./gauss-power.ts";
import type { QuadratureRule } from "./golub-welsch.ts";

/** Parameters of {@link pearsonFour}; `m` and `ν` of the literature are `exponent` and `skewness`. */
export interface PearsonFourParameters {
  /** Above 1/2; both tails have the index `2 exponent - 1`. */
  readonly exponent: number;
  /** Above 0 for more weight on the left; 0 gives Student's law. */
  readonly skewness: number;
  readonly location: number;
  /** Above 0. */
  readonly scale: number;
}

/** A Pearson type IV law, normalised. */
export interface PearsonFourLaw {
  readonly parameters: PearsonFourParameters;
  density(x: number): number;
  logDensity(x: number): number;
  /** `P(X <= x)`, with full relative accuracy in the left tail. */
  cdf(x: number): number;
  /** `P(X > x)`, with full relative accuracy in the right tail. */
  survival(x: number): number;
  /** @throws RangeError unless `0 < p < 1`. */
  quantile(p: number): number;
}

const PANEL = gaussLegendre(12, 0, 1);
const TAIL_NODES = 24;
/** Logarithm of the density below its peak at which the middle of the law ends: less than a double can hold. */
const DEPTH = 800;

/** `log |Γ(x + iy)/Γ(x)|`, by recurrence up to `x >= 20` and Stirling's series. */
function logGammaModulusRatio(x: number, y: number): number {
  let [shifted, sum] = [x, 0];
  for (; shifted < 20; shifted += 1) sum -= Math.log1p((y / shifted) ** 2) / 2;
  const [angle, square] = [Math.atan2(y, shifted), shifted * shifted + y * y];
  sum += (shifted - 0.5) * (Math.log1p((y / shifted) ** 2) / 2) - y * angle;
  [1 / 12, -1 / 360, 1 / 1260, -1 / 1680].forEach((coefficient, i) => {
    const power = 2 * i + 1;
    sum += coefficient * (Math.cos(power * angle) * square ** (-power / 2) - shifted ** -power);
  });
  return sum;
}

/** `log Γ(x + 1/2)/Γ(x)`, by recurrence up to `x >= 20` and its asymptotic series. */
function logHalfStepRatio(x: number): number {
  let [shifted, sum] = [x, 0];
  for (; shifted < 20; shifted += 1) sum += Math.log(shifted / (shifted + 0.5));
  const q = 1 / (shifted * shifted);
  return sum + Math.log(shifted) / 2 - (1 / 8 - q * (1 / 192 - q * (1 / 640 - (q * 17) / 14336))) / shifted;
}

/**
 * `log ∫ (1 + z²)^(-m) exp(-ν arctan z) dz = log[√π Γ(m - 1/2)/Γ(m) |Γ(m)/Γ(m + iν/2)|²]`, with `m` the exponent
 * and `ν` the skewness.
 *
 * Source: J. Heinrich, A guide to the Pearson type IV distribution, CDF/MEMO/STATISTICS/PUBLIC/6820 (2004).
 *
 * @throws RangeError for an exponent of at most 1/2 or a skewness that is not finite.
 */
export function logPearsonFourIntegral(exponent: number, skewness: number): number {
  if (!(Number.isFinite(exponent) && exponent > 0.5)) throw unexpected("exponent", "a finite number above 1/2", exponent);
  requireFinite("skewness", skewness);
  return Math.log(Math.PI) / 2 - logHalfStepRatio(exponent - 0.5) - 2 * logGammaModulusRatio(exponent, skewness / 2);
}

/** `log(1 + z²)` that does not overflow. */
const logOnePlusSquare = (z: number) => (Math.abs(z) < 1e100 ? Math.log1p(z * z) : 2 * Math.log(Math.abs(z)));

/**
 * Probability of one tail from the angle `s = arccot|z|`: `e^(-νπ/2) s^a / (a Z) E[(sin(sU)/(sU))^(a-1) e^(νsU)]` with
 * `a = 2m - 1` and `U` of density `a u^(a-1)` on `[0, 1]`; the left tail by `-ν`.
 */
function tailOf(shape: number, skewness: number, logIntegral: number, rule: QuadratureRule): (s: number) => number {
  const constant = (-skewness * Math.PI) / 2 - logIntegral - Math.log(shape);
  return (s) => {
    let sum = 0;
    for (let i = 0; i < rule.nodes.length; i += 1) {
      const u = s * rule.nodes[i];
      const sinc = u < 1e-9 ? 0 : Math.log(Math.sin(u) / u);
      sum += rule.weights[i] * Math.exp((shape - 1) * sinc + skewness * u);
    }
    return Math.exp(constant + shape * Math.log(s)) * sum;
  };
}

interface Table {
  /** Ends of the panels in `y = asinh z`. */
  readonly edges: readonly number[];
  /** Probability left and right of each edge. */
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** `∫ exp(logDensity)` over an interval, by one Gauss–Legendre panel. */
function panelMass(logDensity: (y: number) => number, from: number, to: number): number {
  let sum = 0;
  for (let i = 0; i < PANEL.nodes.length; i += 1) sum += PANEL.weights[i] * Math.exp(logDensity(from + (to - from) * PANEL.nodes[i]));
  return (to - from) * sum;
}

/** Panels over which the logarithm of the density changes by at most about 6, from the peak to `±end`, where the tails begin. */
function panelEdges(shape: number, skewness: number, logDensity: (y: number) => number, end: number): number[] {
  const peak = Math.asinh(-skewness / shape);
  const start = Math.min(Math.max(peak, -end), end);
  const slope = (y: number) => -shape * Math.tanh(y) - skewness / Math.cosh(y);
  const floor = logDensity(peak) - DEPTH;
  const walk = (direction: 1 | -1) => {
    const found: number[] = [];
    for (let y = start; direction * y < end && logDensity(y) > floor; found.push(y)) {
      const next = y + direction * Math.min(0.5, 6 / (Math.abs(slope(y)) + 2 * Math.sqrt(shape)));
      y = direction * next < end ? next : direction * end;
    }
    return found;
  };
  return [...walk(-1).reverse(), start, ...walk(1)];
}

function cumulate(edges: readonly number[], logDensity: (y: number) => number, leftTail: number, rightTail: number): Table {
  const last = edges.length - 1;
  const masses = Float64Array.from({ length: last }, (_, i) => panelMass(logDensity, edges[i], edges[i + 1]));
  const [left, right] = [new Float64Array(last + 1).fill(leftTail), new Float64Array(last + 1).fill(rightTail)];
  for (let i = 1; i <= last; i += 1) left[i] = left[i - 1] + masses[i - 1];
  for (let i = last - 1; i >= 0; i -= 1) right[i] = right[i + 1] + masses[i];
  return { edges, left, right };
}

/** Index of the last edge at or below `y`, at most the last but one. */
function panelOf(edges: readonly number[], y: number): number {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= y) low = middle;
    else high = middle;
  }
  return low;
}

/** The standard law's lower and upper probabilities of `z`. */
function standardProbabilities(exponent: number, skewness: number, logIntegral: number) {
  const shape = 2 * exponent - 1;
  const rule = gaussPower(TAIL_NODES, shape);
  const [leftTail, rightTail] = [-skewness, skewness].map((towards) => tailOf(shape, towards, logIntegral, rule));
  const reach = Math.min(1, 4 / Math.abs(skewness), Math.sqrt(2 / shape));
  const end = Math.asinh(1 / Math.tan(reach));
  const logDensity = (y: number) =>
    -shape * (Math.abs(y) + Math.log1p(Math.exp(-2 * Math.abs(y))) - Math.LN2) - skewness * Math.atan(Math.sinh(y)) - logIntegral;
  const edges = panelEdges(shape, skewness, logDensity, end);
  const last = edges.length - 1;
  const [leftReached, rightReached] = [edges[0] === -end, edges[last] === end];
  const table = cumulate(edges, logDensity, leftReached ? leftTail(reach) : 0, rightReached ? rightTail(reach) : 0);
  const below = (z: number): number => {
    const y = Math.asinh(z);
    if (y <= edges[0]) return leftReached ? leftTail(Math.atan2(1, -z)) : 0;
    if (y >= edges[last]) return 1 - above(z);
    const i = panelOf(edges, y);
    return table.left[i] + panelMass(logDensity, edges[i], y);
  };
  const above = (z: number): number => {
    const y = Math.asinh(z);
    if (y >= edges[last]) return rightReached ? rightTail(Math.atan2(1, z)) : 0;
    if (y <= edges[0]) return 1 - below(z);
    const i = panelOf(edges, y);
    return table.right[i + 1] + panelMass(logDensity, y, edges[i + 1]);
  };
  return { below, above, peak: Math.asinh(-skewness / shape), width: 1 / Math.sqrt(shape) };
}

/**
 * Pearson type IV (a skew Student law): `p(x) = (1 + z²)^(-m) exp(-ν arctan z) / (Z scale)`, `z = (x - location)/scale`,
 * exponent `m > 1/2`, skewness `ν`. `ν = 0` is Student's law with `2m - 1` degrees of freedom on the scale
 * `scale · √(2m - 1)`. Moments exist below the order `2m - 1`.
 *
 * Probabilities are integrals over `y = asinh z` by Gauss–Legendre panels and in the power tails over the angle
 * `arccot z` by a Gauss–Jacobi rule; relative error below `1e-12 + 1e-15 (m + |ν|)` down to the smallest double. The table of
 * panels is made at the first call and kept.
 *
 * @throws RangeError for an exponent of at most 1/2, a scale that is not positive, or a value that is not finite;
 * of its functions for NaN.
 */
export function pearsonFour(parameters: PearsonFourParameters): PearsonFourLaw {
  const { exponent, skewness, location, scale } = parameters;
  const logIntegral = logPearsonFourIntegral(exponent, skewness);
  requireFinite("location", location);
  requirePositive("scale", scale);
  let made: ReturnType<typeof standardProbabilities> | undefined;
  const probabilities = () => (made ??= standardProbabilities(exponent, skewness, logIntegral));
  const standard = (x: number) => {
    if (Number.isNaN(x)) throw unexpected("x", "a number", x);
    return (x - location) / scale;
  };
  const logDensity = (x: number) => {
    const z = standard(x);
    return -exponent * logOnePlusSquare(z) - skewness * Math.atan(z) - logIntegral - Math.log(scale);
  };
  const quantile = (p: number) => {
    const lower = requireProbability("p", p) < 0.5;
    const { below, above, peak, width } = probabilities();
    const target = Math.log(lower ? p : 1 - p);
    const excess = (y: number) => {
      const log = Math.log(Math.max(lower ? below(Math.sinh(y)) : above(Math.sinh(y)), Number.MIN_VALUE));
      return lower ? log - target : target - log;
    };
    let [low, high] = [peak - width, peak + width];
    for (let reach = width; excess(low) > 0; reach *= 1.5) low -= reach;
    for (let reach = width; excess(high) < 0; reach *= 1.5) high += reach;
    return location + scale * Math.sinh(findRoot(excess, low, high));
  };
  return {
    parameters,
    density: (x) => Math.exp(logDensity(x)),
    logDensity,
    cdf: (x) => probabilities().below(standard(x)),
    survival: (x) => probabilities().above(standard(x)),
    quantile,
  };
}
