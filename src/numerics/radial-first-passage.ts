import { requireFinite, requireIncreasing, requireIntegerAtLeast, requirePositive, unexpected } from "./argument-checks.ts";
import { settledFirstPassage, type FirstPassageTimes } from "./first-passage-sweep.ts";

/**
 * An isotropic diffusion in `dimension` dimensions: drift `drift(r)` along the outward radius, variance rate
 * `radialVariance(r)` along the radius and `tangentialVariance(r)` in every direction across it.
 */
export interface RadialPassage {
  readonly dimension: number;
  readonly drift: (r: number) => number;
  readonly radialVariance: (r: number) => number;
  readonly tangentialVariance: (r: number) => number;
  /** Radii to reach from the origin, increasing, all above 0. */
  readonly radii: readonly number[];
  readonly relativeTolerance?: number;
}

/**
 * Panels that start at the origin and grow by at most the factor that keeps `r^(dimension - 1)` within e^3
 * on a panel; each halving halves the widest panel, the first panel and the logarithm of that factor.
 */
function radialEdges(radii: readonly number[], dimension: number, halvings: number): number[] {
  const last = radii[radii.length - 1];
  const finer = 2 ** -halvings;
  const widest = (last / 8) * finer;
  const growth = Math.expm1(finer * Math.min(Math.LN2, 3 / Math.max(1, dimension - 1)));
  const edges = [0, Math.min(radii[0], (last / 16) * finer)];
  for (const radius of radii) {
    while (edges[edges.length - 1] < radius) {
      const from = edges[edges.length - 1];
      const width = Math.min(widest, from * growth);
      edges.push(from + width > radius - width / 4 ? radius : from + width);
    }
  }
  return edges;
}

/**
 * Mean first-passage times from the origin to every radius in one sweep: the solution of
 * `(a_r/2) T'' + β T' = -1`, `T'(0) = 0`, `T(radius) = 0` at 0, where Itô's formula gives the radius the drift
 *
 *     β(r) = drift(r) + (dimension - 1) a_t(r) / (2 r).
 *
 * That term is added here. At the origin both variance rates must agree and be smooth in `r²`.
 *
 * Source: Itô's formula for `|X|`; S. Karlin, H. M. Taylor, A Second Course in Stochastic Processes (1981), 15.3.
 *
 * @throws RangeError for radii that are not positive and increasing, a dimension that is not a positive integer,
 * a variance rate that is not positive, or rates that differ at the origin.
 * @throws Error when the times do not settle.
 */
export function radialFirstPassage(passage: RadialPassage): FirstPassageTimes {
  const { dimension, drift, radialVariance, tangentialVariance, radii, relativeTolerance = 1e-9 } = passage;
  requirePositive("relativeTolerance", relativeTolerance);
  requireIntegerAtLeast("dimension", dimension, 1);
  requireIncreasing("radii", radii);
  if (radii[0] <= 0) throw unexpected("radii[0]", "a number above 0", radii[0]);
  const atOrigin = requirePositive("radialVariance(0)", radialVariance(0));
  if (dimension > 1 && Math.abs(tangentialVariance(0) / atOrigin - 1) > 1e-9) {
    throw unexpected("tangentialVariance(0)", `the radial variance rate at the origin, ${atOrigin}`, tangentialVariance(0));
  }
  const power = dimension - 1;
  const regularRate = (r: number) => {
    const radial = radialVariance(r);
    const spread = power === 0 ? 0 : (power / r) * (requireFinite(() => `tangentialVariance(${r})`, tangentialVariance(r)) / radial - 1);
    return (2 * requireFinite(() => `drift(${r})`, drift(r))) / radial + spread;
  };
  const grid = (halvings: number) => ({ edges: radialEdges(radii, dimension, halvings), start: 0 });
  return settledFirstPassage({ variance: radialVariance, regularRate, power }, grid, radii, relativeTolerance);
}
