import gammaln from "@stdlib/math-base-special-gammaln";
import { gaussLegendre } from "./gaussian-quadrature.ts";
import { evenPanels, gradedPanels, type Panel } from "./graded-panels.ts";

/** Ridge regression on normal inputs of covariance `diag(λ)` in two dimensions. */
export interface PlanarRegression {
  readonly eigenvalues: readonly [number, number];
  /** `δ`. */
  readonly ridge: number;
  /** `γ`. */
  readonly stepSize: number;
  /** `B`. */
  readonly batchSize: number;
}

/** What one step does to the unit vector at one angle, on quadrature points. */
export interface PlanarStepLaw {
  readonly logFactors: Float64Array;
  readonly weights: Float64Array;
  /** `cos 2θ'` of the angle after the step. */
  readonly doubleCosines: Float64Array;
}

const RULE = gaussLegendre(7, 0, 1);
const WIDTH = 1;
const DEEPEST = 8;
/** What adds less than `exp(-32)` to a moment of order 1 is left out. */
const NEGLIGIBLE = -32;

/** Panels over `[from, to]` that halve towards `zero` down to `closest`; even ones where it lies outside. */
function panelsAround(from: number, to: number, zero: number, closest: number): Panel[] {
  if (zero <= from - WIDTH || zero >= to + WIDTH) return evenPanels(from, to, WIDTH);
  const levels = Math.min(DEEPEST, Math.max(1, Math.ceil(Math.log2(WIDTH / closest))));
  const graded = gradedPanels(WIDTH, levels).flatMap(([near, far]): Panel[] => [[zero - far, zero - near], [zero + near, zero + far]]);
  const all = [...evenPanels(Math.min(from, zero - WIDTH), zero - WIDTH, WIDTH), ...graded, ...evenPanels(zero + WIDTH, Math.max(to, zero + WIDTH), WIDTH)];
  return all.map(([left, right]): Panel => [Math.max(left, from), Math.min(right, to)]).filter(([left, right]) => right > left);
}

/**
 * The law of `v' = (I - γ(H_B + δ))v` in the coordinates `v = (x - m)/√λ`, for the unit vector at `angle`. There
 * `v' = (1 - γδ)v - (γ|Λv|/B)(S e + √S ξ e⊥)`, `e = Λv/|Λv|`, `S ~ χ²_B` and `ξ ~ N(0, 1)` independent: the inputs'
 * components along `e` and across it. Panels in `√S` and `ξ` are graded towards the point where `v' = 0`; points that
 * matter to no moment up to the order `largestPower` are left out.
 */
export function planarStepLaw({ eigenvalues: [first, second], ridge, stepSize, batchSize }: PlanarRegression, angle: number, largestPower: number): PlanarStepLaw {
  const kept = 1 - stepSize * ridge;
  const length = Math.hypot(first * Math.cos(angle), second * Math.sin(angle));
  const towards = Math.atan2(second * Math.sin(angle), first * Math.cos(angle));
  const [along, across] = [kept * Math.cos(angle - towards), kept * Math.sin(angle - towards)];
  const gain = (stepSize * length) / batchSize;
  const constant = (1 - batchSize / 2) * Math.LN2 - gammaln(batchSize / 2) - Math.log(2 * Math.PI) / 2;
  const reach = 4 * Math.sqrt((Math.max(1, Math.abs(kept)) * batchSize) / (stepSize * Math.max(first, second))) + Math.sqrt(batchSize) + 8;
  const zero = along > 0 ? Math.sqrt(along / gain) : 0;
  const [cosine, sine] = [Math.cos(2 * towards), Math.sin(2 * towards)];
  const points: number[] = [];
  for (const [from, to] of panelsAround(0, reach, zero, 0)) {
    RULE.nodes.forEach((node, i) => {
      const u = from + (to - from) * node;
      const logDensity = constant + (batchSize === 1 ? 0 : (batchSize - 1) * Math.log(u)) - (u * u) / 2 + Math.log((to - from) * RULE.weights[i]);
      const x = along > 0 ? -gain * (u - zero) * (u + zero) : along - gain * u * u;
      for (const [left, right] of panelsAround(-reach, reach, across / (gain * u), Math.abs(u - zero))) {
        RULE.nodes.forEach((inner, j) => {
          const xi = left + (right - left) * inner;
          const y = across - gain * u * xi;
          const logWeight = logDensity - (xi * xi) / 2 + Math.log((right - left) * RULE.weights[j]);
          const square = x * x + y * y;
          const logFactor = Math.log(square) / 2;
          if (logWeight + largestPower * Math.max(0, logFactor) < NEGLIGIBLE) return;
          points.push(logFactor, Math.exp(logWeight), (cosine * (x * x - y * y) - sine * 2 * x * y) / square);
        });
      }
    });
  }
  const column = (k: number) => Float64Array.from({ length: points.length / 3 }, (_, i) => points[3 * i + k]);
  return { logFactors: column(0), weights: column(1), doubleCosines: column(2) };
}
